"""Notes on the device: begin, write lines, answer, take one from a file, give one out.

Every text says how many changes of which computer are in it, so that two windows or two computers lose nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.notes.merge import ANSWER, EXPECTED, LINE, Version, Versions, change
from companion.notes.model import Conflict, Line, Listed, Mark, Note
from companion.notes.text import read_lines, to_markdown
from companion.programme import templates
from companion.programme.kept_briefs import kept_here
from companion.programme.meetings import find
from companion.programme.model import DeviceTx, House
from companion.programme.note_ends import expiring as expiring
from companion.programme.note_ends import keep as keep
from companion.programme.note_ends import let_go as let_go
from companion.programme.note_times import zone_of
from companion.programme.note_versions import bring_back as bring_back
from companion.programme.note_versions import conflicts as conflicts
from companion.programme.note_versions import conflicts_of, fresh
from companion.programme.note_versions import mark_revision as mark_revision
from companion.programme.note_versions import revisions as revisions
from companion.programme.note_versions import settle as settle
from companion.programme.notes_copy import only_here as only_here


@dataclass(frozen=True)
class Edit:
    """One line as an editor has it. `text`: "" takes it out.

    `base`: the text this editor last knew, "" for a line it began, None for whatever stands there. Where the store
    has another text by now, both are kept.
    """

    line_id: str
    position: int
    mark: Mark
    text: str = field(repr=False)
    at: datetime
    base: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Written:
    """What became of edits. `stayed`: lines that were not taken out, for they were changed meanwhile."""

    at: datetime
    conflicts: tuple[Conflict, ...] = ()  # of the units that were written
    stayed: tuple[str, ...] = ()


def open_note(house: House, meeting: str) -> Note:
    """The note of a meeting, begun where there is none yet; with the workspace away from the meeting's kept brief."""
    with house.device(write=False) as device:
        known = device.notes.of_meeting(meeting)
    if known:
        return known
    key, customer, title = _about(house, meeting)
    asked = templates.current(house)
    with house.device() as device:
        known = device.notes.of_meeting(key)
        if known:
            return known
        now = house.clock()
        device.templates.put(asked)
        note = Note(new_id(), key, customer, title, now, now, template=asked.id, template_version=asked.version)
        device.notes.put(note)
    return note


def _about(house: House, meeting: str) -> tuple[str, str, str]:
    """The id of a meeting, its customer's, and its title."""
    try:
        with house.workspace(write=False) as tx:
            found = find(tx, meeting)
    except Problem as problem:
        brief = kept_here(house, meeting, problem)
        if brief is None:
            raise
        return brief.meeting_id, brief.customer_id, brief.title or brief.customer
    return found.id, found.customer_id, found.title


def write_lines(house: House, note_id: str, edits: Sequence[Edit]) -> Written:
    """Keep lines as they stand, all of them or none; called within a second of each key. Problem `note_unknown`."""
    now = house.clock()
    with house.device() as device:
        note = _of(device, note_id)
        names = [LINE + edit.line_id for edit in edits]
        before, mine = device.versions.of_many(note.id, names), device.versions.device_id()
        after = dict(before)
        stayed = []
        for edit, unit in zip(edits, names, strict=True):
            said = bool(edit.text.strip())
            new = Version(edit.text if said else "", (), edit.mark, edit.at, edit.position, gone=not said)
            versions = change(after[unit], new, edit.base, mine, fresh(mine))
            if not said and not _says(new, after[unit], versions):
                stayed.append(edit.line_id)
            after[unit] = versions
        changed = {unit: versions for unit, versions in after.items() if versions != before[unit]}
        device.versions.put_many(note.id, changed, now)
        device.notes.touch(note.id, now)
        asked = set(names)
        found = tuple(one for one in conflicts_of(device, note.id) if f"{LINE}{one.unit}" in asked)
    return Written(now, found, tuple(stayed))


