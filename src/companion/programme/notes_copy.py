"""The encrypted copy of the notes, for whoever turns it on: one file of each computer in a folder of theirs.

This computer writes its own file and reads the others'. No clock is asked whose text is newer: see `notes.merge`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from companion.basics.errors import Problem
from companion.notes.copying import CopyBox, Found, Part, Sheet
from companion.notes.merge import Kept, Versions, merged, set_apart, shows
from companion.programme.drafts import draft_key
from companion.programme.model import DeviceTx, House
from companion.programme.note_ends import take_from_search
from companion.programme.note_versions import snapshot

_SECRET = "notes copy"  # noqa: S105 - the name under which the keyring keeps the data key
_AT_ONCE = 20  # notes taken in by one transaction, so that whoever types waits for nobody
_SEALED = 200  # notes read at once to be sealed
_PATIENCE = 5.0  # seconds to wait for another process that does the same


@dataclass(frozen=True)
class CopyState:
    """How the copy stands. `problems`: what is wrong with it now, the others' files among them."""

    on: bool = False
    folder: str = ""
    written: datetime | None = None  # when this computer's file was written last
    away_since: datetime | None = None  # the folder has not been there since; nothing is lost, it waits
    others: tuple[str, ...] = ()  # names of the other computers whose notes are here
    taken_in: int = 0  # notes that changed by this run
    problems: tuple[Problem, ...] = ()


def turn_on(house: House, folder: Path) -> tuple[CopyState, tuple[str, ...]]:
    """Begin a copy in a folder; its recovery words, to be shown once and kept by nobody but their owner.

    With a copy on, it moves to that folder and the words stay as they are (none are answered).
    Problems: `copy_no_folder`, `copy_taken` (a copy with other words is there: join it), `file_not_written`.
    """
    box = house.notes_copy
    with house.device(write=False) as device:
        state = device.notes_copy.get("state")
    key = house.secrets.get(_SECRET) if state else None
    if any(one.key_id != (box.key_id(key) if key else "") for one in _looked(box, folder) if one.key_id):
        raise Problem("copy_taken", folder=str(folder))
    if state and key:
        _begin(house, folder, state["wrap"])
        return run(house), ()
    key, words = box.new_key(), box.new_words()
    house.secrets.put(_SECRET, key)
    _begin(house, folder, box.wrap(key, " ".join(words), 1))
    return run(house), words


def join(house: House, folder: Path, words: str) -> CopyState:
    """Take part in the copy that another computer of the same owner began.

    Problems: `copy_no_folder`, `copy_nothing`, `copy_words_wrong`, and those of `recovery.from_words`.
    """
    box = house.notes_copy
    wraps = {one.wrap["key"]: one.wrap for one in _looked(box, folder) if one.key_id and "key" in one.wrap}
    if not wraps:
        raise Problem("copy_nothing", folder=str(folder))
    for wrap in sorted(wraps.values(), key=lambda one: -int(one.get("number", 0))):
        key = box.unwrap(wrap, words)
        if key:
            house.secrets.put(_SECRET, key)
            _begin(house, folder, wrap)
            return run(house)
    raise Problem("copy_words_wrong", folder=str(folder))


def new_words(house: House) -> tuple[str, ...]:
    """Other recovery words in place of the old ones, shown once. Problems `copy_off`, `copy_key_missing`."""
    box, state, key = house.notes_copy, *_on(house)
    words = box.new_words()
    wrap = box.wrap(key, " ".join(words), int(state["wrap"].get("number", 0)) + 1)
    _keep(house, {"wrap": wrap, "mark": ""})
    run(house)
    return words


def turn_off(house: House) -> None:
    """End the copy on this computer and take away its own file; the others' stay as they are."""
    with house.device(write=False) as device:
        state = device.notes_copy.get("state")
    if not state:
        return
    with house.device() as device:
        mine = device.versions.device_id()
        for key in ("state", "taken"):
            device.notes_copy.drop(key)
    house.secrets.drop(_SECRET)
    house.notes_copy.remove(Path(state["folder"]), mine)


def run(house: House) -> CopyState:
    """Take in what the other computers wrote and write what this one has; does nothing where all is as it was.

    With the folder away, or the key, it waits: the state says so. Never raises for what one file is.
    """
    with house.secrets.alone("notes-copy", _PATIENCE) as alone:
        state, key = _known(house)
        if not state or not alone:
            return state_of(house)
        if not key:
            return replace(state_of(house), problems=(Problem("copy_key_missing", folder=state["folder"]),))
        folder = Path(state["folder"])
        try:
            found = house.notes_copy.look(folder)
            mine = _own_name(house, folder, key, state, found)
            count, problems = _take_in_all(house, folder, key, [one for one in found if not _is_own(one, mine)])
            _adopt(house, house.notes_copy.key_id(key), found)
            _write(house, folder, key, mine, next((one for one in found if _is_own(one, mine)), None))
        except Problem as problem:
            _keep(house, {"away_since": state.get("away_since") or house.clock().isoformat()})
            return replace(state_of(house), problems=(problem,))
        _keep(house, {"away_since": ""})
    return replace(state_of(house), taken_in=count, problems=tuple(problems))


