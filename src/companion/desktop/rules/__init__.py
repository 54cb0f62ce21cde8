"""What counts as a customer meeting: words, points and customers, edited, tried and saved."""
