"""What lies ahead as the planner sees it: who could still be seated where, by its own rules."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from companion.attendance.days import meeting_day
from companion.attendance.model import Seat
from companion.attendance.openings import Burden, Could, Openings, could_take, openings
from companion.attendance.planner.model import CAP
from companion.attendance.tally import Tally, counts
from companion.attendance.target import Run
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person

AGREED = frozenset({"proposed", "offered", "accepted"})  # a seat that is on its way is nobody else's
NO = frozenset({"declined", "excused", "delegated"})


def looking_ahead(
    free: Iterable[Meeting], known: Mapping[str, Meeting], seats: Iterable[Seat], now: datetime, zone: str,
    burden: Burden | None = None,
) -> Openings:  # fmt: skip
    """What can still be taken: free reviews, second chairs, and what each host holds. `seats`: those of listeners."""
    mine: dict[str, list[Meeting]] = {}
    been = set[str]()
    for seat in seats:
        if seat.state == "attended":
            been.add(seat.person_id)
        elif seat.state in AGREED and (meeting := known.get(seat.meeting_id)) and _takes_place(meeting, now):
            mine.setdefault(seat.person_id, []).append(meeting)
    there: dict[str, list[tuple[Meeting, bool]]] = {}
    for person, theirs in mine.items():
        first = min(theirs, key=lambda one: (one.start, one.id))
        for meeting in theirs:
            there.setdefault(meeting.id, []).append((meeting, person not in been and meeting is first))
    alone = [found[0] for found in there.values() if len(found) == 1]
    hosted: dict[str, list[Meeting]] = {}
    for meeting in known.values():
        if meeting.end > now and meeting.host_email:
            hosted.setdefault(normal(meeting.host_email), []).append(meeting)
    made = openings((one for one in free if one.id not in there), zone, burden)
    hosts = {address: tuple(some) for address, some in hosted.items()}
    return replace(
        made, hosted=hosts,
        beside_new=replace(openings((one for one, new in alone if new), zone, burden), hosted=hosts),
        beside=replace(openings((one for one, new in alone if not new), zone, burden), hosted=hosts),
    )  # fmt: skip


def _takes_place(meeting: Meeting, now: datetime) -> bool:
    return meeting.start > now and counts(meeting) and meeting.status in ("confirmed", "tentative")


def reach(
    free: Openings, person: Person, mine: Tally, span: tuple[date, date], away: Sequence[Run],
    barred: Collection[str], now: datetime, zone: str, wanted: int,
) -> Could:  # fmt: skip
    """What one person could take; second chairs are looked at only where so many cannot be found without them."""
    ahead = [meeting for meeting, seat in mine.seats if seat.state in AGREED and meeting.end > now]
    planned = [one for one in ahead if one.start > now and span[0] <= meeting_day(one, zone) <= span[1]]
    no = {*barred, *(meeting.id for meeting, seat in mine.seats if seat.state in NO)}
    on = {meeting_day(meeting, zone) for meeting, seat in mine.seats if seat.state == "attended"}
    on = {day for day in on if day >= span[0]}
    has = {*mine.heard, *mine.coming, *mine.asked}
    room = max(0, CAP - len(mine.heard) - len(planned))

    def take(some: Openings) -> Could:
        return could_take(some, person, *span, away, ahead, has, no, zone, room=room, on=on)

    could = take(free)
    if wanted <= 0 or could.latest(wanted) or free.beside is None or free.beside_new is None:
        return could
    new = not any(seat.state == "attended" for _, seat in mine.seats)
    return replace(
        could, chairs=(take(free.beside_new),), first=replace(take(free.beside), anywhere=False) if new else None,
        earliest=min((one.start for one in planned), default=None),
    )  # fmt: skip
