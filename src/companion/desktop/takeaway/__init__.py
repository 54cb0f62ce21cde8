"""Takeaway: from a note to readers."""
