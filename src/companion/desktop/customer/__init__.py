"""The page of one customer: who they are, what they want, what was promised, edited where it stands."""
