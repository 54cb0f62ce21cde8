"""Where a copy belongs of which only the day is known: with the series' occurrence of that day; pure.

Who is invited to one occurrence of a series has it as an event of its own, whose UID tells its day (in Exchange's
GlobalObjectId) and nothing its original hour. Moved to another hour it would be a meeting beside the organiser's.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import canonical_uid, day_in_uid, meeting_id
from companion.calendars.model import Event
from companion.meetings.model import Copy

Placed = tuple[str, Copy]  # the meeting a copy is held under, and the copy


def own_id(event: Event) -> str:
    """The meeting that an occurrence would be by itself."""
    return meeting_id(event.uid, event.rec_key)


def misplaced(copies: Sequence[Placed]) -> list[tuple[str, str, Copy]]:
    """(where it is, where it belongs, the copy) of each copy that belongs elsewhere, whatever order they came in.

    It belongs with the one occurrence of its series on its day; where there is none, or several, it stands alone.
    """
    days: dict[tuple[str, date], set[str]] = {}
    sure: set[str] = set()
    taken: set[tuple[str, str]] = set()
    for _, copy in copies:
        day = _day_of_slot(copy.event)
        if day_in_uid(copy.event.uid) is None and day:
            own = own_id(copy.event)
            days.setdefault((canonical_uid(copy.event.uid), day), set()).add(own)
            sure.add(own)
            taken.add((own, copy.account_id))
    found = []
    for at, copy in copies:
        day = day_in_uid(copy.event.uid)
        if day is None:
            continue
        home = own_id(copy.event)
        there = days.get((canonical_uid(copy.event.uid), day), set())
        if home not in sure and len(there) == 1 and not any((one, copy.account_id) in taken for one in there):
            (home,) = there
        if home != at:
            found.append((at, home, copy))
    return found


def series_with_days(uids: Iterable[str], of: Iterable[str]) -> set[str]:
    """Those UIDs that belong to the series `of` is of, where any of them tells a day."""
    wanted = {canonical_uid(uid) for uid in of}
    known = [(uid, canonical_uid(uid)) for uid in uids]
    dated = {series for uid, series in known if series in wanted and day_in_uid(uid)}
    return {uid for uid, series in known if series in dated}


def _day_of_slot(event: Event) -> date | None:
    kind, _, value = event.rec_key.partition(":")
    if kind == "U":
        slot = datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(value))
        try:
            return day_of(slot, event.zone or "UTC")
        except Problem:  # another computer knows zones that this one does not
            return slot.date()
    return date.fromisoformat(value[:8]) if kind in ("D", "F") else None
