"""What the programme counts by: its year, targets, leave, part time, and the years that are closed."""
