"""Board: who has heard, who is coming, what is needed."""

from datetime import date, timedelta

from companion.attendance.board import Board
from companion.attendance.board import board as count
from companion.attendance.days import Period, period
from companion.basics.clock import start_of
from companion.programme.model import House
from companion.programme.views.ground import ground


def board(house: House, span: str = "", as_of: date | None = None) -> Board:
    """The board of a period ("" the calendar year; 2026, 2026-04..2027-03, rolling) as known on a day."""
    facts = ground(house)
    moment = facts.now
    if as_of:
        moment = min(facts.now, start_of(as_of + timedelta(days=1), facts.zone))
    chosen: Period = period(span, as_of or facts.today)
    return count(
        facts.people, facts.meetings.values(), facts.seats_known(moment), facts.takeaways, facts.targets, facts.leaves,
        facts.programme, chosen, moment,
    )  # fmt: skip
