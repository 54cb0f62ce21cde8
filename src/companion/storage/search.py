"""Search on both engines: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

Words are folded and cut before they come here, so that both find the same and a query can hold no syntax. Beside a
text's words stands who may see it (its scopes, as hashes), so that what somebody may not see costs nothing and is never
counted. Rows lie in the order of their time: the newest are found first, however many there are.

The tables with words are made by migrations and are no part of the metadata: `search_text(place, scope, words)`. All
that is in them is kept elsewhere, too: where they are broken nothing is lost, and they are made anew.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count as count_from

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, column, literal_column, table, text
from sqlalchemy.exc import DBAPIError

from companion.basics.errors import Problem
from companion.basics.folding import cut
from companion.basics.query import Query

_BETWEEN = "\ue000"  # a sign that no word can hold: no phrase goes over from one text to the next
_LAST_POSITION = 16_000  # PostgreSQL knows no place beyond 16,383
_MOST_POSITIONS = 250  # nor more than 255 of one word
_ROOM = 900_000  # bytes of one text's words there, at most: PostgreSQL takes 1,048,575
_A_PLACE, _A_WORD = 2, 28  # bytes of a place, and of what a word has beside its own: the head, its beginnings
_OF_ONE_TEXT = ("22", "54")  # classes of its errors that a text itself is the cause of: its data, or its size
_SHORT = 2  # signs up to which the beginnings of words are kept as words of their own
_ANYBODY = ""
_ENGINES_OWN = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT)  # its tables are not there, or not sound
MADE = (  # on SQLite, as the migrations make it
    "CREATE VIRTUAL TABLE search_text USING fts5(scope, words, columnsize = 0, prefix = '1 2', "
    "tokenize = 'unicode61 remove_diacritics 0 categories ''L* N* Co''')"
)

_LITE = table("search_text", column("rowid"))
_SERVER = table("search_text", column("place"))


@dataclass(frozen=True)
class Entry:
    """One text to be found: its place among all (the newest has the highest), its parts, and who may see it."""

    place: int
    parts: tuple[str, ...]
    scopes: tuple[str, ...] = (_ANYBODY,)


def drop(connection: Connection, places: Iterable[int]) -> None:
    """Take texts out."""
    rows = [{"place": place} for place in places]
    if rows:
        name = "rowid" if connection.dialect.name == "sqlite" else "place"
        connection.execute(text(f"DELETE FROM search_text WHERE {name} = :place"), rows)  # noqa: S608 - our own two


def add(connection: Connection, entries: Sequence[Entry]) -> None:
    """Make texts findable, at places that are free."""
    if not entries:
        return
    if connection.dialect.name == "sqlite":
        statement = text("INSERT INTO search_text (rowid, scope, words) VALUES (:place, :scope, :words)")
        rows = [{"place": one.place, "scope": " ".join(map(_key, one.scopes)), "words": _flat(one)} for one in entries]
    else:
        statement = text("INSERT INTO search_text (place, words) VALUES (:place, CAST(:words AS tsvector))")
        rows = [{"place": one.place, "words": _vector(one)} for one in entries]
    connection.execute(statement, rows)


def missed(connection: Connection, known: int, *, thorough: bool = False) -> int:
    """How many of so many texts cannot be found, or are found too much; all of them where nothing can be.

    `thorough`, in a transaction that may write: every word is looked at.
    """
    try:
        with connection.begin_nested():
            if thorough and connection.dialect.name == "sqlite":
                connection.execute(text("INSERT INTO search_text (search_text) VALUES ('integrity-check')"))
            return abs(known - int(connection.execute(text("SELECT count(*) FROM search_text")).scalar_one()))
    except DBAPIError as error:
        if not _is_broken(error):
            raise
        return max(1, known)


def clear(connection: Connection) -> None:
    """Take every text out, whatever state they are in."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TABLE IF EXISTS search_text"))
        connection.exec_driver_sql(MADE)
    else:
        connection.execute(text("DELETE FROM search_text"))


def made_anew(connection: Connection) -> None:
    """Tell a server's planner what is there now: until it knows, it reads every text for a word of many."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("ANALYZE search_text, search_row"))


@contextmanager
def finding() -> Iterator[None]:
    """Problem `search_broken` where the words cannot be read: they can be made anew, so the store is not damaged."""
    try:
        yield
    except DBAPIError as error:
        if not _is_broken(error):
            raise
        raise Problem("search_broken") from error


def is_of_one_text(error: DBAPIError) -> bool:
    """Whether a text itself is why it cannot be made findable, so that others can."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_TOOBIG
    return str(getattr(cause, "sqlstate", ""))[:2] in _OF_ONE_TEXT


