"""What is kept beside the words of a search: which row lies where, since when it may be seen, and which are behind."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Table, Text, UniqueConstraint

from companion.storage.columns import Instant
from companion.storage.workspace.tables import metadata

search_row = Table(
    "search_row",
    metadata,
    Column("place", BigInteger, primary_key=True, autoincrement=False),  # by time: the newest has the highest
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("author_id", Text, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("out_at", Instant),
    Column("expires", Date),
    UniqueConstraint("kind", "id"),
)

# Rows that changed: triggers write them down, and the transaction that changed them brings the search up to date.
search_stale = Table(
    "search_stale",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
)
