"""The questions of a note: ops change, translate and order them."""
