"""The gate, entry by entry: private first, then outside the window, then the rules; nothing is parsed for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from companion.calendars.model import Judgement, Window
from companion.connectors.ics.lines import split_line
from companion.connectors.ics.moments import read_moment
from companion.connectors.ics.scan import Entry
from companion.connectors.ics.zones import Zones
from companion.meetings.recognise import Rules, judge

_PRIVATE = Judgement("private")
_OUTSIDE = Judgement("outside")
_SERIES = "series"  # the key no occurrence has: people's words are about occurrences
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry, what became of it, and how many copies of it the calendar held."""

    entry: Entry
    judgement: Judgement
    copies: int = 1


def sift(group: list[Entry], rules: Rules, window: Window, zones: Zones) -> list[Judged]:
    """Judge every entry of one UID, copies collapsed; a private series closes all of its occurrences."""
    if len(group) == 1:
        return [Judged(group[0], _judged(group[0], rules, window, zones))]
    same: dict[str, list[Entry]] = {}
    for entry in group:
        same.setdefault(entry.glimpse.rec, []).append(entry)
    closed = any(entry.glimpse.private for entry in same.get("", ()))
    judged = []
    for copies in same.values():
        best = max(enumerate(copies), key=lambda pair: (pair[1].sequence, pair[0]))[1]
        private = closed or any(entry.glimpse.private for entry in copies)
        told = _PRIVATE if private else _judged(best, rules, window, zones)
        judged.append(Judged(best, told, len(copies)))
    return judged


def _judged(entry: Entry, rules: Rules, window: Window, zones: Zones) -> Judgement:
    glimpse = entry.glimpse
    if glimpse.private:
        return _PRIVATE
    if _is_outside(entry, window):
        return _OUTSIDE
    if glimpse.rec:
        return judge(glimpse, rules, slot_key(entry, zones))
    return judge(glimpse, rules, _SERIES if glimpse.repeats or entry.added else "-")


def _is_outside(entry: Entry, window: Window) -> bool:
    """Whether a cheap look can vouch that nothing of an entry is in the window; zones are a day apart at most."""
    glimpse, day = entry.glimpse, timedelta(days=2)
    if entry.added or glimpse.first is None:
        return False
    if glimpse.first > date.max - day or glimpse.first - window.last > day:
        return True
    return glimpse.until is not None and window.first - glimpse.until > day


def slot_key(entry: Entry, zones: Zones) -> str:
    """The recurrence key an entry's RECURRENCE-ID tells by itself; "" where it cannot be read."""
    line = next((split_line(raw) for raw in _recurrence_lines(entry.raw)), None)
    try:
        return read_moment(line, line.value, zones).key() if line else ""
    except UNREADABLE:
        return ""


def _recurrence_lines(raw: bytes) -> Iterable[bytes]:
    return (line for line in raw.split(b"\n") if line[:13].upper() == b"RECURRENCE-ID")
