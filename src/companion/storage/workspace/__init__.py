"""The workspace store: what is shared, on SQLite or PostgreSQL."""