def state_of(house: House) -> CopyState:
    """How the copy stands, by what this computer knows."""
    with house.device(write=False) as device:
        state, names = device.notes_copy.get("state"), device.notes_copy.get("names")
    if not state:
        return CopyState()
    return CopyState(
        True, state["folder"], _when(state.get("written")), _when(state.get("away_since")),
        tuple(sorted(map(str, names.values()))),
    )  # fmt: skip


def only_here(house: House) -> bool:
    """Whether notes exist on this computer alone and nobody was told yet; from then on somebody was."""
    with house.device(write=False) as device:
        if device.notes_copy.get("state") or device.notes_copy.get("told"):
            return False
    with house.device() as device:
        device.notes_copy.put("told", {"at": house.clock().isoformat()})
    return True


def take_in(house: House, notes: Mapping[str, Kept]) -> int:
    """Take what another computer knows into the notes of this one; how many of them changed.

    What a note was before is a revision; where both changed one text, both are kept.
    """
    count, emptied, left = 0, 0, iter(sorted(notes.items()))
    while some := dict(islice(left, _AT_ONCE)):
        with house.device() as device:
            here = device.versions.kept(some)
            for meeting_id, other in some.items():
                changed = _take_one(device, here.get(meeting_id), other, house.clock())
                count += changed
                emptied += changed and other.gone
    if emptied:
        take_from_search(house)
    return count


def _take_one(device: DeviceTx, here: Kept | None, other: Kept, now: datetime) -> bool:
    both = merged(here, other) if here else other
    if here:
        both = replace(both, units={unit: _as_shown(here.units.get(unit, ()), v) for unit, v in both.units.items()})
        if _same(both, here):
            return False
        note = device.notes.get(here.id)
        if note and both.living:
            snapshot(device, note, "taken_in", now)
    device.versions.put_kept(both, now)
    if both.gone and not both.living:  # its owner let go of it on the other computer
        device.versions.drop_revisions([one.id for one in device.versions.revisions(both.id)])
        for first in (draft_key(both.meeting_id), f"takeaways:{both.meeting_id}"):
            device.notes.drop_drafts(first)
    return True


def _as_shown(before: Versions, after: Versions) -> Versions:
    """The versions with the one first that was shown here, where it still stands: texts do not change places."""
    first = before[0] if before else None
    if first not in after or not shows(first):
        return after
    return (first, *(one for one in after if one != first))


def _same(one: Kept, other: Kept) -> bool:
    """Whether both know the same; in which order versions stand, and units, tells nothing."""

    def plain(kept: Kept) -> Kept:
        return replace(kept, units={})

    def units(kept: Kept) -> dict[str, frozenset[Any]]:
        return {unit: frozenset(versions) for unit, versions in kept.units.items()}

    return plain(one) == plain(other) and units(one) == units(other)


def _take_in_all(house: House, folder: Path, key: str, files: list[Found]) -> tuple[int, list[Problem]]:
    count, problems = 0, []
    with house.device(write=False) as device:
        taken, names = device.notes_copy.get("taken"), device.notes_copy.get("names")
    before = (dict(taken), dict(names))
    mine = house.notes_copy.key_id(key)
    for one in files:
        size, changed, marks = taken.get(one.name) or (0, 0, {})
        if (size, changed) == (one.size, one.changed):
            continue
        try:
            if one.key_id and one.key_id != mine:
                raise Problem("copy_foreign", file=one.name)
            copied = house.notes_copy.read(folder, one, key, marks)
        except Problem as problem:
            problems.append(problem)
            continue
        count += take_in(house, copied.notes)
        taken = {**taken, one.name: [one.size, one.changed, dict(copied.marks)]}
        names = {**names, copied.device: copied.name}
    if (taken, names) != before:
        with house.device() as device:
            device.notes_copy.put("taken", taken)
            device.notes_copy.put("names", names)
    return count, problems


def _own_name(house: House, folder: Path, key: str, state: dict[str, Any], found: list[Found]) -> str:
    """Under what name this computer writes: another where somebody else, from a copied profile, writes under it."""
    with house.device() as device:
        mine = device.versions.device_id()
        written = next((one for one in found if _is_own(one, mine)), None)
        known = range(state.get("done", state["counter"]), state["counter"] + 1)  # the last may not have been written
        if not written or not written.device or written.counter in known:
            return mine
        try:
            theirs = house.notes_copy.read(folder, written, key, {}).notes
        except Problem:  # told when it is taken in
            theirs = {}
        other = device.versions.new_device()
        _set_apart(device, theirs, mine, other, _when(state.get("written")), house.clock())
        return other


