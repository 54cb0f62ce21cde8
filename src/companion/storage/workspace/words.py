"""Search in takeaways: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

Words are cut and folded here, so that both engines find the same and a query can hold no syntax. The table
`takeaway_text(takeaway_id, words)` is made by the first migration and is no part of the metadata.
"""

import hashlib
import re
import unicodedata
from typing import Any

from sqlalchemy import Connection, text

from companion.takeaways.model import Takeaway

_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_LONGEST = 60  # characters of a word that count
_MOST_WORDS = 12  # of a query

_FIND = {
    "sqlite": "s.words MATCH :query",
    "postgresql": "s.words @@ CAST(:query AS tsquery)",
}
_KEEP = {
    "sqlite": "INSERT INTO takeaway_text (rowid, takeaway_id, words) VALUES (:place, :id, :words)",
    "postgresql": "INSERT INTO takeaway_text (takeaway_id, words) VALUES (:id, array_to_tsvector(:words))",
}
_DROP = {
    "sqlite": "DELETE FROM takeaway_text WHERE rowid = :place",
    "postgresql": "DELETE FROM takeaway_text WHERE takeaway_id = :id",
}


def cut(body: str) -> list[str]:
    """The words of a text without case and accents, in their order."""
    folded = unicodedata.normalize("NFKD", body).casefold().translate(_STROKES)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return [word[:_LONGEST] for word in re.findall(r"[^\W_]+", plain)]


def keep_words(connection: Connection, takeaway: Takeaway) -> None:
    """Make a takeaway findable by its text; a withdrawn one is found no more."""
    engine = connection.dialect.name
    key: dict[str, Any] = {"id": takeaway.id}
    if engine == "sqlite":
        key["place"] = _place(takeaway.id)
    connection.execute(text(_DROP[engine]), key)
    if takeaway.withdrawn is not None:
        return
    parts = (
        takeaway.headline,
        takeaway.scene,
        takeaway.quote,
        takeaway.goal,
        takeaway.matters,
        takeaway.will_do,
        takeaway.question,
        takeaway.customer_name,
    )
    words: Any = cut("\n".join(parts))
    words = sorted(set(words)) if engine == "postgresql" else " ".join(words)
    connection.execute(text(_KEEP[engine]), {**key, "words": words})


def _place(takeaway_id: str) -> int:
    # FTS5 finds a row by its number alone, so the number is made of the id: 63 bits of its hash.
    return int.from_bytes(hashlib.sha256(takeaway_id.encode()).digest()[:8], "big") >> 1


def find_takeaways(connection: Connection, wanted: str, most: int) -> list[str]:
    """Ids of takeaways that hold every wanted word, newest first; none for a query without a word."""
    words = cut(wanted)[:_MOST_WORDS]
    if not words:
        return []
    engine = connection.dialect.name
    if engine == "postgresql":
        query = " & ".join(f"'{word}'" for word in words) + ":*"
    else:
        query = " ".join(f'"{word}"' for word in words) + "*"
    statement = text(
        "SELECT s.takeaway_id FROM takeaway_text AS s JOIN takeaway AS t ON t.id = s.takeaway_id "  # noqa: S608
        f"WHERE {_FIND[engine]} GROUP BY s.takeaway_id "
        "ORDER BY max(coalesce(t.published, 0)) DESC, s.takeaway_id LIMIT :most"
    )
    return list(connection.execute(statement, {"query": query, "most": most}).scalars())
