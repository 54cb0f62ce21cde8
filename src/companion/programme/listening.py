"""Notes on the device: begin, write a line, answer the three questions, take one from a file, give one out."""

from dataclasses import replace

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.notes.model import Line, Note
from companion.notes.text import read_lines, to_markdown
from companion.programme.meetings import find
from companion.programme.model import House


def open_note(house: House, meeting: str) -> Note:
    """The note of a meeting, begun where there is none yet. Works with the workspace away once it was begun."""
    with house.device(write=False) as device:
        known = device.notes.of_meeting(meeting)
    if known:
        return known
    with house.workspace(write=False) as tx:
        about = find(tx, meeting)
    with house.device() as device:
        known = device.notes.of_meeting(about.id)
        if known:
            return known
        now = house.clock()
        note = Note(new_id(), about.id, about.customer_id, about.title, now, now)
        device.notes.put(note)
    return note


def write_line(house: House, note_id: str, position: int, line: Line) -> None:
    """Keep one line as it stands; called within a second of each key."""
    with house.device() as device:
        note = device.notes.get(note_id)
        if note is None:
            raise Problem("note_unknown", note=note_id)
        if line.text.strip():
            device.notes.put_line(note_id, position, line)
        else:
            device.notes.remove_line(note_id, line.id)
        device.notes.put(replace(note, changed=house.clock()))


def answer(
    house: House, note_id: str, said: str | None = None, scene: str | None = None, surprise: str | None = None
) -> Note:
    """Keep the answers to the three questions afterwards; None leaves one as it is."""
    with house.device() as device:
        note = device.notes.get(note_id)
        if note is None:
            raise Problem("note_unknown", note=note_id)
        for key, text in (("said", said), ("scene", scene), ("surprise", surprise)):
            if text is not None:
                device.notes.put_answer(note.id, key, text)
        device.notes.put(replace(note, changed=house.clock()))
    return get(house, note.id)


def take_text(house: House, meeting: str, text: str) -> Note:
    """Lines from a file (`q text`, `f text`, …), added behind what the note already holds."""
    note = open_note(house, meeting)
    with house.device() as device:
        start = len(note.lines)
        for offset, (mark, words) in enumerate(read_lines(text)):
            device.notes.put_line(note.id, start + offset, Line(new_id(), house.clock(), mark, words))
        device.notes.put(replace(note, changed=house.clock()))
    return get(house, note.id)


def get(house: House, note_id: str) -> Note:
    """A note by its id, the beginning of it, or its meeting's id; Problem `note_unknown` otherwise."""
    with house.device(write=False) as device:
        note = device.notes.get(note_id) or device.notes.of_meeting(note_id)
        if note is None and len(note_id) >= 4:
            hits = [item for item in device.notes.all() if item.id.startswith(note_id)]
            note = device.notes.get(hits[0].id) if len(hits) == 1 else None
    if note is None:
        raise Problem("note_unknown", note=note_id)
    return note


def all_of(house: House) -> list[Note]:
    """All notes of this device, newest first."""
    with house.device(write=False) as device:
        return sorted(device.notes.all(), key=lambda note: (note.changed, note.id), reverse=True)


def export(house: House, note_id: str) -> str:
    """The note as Markdown, for its owner's own use."""
    return to_markdown(get(house, note_id))
