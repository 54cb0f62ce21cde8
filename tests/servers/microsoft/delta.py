"""What `calendarView/delta` tells: rounds of a frozen window, and signals rather than the truth."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from servers.microsoft.entries import Shown, day_of, shown, starts
from servers.microsoft.mailbox import Calendar, Change
from servers.microsoft.shapes import Prefer, bare, event


@dataclass(frozen=True)
class Item:
    """One line of a round: an event by its id, or that it is removed. `whole`: with all fields."""

    id: str
    whole: bool = True
    removed: bool = False


@dataclass(frozen=True)
class Round:
    """A round under way, or what it ended with. `since`: how much of the calendar's history is told with it."""

    calendar: Calendar
    first: datetime
    last: datetime
    since: int
    items: tuple[Item, ...] = ()
    at: int = 0


@dataclass
class Rounds:
    """All tokens that were handed out, and where each stands."""

    known: dict[str, Round] = field(default_factory=dict)
    made: int = 0

    def begin(self, calendar: Calendar, first: datetime, last: datetime) -> Round:
        """A first round: all of the window."""
        items: list[Item] = []
        for one in calendar.view(first, last):
            master = Item(one.entry.id)
            if one.original and master not in items:
                items.append(master)
            items.append(Item(one.id, whole=not one.original))
        return Round(calendar, first, last, len(calendar.history), tuple(items))

    def again(self, ended: Round) -> Round:
        """A round of what has changed since another one began."""
        items = [item for change in ended.calendar.history[ended.since :] for item in _signals(ended, change)]
        once = tuple(reversed(dict.fromkeys(reversed(items))))
        return replace(ended, since=len(ended.calendar.history), items=once, at=0)

    def page(self, round_: Round, size: int, prefer: Prefer, base: str) -> dict[str, Any]:
        """One page of a round, with the link to the next one, or the one that begins the next round."""
        until = round_.at + size
        value = [_shape(item, round_, prefer) for item in round_.items[round_.at : until]]
        done = until >= len(round_.items)
        token = self._token(replace(round_, at=until))
        kind, name = ("delta", "$deltatoken") if done else ("next", "$skiptoken")
        return {"value": value, f"@odata.{kind}Link": f"{base}?{name}={token}"}

    def forget(self) -> None:
        """No token is known any longer."""
        self.known.clear()

    def _token(self, round_: Round) -> str:
        self.made += 1
        token = f"R0usmcCM996atia_s-{self.made:05d}"
        self.known[token] = round_
        return token


def _shape(item: Item, round_: Round, prefer: Prefer) -> dict[str, Any]:
    one = None if item.removed else round_.calendar.find(item.id)
    if one is None:
        return {"id": prefer.id(item.id), "@removed": {"reason": "deleted"}}
    zone = prefer.zone or round_.calendar.owner.zone
    return event(one, round_.calendar, prefer) if item.whole else bare(one, prefer, zone)


def _signals(round_: Round, change: Change) -> list[Item]:
    """The lines for one change. What lies outside of the window is told as removed, also when it was never in it."""
    if change.quiet:
        return []
    if change.gone:
        return [Item(gone, removed=True) for gone in change.gone]
    entry = round_.calendar.entries.get(change.entry_id)
    if entry is None:
        return [Item(change.entry_id, removed=True)]
    inside = [one for one in shown(entry) if one.within(round_.first, round_.last)]
    if not entry.every:
        return [Item(entry.id, removed=not inside)]
    if change.days is not None:
        return [_day_signal(one, inside) for one in _days(change, entry.id, round_.calendar)]
    return [Item(entry.id, removed=not inside), *(Item(one.id, whole=False) for one in inside)]


def _day_signal(one: Shown, inside: list[Shown]) -> Item:
    within = any(other.id == one.id for other in inside)
    return Item(one.id, whole=False, removed=not within)


def _days(change: Change, entry_id: str, calendar: Calendar) -> list[Shown]:
    entry = calendar.entries[entry_id]
    days: set[date] = set(change.days or ())
    return [Shown(entry, start) for start in starts(entry) if day_of(entry, start) in days]
