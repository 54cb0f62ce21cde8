"""Where a Graph sync stands: opaque to everyone else, and without the id of any event."""

import json
from dataclasses import dataclass, field
from datetime import date

from companion.calendars.model import Account
from companion.connectors.ics_source import mark_of, read_cursor
from companion.connectors.microsoft.graph.calendars import GraphCalendar
from companion.connectors.microsoft.graph.window import Span


@dataclass(frozen=True)
class Spot:
    """Where one calendar stands.

    `delta`: the link that tells what changed, "" where Graph gives none for this calendar; `counts`: how many
    members each month held (2026-11 -> 42), by which it shows that one vanished without a word.
    """

    calendar: GraphCalendar
    delta: str = field(default="", repr=False)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Cursor:
    """What the last round left behind. `full`: everything has yet to be read once.

    `looked`: when the calendars and the nearest weeks were last read whatever delta said, in seconds since 1970.
    """

    place: str = ""
    span: Span = field(default_factory=lambda: Span(date.min, date.min))
    looked: int = 0
    spots: tuple[Spot, ...] = ()
    full: bool = True

    def text(self) -> str:
        """As it is stored."""
        days = [self.span.first.isoformat(), self.span.last.isoformat()]
        spots = [[*_told(spot.calendar), spot.delta, spot.counts] for spot in self.spots]
        told = {"place": self.place, "days": days, "looked": self.looked, "spots": spots, "full": self.full}
        return json.dumps(told)


def place_of(account: Account, host: str) -> str:
    """What a mailbox, who reads it and which Graph is asked are known by in a cursor, without telling them."""
    return mark_of(f"{account.user}@{host}@{account.url}")


def parse_cursor(text: str, place: str, span: Span) -> Cursor:
    """Back from what was stored; a fresh start where that cannot be read, or is of another place or other days."""
    fresh, raw = Cursor(place, span), read_cursor(text)
    try:
        if raw["place"] != place or raw["days"] != [span.first.isoformat(), span.last.isoformat()]:
            return fresh
        spots = tuple(
            Spot(GraphCalendar(str(id_), str(name), bool(default), str(owner)), str(delta), _counts(counts))
            for id_, name, default, owner, delta, counts in raw["spots"]
        )
        return Cursor(place, span, int(raw["looked"]), spots, bool(raw["full"]) or not spots)
    except (KeyError, TypeError, ValueError, AttributeError):
        return fresh


def _told(calendar: GraphCalendar) -> tuple[str, str, bool, str]:
    return calendar.id, calendar.name, calendar.default, calendar.owner


def _counts(raw: dict[str, int]) -> dict[str, int]:
    return {str(month): int(count) for month, count in raw.items()}
