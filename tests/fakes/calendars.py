"""Calendars that change as people's do: entries, members that hold them, and sources with and without tokens."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Blob, Known, Page
from fakes.ics import calendar

_EXCHANGE = "040000008200E00074C5B7101A82E00807EA0B0A" + "0" * 40 + "7643616C2D55696401000000"


@dataclass(frozen=True)
class Entry:
    """One VEVENT; with `rec` it is a changed occurrence of the series with its uid, and `onward` of all after it."""

    uid: str
    start: datetime
    title: str
    guests: tuple[str, ...] = ("ken@kestrel.example", "dana@ferro.example")
    organiser: str = "rosa@ferro.example"
    weeks: int = 0  # how often it takes place, a week apart; 0 for once
    rec: datetime | None = None
    onward: bool = False
    added: tuple[datetime, ...] = ()
    taken: tuple[datetime, ...] = ()
    private: bool = False
    cancelled: bool = False
    recalled: bool = False  # cancelled by the METHOD of its calendar
    broken: bool = False
    sequence: int = 0
    answer: str = "ACCEPTED"
    clock: Literal["zoned", "floating", "day"] = "zoned"

    @property
    def slots(self) -> list[datetime]:
        """When the series takes place by its rule."""
        return [self.start + timedelta(weeks=at) for at in range(max(self.weeks, 1))]

    def rec_key(self, at: datetime) -> str:
        """The recurrence key of the slot at `at`."""
        if self.clock == "zoned":
            return f"U:{int(at.timestamp())}"
        return f"D:{at:%Y%m%d}" if self.clock == "day" else f"F:{at:%Y%m%dT%H%M%S}"

    def text(self) -> str:
        """The VEVENT."""
        return _text(self)


@lru_cache(5000)
def _text(entry: Entry) -> str:
    rows = [f"UID:{entry.uid}", "DTSTAMP:20261101T000000Z", f"SEQUENCE:{entry.sequence}"]
    rows += ["DTSTART:20269999T130000Z" if entry.broken else _at(entry, "DTSTART", entry.start)]
    rows += [] if entry.clock == "day" else ["DURATION:PT90M"]
    rows += [f"SUMMARY:{entry.title}", f"ORGANIZER:mailto:{entry.organiser}"]
    rows += [f"ATTENDEE;PARTSTAT={entry.answer}:mailto:{guest}" for guest in entry.guests]
    rows += [f"RRULE:FREQ=WEEKLY;COUNT={entry.weeks}"] if entry.weeks else []
    rows += [_at(entry, "RECURRENCE-ID" + ";RANGE=THISANDFUTURE" * entry.onward, entry.rec)] if entry.rec else []
    rows += [_at(entry, "RDATE", at) for at in entry.added] + [_at(entry, "EXDATE", at) for at in entry.taken]
    rows += ["CLASS:PRIVATE"] if entry.private else []
    rows += ["STATUS:CANCELLED"] if entry.cancelled else []
    return "\r\n".join(["BEGIN:VEVENT", *rows, "END:VEVENT"])


def _at(entry: Entry, name: str, at: datetime) -> str:
    if entry.clock == "day":
        return f"{name};VALUE=DATE:{at:%Y%m%d}"
    return f"{name}:{at:%Y%m%dT%H%M%S}" + "Z" * (entry.clock == "zoned")


def _whole(entries: Iterable[Entry]) -> bytes:
    """The entries as one calendar, a second one for those that are called off by its METHOD."""
    told = list(entries)
    gone = [entry.text() for entry in told if entry.recalled]
    rest = [entry.text() for entry in told if not entry.recalled]
    both = [*([calendar(*rest)] if rest or not gone else []), *([calendar("METHOD:CANCEL", *gone)] if gone else [])]
    return b"".join(both)


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
    refusal: Problem | None = None  # what it answers instead of a listing
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
            return {"file": _whole(entry for key in keys for entry in self.members[key])}
        return {key: _whole(self.members[key]) for key in keys}

    def version(self, key: str) -> str:
        """A member's ETag."""
        shown = self.shown()[key] if self.one_file else _whole(self.members[key])
        tags = sum(self.tags.values()) if self.one_file else self.tags.get(key, 0)
        return hashlib.sha256(shown + b"%d" % tags).hexdigest()[:12]

    def reached(self, cursor: str) -> int | None:
        """How many changes a client with this cursor has seen; None for a cursor that tells nothing."""
        epoch, _, seen = cursor.partition(":")
        return int(seen) if self.tokens and epoch == f"epoch{self.epoch}" else None

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        """One round."""
        self.tick("asked")
        if self.refusal:
            raise self.refusal
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
