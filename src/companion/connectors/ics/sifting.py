"""The gate, entry by entry: private first, then outside the window, then the rules; nothing is parsed for it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from companion.calendars.model import Judgement, Window
from companion.connectors.ics.inheriting import inherited
from companion.connectors.ics.lines import split_line
from companion.connectors.ics.moments import read_moment
from companion.connectors.ics.scan import Entry
from companion.connectors.ics.zones import Zones
from companion.meetings.recognise import Rules, judge

_PRIVATE = Judgement("private")
_OUTSIDE = Judgement("outside")
_SERIES = "series"  # the key no occurrence has: people's words are about occurrences
_SLOT = re.compile(rb"\nRECURRENCE-ID[;:][^\n]*", re.IGNORECASE)
_START = re.compile(rb"\nDTSTART[;:][^\n]*", re.IGNORECASE)
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry, what became of it, and how many copies of it the calendar held.

    `apart`: other single entries of the calendar have its UID, and begin at other times.
    """

    entry: Entry
    judgement: Judgement
    copies: int = 1
    apart: bool = False


def sift(group: list[Entry], rules: Rules, window: Window, zones: Zones) -> list[Judged]:
    """Judge every entry of one UID, copies collapsed; a private series closes all of its occurrences."""
    if len(group) == 1:
        return [Judged(group[0], _judged(group[0], rules, window, zones))]
    same: dict[str, list[Entry]] = {}
    apart = _apart(group)
    for entry in group:
        same.setdefault(entry.glimpse.rec or (_begin(entry) if apart else ""), []).append(entry)
    closed = any(entry.glimpse.private for entry in group if not entry.glimpse.rec)
    series = None if apart or "" not in same else _best(same[""])
    judged = []
    for copies in same.values():
        best = _best(copies)
        if series and best.glimpse.rec:
            best = inherited(best, series)
        private = closed or any(entry.glimpse.private for entry in copies)
        told = _PRIVATE if private else _judged(best, rules, window, zones, apart=apart)
        judged.append(Judged(best, told, len(copies), apart))
    return judged


def _best(copies: list[Entry]) -> Entry:
    """The newest of some versions, the last of equals."""
    return max(enumerate(copies), key=lambda pair: (pair[1].sequence, pair[0]))[1]


def _apart(group: list[Entry]) -> bool:
    """Whether entries that share a UID are meetings of their own and not versions of one.

    Some exports give one UID to many: single entries, none newer than the other, that begin at different times.
    """
    if any(entry.glimpse.rec or entry.glimpse.repeats or entry.added for entry in group):
        return False
    return len({entry.sequence for entry in group}) == 1 and len({_begin(entry) for entry in group}) > 1


def _begin(entry: Entry) -> str:
    """When an entry begins, as it is written."""
    found = _START.search(entry.raw)
    return found[0].decode("utf-8", "replace").strip() if found else ""


def _judged(entry: Entry, rules: Rules, window: Window, zones: Zones, *, apart: bool = False) -> Judgement:
    glimpse = entry.glimpse
    if glimpse.private:
        return _PRIVATE
    if _is_outside(entry, window):
        return _OUTSIDE
    if glimpse.rec or apart:
        return judge(glimpse, rules, slot_key(entry, zones))
    return judge(glimpse, rules, _SERIES if glimpse.repeats or entry.added else "-")


def _is_outside(entry: Entry, window: Window) -> bool:
    """Whether a cheap look can vouch that nothing of an entry is in the window; zones are a day apart at most."""
    glimpse, day = entry.glimpse, timedelta(days=2)
    if entry.added or glimpse.first is None:
        return False
    if glimpse.first > date.max - day or glimpse.first - window.last > day:
        return True
    return not entry.onward and glimpse.until is not None and window.first - glimpse.until > day


def slot_key(entry: Entry, zones: Zones) -> str:
    """The recurrence key an entry's RECURRENCE-ID (else its start) tells by itself; "" where it cannot be read."""
    found = _SLOT.search(entry.raw) or _START.search(entry.raw)
    line = split_line(found[0].strip()) if found else None
    try:
        return read_moment(line, line.value, zones).key() if line else ""
    except UNREADABLE:
        return ""
