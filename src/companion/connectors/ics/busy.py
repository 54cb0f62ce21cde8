"""How busy a calendar makes its owner: minutes by month and nothing else, of every entry, private ones too.

Whole days, what is shown as free, what is cancelled and what the owner declined count for nothing. Where two entries
overlap both count: when they are is forgotten at once.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial

from companion.basics.clock import zone as iana
from companion.basics.ids import canonical_uid
from companion.calendars.model import Window
from companion.connectors.ics.guard import Guard, Overrun
from companion.connectors.ics.lines import Line, split_line, unescape
from companion.connectors.ics.scan import Block, without_nested
from companion.connectors.ics.series import Series, TooMany, slots
from companion.connectors.ics.sifting import UNREADABLE
from companion.connectors.ics.timing import read_series, read_slot
from companion.connectors.ics.zones import Zones

_LINES = re.compile(
    rb"\n((?i:UID|DTSTART|DTEND|DURATION|RECURRENCE-ID|RRULE|EXRULE|RDATE|EXDATE)(?![A-Za-z0-9-])[^\n]*)"
)
_FREE = re.compile(
    rb"\n(?i:TRANSP[^:\n]*:\s*TRANSPARENT|STATUS[^:\n]*:\s*CANCELLED"
    rb"|X-MICROSOFT-CDO-BUSYSTATUS[^:\n]*:\s*(?:FREE|WORKINGELSEWHERE))"
)
_DECLINED = re.compile(rb"\nATTENDEE[^\n]*PARTSTAT=\"?DECLINED[^\n]*", re.IGNORECASE)
_SECONDS = 0.05  # of processor time for one series
_MOST = 20 * 60  # minutes: what takes longer is a day in all but name

_REPEATS = re.compile(rb"\n(?i:RRULE|RDATE|EXRULE|RECURRENCE-ID)[;:]")
_PLAIN = re.compile(rb"\n(UID|DTSTART|DTEND)((?:;TZID=[^:;\n]*)?):([^\n]*)")
_WALL = re.compile(rb"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\d(Z?)\s*")

_Group = dict[str, tuple[list[Line], bool]]  # raw RECURRENCE-ID -> what tells when, and whether it takes time


def busy_minutes(
    blocks: Iterable[Block], mine: frozenset[str], window: Window, zone: str,
    zones_of: Callable[[str], Zones], guard: Guard,
) -> dict[str, int]:  # fmt: skip
    """Busy minutes by month (2026-11) of the owner with these addresses; what cannot be read counts for nothing."""
    owner = tuple(address.encode() for address in mine)
    plain: dict[bytes, tuple[str, int]] = {}  # most entries: one for each UID, within one day
    groups: dict[str, _Group] = {}
    zones: dict[str, Zones] = {}
    for block in blocks:
        takes, quick = _takes_time(block, owner), _quick(block.raw, window)
        if quick:
            plain[quick[0]] = quick[1] if takes else ("", 0)
            continue
        lines = [line for line in map(split_line, _LINES.findall(without_nested(block.raw))) if line]
        uid = next((line.value for line in lines if line.name == "UID"), "")
        slot = next((line.value for line in lines if line.name == "RECURRENCE-ID"), "")
        key = canonical_uid(unescape(uid)) or f"{block.number}"
        groups.setdefault(key, {})[slot] = (lines, takes)
        zones[key] = zones_of(block.header.zone)
    found: Counter[str] = Counter()
    for month, minutes in plain.values():
        found[month] += minutes
    for key, group in groups.items():
        if not any(takes for _, takes in group.values()):
            continue
        try:
            found.update(guard.run(_SECONDS, partial(_minutes, group, window, zone, zones[key])))
        except (Overrun, TooMany):
            continue
    return {month: minutes for month, minutes in found.items() if minutes}


def _quick(raw: bytes, window: Window) -> tuple[bytes, tuple[str, int]] | None:
    """UID, month and minutes of an entry that does not repeat and begins and ends on one day's wall; None for others.

    Its month is the one written: what a zone would move over midnight at the end of a month is nothing beside a month.
    """
    if _REPEATS.search(raw):
        return None
    told = {name: (zone, value) for name, zone, value in reversed(_PLAIN.findall(raw))}
    if len(told) < 3 or told[b"DTSTART"][0] != told[b"DTEND"][0]:
        return None
    start, end = _WALL.fullmatch(told[b"DTSTART"][1]), _WALL.fullmatch(told[b"DTEND"][1])
    if not start or not end or start[6] != end[6] or start.group(1, 2, 3) != end.group(1, 2, 3):
        return None
    year, month, day = int(start[1]), int(start[2]), int(start[3])
    minutes = (int(end[4]) - int(start[4])) * 60 + int(end[5]) - int(start[5])
    try:
        inside = window.first <= date(year, month, day) <= window.last
    except ValueError:
        return None
    return told[b"UID"][1], (f"{year:04}-{month:02}", minutes if inside and 0 < minutes <= _MOST else 0)


def _takes_time(block: Block, owner: tuple[bytes, ...]) -> bool:
    raw = block.raw
    if block.header.method == "CANCEL" or _FREE.search(raw):
        return False
    if b"DECLINED" not in raw and b"declined" not in raw:
        return True
    return not any(address in line for line in _DECLINED.findall(raw.lower()) for address in owner)


def _minutes(group: _Group, window: Window, zone: str, zones: Zones) -> Counter[str]:
    """The minutes of one UID: its series without the slots that were changed, and the changed ones as they are now."""
    found: Counter[str] = Counter()
    try:
        series = read_series(group[""][0], zones) if "" in group else None
        moved = [read_slot(lines, zones) for slot, (lines, _) in group.items() if slot]
        if series and group[""][1]:
            starts = slots(series, window)
            for place in moved:
                starts.pop(place.like(series.start).key() if place else "", None)
            _add(found, (series.span(start) for start in starts.values()), series, window, zone)
    except UNREADABLE:
        return found
    for slot, (lines, takes) in group.items():
        if slot and takes:
            _add_changed(found, lines, zones, window, zone)
    return found


def _add_changed(found: Counter[str], lines: list[Line], zones: Zones, window: Window, zone: str) -> None:
    try:
        changed = read_series(lines, zones)
        _add(found, [changed.span(changed.start)], changed, window, zone)
    except UNREADABLE:
        return


def _add(
    found: Counter[str], spans: Iterable[tuple[datetime, datetime]], series: Series, window: Window, zone: str
) -> None:  # fmt: skip
    if series.start.kind == "day":
        return
    place = iana(zone)
    for start, end in spans:
        day, minutes = start.astimezone(place).date(), round((end - start).total_seconds() / 60)
        if 0 < minutes <= _MOST and window.first <= day <= window.last:
            found[f"{day:%Y-%m}"] += minutes