def _set_apart(
    device: DeviceTx, theirs: Mapping[str, Kept], mine: str, other: str, since: datetime | None, now: datetime
) -> None:
    """Count under another name what was changed here since this computer's file was written.

    Two computers counted the same since: nothing tells which text follows which, so both are kept.
    """
    for kept in device.versions.kept().values():
        if since is not None and kept.changed < since:
            continue
        there = theirs[kept.meeting_id].units if kept.meeting_id in theirs else {}
        units = {
            unit: tuple(one if one in there.get(unit, ()) else set_apart(one, mine, other) for one in versions)
            for unit, versions in kept.units.items()
        }
        device.versions.put_kept(replace(kept, units=units), now)


def _is_own(found: Found, mine: str) -> bool:
    return found.name == f"companion-{mine}.notes"


def _looked(box: CopyBox, folder: Path) -> list[Found]:
    """What is in a folder that somebody named just now; one that is not there is no copy that waits."""
    try:
        return box.look(folder)
    except Problem as problem:
        raise Problem("copy_no_folder", folder=str(folder)) from problem


def _adopt(house: House, key_id: str, found: list[Found]) -> None:
    """Take over newer recovery words that were made on another computer."""
    state, _ = _known(house)
    wraps = [one.wrap for one in found if one.key_id == key_id and isinstance(one.wrap.get("number"), int)]
    newest = max(wraps, key=lambda wrap: int(wrap["number"]), default={})
    if newest and newest["number"] > state["wrap"].get("number", 0):
        _keep(house, {"wrap": newest, "mark": ""})


def _write(house: House, folder: Path, key: str, mine: str, there: Found | None) -> None:
    begun, box = house.clock(), house.notes_copy
    with house.device(write=False) as device:
        mark, state = device.versions.mark(), device.notes_copy.get("state")
        if there and mark == state["mark"] and _size(there) == state.get("own"):
            return
        before = box.parts(folder, mine, key)
        if there and mark == state["mark"] and before and _marks(before) == device.versions.marks():
            own = _size(there)  # whoever syncs the folder gave it another time, and it is whole
        else:
            own, parts = [], _parts(device, box, key, before)
    if own:
        _keep(house, {"own": own})
        return
    counter = state.get("done", state["counter"]) + 1
    _keep(house, {"counter": counter})  # first: a file that is ahead of it is somebody else's
    written = box.write(folder, key, state["wrap"], Sheet(mine, box.this_computer(), counter, parts))
    _keep(house, {"done": counter, "mark": mark, "own": _size(written), "written": begun.isoformat()})


def _size(file: Found) -> list[int]:
    return [file.size, file.changed]


def _marks(parts: Mapping[str, Part]) -> dict[str, str]:
    return {meeting: part.mark for meeting, part in parts.items()}


def _parts(device: DeviceTx, box: CopyBox, key: str, before: Mapping[str, Part]) -> dict[str, Part]:
    """Every note sealed: as it was in the file before where it did not change."""
    marks = device.versions.marks()
    parts = {meeting: before[meeting] for meeting, mark in marks.items() if _mark_of(before.get(meeting)) == mark}
    left = iter(sorted(marks.keys() - parts.keys()))
    while some := list(islice(left, _SEALED)):
        for meeting, kept in device.versions.kept(some).items():
            parts[meeting] = box.seal(key, kept, marks[meeting])
    return parts


def _mark_of(part: Part | None) -> str | None:
    return part.mark if part else None


def _begin(house: House, folder: Path, wrap: dict[str, Any]) -> None:
    with house.device() as device:
        before = device.notes_copy.get("state")
        device.versions.device_id()
        counter = before.get("counter", 0)
        state = {"folder": str(folder), "wrap": wrap, "counter": counter, "done": counter, "mark": ""}
        device.notes_copy.put("state", state)
        device.notes_copy.drop("taken")


def _keep(house: House, news: dict[str, Any]) -> None:
    with house.device(write=False) as device:
        state = device.notes_copy.get("state")
    if state and {**state, **news} != state:
        with house.device() as device:
            device.notes_copy.put("state", {**device.notes_copy.get("state"), **news})


def _known(house: House) -> tuple[dict[str, Any], str]:
    with house.device(write=False) as device:
        state = device.notes_copy.get("state")
    return state, (house.secrets.get(_SECRET) or "") if state else ""


def _on(house: House) -> tuple[dict[str, Any], str]:
    state, key = _known(house)
    if not state:
        raise Problem("copy_off")
    if not key:
        raise Problem("copy_key_missing", folder=state["folder"])
    return state, key


def _when(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
