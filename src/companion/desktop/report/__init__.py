"""Pages to hand on: the programme on one page, and a statement of one's own."""
