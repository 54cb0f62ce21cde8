"""The desk: what is due, its lease, letters, the scheduler."""

SENTENCES: dict[str, str] = {}
