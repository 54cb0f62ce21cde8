"""Board: who has heard, who is coming, what is needed."""
