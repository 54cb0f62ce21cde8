"""The small window that comes before a meeting and after it."""
