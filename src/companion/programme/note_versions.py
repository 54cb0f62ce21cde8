"""A note as it was, and texts that stand beside one another: nothing of either is lost without its owner's word."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.storable import storable
from companion.notes.merge import ANSWER, EXPECTED, LINE, Version, Versions, beside, change
from companion.notes.merge import settle as settled
from companion.notes.model import Conflict, Line, Note, Revision
from companion.programme.model import DeviceTx, House

MOST = 200  # revisions of one note
DAILY = timedelta(days=1)  # older ones are kept one a day
SETTLING = "before_settling"
ONLY_TRACE = (SETTLING, "before_edit")  # a text that was replaced at a word of its owner


def revisions(house: House, note_id: str) -> list[Revision]:
    """A note as it was, newest first."""
    with house.device(write=False) as device:
        return device.versions.revisions(_of(device, note_id).id)


def mark_revision(house: House, note_id: str, why: str) -> bool:
    """Keep a note as it is now, where that differs from the newest revision; whether it was kept."""
    with house.device() as device:
        return snapshot(device, _of(device, note_id), why, house.clock())


def snapshot(device: DeviceTx, note: Note, why: str, now: datetime) -> bool:
    """As `mark_revision`, within a transaction."""
    before = device.versions.newest_revision(note.id)
    if (before and _words(before.note) == _words(note)) or not _words(note):
        return False
    device.versions.put_revision(Revision(new_id(), note.id, now, why, note))
    device.versions.drop_revisions(thinned(device.versions.revisions_kept(note.id), now))
    return True


def thinned(known: Sequence[tuple[str, datetime, str]], now: datetime) -> list[str]:
    """Ids to let go of, of (id, when, why), newest first.

    Of each day before the last 24 hours all but its newest, then the oldest; one that may hold the only trace of
    another text goes with the oldest alone.
    """
    dropped, days = [], set()
    for name, at, why in known:
        if at < now - DAILY and at.date() in days and why not in ONLY_TRACE:
            dropped.append(name)
        days.add(at.date())
    gone = set(dropped)
    left = [name for name, _, _ in known if name not in gone]
    return [*dropped, *left[MOST:]]


def bring_back(house: House, note_id: str, revision_id: str) -> Note:
    """The note as it was; as it is now stays a revision. Problems `note_unknown`, `revision_unknown`."""
    now = house.clock()
    with house.device() as device:
        note = _of(device, note_id)
        hits = [one for one in device.versions.revisions(note.id) if one.id.startswith(revision_id)]
        if len(hits) != 1 or len(revision_id) < 4:
            raise Problem("revision_unknown", revision=revision_id, note=note_id[:8])
        snapshot(device, note, "before_back", now)
        _put_back(device, note, hits[0].note, now)
        device.notes.touch(note.id, now)
    with house.device(write=False) as device:
        return _of(device, note_id)


def conflicts(house: House, note_id: str = "") -> list[Conflict]:
    """What stands beside what is shown, of one note or ("") of all."""
    with house.device(write=False) as device:
        return conflicts_of(device, _of(device, note_id).id if note_id else "")


def conflicts_of(device: DeviceTx, note_id: str = "") -> list[Conflict]:
    """As `conflicts`, within a transaction."""
    rows = device.versions.beside([note_id] if note_id else None)
    mine = device.versions.device_id() if rows else ""
    names = device.notes_copy.get("names")
    units: dict[str, dict[str, Versions]] = {}
    for note in dict.fromkeys(row.note_id for row in rows):
        units[note] = device.versions.of_many(note, (row.unit for row in rows if row.note_id == note))
    found = []
    for note, unit in dict.fromkeys((row.note_id, row.unit) for row in rows):
        versions = units[note][unit]
        told = {id(one): one for one in beside(versions)}
        for row in (row for row in rows if (row.note_id, row.unit) == (note, unit)):
            if row.version not in told.values():
                continue
            whose = _whose(versions[0], row.version, mine)
            found.append(
                Conflict(
                    row.id, note, unit.removeprefix(LINE), versions[0].text, row.version.text, row.since,
                    str(names.get(whose, whose)),
                )
            )  # fmt: skip
    return found


def settle(house: House, conflict_id: str, text: str, seen: str | None = None) -> Note:
    """Say what stays of two texts, "" for nothing; each stays in a revision. Problem `conflict_unknown`.

    `seen`: the text that was shown as the one here. What was written on it meanwhile is kept beside what stays.
    """
    now = house.clock()
    with house.device() as device:
        hits = [row for row in device.versions.beside() if row.id.startswith(conflict_id) and len(conflict_id) >= 4]
        if len(hits) != 1:
            raise Problem("conflict_unknown", conflict=conflict_id)
        row, note = hits[0], _of(device, hits[0].note_id)
        for as_it_was in (_saying(note, row.unit, row.version), note):
            snapshot(device, as_it_was, SETTLING, now)
        mine = device.versions.device_id()
        before = device.versions.of(note.id, row.unit)
        after = settled(before, row.version, storable(text.strip()), mine, fresh(mine), seen)
        device.versions.put(note.id, row.unit, after, now)
        device.notes.touch(note.id, now)
    with house.device(write=False) as device:
        return _of(device, note.id)


def _saying(note: Note, unit: str, version: Version) -> Note:
    """The note with that text in place of the one it shows."""
    if unit.startswith(ANSWER):
        return replace(note, answers={**note.answers, unit.removeprefix(ANSWER): version.text})
    if unit == EXPECTED:
        return replace(note, expected=version.text)
    name = unit.removeprefix(LINE)
    said = Line(name, version.at or note.made, version.mark, version.text, version.stamps, version.position)
    lines = [said if line.id == name else line for line in note.lines]
    return replace(note, lines=tuple(lines if said in lines else (*lines, said)))


def _put_back(device: DeviceTx, note: Note, old: Note, now: datetime) -> None:
    mine = device.versions.device_id()
    wanted: dict[str, Version] = {
        f"{LINE}{line.id}": Version(line.text, (), line.mark, line.at, at) for at, line in enumerate(old.lines)
    }
    wanted |= {ANSWER + key: Version(text) for key, text in old.answers.items() if text}
    wanted |= {EXPECTED: Version(old.expected)} if old.expected else {}
    there: Iterable[str] = [
        *(f"{LINE}{line.id}" for line in note.lines), *(ANSWER + key for key in note.answers),
        *([EXPECTED] if note.expected else []),
    ]  # fmt: skip
    changed = {}
    for unit, versions in device.versions.of_many(note.id, (*wanted, *there)).items():
        new = wanted.get(unit) or replace(versions[0], text="", gone=True)
        after = change(versions, new, None, mine, fresh(mine))
        if after and after != versions:
            changed[unit] = after
    device.versions.put_many(note.id, changed, now)


def _whose(here: Version, other: Version, mine: str) -> str:
    """The computer whose change is in the other text and not in this one; "" for this one."""
    known = dict(here.stamps)
    newer = [device for device, count in other.stamps if count > known.get(device, 0)]
    names = {device.partition("~")[0] for device in newer} - {mine}
    return min(names, default="")


def _words(note: Note) -> object:
    said = [(line.id, line.mark, line.text) for line in note.lines]
    return (said, dict(note.answers), note.expected) if said or note.answers or note.expected else ()


def fresh(device: str) -> str:
    """A name under which this computer counted nothing yet."""
    return f"{device}~{new_id()[:4]}"


def _of(device: DeviceTx, note_id: str) -> Note:
    note = device.notes.get(note_id)
    if note is None:
        raise Problem("note_unknown", note=note_id)
    return note
