"""The list of meetings, read as far as it is shown: what is ahead, and the past a part at a time."""

from dataclasses import replace
from datetime import UTC, datetime

from companion.basics.clock import day_of
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.assistants import may_act
from companion.programme.model import House, WorkspaceTx
from companion.programme.views.ground import some_ground
from companion.programme.views.meetings import MeetingsView, as_listed

PAST = 200  # meetings that are over, listed at first
_LAST = datetime.max.replace(tzinfo=UTC)


def meeting_list(house: House, past: int = PAST, wanted: str = "") -> MeetingsView:
    """Read what is ahead and the latest `past` that are over, as far back as the meeting `wanted`.

    From before them also those that concern who works here: their own and their leaders', and those at which somebody
    has to say who was there. These are `apart`. However long the programme runs, the rest is not read.
    """
    now = house.clock()
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        latest = tx.meetings.over(now, past + 1)
        over, earlier = latest[-past:], len(latest) > past
        sought = tx.meetings.get(wanted) if wanted else None
        if earlier and sought and sought.end <= now and sought.start < over[0].start:
            held = {one.id for one in over}
            between = tx.meetings.between(sought.start, over[0].start)
            over = [*(one for one in between if one.end <= now and one.id not in held), *over]
            earlier = bool(tx.meetings.over(sought.start, 1))
        ahead = [one for one in tx.meetings.during(now, _LAST) if one.verdict != "no"]
        listed = {one.id: one for one in (*over, *ahead)}
        apart = [one for one in _apart(tx, me, now) if one.id not in listed] if earlier else []
        chosen = sorted((*apart, *listed.values()), key=lambda one: (one.start, one.id))
        facts = some_ground(house, tx, chosen)
    view = as_listed(house, facts, chosen, whole=True)
    rows = tuple(replace(row, apart=True) if row.meeting.id not in listed else row for row in view.rows)
    return replace(view, rows=rows, earlier=earlier)


def _apart(tx: WorkspaceTx, me: Person | None, now: datetime) -> list[Meeting]:
    """Whatever their day: those of who works here and of whom they act for, and those that wait for a word."""
    today = day_of(now, tx.programme.get().zone)
    whose = [me, *(one for one in tx.people.all() if may_act(me, one, today))] if me else []
    ids = {item.meeting_id for person in whose for item in tx.seats.about(person.id)}
    ids |= {told.meeting_id for told in tx.presence.waiting()} | set(tx.seats.in_question())
    return [one for one in tx.meetings.some(ids) if one.verdict != "no"]