def _is_broken(error: DBAPIError) -> bool:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode & 0xFF in _ENGINES_OWN
    return str(getattr(cause, "sqlstate", "")) in ("42P01", "XX002")


def places(connection: Connection) -> tuple[ColumnElement[int], ColumnElement[bool]]:
    """The column with the place of a text, and the condition that it matches the parameter `query`."""
    wanted: BindParameter[str] = bindparam("query")
    if connection.dialect.name == "sqlite":
        return _LITE.c.rowid, literal_column("search_text").op("MATCH", is_comparison=True)(wanted)
    matches = literal_column("search_text.words").op("@@", is_comparison=True)(text("CAST(:query AS tsquery)"))
    return _SERVER.c.place, matches


def asked(
    connection: Connection, query: Query, scopes: Iterable[str] = (_ANYBODY,), *,
    within: Iterable[str] = (), own: str = "",
) -> str:  # fmt: skip
    """A query in the engine's own language: for who may see these scopes, of what is in one of `within` as well; what
    is in the scope `own` is found whatever the others say.
    """
    lite = connection.dialect.name == "sqlite"
    seen = _any(lite, scopes)
    if kept := list(within):
        seen = f"({seen} AND {_any(lite, kept)})"
    if own:
        seen = f"({seen} OR {_any(lite, [own])})"
    if lite:
        words = " AND ".join(_phrase_lite(query, at) for at in range(len(query.phrases)))
        return f"words : ({words}) AND {seen}"
    words = " & ".join(_phrase_server(query, at) for at in range(len(query.phrases)))
    return f"{words} & {seen.replace(' AND ', ' & ').replace(' OR ', ' | ')}"


def _any(lite: bool, scopes: Iterable[str]) -> str:
    keys = sorted(set(map(_key, scopes)))
    return f"scope : ({' OR '.join(keys)})" if lite else f"({' OR '.join(map(_apart, keys))})"


def _is_open(query: Query, at: int) -> bool:
    return query.open and at == len(query.phrases) - 1


def _phrase_lite(query: Query, at: int) -> str:
    return f'"{" ".join(query.phrases[at])}"' + ("*" if _is_open(query, at) else "")


def _phrase_server(query: Query, at: int) -> str:
    *first, last = query.phrases[at]
    if _is_open(query, at) and not first and len(last) <= _SHORT:
        return f"'^{last}'"
    ends = f"'{last}'" + (":*" if _is_open(query, at) else "")
    return "(" + " <-> ".join([*(f"'{word}'" for word in first), ends]) + ")"


def _key(scope: str) -> str:
    return "s" + hashlib.sha256(scope.encode()).hexdigest()[:16]


def _apart(key: str) -> str:
    return f"'_{key}'"  # no word has this sign


def _flat(entry: Entry) -> str:
    return f" {_BETWEEN} ".join(" ".join(cut(part)) for part in entry.parts)


def _vector(entry: Entry) -> str:
    """The words with their places, the short beginnings of words, and the scopes, as text of a tsvector.

    Of a text that holds more than it takes the words further back are not found.
    """
    found: dict[str, list[int]] = {}
    at, room = 1, _ROOM
    for part in entry.parts:
        for word in cut(part):
            room -= _A_PLACE if word in found else _A_PLACE + _A_WORD + len(word.encode())
            if room < 0:
                break
            found.setdefault(word, []).append(at)
            at = min(at + 1, _LAST_POSITION)
        at = min(at + 1, _LAST_POSITION)
    begins = {f"^{word[:size]}" for word in found for size in range(1, _SHORT + 1)}
    return " ".join([*(_lexeme(word, where) for word, where in found.items()), *(f"'{one}'" for one in begins),
                     *(_apart(_key(scope)) for scope in entry.scopes)])  # fmt: skip


def _lexeme(word: str, where: list[int]) -> str:
    return f"'{word}':" + ",".join(map(str, dict.fromkeys(where[:_MOST_POSITIONS])))


def numbered(wanted: Sequence[int], taken: set[int]) -> list[int]:
    """A place for each near the wanted one, with none twice and none that is taken."""
    used, found = set(taken), []
    for at in wanted:
        place = next(one for one in count_from(at) if one not in used)
        found.append(place)
        used.add(place)
    return found
