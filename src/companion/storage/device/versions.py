"""Every version of what is in notes, and whole notes as they were."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, delete, insert, select, text, update

from companion.basics.ids import new_id
from companion.notes.codec import note_from_json, note_to_json
from companion.notes.merge import ANSWER, EXPECTED, LINE, Kept, Version, Versions, merged
from companion.notes.model import Revision, Stamps
from companion.notes.stores import Beside
from companion.storage.device.tables import (
    line,
    note,
    note_answer,
    note_conflict,
    note_mark,
    note_revision,
    this_device,
)
from companion.storage.rows import chunks, insert_all, upsert

_FIELDS = ("text", "stamps", "mark", "at", "position", "gone")
_NEWEST = (note_revision.c.at.desc(), text("rowid DESC"))  # of one instant, what was kept last
_LINE = [line.c[name] for name in _FIELDS]


class NoteVersions:
    """Implements `notes.stores.VersionStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, note_id: str, unit: str) -> Versions:
        """The versions of one unit, the one that is shown first."""
        return self.of_many(note_id, [unit])[unit]

    def of_many(self, note_id: str, units: Iterable[str]) -> dict[str, Versions]:
        """The versions of each of these units."""
        asked = list(dict.fromkeys(units))
        found: dict[str, list[Version]] = {unit: [] for unit in asked}
        for unit, version in self._shown(note_id, asked):
            found[unit].append(version)
        more = select(note_conflict).where(note_conflict.c.note_id == note_id).order_by(note_conflict.c.since)
        for row in self._rows(more, note_conflict.c.unit, asked):
            found[row.unit].append(_version(row))
        return {unit: tuple(versions) for unit, versions in found.items()}

    def put(self, note_id: str, unit: str, versions: Versions, since: datetime) -> None:
        """Keep the versions of a unit in place of those that were there; the first is shown."""
        self.put_many(note_id, {unit: versions}, since)

    def put_many(self, note_id: str, units: Mapping[str, Versions], since: datetime) -> None:
        """Keep the versions of each of these units in place of those that were there."""
        here = select(note_conflict.c.id, note_conflict.c.since).where(note_conflict.c.note_id == note_id)
        before = {row.id: row.since for row in self._rows(here, note_conflict.c.unit, units)}
        for some in chunks(before):
            self._connection.execute(delete(note_conflict).where(note_conflict.c.id.in_(some)))
        self._put_shown(note_id, {unit: versions[0] for unit, versions in units.items()}, since)
        rows = []
        for unit, versions in units.items():
            for version in versions[1:]:
                key = _key(note_id, unit, version.stamps, version.text)
                at = before.get(key, since)
                rows.append({"id": key, "note_id": note_id, "unit": unit, "since": at, **vars(version)})
        insert_all(self._connection, note_conflict, rows)

    def beside(self, note_ids: Iterable[str] | None = None) -> list[Beside]:
        """The versions that stand beside the shown ones, oldest first; None: of every note."""
        query = select(note_conflict)
        rows = self._rows(query, note_conflict.c.note_id, note_ids)
        found = [Beside(row.id, row.note_id, row.unit, _version(row), row.since) for row in rows]
        return sorted(found, key=lambda one: (one.since, one.id))

    def kept(self, meeting_ids: Iterable[str] | None = None) -> dict[str, Kept]:
        """All that is known of the notes of these meetings; None: of all."""
        rows = list(self._rows(select(note), note.c.meeting_id, meeting_ids))
        units: dict[str, dict[str, list[Version]]] = defaultdict(lambda: defaultdict(list))
        ids = [row.id for row in rows] if meeting_ids is not None else None
        for row in self._rows(select(line.c.note_id, line.c.id, *_LINE), line.c.note_id, ids):
            units[row.note_id][LINE + row.id].append(_version(row))
        for row in self._rows(select(note_answer), note_answer.c.note_id, ids):
            units[row.note_id][ANSWER + row.key].append(Version(row.text, row.stamps, gone=not row.text))
        for row in rows:
            if row.expected or row.expected_stamps:
                shown = Version(row.expected, row.expected_stamps, gone=not row.expected)
                units[row.id][EXPECTED].append(shown)
        for more in self.beside(ids):
            units[more.note_id][more.unit].append(more.version)
        names: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            names[row.meeting_id].add(row.id)
        found: dict[str, Kept] = {}
        for row in (row for row in rows if not row.into):
            one = Kept(
                row.meeting_id, frozenset(names[row.meeting_id]), row.made, row.changed, row.title, row.customer_id,
                row.template, row.template_version, row.keep, row.gone,
                {unit: tuple(versions) for unit, versions in units[row.id].items()},
            )  # fmt: skip
            twin = found.get(row.meeting_id)  # begun by two processes at once
            found[row.meeting_id] = merged(twin, one) if twin else one
        return found

    def put_kept(self, kept: Kept, since: datetime) -> None:
        """Bring a meeting's note to this: under one name, to which all others lead."""
        head = {
            "id": kept.id, "meeting_id": kept.meeting_id, "customer_id": kept.customer_id, "title": kept.title,
            "made": kept.made, "changed": kept.changed, "template": kept.template,
            "template_version": kept.template_version, "keep": kept.keep, "gone": kept.gone, "into": "",
        }  # fmt: skip
        upsert(self._connection, note, [{"expected": "", **head}], keep=("expected",))
        names = kept.ids - {kept.id}
        if names:
            leads = {**head, "into": kept.id, "expected": "", "expected_stamps": ()}
            upsert(self._connection, note, [{**leads, "id": name} for name in sorted(names)])
            for table in (line, note_answer, note_conflict):
                self._connection.execute(delete(table).where(table.c.note_id.in_(names)))
            moved = update(note_revision).where(note_revision.c.note_id.in_(names))
            self._connection.execute(moved.values(note_id=kept.id))
        self.put_many(kept.id, kept.units, since)

    def mark(self) -> str:
        """A text that differs when anything of a note does."""
        row = self._connection.execute(select(this_device)).first()
        return f"{row.id} {row.changes}" if row else ""

    def marks(self) -> dict[str, str]:
        """By meeting: a text that differs when anything of its note does."""
        query = select(note.c.meeting_id, note_mark.c.mark).join_from(note, note_mark, note.c.id == note_mark.c.note_id)
        found: dict[str, str] = {}
        for meeting_id, mark in self._connection.execute(query.order_by(note.c.id)):
            found[meeting_id] = f"{found[meeting_id]} {mark}" if meeting_id in found else mark
        return found

    def revisions(self, note_id: str) -> list[Revision]:
        """A note as it was, newest first."""
        query = select(note_revision).where(note_revision.c.note_id == note_id)
        rows = self._connection.execute(query.order_by(*_NEWEST))
        return [Revision(row.id, row.note_id, row.at, row.why, note_from_json(row.body)) for row in rows]

    def newest_revision(self, note_id: str) -> Revision | None:
        """A note as it was last kept."""
        query = select(note_revision).where(note_revision.c.note_id == note_id).order_by(*_NEWEST).limit(1)
        row = self._connection.execute(query).first()
        return Revision(row.id, row.note_id, row.at, row.why, note_from_json(row.body)) if row else None

    def revisions_kept(self, note_id: str) -> list[tuple[str, datetime, str]]:
        """Ids of the revisions of a note, when and why each was kept, newest first."""
        columns = (note_revision.c[name] for name in ("id", "at", "why"))
        query = select(*columns).where(note_revision.c.note_id == note_id)
        return [(row.id, row.at, row.why) for row in self._connection.execute(query.order_by(*_NEWEST))]

    def put_revision(self, revision: Revision) -> None:
        """Keep a note as it is now."""
        row = {**vars(revision), "body": note_to_json(revision.note)}
        del row["note"]
        insert_all(self._connection, note_revision, [row])

    def drop_revisions(self, ids: Iterable[str]) -> None:
        """Let go of some."""
        for some in chunks(ids):
            self._connection.execute(delete(note_revision).where(note_revision.c.id.in_(some)))

    def device_id(self) -> str:
        """Under what name this computer counts its changes; made at first use."""
        known = self._connection.scalar(select(this_device.c.id))
        if known is None:
            known = new_id()[:13]
            self._connection.execute(insert(this_device).values(id=known, changes=0))
        return str(known)

    def new_device(self) -> str:
        """Count under another name from here on: somebody else counts under this one."""
        self._connection.execute(delete(this_device))
        return self.device_id()

    def _shown(self, note_id: str, units: list[str]) -> Iterator[tuple[str, Version]]:
        lines = [unit.removeprefix(LINE) for unit in units if unit.startswith(LINE)]
        heard = select(line.c.id, *_LINE).where(line.c.note_id == note_id)
        for row in self._rows(heard, line.c.id, lines):
            yield LINE + row.id, _version(row)
        keys = [unit.removeprefix(ANSWER) for unit in units if unit.startswith(ANSWER)]
        told = select(note_answer).where(note_answer.c.note_id == note_id)
        for row in self._rows(told, note_answer.c.key, keys):
            yield ANSWER + row.key, Version(row.text, row.stamps, gone=not row.text)
        if EXPECTED in units:
            mine = select(note.c.expected, note.c.expected_stamps).where(note.c.id == note_id)
            for said, stamps in self._connection.execute(mine):
                if said or stamps:
                    yield EXPECTED, Version(said, stamps, gone=not said)

    def _put_shown(self, note_id: str, units: Mapping[str, Version], since: datetime) -> None:
        lines, answers = [], []
        for unit, version in units.items():
            if unit.startswith(LINE):
                row = {"note_id": note_id, "id": unit.removeprefix(LINE), **vars(version)}
                lines.append({**row, "at": version.at or since})
            elif unit.startswith(ANSWER):
                answer = {"note_id": note_id, "key": unit.removeprefix(ANSWER)}
                answers.append({**answer, "text": version.text, "stamps": version.stamps})
            else:
                mine = update(note).where(note.c.id == note_id)
                self._connection.execute(mine.values(expected=version.text, expected_stamps=version.stamps))
        upsert(self._connection, line, lines)
        upsert(self._connection, note_answer, answers)

    def _rows(self, query: Select[Any], column: Column[str], some: Iterable[str] | None) -> Iterator[Row[Any]]:
        if some is None:
            yield from self._connection.execute(query)
            return
        for part in chunks(some):
            yield from self._connection.execute(query.where(column.in_(part)))


def _key(note_id: str, unit: str, stamps: Stamps, said: str) -> str:
    """The same for the same version, so that taking it in again changes nothing."""
    return sha256(repr((note_id, unit, stamps, said)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _version(row: Row[Any]) -> Version:
    return Version(*(getattr(row, name) for name in _FIELDS))
