"""Ways out: chat services, mail and what they answer."""

SENTENCES: dict[str, str] = {}
