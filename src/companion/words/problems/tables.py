"""Problems of tables that people bring: CSV files."""

SENTENCES: dict[str, str] = {}
