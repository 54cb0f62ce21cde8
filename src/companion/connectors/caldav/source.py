"""A CalDAV account as a source: list every calendar first, then hand out what is new, a batch a page."""

import time
from collections.abc import Iterator
from dataclasses import replace

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account, Known, Page
from companion.connectors.caldav.cursor import Cursor, parse_cursor
from companion.connectors.caldav.discovery import discover
from companion.connectors.caldav.fetch import BATCH, Fetched, fetch
from companion.connectors.caldav.listing import Listing, Member
from companion.connectors.caldav.multistatus import same_version
from companion.connectors.caldav.rounds import Clock, Round, begin
from companion.connectors.caldav.talk import Talk
from companion.connectors.http import Client

_GROWTH = 4  # the first entries come soon, the others in larger pages


class CalDavSource:
    """Every calendar of an account that holds events.

    A round in which members may vanish unseen (no token, a lost one, a calendar that is gone) lists all
    calendars whole, and starts over as such if it is cut short; what was fetched by then is known and
    not fetched again. `clock`: seconds since 1970.
    """

    def __init__(self, account: Account, client: Client, clock: Clock = time.time) -> None:
        self._account = account
        self._client = client
        self._clock = clock

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def names(self, ticket: Ticket) -> list[str]:
        """The names of the calendars the account can read."""
        return [calendar.name for calendar in discover(Talk(self._client, ticket)).calendars]

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        """Pages of up to 400 entries. The last one is complete, and only it carries the tokens of a full round."""
        ticket.step("asking")
        talk = Talk(self._client, ticket)
        was = parse_cursor(cursor, f"{self._account.user}@{self._client.url}")
        round_ = begin(talk, was, known, self._clock)
        tokens = dict.fromkeys(was.tokens, "") if round_.full else was.tokens
        new = replace(was, found=round_.found, looked=round_.looked, tokens=tokens, full=round_.full)
        unread = refused = resent = 0
        held: Page | None = None  # the last page goes out with the cursor: a kill between the two would tear them apart
        speaking = [listing for listing in round_.listings if listing.members or listing.removed or listing.refused]
        for listing in round_.listings:
            missed, added, refused = 0, _news(listing, known), refused + len(listing.refused)
            for page, fetched, more in _fetch(talk, listing, known):
                missed += len(fetched.unread)
                resent += fetched.same
                held = replace(page, cursor=new.text(), total=round_.total)
                if more or listing is not speaking[-1]:
                    yield held
                    held = None
            unread += missed
            if not round_.full and not missed:
                new = _moved_on(new, listing, added)
        if not round_.full and resent * 2 > min(round_.total, BATCH):
            # It tells as changed what is not, or a round was cut short: so it may not tell all that went away.
            if held:
                yield held
            yield from self.pages(replace(new, full=True).text(), known, ticket)
            return
        new = _after_full(round_, new, unread) if round_.full else replace(new, full=not all(new.tokens.values()))
        yield replace(
            held or Page((), (), (), "", False, False),
            cursor=new.text(), complete=True, full_round=round_.full and not round_.doubt, total=round_.total,
            problems=(*round_.problems, *self._untold(unread + refused)),
            counted=tuple((one.calendar.key, len(one.members)) for one in round_.listings if round_.full),
        )  # fmt: skip

    def _untold(self, count: int) -> tuple[Problem, ...]:
        if not count:
            return ()
        return (Problem("entries_unread", account=self._account.name, host=self._client.host, count=count),)


def _fetch(talk: Talk, listing: Listing, known: Known) -> Iterator[tuple[Page, Fetched, bool]]:
    """The pages of one calendar, what was fetched for each, and whether there are more."""
    refused = tuple(key for key in sorted(listing.refused) if known(key))
    present: list[str] = [*refused]
    wanted: list[Member] = []
    for member in listing.members.values():
        same = bool(member.etag) and same_version(known(member.key), member.etag)
        (present.append(member.key) if same else wanted.append(member))
    if present or listing.removed:
        page = Page((), tuple(sorted(listing.removed)), tuple(present), "", False, False, unread=refused)
        yield page, Fetched(), bool(wanted)
    at, size, most = 0, BATCH, BATCH * _GROWTH
    while at < len(wanted):
        fetched = fetch(talk, listing.calendar, wanted[at : at + size])
        # Every question costs the server a look at the whole calendar, so few large ones, as far as it bears them.
        most = fetched.fits if fetched.halved else most
        at, size = at + size, min(size * 2, most)
        blobs = tuple(blob for blob in fetched.blobs if not same_version(known(blob.key), blob.version))
        new = {blob.key for blob in blobs}
        stays = [blob.key for blob in fetched.blobs if blob.key not in new]
        fetched.same = len(stays)
        gone, unread = tuple(fetched.gone), tuple(fetched.unread)
        yield Page(blobs, gone, (*stays, *unread), "", False, False, unread=unread), fetched, at < len(wanted)


def _news(listing: Listing, known: Known) -> int:
    """By how many members the calendar grew; before anything of it is taken in."""
    if listing.full:
        return len(listing.members)
    return sum(1 for key in listing.members if not known(key)) - sum(1 for key in listing.removed if known(key))


def _moved_on(new: Cursor, listing: Listing, added: int) -> Cursor:
    """The cursor after the changes of one calendar were handed out."""
    key = listing.calendar.key
    count = max(0, new.counts.get(key, 0) + added)
    return replace(new, tokens={**new.tokens, key: listing.token}, counts={**new.counts, key: count})


def _after_full(round_: Round, new: Cursor, unread: int) -> Cursor:
    """The tokens, where all was had; else the calendars alone, so that the next round lists them whole again."""
    tokens = {listing.calendar.key: listing.token for listing in round_.listings}
    counts = {listing.calendar.key: len(listing.members) for listing in round_.listings}
    if round_.doubt or unread:
        return replace(new, tokens={**new.tokens, **dict.fromkeys(tokens, "")}, counts={**new.counts, **counts})
    return replace(new, tokens=tokens, counts=counts, full=not all(tokens.values()))
