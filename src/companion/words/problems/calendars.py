"""Problems of calendars and their servers."""

SENTENCES: dict[str, str] = {}
