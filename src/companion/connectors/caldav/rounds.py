"""The first half of a round: which calendars there are, and what each of them lists."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from companion.basics.errors import Problem
from companion.calendars.model import Known
from companion.connectors.caldav.cursor import Cursor
from companion.connectors.caldav.discovery import Calendar, Found, discover, list_again
from companion.connectors.caldav.fetch import BATCH
from companion.connectors.caldav.listing import Listing, TokenLostError, is_stranger, list_calendar
from companion.connectors.caldav.multistatus import same_version
from companion.connectors.caldav.talk import Talk

LOOK_EVERY = 3600  # seconds: a round without news is one request a calendar, and a new calendar waits an hour at most

_OF_ONE_CALENDAR = frozenset(
    {"forbidden", "not_found", "server_error", "answer_unreadable", "answer_is_page", "answer_too_big"}
)
_STATUS = {"forbidden": 403, "not_found": 404}

Clock = Callable[[], float]


@dataclass(frozen=True)
class Round:
    """All listings of one round, before anything is fetched.

    `full`: calendars were listed whole; `doubt`: one that may hold known entries could not be listed.
    """

    found: Found
    looked: int
    listings: tuple[Listing, ...]
    problems: tuple[Problem, ...]
    full: bool
    doubt: bool

    @property
    def total(self) -> int:
        """How many members were listed."""
        return sum(len(listing.members) for listing in self.listings)


def begin(talk: Talk, was: Cursor, known: Known, clock: Clock = time.time) -> Round:
    """List what changed since the cursor, or everything where that cannot be had; Problem where nothing can.

    Where the calendars are is asked anew once an hour, and whenever one of them is not as it was.
    """
    now, lost = int(clock()), False
    if was.found.calendars and 0 <= now - was.looked < LOOK_EVERY:
        try:
            round_ = _all(talk, was.found, was, known, full=was.full)
            if not round_.doubt:
                return _believed(talk, replace(round_, looked=was.looked))
        except TokenLostError:
            lost = True
        except Problem as problem:
            if problem.code not in _OF_ONE_CALENDAR:
                raise
    found = (list_again(talk, was.found.homes) if was.found.homes else None) or discover(talk)
    # A calendar that went away takes its members along, which only a full round can tell.
    full = was.full or lost or not set(was.tokens) <= {calendar.key for calendar in found.calendars}
    if not full:
        try:
            return replace(_all(talk, found, was, known, full=False), looked=now)
        except TokenLostError:
            pass  # one calendar must be listed whole, and a sweep needs all of them to be
    return _believed(talk, replace(_all(talk, found, was, known, full=True), looked=now))


def _believed(talk: Talk, round_: Round) -> Round:
    """The round, where a full one that lists nothing in a calendar was at least told to us and not to a stranger."""
    empty = [listing.calendar for listing in round_.listings if round_.full and not listing.members]
    if talk.client.signs_in and any(is_stranger(talk, calendar) for calendar in empty):
        raise Problem("not_signed_in", account=talk.client.account, host=talk.client.host)
    return round_


def _all(talk: Talk, found: Found, was: Cursor, known: Known, *, full: bool) -> Round:
    listings: list[Listing] = []
    problems: list[Problem] = []
    doubt = False
    for calendar in found.calendars:
        talk.ticket.step("asking")
        try:
            listings.append(list_calendar(talk, calendar, "") if full else _changes(talk, calendar, was, known))
        except Problem as problem:
            if problem.code not in _OF_ONE_CALENDAR or len(found.calendars) == 1:
                raise
            problems.append(_skipped(talk, calendar, problem))
            # One that was never open to us holds nothing we know; anything else may be open again tomorrow.
            doubt = doubt or calendar.key in was.tokens or problem.code not in ("forbidden", "not_found")
    if not listings:
        raise problems[0]
    as_is = {listing.calendar.key: listing.calendar for listing in listings}
    calendars = tuple(as_is.get(calendar.key, calendar) for calendar in found.calendars)
    return Round(replace(found, calendars=calendars), 0, tuple(listings), tuple(problems), full, doubt)


def _changes(talk: Talk, calendar: Calendar, was: Cursor, known: Known) -> Listing:
    """What changed in one calendar; all of it where the calendar is new to us."""
    if calendar.key not in was.tokens:
        return list_calendar(talk, calendar, "")
    listing = list_calendar(talk, calendar, was.tokens[calendar.key])
    if listing.full:
        raise TokenLostError  # it had a token and now lists by member: what went away is not told
    same = sum(1 for one in listing.members.values() if one.etag and same_version(known(one.key), one.etag))
    if same and same * 2 >= min(was.counts.get(calendar.key, 0), BATCH):
        # Everything once more, as if it had changed, or a page of a round that was cut short: what came and went
        # since the token is not told.
        raise TokenLostError
    return listing


def _skipped(talk: Talk, calendar: Calendar, problem: Problem) -> Problem:
    reason = problem.facts.get("status") or _STATUS.get(problem.code, 207)
    client = talk.client
    return Problem("calendar_skipped", account=client.account, host=client.host, name=calendar.name, reason=reason)
