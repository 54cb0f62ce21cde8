"""The visible queue: what waits, what did not go out, and of what nobody knows."""
