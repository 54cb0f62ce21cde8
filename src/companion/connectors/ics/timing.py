"""When an entry takes place, as its lines tell it: start, length, rules, dates added and taken out."""

from datetime import timedelta

from companion.connectors.ics.lines import Line
from companion.connectors.ics.moments import Moment, read_length, read_moment, read_moments
from companion.connectors.ics.series import Series, rule_parts
from companion.connectors.ics.zones import Zones

_LONGEST = timedelta(days=3000)  # nearer the ends of time arithmetic fails


def read_series(lines: list[Line], zones: Zones) -> Series:
    """When an entry takes place; ValueError where its times cannot be read."""
    one = {line.name: line for line in reversed(lines)}
    if "DTSTART" not in one:
        raise ValueError("no start")
    start = read_moment(one["DTSTART"], one["DTSTART"].value, zones)
    rules = tuple(line.value.strip() for line in lines if line.name == "RRULE" and line.value.strip())
    return Series(
        start,
        _length(one, start, zones),
        rules,
        tuple(read_moments([line for line in lines if line.name == "RDATE"], zones)),
        tuple(read_moments([line for line in lines if line.name == "EXDATE"], zones)),
        tuple(_until(rule, start, zones) for rule in rules),
    )


def _length(one: dict[str, Line], start: Moment, zones: Zones) -> timedelta:
    day = timedelta(days=1)
    length = timedelta(0)
    if "DTEND" in one and one["DTEND"].value.strip():
        end = read_moment(one["DTEND"], one["DTEND"].value, zones)
        same = end.kind == start.kind and end.zone.name == start.zone.name
        length = end.wall - start.wall if same or start.kind == "day" else end.instant() - start.instant()
    elif "DURATION" in one:
        length = read_length(one["DURATION"].value)
    return min(max(length, day if start.kind == "day" else timedelta(0)), _LONGEST)


def _until(rule: str, start: Moment, zones: Zones) -> Moment | None:
    told = rule_parts(rule).get("UNTIL")
    if not told:
        return None
    until = read_moment(Line("UNTIL", {}, told), told, zones)
    return until if until.kind == "day" else until.like(start)


def read_slot(lines: list[Line], zones: Zones) -> Moment | None:
    """The RECURRENCE-ID of a changed occurrence; None for an entry that has none."""
    line = next((line for line in lines if line.name == "RECURRENCE-ID"), None)
    return read_moment(line, line.value, zones) if line and line.value.strip() else None
