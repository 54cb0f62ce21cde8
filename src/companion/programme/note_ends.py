"""Raw notes have an end: 90 days after their takeaway is out their owner is asked, and nothing goes without a yes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from companion.basics.errors import Problem
from companion.notes.merge import LINE, Version, Versions, joined
from companion.notes.model import Listed
from companion.programme.drafts import draft_key
from companion.programme.model import DeviceTx, House
from companion.takeaways.model import Takeaway

AFTER = timedelta(days=90)  # from the day its takeaway was published or told


def expiring(house: House, note_id: str = "") -> list[Listed]:
    """Notes whose takeaway is out for 90 days and which nobody said to keep; none with the workspace away.

    Of all notes, or of one.
    """
    before = house.clock() - AFTER
    with house.device(write=False) as device:
        known = device.notes.head(note_id) if note_id else None
        if note_id and (known is None or known.made > before):  # the page of a new note costs no list
            return []
        old = [one for one in device.notes.listed(before) if known is None or one.id == known.id]
    if not old:
        return []
    try:
        with house.workspace(write=False) as tx:
            me = tx.people.by_address(house.me) if house.me else None
            told = tx.takeaways.of_meetings(one.meeting_id for one in old)
    except Problem:
        return []
    out = {one.meeting_id for one in told if me and one.author_id == me.id and _is_out_since(one, before)}
    return [one for one in old if one.meeting_id in out]


def keep(house: House, note_id: str) -> None:
    """Never ask about this note again. Problem `note_unknown`."""
    with house.device() as device:
        note = device.notes.head(note_id)
        if note is None:
            raise Problem("note_unknown", note=note_id)
        device.notes.put(replace(note, keep=True, changed=house.clock()))


def let_go(house: House, note_ids: Iterable[str]) -> int:
    """Delete these notes' words, here and, with the next copy, in the copy; how many. Ask their owner first."""
    count = 0
    with house.device() as device:
        for note_id in note_ids:
            note = device.notes.head(note_id)
            if note is None:
                raise Problem("note_unknown", note=note_id)
            _empty(device, note.meeting_id)
            emptied = device.notes.head(note.id) or note  # with the stamps of its emptied expectation
            device.notes.put(replace(emptied, gone=True, changed=house.clock()))
            _after(device, note.meeting_id, note.id)
            count += 1
    if count:
        take_from_search(house)
    return count


def take_from_search(house: House) -> None:
    """Leave no word of what was deleted in the search, where it would stay until the index is tidied."""
    with house.device() as device:
        device.search.wipe()


def _is_out_since(takeaway: Takeaway, day: datetime) -> bool:
    told = takeaway.told_on is not None and takeaway.told_on <= day.date()
    return told or (takeaway.published is not None and takeaway.published <= day)


def _empty(device: DeviceTx, meeting_id: str) -> None:
    """Every unit becomes one without words that follows from all that was there."""
    mine = device.versions.device_id()
    now = device.versions.kept([meeting_id])
    for kept in now.values():
        bare: dict[str, Versions] = {}
        for unit, versions in kept.units.items():
            stamps = joined([*(one.stamps for one in versions)])
            counted = joined([stamps, ((mine, dict(stamps).get(mine, 0) + 1),)])
            first = versions[0]
            at = first.at if unit.startswith(LINE) else None
            bare[unit] = (Version("", counted, "", at, first.position, gone=True),)
        device.versions.put_many(kept.id, bare, kept.changed)


def _after(device: DeviceTx, meeting_id: str, note_id: str) -> None:
    """Nothing of it stays in what is kept beside a note."""
    device.versions.drop_revisions([one.id for one in device.versions.revisions(note_id)])
    for first in (draft_key(meeting_id), f"takeaways:{meeting_id}"):
        device.notes.drop_drafts(first)
