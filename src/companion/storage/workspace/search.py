"""Search in the workspace: takeaways, what is remembered of customers, and the names of customers and their people.

Triggers write down which rows changed, whoever changed them; `settle`, at the end of each writing transaction, makes
them findable as they are now.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import CompoundSelect, Connection, and_, delete, func, insert, literal, not_, or_, select, union_all
from sqlalchemy.exc import DBAPIError

from companion.basics.query import Query
from companion.programme.sight import Eyes, Found, FoundKind, author_scope
from companion.storage import search as engines
from companion.storage.rows import among, chunks
from companion.storage.workspace.memory_tables import fact
from companion.storage.workspace.search_tables import search_row, search_stale
from companion.storage.workspace.search_texts import Text, texts_of, until_now
from companion.storage.workspace.tables import contact, customer, takeaway

_AT_ONCE = 500  # rows that are made findable at a time
_MOST_STUCK = 50  # rows that cannot be: from then on something else is wrong, and saving does not wait for it
_RowKey = tuple[str, str]
_KEY = (search_stale.c.kind, search_stale.c.id)


class Search:
    """Implements `programme.sight.SearchStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, query: Query, eyes: Eyes, most: int, kinds: Collection[FoundKind] = ()) -> list[Found]:
        """What holds all of a query and may be seen with these eyes, newest first; none for a query without words."""
        if not query or not eyes.scopes:
            return []
        place, matches = engines.places(self._connection)
        now_out = or_(search_row.c.out_at.is_(None), search_row.c.out_at <= eyes.now)
        not_over = or_(search_row.c.expires.is_(None), search_row.c.expires >= eyes.today)
        seen = and_(search_row.c.live, now_out, not_over)
        if eyes.person_id:
            seen = or_(seen, search_row.c.author_id == eyes.person_id)
        chosen = (
            select(search_row.c.kind, search_row.c.id)
            .join_from(place.table, search_row, search_row.c.place == place)
            .where(matches, seen)
            .order_by(place.desc())
            .limit(most)
        )
        if kinds:
            chosen = chosen.where(search_row.c.kind.in_(sorted(kinds)))
        own = author_scope(eyes.person_id) if eyes.person_id else ""
        asked = engines.asked(self._connection, query, eyes.scopes, within=until_now(eyes.today), own=own)
        with engines.finding():
            keys = [(row[0], row[1]) for row in self._connection.execute(chosen, {"query": asked})]
        now = {text.key: text.found for text in texts_of(self._connection, keys)}
        return [now[key] for key in keys if key in now]

    def behind(self, *, thorough: bool = False) -> int:
        """How many rows are not found as they are now."""
        waiting = self._connection.scalar(select(func.count()).select_from(search_stale)) or 0
        known = self._connection.scalar(select(func.count()).select_from(search_row)) or 0
        return waiting + engines.missed(self._connection, known, thorough=thorough)

    def rebuild(self) -> int:
        """Make all of it anew."""
        engines.clear(self._connection)
        self._connection.execute(delete(search_row))
        self._connection.execute(delete(search_stale))
        self._connection.execute(insert(search_stale).from_select(["kind", "id"], _everything()))
        _bring_up(self._connection)
        engines.made_anew(self._connection)
        return self._connection.scalar(select(func.count()).select_from(search_row)) or 0


def settle(connection: Connection) -> None:
    """Make findable, as they are now, the rows that this transaction changed.

    What people wrote comes first: where it cannot be made findable it is written all the same, and `behind` says so.
    """
    if connection.execute(select(search_stale.c.kind).limit(1)).first() is None:
        return
    try:
        with connection.begin_nested():
            _bring_up(connection)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise


def _bring_up(connection: Connection) -> None:
    """Make findable what is behind. A text that cannot be stays behind by itself, and the others are found."""
    stuck: list[_RowKey] = []
    while len(stuck) < _MOST_STUCK and (keys := _taken(connection, stuck)):
        stuck += _not_found(connection, keys)


def _taken(connection: Connection, stuck: Sequence[_RowKey]) -> list[_RowKey]:
    """Some of the rows that are behind, as ours to see to: another machine may be at the others."""
    some = select(*_KEY).limit(_AT_ONCE)
    if stuck:
        some = some.where(not_(among(*_KEY, stuck)))
    if connection.dialect.name == "postgresql":
        some = some.with_for_update(skip_locked=True)
    return [(row[0], row[1]) for row in connection.execute(some)]


def _not_found(connection: Connection, keys: Sequence[_RowKey]) -> list[_RowKey]:
    """Make rows findable; those that cannot be, each for a reason of its own."""
    try:
        with connection.begin_nested():
            connection.execute(delete(search_stale).where(among(*_KEY, keys)))
            _replace(connection, keys, texts_of(connection, keys))
    except DBAPIError as error:
        if error.connection_invalidated or not engines.is_of_one_text(error):
            raise
    else:
        return []
    if len(keys) == 1:
        return list(keys)
    half = len(keys) // 2
    return [*_not_found(connection, keys[:half]), *_not_found(connection, keys[half:])]


def _replace(connection: Connection, keys: Sequence[tuple[str, str]], texts: Sequence[Text]) -> None:
    old = select(search_row.c.place).where(among(search_row.c.kind, search_row.c.id, keys))
    gone = list(connection.scalars(old))
    engines.drop(connection, gone)
    if gone:
        connection.execute(delete(search_row).where(search_row.c.place.in_(gone)))
    if not texts:
        return
    places = _free(connection, texts)
    rows = [
        {
            "place": place, "kind": one.found.kind, "id": one.found.id, "author_id": one.author_id, "live": one.live,
            "out_at": one.out_at, "expires": one.expires,
        }
        for place, one in zip(places, texts, strict=True)
    ]  # fmt: skip
    connection.execute(insert(search_row), rows)
    engines.add(
        connection, [engines.Entry(at, one.parts, one.seen) for at, one in zip(places, texts, strict=True)]
    )  # fmt: skip


def _free(connection: Connection, texts: Sequence[Text]) -> list[int]:
    """A place for each, near the one it wants, that nobody has."""
    taken: set[int] = set()
    while True:
        found = engines.numbered([one.place for one in texts], taken)
        held = {
            place
            for some in chunks(map(str, found))
            for place in connection.scalars(select(search_row.c.place).where(search_row.c.place.in_(map(int, some))))
        }
        if not held:
            return found
        taken |= held


def _everything() -> CompoundSelect[tuple[str, str]]:
    kinds = (("takeaway", takeaway), ("fact", fact), ("customer", customer), ("story", customer), ("contact", contact))
    return union_all(*(select(literal(kind), table.c.id).distinct() for kind, table in kinds))
