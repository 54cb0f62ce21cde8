"""When an entry takes place, as its lines tell it: start, length, rules, dates added and taken out."""

from dataclasses import replace
from datetime import timedelta

from companion.connectors.ics.lines import Line
from companion.connectors.ics.moments import (
    Length,
    Moment,
    bounded,
    length_between,
    read_length,
    read_moment,
    read_moments,
    read_periods,
)
from companion.connectors.ics.series import Rule, Series, rule_parts
from companion.connectors.ics.sifting import UNREADABLE
from companion.connectors.ics.zones import Zones

_DAY = timedelta(days=1)
_NONE = timedelta(0)


def read_series(lines: list[Line], zones: Zones) -> Series:
    """When an entry takes place; ValueError where its times cannot be read.

    Dates added or taken out that cannot be read are passed over, and the series is marked `unread`.
    """
    try:
        return _series(lines, zones)
    except UNREADABLE:
        readable = [kept for line in lines for kept in _without_unreadable(line, zones)]
        if readable == lines:
            raise
        return replace(_series(readable, zones), unread=True)


def _without_unreadable(line: Line, zones: Zones) -> list[Line]:
    """A line of dates with those that can be read, none where no date is left; any other line as it is."""
    if line.name not in ("EXDATE", "RDATE"):
        return [line]
    good = [text for text in line.value.split(",") if _is_readable(replace(line, value=text), zones)]
    return [replace(line, value=",".join(good))] if good else []


def _is_readable(line: Line, zones: Zones) -> bool:
    try:
        read_moments([line], zones)
        read_periods([line], zones)
    except UNREADABLE:
        return False
    return True


def _series(lines: list[Line], zones: Zones) -> Series:
    one = {line.name: line for line in reversed(lines)}
    if "DTSTART" not in one:
        raise ValueError("no start")
    start = read_moment(one["DTSTART"], one["DTSTART"].value, zones)
    added = [line for line in lines if line.name == "RDATE"]
    return Series(
        start,
        _length(one, start, zones),
        _rules("RRULE", lines, start, zones),
        tuple(read_moments(added, zones)),
        tuple(read_moments([line for line in lines if line.name == "EXDATE"], zones)),
        _rules("EXRULE", lines, start, zones),
        {moment.like(start).key(): length for moment, length in read_periods(added, zones)},
    )


def _length(one: dict[str, Line], start: Moment, zones: Zones) -> Length:
    length = Length(_NONE, _NONE)
    if "DTEND" in one and one["DTEND"].value.strip():
        length = length_between(start, read_moment(one["DTEND"], one["DTEND"].value, zones))
    elif "DURATION" in one:
        length = read_length(one["DURATION"].value)
    if start.kind != "day":
        return length
    return bounded(max(length.days, _DAY), _NONE)


def _rules(name: str, lines: list[Line], start: Moment, zones: Zones) -> tuple[Rule, ...]:
    told = (line.value.strip() for line in lines if line.name == name)
    return tuple(Rule(text, _until(text, start, zones)) for text in told if text)


def _until(rule: str, start: Moment, zones: Zones) -> Moment | None:
    told = rule_parts(rule).get("UNTIL")
    if not told:
        return None
    until = read_moment(Line("UNTIL", {}, told), told, zones)
    return until if until.kind == "day" else until.like(start)


def read_slot(lines: list[Line], zones: Zones) -> Moment | None:
    """The RECURRENCE-ID of a changed occurrence; None for an entry that has none."""
    line = next((line for line in lines if line.name == "RECURRENCE-ID"), None)
    return read_moment(line, line.value, zones) if line and line.value.strip(" 0TZ") else None