def write_answer(house: House, note_id: str, key: str, text: str, base: str | None = None) -> Written:
    """Keep the answer to one question, "" for none; `base` as in `Edit`. Problem `note_unknown`."""
    now = house.clock()
    with house.device() as device:
        note = _of(device, note_id)
        new = Version(text if text.strip() else "", gone=not text.strip())
        _put(device, note.id, ANSWER + key, new, base, now)
        device.notes.touch(note.id, now)
        found = tuple(one for one in conflicts_of(device, note.id) if one.unit == ANSWER + key)
    return Written(now, found)


def expect(house: House, note_id: str, text: str, base: str | None = None) -> Written:
    """Keep what its owner expects to hear. Problem `note_unknown`."""
    now = house.clock()
    with house.device() as device:
        note = _of(device, note_id)
        _put(device, note.id, EXPECTED, Version(text.strip(), gone=not text.strip()), base, now)
        device.notes.touch(note.id, now)
        found = tuple(one for one in conflicts_of(device, note.id) if one.unit == EXPECTED)
    return Written(now, found)


def write_line(house: House, note_id: str, position: int, line: Line) -> Written:
    """Keep one line as it stands, whatever stood there."""
    return write_lines(house, note_id, [Edit(line.id, position, line.mark, line.text, line.at)])


def answer(
    house: House, note_id: str, said: str | None = None, scene: str | None = None, surprise: str | None = None
) -> Note:
    """Keep the answers to the three questions afterwards; None leaves one as it is."""
    for key, text in (("said", said), ("scene", scene), ("surprise", surprise)):
        if text is not None:
            write_answer(house, note_id, key, text)
    return get(house, note_id)


def take_text(house: House, meeting: str, text: str) -> Note:
    """Lines from a file (`q text`, `f text`, …), added behind what the note already holds."""
    note = open_note(house, meeting)
    now = house.clock()
    with house.device(write=False) as device:
        start = device.notes.next_position(note.id)
    heard = enumerate(read_lines(text), start)
    write_lines(house, note.id, [Edit(new_id(), at, mark, words, now, "") for at, (mark, words) in heard])
    return get(house, note.id)


def get(house: House, note_id: str) -> Note:
    """A note by its id, the beginning of it, or its meeting's id; Problem `note_unknown` otherwise."""
    with house.device(write=False) as device:
        note = device.notes.get(note_id) or device.notes.of_meeting(note_id)
        if note is None and len(note_id) >= 4:
            hits = device.notes.starting(note_id)
            note = device.notes.get(hits[0]) if len(hits) == 1 else None
    if note is None:
        raise Problem("note_unknown", note=note_id)
    return note


def place_of(house: House, note_id: str, line_id: str) -> int:
    """Where a line stands among the others."""
    with house.device(write=False) as device:
        versions = device.versions.of(note_id, LINE + line_id)
    return versions[0].position if versions else 0


def listed(house: House) -> list[Listed]:
    """All notes of this device without their words, the one changed last first."""
    with house.device(write=False) as device:
        return device.notes.listed()


def all_of(house: House) -> list[Note]:
    """All notes of this device with every line, newest first; a list of them needs only `listed`."""
    with house.device(write=False) as device:
        return sorted(device.notes.all(), key=lambda note: (note.changed, note.id), reverse=True)


def export(house: House, note_id: str) -> str:
    """The note as Markdown, for its owner's own use."""
    note = get(house, note_id)
    return to_markdown(note, templates.of_note(house, note), zone_of(house, note))


def _of(device: DeviceTx, note_id: str) -> Note:
    note = device.notes.head(note_id)
    if note is None:
        raise Problem("note_unknown", note=note_id)
    return note


def _put(device: DeviceTx, note_id: str, unit: str, new: Version, base: str | None, now: datetime) -> None:
    before = device.versions.of(note_id, unit)
    mine = device.versions.device_id()
    after = change(before, new, base, mine, fresh(mine))
    if after != before:
        device.versions.put(note_id, unit, after, now)


def _says(new: Version, before: Versions, after: Versions) -> bool:
    """Whether a unit says now what was written."""
    return after != before or not after or any(one.text == new.text and one.gone == new.gone for one in after)
