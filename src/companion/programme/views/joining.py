"""What a page says beside a meeting: how far its join report is, and who is free for an open review."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from companion.attendance.availability import Availability, Free, believed
from companion.attendance.days import period
from companion.attendance.model import Evidence
from companion.attendance.report import Look, Outcome
from companion.basics.errors import Problem
from companion.calendars.model import is_microsoft, mailbox_of
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.addresses import domain_of, normal, within
from companion.people.model import Person
from companion.programme.looking import KEPT, is_teams
from companion.programme.model import House
from companion.programme.views.ground import Ground, whole_ground

LISTED = timedelta(days=400)
ReportCode = Literal[
    "taken", "none_yet", "policy", "not_allowed", "elsewhere", "unmatched", "too_old", "not_looked", "of_ours",
    "unknown_there",
]  # fmt: skip


@dataclass(frozen=True)
class ReportState:
    """How far a past meeting's join report is, since when, and when it is looked for again (None: not any more)."""

    code: ReportCode
    at: datetime | None = None
    again: datetime | None = None


@dataclass(frozen=True)
class FreeState:
    """Who is free for an open review. `names` are () where people may not be named; then only the numbers stand."""

    mine: Free | Literal[""]  # of who works here
    names: tuple[tuple[Free, str], ...]
    numbers: tuple[tuple[Free, int], ...]
    unknown: int | None  # leaders who need a seat and of whom no word is known; None: not counted
    asked: datetime | None  # when the oldest of these words was asked for

    def named(self, word: Free) -> list[str]:
        """The names of those with this word."""
        return [name for kind, name in self.names if kind == word]


@dataclass(frozen=True)
class ReportRow:
    """One past meeting in Teams, and how far its join report is."""

    meeting: Meeting
    customer: Customer
    state: ReportState


def past_reports(house: House) -> tuple[list[ReportRow], str]:
    """The past Teams meetings of the last 400 days, latest first; and the programme's zone."""
    facts, found = whole_ground(house)
    looks, rows, looking = looks_of(house), [], _looking(house, facts)
    for meeting in reversed(found):
        if meeting.verdict == "no" or facts.now - meeting.end >= LISTED or meeting.end > facts.now:
            continue
        said = [item for seat in facts.seats_at(meeting.id) for item in seat.evidence]
        state = report_state(meeting, looks.get(meeting.id), said, facts.now) or unlooked(facts, meeting)
        if state:
            rows.append(ReportRow(meeting, facts.customer(meeting.customer_id), _by_whom(state, meeting, looking)))
    return rows, facts.zone


def _looking(house: House, facts: Ground) -> set[str]:
    """The addresses of those whose meetings' reports can be looked for on this device."""
    with house.device(write=False) as device:
        accounts = [account for account in device.accounts.all() if is_microsoft(account)]
    found = {normal(text) for account in accounts for text in (account.owner, mailbox_of(account))} - {""}
    nameless = {account.user for account in accounts if not (account.owner or mailbox_of(account))}
    if nameless:  # a host's own mailbox: whose it is only the sign-in tells
        with suppress(Problem):
            found |= {normal(person.address) for person in house.identity.people() if person.id in nameless}
    known = found | ({house.me} - {""})
    return known | {address for one in facts.people if known & set(one.addresses) for address in one.addresses}


def _by_whom(state: ReportState, meeting: Meeting, looking: Collection[str]) -> ReportState:
    """The state, told apart by who organised: somebody else of ours, or one who can look and yet finds nothing."""
    by = meeting.organiser.address if meeting.organiser else ""
    if state.code == "not_looked" and by and by not in looking:
        return replace(state, code="of_ours")
    return replace(state, code="unknown_there") if state.code == "elsewhere" and by in looking else state


def wanting(facts: Ground) -> list[Person]:
    """The leaders who still need a seat this year, as the board counts them. Needs the whole ground."""
    from companion.attendance.board import board  # the list of meetings, asked for most, needs no board

    found = board(
        facts.people, facts.meetings.values(), facts.seats, facts.takeaways, facts.targets, facts.leaves,
        facts.programme, period("", facts.today, facts.programme.year), facts.now,
    )  # fmt: skip
    return [row.person for row in found.rows if row.standing.needs > 0]


def _in_need(house: House) -> list[Person]:
    """The same, read for it: of the programme only what counting needs."""
    from companion.programme.counting import counted  # brings the board with it

    with house.workspace(write=False) as tx:
        rows = counted(house, tx).board().rows
    return [row.person for row in rows if row.standing.needs > 0]


def report_state(meeting: Meeting, look: Look | None, told: Iterable[Evidence], now: datetime) -> ReportState | None:
    """How far the report is; None where nobody looked. `told`: all that is said of the meeting's seats."""
    reported = [item.at for item in told if item.source == "report"]
    if reported:
        return ReportState("taken", max(reported), look.next_at if look else None)
    if look is not None:
        code: Outcome = look.outcome
        return ReportState(code, look.at, look.next_at)
    return None


def unlooked(facts: Ground, meeting: Meeting) -> ReportState | None:
    """Why nobody looked for the report of a past meeting; None where there is none to be had, as of other systems."""
    if not is_teams(meeting.link) or meeting.end > facts.now or meeting.status == "cancelled":
        return None
    if facts.now - meeting.end >= KEPT:
        return ReportState("too_old")
    ours = frozenset(facts.programme.our_domains)
    by = meeting.organiser.address if meeting.organiser else ""
    foreign = by and facts.person_at(by) is None and not within(domain_of(by), ours)
    return ReportState("elsewhere" if foreign else "not_looked")


def looks_of(house: House) -> dict[str, Look]:
    """What this device knows of looks for reports, by meeting."""
    with house.device(write=False) as device:
        return {look.meeting_id: look for look in device.looks.all()}


def free_states(house: House, facts: Ground, reviews: Iterable[Meeting], *, whole: bool) -> dict[str, FreeState]:
    """Who is free for which of these open reviews, where anything is known. `whole`: only who needs a seat counts."""
    ids = [review.id for review in reviews]
    with house.workspace(write=False) as tx:
        words = believed(tx.availability.of(ids), facts.now) if ids else []
    by_review: dict[str, dict[str, Availability]] = {}
    for word in words:
        by_review.setdefault(word.meeting_id, {})[word.person_id] = word
    if not by_review:
        return {}
    people = {person.id: person for person in (_in_need(house) if whole else facts.people)}
    named = may_name(house, facts)
    return {key: _free(facts, known, people, named=named, whole=whole) for key, known in by_review.items()}


def may_name(house: House, facts: Ground) -> bool:
    """Whether leaders may be named here: to the owner of a local file, else to ops once that is agreed."""
    ops = facts.me is not None and facts.me.kind == "ops"
    return not house.workspace_shared or (ops and bool(facts.programme.names_agreed))


def _free(
    facts: Ground, known: Mapping[str, Availability], people: Mapping[str, Person], *, named: bool, whole: bool
) -> FreeState:
    me = facts.me.id if facts.me else ""
    shown = [known[key] for key in people if key in known]
    names = sorted((people[word.person_id].name, word.word) for word in shown) if named else []
    kinds: tuple[Free, ...] = ("free", "busy", "away")
    return FreeState(
        known[me].word if me in known else "",
        tuple((word, name) for name, word in names),
        tuple((kind, sum(word.word == kind for word in shown)) for kind in kinds),
        len(people) - len(shown) if whole else None,
        min((word.at for word in known.values()), default=None),
    )
