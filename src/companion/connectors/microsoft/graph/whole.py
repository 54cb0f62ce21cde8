"""A round that reads everything: the nearest weeks first, then all other months, by which what is gone shows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Blob, Known, Page
from companion.connectors.microsoft.graph import delta
from companion.connectors.microsoft.graph.calendars import GraphCalendar
from companion.connectors.microsoft.graph.cursor import Cursor, Spot
from companion.connectors.microsoft.graph.line import GraphError
from companion.connectors.microsoft.graph.mailbox import Mailbox
from companion.connectors.microsoft.graph.pages import Member, Truth
from companion.connectors.microsoft.graph.window import Span, others

_OF_ONE_CALENDAR = frozenset(
    {"forbidden", "not_found", "server_error", "answer_unreadable", "answer_too_big", "pages_endless"}
    | {"ms_not_shared", "ms_consent_needed"}
)
_STATUS = {"forbidden": 403, "not_found": 404, "ms_not_shared": 403, "ms_consent_needed": 403}


@dataclass
class _Reading:
    """One calendar in such a round, and its members as far as they were read."""

    calendar: GraphCalendar
    truth: Truth
    link: str = field(default="", repr=False)
    told: dict[str, Member] = field(default_factory=dict)

    def spot(self) -> Spot:
        """Where the calendar stands after it."""
        return Spot(self.calendar, self.link, dict(Counter(member.month for member in self.told.values())))


def everything(mailbox: Mailbox, was: Cursor, known: Known, ticket: Ticket) -> Iterator[Page]:
    """Pages of whole months, of every calendar; what is in none of them is gone, as the last one says."""
    yield from _Whole(mailbox, was, known, ticket).pages()


class _Whole:
    """The round, as far as it went."""

    def __init__(self, mailbox: Mailbox, was: Cursor, known: Known, ticket: Ticket) -> None:
        self._mailbox, self._was, self._known, self._ticket = mailbox, was, known, ticket
        self._cursor = Cursor(mailbox.place, mailbox.span)  # of a round that is cut short: all over again
        self._readings: list[_Reading] = []
        self._problems: list[Problem] = []
        self._nameless = 0
        self._doubt = False  # whether something known may be hidden behind what could not be read

    def pages(self) -> Iterator[Page]:
        """The nearest weeks; then, when changes from here on will be told, all other months."""
        mailbox, near = self._mailbox, self._mailbox.near
        now = mailbox.now
        found = mailbox.calendars(self._ticket)
        self._readings = [_Reading(calendar, mailbox.truth(calendar)) for calendar in found]
        yield from self._read(near)
        for reading in self._readings:
            reading.link = delta.begin(mailbox.line, reading.calendar, mailbox.span, self._ticket, mailbox.scopes)
        for span in others(mailbox.span, near):
            yield from self._read(span)
        yield self._last(near, now)

    def _read(self, span: Span) -> Iterator[Page]:
        """A page of each calendar that has anything in these months."""
        for reading in list(self._readings):
            try:
                told = self._members(reading, span)
            except Problem as problem:
                self._skip(reading, problem)
                continue
            reading.told |= told
            if told:
                yield self._page(told)

    def _members(self, reading: _Reading, span: Span) -> dict[str, Member]:
        taken = reading.truth.slice(span, self._known, self._ticket)
        self._nameless += taken.nameless
        return taken.members

    def _page(self, told: dict[str, Member]) -> Page:
        blobs = tuple(one.blob for one in told.values() if self._known(one.key) != one.version)
        new = {blob.key for blob in blobs}
        return Page(blobs, (), tuple(key for key in told if key not in new), self._cursor.text(), False, False)

    def _last(self, near: Span, now: int) -> Page:
        """The page that ends the round, with what happened in the nearest weeks until changes were told."""
        blobs, removed = list[Blob](), list[str]()
        for reading in self._readings:
            if reading.link:
                again = self._members(reading, near)
                before = {key: one for key, one in reading.told.items() if one.month in set(near.months())}
            elif self._was_held(reading):
                again, before = self._members(reading, self._mailbox.span), reading.told
            else:
                continue
            blobs += [one.blob for key, one in again.items() if key not in before or before[key].version != one.version]
            if self._moved(reading.link) if reading.link else again.keys() != before.keys():
                self._doubt = True  # nothing is gone then: it may be where was read before it came there
                reading.told |= again
            else:
                removed += before.keys() - again.keys()
                reading.told = {key: one for key, one in reading.told.items() if key not in before} | again
        if self._nameless:
            self._problems.append(self._mailbox.problem("entries_unread", count=self._nameless))
        whole = not self._doubt and not self._nameless
        spots = tuple(reading.spot() for reading in self._readings)
        cursor = replace(self._cursor, spots=spots, looked=now, full=not whole)
        counted = tuple((reading.calendar.id, len(reading.told)) for reading in self._readings)
        return Page(
            tuple(blobs), tuple(sorted(removed)), (), cursor.text(), complete=True, full_round=whole,
            problems=tuple(self._problems), counted=counted,
        )  # fmt: skip

    def _was_held(self, reading: _Reading) -> bool:
        """Whether anything of a calendar was known before, so that something of it could be swept."""
        spots = [spot for spot in self._was.spots if spot.calendar.id == reading.calendar.id]
        return any(spot.counts for spot in spots) or any(map(self._known, reading.told))

    def _moved(self, link: str) -> bool:
        """Whether the calendar changed while it was read: then what slipped from days to days is not to be swept."""
        try:
            news = delta.changes(self._mailbox.line, link, self._ticket, self._mailbox.scopes)
        except GraphError:
            return True
        return news is None or news.any

    def _skip(self, reading: _Reading, problem: Problem) -> None:
        """Leave a calendar out that cannot be read now; raises the problem where it is about more than that."""
        if problem.code not in _OF_ONE_CALENDAR or len(self._readings) == 1:
            raise problem
        self._readings.remove(reading)
        reason = problem.facts.get("status") or _STATUS.get(problem.code, 200)
        self._problems.append(self._mailbox.problem("calendar_skipped", name=reading.calendar.name, reason=reason))
        self._doubt = True
