"""Problems of publishing and its channels."""

SENTENCES: dict[str, str] = {}
