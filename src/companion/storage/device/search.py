"""Search in my notes, line by line: a line that is saved costs what a line costs, however long its note is.

Words of one query may stand in several lines of a note. A text's place begins with its note's, so that two lists of
places, both newest first, are compared note by note.
"""

from collections.abc import Collection, Iterator
from itertools import islice

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
)
from sqlalchemy.exc import DBAPIError

from companion.basics.query import Query
from companion.programme.sight import FoundNote
from companion.storage import search as engines
from companion.storage.device.search_tables import search_note, search_stale, search_unit
from companion.storage.device.tables import line, note, note_answer
from companion.storage.rows import among
from companion.storage.workspace.search_texts import place_of

_UNITS = 20  # bits of a place that tell one text of a note from another
_NOTES = 9  # bits that keep apart notes of one second
_FAR = 64  # texts passed over one by one before the rest is asked for from further on
_AT_ONCE = 200
_TITLE, _ANSWER, _LINE = "title", "answer:", "line:"
_STALE = (search_stale.c.note_id, search_stale.c.unit)


class NoteSearch:
    """Implements `programme.sight.NoteSearchStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._place, self._matches = engines.places(connection)
        self._first_units = (
            select(search_unit.c.unit)
            .join_from(self._place.table, search_unit, search_unit.c.place == self._place)
            .where(self._matches, self._place >= bindparam("first"), self._place < bindparam("end"))
            .order_by(self._place)
            .limit(3)
        )

    def find(self, query: Query, keys: Collection[str], most: int) -> list[FoundNote]:
        """Notes in which every phrase of a query stands somewhere, newest first; private answers are passed over."""
        if not query:
            return []
        found: list[FoundNote] = []
        alone = [Query((phrase,), query.open and phrase is query.phrases[-1]) for phrase in query.phrases]
        asked = [engines.asked(self._connection, one, ("line", *(f"{_ANSWER}{key}" for key in keys))) for one in alone]
        with engines.finding():
            shared = self._shared(asked)
            while places := list(islice(shared, most - len(found))):
                found += self._notes(places, asked)
        return found

    def _shared(self, asked: list[str]) -> Iterator[int]:
        """The places of the notes that every query finds something in, the newest first."""
        walks = [_Walk(self._connection, self._place, self._matches, one) for one in asked]
        while True:
            lowest = min(walk.note for walk in walks)
            if lowest < 0:
                return
            for walk in walks:
                walk.down_to(lowest)
            if len({walk.note for walk in walks}) == 1 and walks[0].note >= 0:
                yield walks[0].note
                walks[0].down_to(walks[0].note - 1)

    def _notes(self, places: list[int], asked: list[str]) -> list[FoundNote]:
        """The notes at some places, in that order, each with the first texts in which each query finds something."""
        heads = select(search_note.c.place, note.c.id, note.c.meeting_id, note.c.customer_id, note.c.title, note.c.made)
        rows = self._connection.execute(
            heads.join_from(search_note, note, note.c.id == search_note.c.note_id)
            .where(search_note.c.place.in_(places), note.c.into == "")
            .order_by(search_note.c.place.desc())
        ).all()
        units = {row.id: self._units(row.place, asked) for row in rows}
        keys = [(note_id, unit) for note_id, some in units.items() for unit in some if unit != _TITLE]
        texts: dict[str, list[str]] = {}
        for at in range(0, len(keys), _AT_ONCE):
            for (note_id, _), told in _texts(self._connection, keys[at : at + _AT_ONCE]).items():
                texts.setdefault(note_id, []).append(told)
        return [
            FoundNote(row.id, row.meeting_id, row.customer_id, row.title, row.made, tuple(texts.get(row.id, ())))
            for row in rows
        ]

    def _units(self, place: int, asked: list[str]) -> dict[str, None]:
        """Names of the first texts of a note in which each query finds something."""
        within = {"first": place << _UNITS, "end": (place + 1) << _UNITS}
        found: dict[str, None] = {}
        for one in asked:
            found.update(dict.fromkeys(self._connection.scalars(self._first_units, {"query": one, **within})))
        return found

    def behind(self, *, thorough: bool = False) -> int:
        """How many texts are not found as they are now."""
        waiting = self._connection.scalar(select(func.count()).select_from(search_stale)) or 0
        known = self._connection.scalar(select(func.count()).select_from(search_unit)) or 0
        return waiting + engines.missed(self._connection, known, thorough=thorough)

    def wipe(self) -> None:
        """Leave no word of what was deleted: the index keeps them until its parts are made one."""
        self._connection.execute(text("INSERT INTO search_text (search_text) VALUES ('optimize')"))

    def rebuild(self) -> int:
        """Make all of it anew."""
        engines.clear(self._connection)
        for table in (search_unit, search_note, search_stale):
            self._connection.execute(delete(table))
        self._connection.execute(insert(search_stale).from_select(["note_id", "unit"], _everything()))
        _bring_up(self._connection)
        return self._connection.scalar(select(func.count()).select_from(search_unit)) or 0


class _Walk:
    """The places one query finds, newest first."""

    def __init__(
        self, connection: Connection, place: ColumnElement[int], matches: ColumnElement[bool], asked: str
    ) -> None:
        self._connection, self._place, self._matches, self._asked = connection, place, matches, asked
        self._rows = self._from((1 << 63) - 1)
        self.note = self._next()

    def _from(self, most: int) -> Iterator[int]:
        chosen = select(self._place).where(self._matches, self._place <= most).order_by(self._place.desc())
        return iter(self._connection.scalars(chosen, {"query": self._asked}))

    def _next(self) -> int:
        place = next(self._rows, None)
        return -1 if place is None else place >> _UNITS

    def down_to(self, note_place: int) -> None:
        """Go on to this note, or where there is none to the next older one."""
        passed = 0
        while self.note > note_place:
            passed += 1
            if passed == _FAR and note_place >= 0:
                self._rows = self._from(((note_place + 1) << _UNITS) - 1)
            self.note = self._next()


def settle(connection: Connection) -> None:
    """Make findable, as they are now, the texts that this transaction changed.

    What was written comes first: where it cannot be made findable it is written all the same, and `behind` says so.
    """
    if connection.execute(select(search_stale.c.note_id).limit(1)).first() is None:
        return
    try:
        with connection.begin_nested():
            _bring_up(connection)
    except DBAPIError:
        return


def _bring_up(connection: Connection) -> None:
    while keys := [(row[0], row[1]) for row in connection.execute(select(*_STALE).limit(_AT_ONCE))]:
        connection.execute(delete(search_stale).where(among(*_STALE, keys)))
        _replace(connection, keys)


def _replace(connection: Connection, keys: list[tuple[str, str]]) -> None:
    old = among(search_unit.c.note_id, search_unit.c.unit, keys)
    gone = list(connection.scalars(select(search_unit.c.place).where(old)))
    engines.drop(connection, gone)
    if gone:
        connection.execute(delete(search_unit).where(search_unit.c.place.in_(gone)))
    texts = _texts(connection, keys)
    places = _note_places(connection, dict.fromkeys(note_id for note_id, _ in texts))
    rows, entries = [], []
    for (note_id, unit), told in texts.items():
        place = places[note_id]
        rows.append({"place": place, "note_id": note_id, "unit": unit})
        scope = unit if unit.startswith(_ANSWER) else "line"
        entries.append(engines.Entry(place, (told,), (scope,)))
        places[note_id] = place + 1
    if rows:
        connection.execute(insert(search_unit), rows)
        engines.add(connection, entries)


def _texts(connection: Connection, keys: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The texts with these names that are there and say something."""
    lines = [(note_id, unit.removeprefix(_LINE)) for note_id, unit in keys if unit.startswith(_LINE)]
    answers = [(note_id, unit.removeprefix(_ANSWER)) for note_id, unit in keys if unit.startswith(_ANSWER)]
    titles = [note_id for note_id, unit in keys if unit == _TITLE]
    found: dict[tuple[str, str], str] = {}
    for ids, query, first in (
        (lines, select(line.c.note_id, line.c.id, line.c.text).where(~line.c.gone), _LINE),
        (answers, select(note_answer.c.note_id, note_answer.c.key, note_answer.c.text), _ANSWER),
    ):
        if ids:
            columns = list(query.selected_columns)
            for row in connection.execute(query.where(among(columns[0], columns[1], ids), columns[2] != "")):
                found[row[0], f"{first}{row[1]}"] = row[2]
    if titles:
        named = select(note.c.id, note.c.title).where(note.c.id.in_(titles), note.c.title != "")
        found |= {(row[0], _TITLE): row[1] for row in connection.execute(named)}
    return {key: found[key] for key in keys if key in found}


