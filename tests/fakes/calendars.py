"""Calendars that change as people's do: entries, members that hold them, and sources with and without tokens."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from companion.basics.progress import Ticket
from companion.calendars.model import Blob, Known, Page
from fakes.ics import calendar

_EXCHANGE = "040000008200E00074C5B7101A82E00807EA0B0A" + "0" * 40 + "7643616C2D55696401000000"


@dataclass(frozen=True)
class Entry:
    """One VEVENT; with `rec` it is a changed occurrence of the series with its uid."""

    uid: str
    start: datetime
    title: str
    guests: tuple[str, ...] = ("ken@kestrel.example", "dana@ferro.example")
    organiser: str = "rosa@ferro.example"
    weeks: int = 0  # how often it takes place, a week apart; 0 for once
    rec: datetime | None = None
    added: tuple[datetime, ...] = ()
    taken: tuple[datetime, ...] = ()
    private: bool = False
    cancelled: bool = False
    broken: bool = False
    sequence: int = 0
    answer: str = "ACCEPTED"

    @property
    def slots(self) -> list[datetime]:
        """When the series takes place by its rule."""
        return [self.start + timedelta(weeks=at) for at in range(max(self.weeks, 1))]

    def text(self) -> str:
        """The VEVENT."""
        rows = [f"UID:{self.uid}", "DTSTAMP:20261101T000000Z", f"SEQUENCE:{self.sequence}"]
        rows += ["DTSTART:20269999T130000Z" if self.broken else f"DTSTART:{_utc(self.start)}", "DURATION:PT90M"]
        rows += [f"SUMMARY:{self.title}", f"ORGANIZER:mailto:{self.organiser}"]
        rows += [f"ATTENDEE;PARTSTAT={self.answer}:mailto:{guest}" for guest in self.guests]
        rows += [f"RRULE:FREQ=WEEKLY;COUNT={self.weeks}"] if self.weeks else []
        rows += [f"RECURRENCE-ID:{_utc(self.rec)}"] if self.rec else []
        rows += [f"RDATE:{_utc(at)}" for at in self.added] + [f"EXDATE:{_utc(at)}" for at in self.taken]
        rows += ["CLASS:PRIVATE"] if self.private else []
        rows += ["STATUS:CANCELLED"] if self.cancelled else []
        return "\r\n".join(["BEGIN:VEVENT", *rows, "END:VEVENT"])


def _utc(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}"


def spelled_otherwise(uid: str) -> str:
    """The same UID as Exchange writes it when the entry came from elsewhere."""
    return _EXCHANGE + uid.encode().hex().upper() + "00"


@dataclass
class FakeCalendar:
    """A calendar and the server before it. With `tokens` it tells what changed since; else it lists everything.

    `one_file`: all members come as one blob, as from an .ics address. Pages that are not the last carry a cursor
    that must never be used.
    """

    tokens: bool = False
    one_file: bool = False
    per_page: int = 100
    tail: bool = True  # the last page is empty, and only it is complete
    backwards: bool = False
    lie: str = ""  # "nothing", "less": what the next answer leaves out
    tick: Callable[[str], None] = lambda _where: None
    meanwhile: Callable[[], None] = lambda: None  # what happens to the calendar in the middle of a round
    members: dict[str, list[Entry]] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)  # key of the member that changed, one for each change
    epoch: int = 0

    def touch(self, key: str) -> None:
        """Note a change of a member, also its removal."""
        if not self.members.get(key, True):
            del self.members[key]
        self.log.append(key)

    def shown(self) -> dict[str, bytes]:
        """The members as a client sees them."""
        keys = sorted(self.members, reverse=self.backwards)
        if self.one_file:
            return {"file": calendar(*(entry.text() for key in keys for entry in self.members[key]))}
        return {key: calendar(*(entry.text() for entry in self.members[key])) for key in keys}

    def version(self, key: str) -> str:
        """A member's ETag."""
        tags = sum(self.tags.values()) if self.one_file else self.tags.get(key, 0)
        return hashlib.sha256(self.shown()[key] + b"%d" % tags).hexdigest()[:12]

    def reached(self, cursor: str) -> int | None:
        """How many changes a client with this cursor has seen; None for a cursor that tells nothing."""
        epoch, _, seen = cursor.partition(":")
        return int(seen) if self.tokens and epoch == f"epoch{self.epoch}" else None

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        """One round."""
        self.tick("asked")
        seen, new = self.reached(cursor), f"epoch{self.epoch}:{len(self.log)}"
        shown = self.shown()
        changed = list(shown) if seen is None else [key for key in shown if key in self.log[seen:]]
        removed = [] if seen is None else sorted({key for key in self.log[seen:] if key not in shown})
        if self.lie:
            kept = [] if self.lie == "nothing" else changed[: len(changed) // 3]
            removed = removed if seen is None else sorted(set(shown) - set(kept))
            changed = kept
        size = self.per_page
        chunks = [changed[at : at + size] for at in range(0, len(changed), size)] or [[]]
        for number, chunk in enumerate(chunks):
            self.tick("page")
            ticket.step("listing", number, len(chunks))
            if number == 1:
                self.meanwhile()
            last = number == len(chunks) - 1 and not self.tail
            page = self._page(chunk, known)
            gone = (*page.removed, *removed) if number == 0 else page.removed
            told = new if last else "a cursor nobody may keep"
            yield replace(page, removed=gone, cursor=told, complete=last, full_round=last and seen is None)
        if self.tail:
            self.tick("page")
            yield Page((), (), (), new, True, seen is None)

    def _page(self, keys: list[str], known: Known) -> Page:
        there = self.shown()
        here = {key: self.version(key) for key in keys if key in there}
        fresh = [key for key in here if known(key) != here[key]]
        return Page(
            tuple(Blob(key, here[key], there[key]) for key in fresh),
            tuple(key for key in keys if key not in there),
            tuple(key for key in here if key not in fresh), "", False, False,
        )  # fmt: skip

    def close(self) -> None:
        """Nothing is held open."""
