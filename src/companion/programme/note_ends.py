"""Raw notes have an end: 90 days after their takeaway is out their owner is asked, and nothing goes without a yes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from companion.basics.errors import Problem
from companion.notes.merge import LINE, Version, joined
from companion.notes.model import Listed
from companion.programme.drafts import draft_key
from companion.programme.model import DeviceTx, House

AFTER = timedelta(days=90)  # from the day its takeaway was published or told


def expiring(house: House) -> list[Listed]:
    """Notes whose takeaway is out for 90 days and which nobody said to keep; none with the workspace away."""
    try:
        with house.workspace(write=False) as tx:
            me = tx.people.by_address(house.me) if house.me else None
            before = house.clock() - AFTER
            out = {
                takeaway.meeting_id
                for takeaway in tx.takeaways.all()
                if me and takeaway.author_id == me.id
                and ((takeaway.published and takeaway.published <= before)
                     or (takeaway.told_on and takeaway.told_on <= before.date()))
            }  # fmt: skip
    except Problem:
        return []
    with house.device(write=False) as device:
        found = [one for one in device.notes.listed() if one.meeting_id in out]
        heads = {one.id: device.notes.head(one.id) for one in found}
    return [one for one in found if not ((head := heads[one.id]) and head.keep)]


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
    return count


def _empty(device: DeviceTx, meeting_id: str) -> None:
    """Every unit becomes one without words that follows from all that was there."""
    mine = device.versions.device_id()
    now = device.versions.kept([meeting_id])
    for kept in now.values():
        for unit, versions in kept.units.items():
            stamps = joined([*(one.stamps for one in versions)])
            counted = joined([stamps, ((mine, dict(stamps).get(mine, 0) + 1),)])
            first = versions[0]
            bare = Version("", counted, "", first.at if unit.startswith(LINE) else None, first.position, gone=True)
            device.versions.put(kept.id, unit, (bare,), kept.changed)


def _after(device: DeviceTx, meeting_id: str, note_id: str) -> None:
    """Nothing of it stays in what is kept beside a note."""
    device.versions.drop_revisions([one.id for one in device.versions.revisions(note_id)])
    for first in (draft_key(meeting_id), f"takeaways:{meeting_id}"):
        device.notes.drop_drafts(first)
