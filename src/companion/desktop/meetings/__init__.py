"""Meetings: the list by month, and the facts of one beside it."""
