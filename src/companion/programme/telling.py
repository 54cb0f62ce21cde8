"""Told in a team meeting, which completes a seat as well as a published takeaway."""

from dataclasses import replace
from datetime import date

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.programme.apply import cross
from companion.programme.checking import check_words
from companion.programme.codec import to_json
from companion.programme.composing import begin
from companion.programme.model import House
from companion.programme.people import who_am_i
from companion.takeaways.audience import ME
from companion.takeaways.model import Takeaway


def tell(house: House, note_id: str, on: date, headline: str = "", quote: str = "") -> Takeaway:
    """Told in a team meeting on a date, with a headline and one quote; it completes the seat as well.

    Of somebody without a team only they themselves see it. Problems: `telling_incomplete`, `telling_day_wrong`,
    `words_kept_back`.
    """
    takeaway = begin(house, note_id)
    _check_day(house, takeaway.meeting_id, on)
    team = who_am_i(house).team.strip()
    takeaway = replace(
        takeaway, headline=headline.strip() or takeaway.headline, quote=quote.strip() or takeaway.quote,
        audience=f"team:{team}" if team else ME, told_on=on,
    )  # fmt: skip
    if not takeaway.headline or not takeaway.quote:
        raise Problem("telling_incomplete")
    if takeaway.audience != ME:
        check_words(house, takeaway, headline=takeaway.headline, quote=takeaway.quote)
    body = {"takeaway": to_json(replace(takeaway, published=house.clock())), "deliveries": [], "by": house.me}
    with house.device() as device:
        device.queue.put(Command(new_id(), "takeaway", body, house.clock()))
    cross(house)
    return takeaway


def _check_day(house: House, meeting_id: str, on: date) -> None:
    """A telling lies between its meeting and today."""
    with house.workspace(write=False) as tx:
        zone, meeting = tx.programme.get().zone, tx.meetings.get(meeting_id)
    if on > day_of(house.clock(), zone) or (meeting and on < day_of(meeting.start, zone)):
        raise Problem("telling_day_wrong", day=on.isoformat())
