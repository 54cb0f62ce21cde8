"""What is kept beside the words of a search in my notes."""

from sqlalchemy import BigInteger, Column, Table, Text, UniqueConstraint

from companion.storage.device.tables import metadata

search_note = Table(
    "search_note",
    metadata,
    Column("place", BigInteger, primary_key=True, autoincrement=False),  # by time: the newest has the highest
    Column("note_id", Text, nullable=False, unique=True),
)

# One text of a note: a line, an answer or its title. Its place begins with the place of its note.
search_unit = Table(
    "search_unit",
    metadata,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("note_id", Text, nullable=False),
    Column("unit", Text, nullable=False),
    UniqueConstraint("note_id", "unit"),
)

# Texts that changed: triggers write them down, and the transaction that changed them brings the search up to date.
search_stale = Table(
    "search_stale",
    metadata,
    Column("note_id", Text, primary_key=True),
    Column("unit", Text, primary_key=True),
)