def _note_places(connection: Connection, note_ids: dict[str, None]) -> dict[str, int]:
    """For each note the first place that is free among its own."""
    ids = list(note_ids)
    known = select(search_note.c.note_id, search_note.c.place).where(search_note.c.note_id.in_(ids))
    places = {row[0]: row[1] for row in connection.execute(known)}
    for row in connection.execute(select(note.c.id, note.c.made).where(note.c.id.in_(set(ids) - places.keys()))):
        place = place_of("note", row.id, row.made) >> (28 - _NOTES)
        while place in places.values() or _is_taken(connection, place):
            place += 1
        connection.execute(insert(search_note), {"place": place, "note_id": row.id})
        places[row.id] = place
    last = select(search_unit.c.note_id, func.max(search_unit.c.place)).where(search_unit.c.note_id.in_(ids))
    used = {row[0]: row[1] + 1 for row in connection.execute(last.group_by(search_unit.c.note_id))}
    return {note_id: used.get(note_id, place << _UNITS) for note_id, place in places.items()}


def _is_taken(connection: Connection, place: int) -> bool:
    return connection.execute(select(search_note.c.place).where(search_note.c.place == place)).first() is not None


def _everything() -> Select[tuple[str, str]]:
    answers = select(note_answer.c.note_id, literal(_ANSWER).concat(note_answer.c.key))
    lines = select(line.c.note_id, literal(_LINE).concat(line.c.id))
    return select(union_all(lines, answers, select(note.c.id, literal(_TITLE))).subquery())
