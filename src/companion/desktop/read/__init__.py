"""Read: what customers said, unread first."""
