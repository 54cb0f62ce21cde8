"""A round that asks each calendar what changed, and reads that; most have nothing to tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from companion.basics.progress import Ticket
from companion.calendars.model import Blob, Known, Page
from companion.connectors.microsoft.graph import delta
from companion.connectors.microsoft.graph.cursor import Cursor, Spot
from companion.connectors.microsoft.graph.line import GraphError
from companion.connectors.microsoft.graph.mailbox import Mailbox
from companion.connectors.microsoft.graph.pages import Member, Taken
from companion.connectors.microsoft.graph.window import Span

MOST = 20  # things looked at one by one; of more, everything is read
FEW = 1000  # members of which all months are read where something is strange: that takes some four requests
LOOK_EVERY = 86_400  # seconds: what delta never tells waits a day at most


class LostError(Exception):
    """What changed can no longer be told from what is known: everything has to be read."""


def changed(mailbox: Mailbox, was: Cursor, known: Known, ticket: Ticket) -> Page | None:
    """The page with all that changed since a cursor; None where that cannot be told."""
    now = mailbox.now
    look = not 0 <= now - was.looked < LOOK_EVERY
    try:
        if look and {one.id for one in mailbox.calendars(ticket)} != {spot.calendar.id for spot in was.spots}:
            return None
        rounds = [_Steady(mailbox, spot, known, ticket) for spot in was.spots]
        spots = tuple(one.run(look=look) for one in rounds)
    except (LostError, GraphError):  # a whole round also asks which calendars there are
        return None
    new = replace(was, spots=spots, looked=now if look else was.looked)
    blobs = tuple(blob for one in rounds for blob in one.blobs.values())
    removed = tuple(sorted(key for one in rounds for key in one.removed))
    return Page(blobs, removed, (), new.text(), complete=True, full_round=False, total=len(blobs))


@dataclass
class _Steady:
    """One calendar in such a round: what changed so far."""

    mailbox: Mailbox
    spot: Spot
    known: Known
    ticket: Ticket
    blobs: dict[str, Blob] = field(default_factory=dict)
    removed: dict[str, str] = field(default_factory=dict)  # key -> month
    new: dict[str, str] = field(default_factory=dict)
    strange: bool = False  # something is removed that we do not know: an occurrence perhaps, whose id tells nothing

    def run(self, *, look: bool) -> Spot:
        """Where the calendar stands afterwards."""
        self.truth = self.mailbox.truth(self.spot.calendar)
        link = self.spot.delta
        if link:
            link = self._signals(link)
        all_months = not link or sum(self.spot.counts.values()) <= FEW
        if look and not link:  # whoever refused it may have been out of order; what is read next is newer
            link = delta.begin(
                self.mailbox.line, self.spot.calendar, self.mailbox.span, self.ticket, self.mailbox.scopes
            )
        if look or self.strange or not self.spot.delta:
            self._compare(self.mailbox.span if all_months else self.mailbox.near)
        return replace(self.spot, delta=link, counts=self._counts())

    def _signals(self, link: str) -> str:
        """Read what delta names; the link to go on from, the same where it named nothing."""
        news = delta.changes(self.mailbox.line, link, self.ticket, self.mailbox.scopes)
        if news is None:
            raise LostError
        removed = {name for name in news.removed if self.truth.known_months(name, self.known)}
        self.strange = removed != news.removed
        if len(news.series) + len(news.singles) + len(removed) > MOST:
            raise LostError
        for master in sorted(news.series):
            self._take(master, self._found(self.truth.series(master, self.known, self.ticket)))
        for name, told in sorted(news.singles.items()):
            self._single(name, told)
        for name in sorted(removed - news.series):
            self._confirm(name)
        return news.link if news.any else link

    def _single(self, name: str, told: Mapping[str, Any]) -> None:
        taken = self.truth.single(name, told, self.known, self.ticket)
        if taken is None:
            self._confirm(name)
        else:
            self._take(name, taken)

    def _confirm(self, name: str) -> None:
        """Take away what is gone; what is still there is looked for where it is now."""
        there = self.truth.event(name, self.ticket)
        if there is None:
            self._take(name, Taken())
        elif there.get("type") == "seriesMaster":
            taken = self._found(self.truth.series(name, self.known, self.ticket))
            if taken.members:  # it may have gone to another calendar, which no single question tells
                raise LostError
            self._take(name, taken)
        else:
            self._take(name, self.truth.single(name, there, self.known, self.ticket) or Taken())

    def _found(self, taken: Taken | None) -> Taken:
        if taken is None:
            raise LostError
        return taken

    def _take(self, name: str, taken: Taken) -> None:
        """What an event or a series is now, in all of its months."""
        for month in self.truth.known_months(name, self.known):
            key = self.truth.key(month, name)
            if key not in taken.members:
                self.blobs.pop(key, None)
                self.removed[key] = month
        for member in taken.members.values():
            self._put(member)

    def _put(self, member: Member) -> None:
        self.removed.pop(member.key, None)
        held = self.known(member.key)
        if not held:
            self.new[member.key] = member.month
        if held == member.version:
            self.blobs.pop(member.key, None)
        else:
            self.blobs[member.key] = member.blob

    def _compare(self, span: Span) -> None:
        """Read some months whole; LostError where fewer of them are known than were held, so that one vanished."""
        taken = self.truth.slice(span, self.known, self.ticket)
        months = set(span.months())
        held = sum(count for month, count in self.spot.counts.items() if month in months)
        gone = {key for key, month in self.removed.items() if month in months}
        if taken.nameless or len({key for key in taken.members if self.known(key)} | gone) != held:
            raise LostError
        for member in taken.members.values():
            self._put(member)

    def _counts(self) -> dict[str, int]:
        counts = dict(self.spot.counts)
        for month in self.new.values():
            counts[month] = counts.get(month, 0) + 1
        for month in self.removed.values():
            counts[month] = counts.get(month, 0) - 1
        return {month: count for month, count in counts.items() if count > 0}
