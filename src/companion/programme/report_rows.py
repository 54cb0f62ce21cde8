"""What exports and reports are made of: whose rows may be seen, seats with their evidence, who hears which customer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from companion.attendance.board import Board, Row, Sums
from companion.attendance.days import Period, meeting_day
from companion.attendance.model import Evidence, Seat
from companion.attendance.seats import credited
from companion.attendance.tally import counts
from companion.attendance.teams import OTHERS, together
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.programme.model import House
from companion.programme.names import names_shown
from companion.programme.views.ground import Ground
from companion.words.dates import clock_time
from companion.words.joined import statement
from companion.words.language import t


@dataclass(frozen=True)
class Visible:
    """What of a board who works here may see. `named`: everybody's rows; else the own one and sums of teams."""

    rows: tuple[Row, ...]
    teams: tuple[Sums, ...]
    named: bool
    leaders: dict[str, int]  # team -> how many leaders it has, those of whom nothing is expected too


@dataclass(frozen=True)
class Coverage:
    """How one customer was heard in a period. `heard`: meetings with a listener; `listeners`: different people."""

    customer: Customer
    reviews: int
    heard: int
    listeners: int
    last: date | None  # the last day on which somebody listened, in any period
    ahead: int  # open reviews to come
    most: int  # listeners a year it is to bear


def visible(house: House, facts: Ground, found: Board) -> Visible:
    """The rows and team sums of a board as who works here may see them."""
    named = names_shown(house, facts.programme, facts.me)
    mine = facts.me.id if facts.me else ""
    leaders: dict[str, int] = {}
    for row in found.rows:
        leaders[row.person.team] = leaders.get(row.person.team, 0) + 1
    if named:
        return Visible(found.rows, found.teams, True, leaders)
    rows = tuple(row for row in found.rows if row.person.id == mine)
    within = next((row.person.team for row in rows if row.standing.flag != "exempt"), None)
    return Visible(rows, *_large(found.teams, leaders, within))


def _large(
    teams: Sequence[Sums], leaders: dict[str, int], mine: str | None
) -> tuple[tuple[Sums, ...], bool, dict[str, int]]:
    """The sums that are nobody's name, the small teams in one; and how many leaders each has."""
    kept = together(teams, mine)
    own = {sums.team: leaders[sums.team] for sums in kept if sums.team != OTHERS}
    if len(own) == len(kept):
        return kept, False, own
    others = t("other teams") if own else t("all teams")
    number = sum(leaders.values()) - sum(own.values())
    return (*kept[:-1], replace(kept[-1], team=others)), False, own | {others: number}


def in_period(facts: Ground, found: Board, people: frozenset[str]) -> list[tuple[Meeting, Seat]]:
    """The seats of these people at meetings of a board's period, as known at its day; latest first."""
    made = []
    for seat in facts.seats_known(found.as_of):
        meeting = facts.meetings[seat.meeting_id]
        if seat.person_id in people and found.period.holds(meeting_day(meeting, facts.zone)):
            made.append((meeting, seat))
    return sorted(made, key=lambda pair: (pair[0].start, pair[0].id, pair[1].person_id), reverse=True)


def said(facts: Ground, evidence: Evidence) -> str:
    """A statement as a sentence: was there (Rosa, the host, on 18 November)."""
    person = facts.person_at(normal(evidence.by)) if evidence.by else None
    day = evidence.at.astimezone(ZoneInfo(facts.zone)).date()
    name = person.name if person else evidence.by
    time = clock_time(evidence.at, facts.zone)
    return statement(evidence.source, evidence.says, name, day, reason=evidence.reason, time=time)


def coverage(facts: Ground, found: Board) -> list[Coverage]:
    """Every customer by name, with who heard it in the board's period."""
    sells = {person.id for person in facts.people if person.kind in ("host", "group")}
    met: dict[str, list[Meeting]] = {}
    for meeting in facts.meetings.values():
        if meeting.status != "cancelled" and counts(meeting):
            met.setdefault(meeting.customer_id, []).append(meeting)
    who: dict[str, set[str]] = {}
    for seat in facts.seats_known(found.as_of):
        person = credited(seat)
        if person and person not in sells:
            who.setdefault(seat.meeting_id, set()).add(person)
    free = {meeting.id for meeting in found.open_reviews}
    every = sorted(facts.customers.values(), key=lambda one: (one.name.casefold(), one.id))
    return [_covered(facts, one, met.get(one.id, []), who, free, found.period, found.as_of) for one in every]


def _covered(
    facts: Ground, customer: Customer, met: list[Meeting], who: dict[str, set[str]], free: set[str], period: Period,
    as_of: datetime,
) -> Coverage:  # fmt: skip
    days = [(meeting, meeting_day(meeting, facts.zone)) for meeting in met]
    past = [(meeting, day) for meeting, day in days if period.holds(day) and meeting.end <= as_of]
    heard = [meeting for meeting, _ in past if who.get(meeting.id)]
    listeners = set().union(*(who[meeting.id] for meeting in heard)) if heard else set()
    last = max((day for meeting, day in days if meeting.end <= as_of and who.get(meeting.id)), default=None)
    most = facts.programme.visits if customer.visits is None else customer.visits
    ahead = sum(meeting.id in free for meeting in met)
    return Coverage(customer, len(past), len(heard), len(listeners), last, ahead, most)
