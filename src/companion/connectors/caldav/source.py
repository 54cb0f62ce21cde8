"""A CalDAV account as a source: list every calendar first, then hand out what is new, a batch a page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account, Known, Page
from companion.connectors.caldav.cursor import Cursor, parse_cursor
from companion.connectors.caldav.discovery import Calendar, Found, discover, list_again
from companion.connectors.caldav.fetch import BATCH, Fetched, fetch
from companion.connectors.caldav.listing import Listing, Member, TokenLostError, list_calendar
from companion.connectors.caldav.talk import Talk
from companion.connectors.http import Client

_OF_ONE_CALENDAR = frozenset({"forbidden", "not_found", "server_error", "answer_unreadable", "answer_too_big"})

_STATUS = {"forbidden": 403, "not_found": 404}


@dataclass(frozen=True)
class Round:
    """All listings of one round, before anything is fetched.

    `full`: calendars were listed whole; `doubt`: one that may hold known entries could not be listed.
    """

    found: Found
    listings: tuple[Listing, ...]
    problems: tuple[Problem, ...]
    full: bool
    doubt: bool


class CalDavSource:
    """Every calendar of an account that holds events.

    A round in which members may vanish unseen (no token, a lost one, a calendar that is gone) lists all
    calendars whole, and starts over as such if it is cut short; what was fetched by then is known and
    not fetched again.
    """

    def __init__(self, account: Account, client: Client) -> None:
        self._account = account
        self._client = client

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def names(self, ticket: Ticket) -> list[str]:
        """The names of the calendars the account can read."""
        return [calendar.name for calendar in discover(Talk(self._client, ticket)).calendars]

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        """Pages of up to 100 entries. The last one is complete, and only it carries the tokens of a full round."""
        ticket.step("asking")
        talk = Talk(self._client, ticket)
        was = parse_cursor(cursor)
        round_ = self._list(talk, was)
        total = sum(len(listing.members) for listing in round_.listings)
        new = Cursor(round_.found.homes, dict.fromkeys(was.tokens, "") if round_.full else was.tokens, round_.full)
        problems, unread = list(round_.problems), 0
        for listing in round_.listings:
            missed = 0
            for page, fetched in self._fetch(talk, listing, known):
                missed += len(fetched.unread)
                yield replace(page, cursor=new.text(), total=total)
            unread += missed
            if not round_.full and not missed:
                new = replace(new, tokens={**new.tokens, listing.calendar.key: listing.token})
        if round_.full:
            new = _after_full(round_, new, unread)
        if unread:
            problems.append(Problem("entries_unread", account=self._account.name, host=self._client.host, count=unread))
        full = round_.full and not round_.doubt
        yield Page((), (), (), new.text(), complete=True, full_round=full, total=total, problems=tuple(problems))

    def _list(self, talk: Talk, was: Cursor) -> Round:
        found = (list_again(talk, was.homes) if was.homes else None) or discover(talk)
        listed = {calendar.key for calendar in found.calendars}
        # A calendar that went away takes its members along, which only a full round can tell.
        full = was.full or not set(was.tokens) <= listed
        if not full:
            try:
                return self._all(talk, found, was, full=False)
            except TokenLostError:
                pass  # one calendar must be listed whole, and a sweep needs all of them to be
        return self._all(talk, found, was, full=True)

    def _all(self, talk: Talk, found: Found, was: Cursor, *, full: bool) -> Round:
        listings: list[Listing] = []
        problems: list[Problem] = []
        doubt = False
        tokens = {} if full else was.tokens
        for calendar in found.calendars:
            talk.ticket.step("asking")
            try:
                listings.append(
                    self._one(talk, calendar, tokens.get(calendar.key, ""), fresh=calendar.key not in tokens)
                )
            except Problem as problem:
                if problem.code not in _OF_ONE_CALENDAR or len(found.calendars) == 1:
                    raise
                problems.append(self._skipped(calendar, problem))
                # One that was never open to us holds nothing we know; anything else may be open again tomorrow.
                doubt = doubt or calendar.key in was.tokens or problem.code not in ("forbidden", "not_found")
        if not listings:
            raise problems[0]
        return Round(found, tuple(listings), tuple(problems), full, doubt)

    def _one(self, talk: Talk, calendar: Calendar, token: str, *, fresh: bool) -> Listing:
        listing = list_calendar(talk, calendar, token)
        if listing.full and not fresh:
            raise TokenLostError  # it had a token and now lists by member: what went away is not told
        return listing

    def _skipped(self, calendar: Calendar, problem: Problem) -> Problem:
        reason = problem.facts.get("status") or _STATUS.get(problem.code, 207)
        return Problem(
            "calendar_skipped", account=self._account.name, host=self._client.host, name=calendar.name, reason=reason
        )

    def _fetch(self, talk: Talk, listing: Listing, known: Known) -> Iterator[tuple[Page, Fetched]]:
        present: list[str] = []
        wanted: list[Member] = []
        for member in listing.members.values():
            same = bool(member.etag) and known(member.key) == member.etag
            (present.append(member.key) if same else wanted.append(member))
        if present or listing.removed:
            yield Page((), tuple(sorted(listing.removed)), tuple(present), "", False, False), Fetched()
        for start in range(0, len(wanted), BATCH):
            fetched = fetch(talk, listing.calendar, wanted[start : start + BATCH])
            same_after_all = [blob.key for blob in fetched.blobs if known(blob.key) == blob.version]
            blobs = tuple(blob for blob in fetched.blobs if blob.key not in set(same_after_all))
            stays = (*same_after_all, *fetched.unread)
            gone, unread = tuple(fetched.gone), tuple(fetched.unread)
            yield Page(blobs, gone, stays, "", False, False, unread=unread), fetched


def _after_full(round_: Round, new: Cursor, unread: int) -> Cursor:
    """The tokens, where all was had; else the calendars alone, so that the next round lists them whole again."""
    tokens = {listing.calendar.key: listing.token for listing in round_.listings}
    if round_.doubt or unread:
        return replace(new, tokens={**new.tokens, **dict.fromkeys(tokens, "")})
    return Cursor(new.homes, tokens, full=not all(tokens.values()))
