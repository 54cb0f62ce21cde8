"""Times and lengths as reports write them: many languages, day or month first, with or without their day."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal

from companion.attendance.reports_headings import fold, vocabulary
from companion.basics.clock import zone

Order = Literal["day", "month"]  # what comes first where only numbers are written
_CLOCK = re.compile(
    r"(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?!\d)|(?<![\d.])(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])"
)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{2,4})(?!\d)")
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]{3,})\.?,?\s+(?:de\s+)?(\d{4})|([^\W\d_]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})"
)
_NUMBERED_MONTH = re.compile(r"(\d{1,2})\s+(?:thg|tháng)\s*(\d{1,2}),?\s*(?:năm\s+)?(\d{4})", re.IGNORECASE)
_HALF = re.compile(r"(?<![a-z])([ap])\s?m(?![a-z])")
_HALF_BEHIND = re.compile(r"(sa|ch)(?![a-z])")  # Vietnamese; elsewhere "Sa" before a time is a day
_ZONE = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{2}):?(\d{2})\b|\b(?:UTC|GMT)\b|(?<=\d)Z\b")
_PARTS = re.compile(r"(\d+)\s*([^\W\d_]+)?")
_LONGEST = 7 * 86400


@dataclass(frozen=True)
class Written:
    """A time as it stands there. `day` is (year, month, day), or (first, second, year) with `open` order, or ()."""

    day: tuple[int, ...]
    open: bool
    clock: time
    offset: timedelta | None = None


def written(text: str) -> Written | None:
    """The time in a cell, None where there is none."""
    day, is_open, rest = _day(" ".join(text.split()))
    found = _CLOCK.search(rest)
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in (found.groups()[:3] if found[1] else found.groups()[3:]))
    half = _HALF.search(fold(rest)) or _HALF_BEHIND.match(fold(rest[found.end() :]))
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[1] in ("p", "ch") else 0)
    try:
        return Written(day, is_open, time(hour, minute, second), _offset(rest))
    except ValueError:
        return None


def month_first(text: str) -> bool:
    """Whether a time is written as where the month comes first: with slashes, and AM or PM."""
    return "/" in text and _HALF.search(fold(text)) is not None


def instant(told: Written, order: Order, zone_name: str, near: date) -> datetime | None:
    """The instant in UTC; `near` is the day of a time without one. None where there is no such day."""
    parts = told.day
    try:
        if not parts:
            day = near
        elif told.open:
            number, month = (parts[0], parts[1]) if order == "day" else (parts[1], parts[0])
            day = date(parts[2], month, number)
        else:
            day = date(*parts)
        place = timezone(told.offset) if told.offset is not None else zone(zone_name)
        return datetime.combine(day, told.clock, place).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def seconds(text: str, *, in_minutes: bool = False) -> int | None:
    """A length in seconds: 1h 2m 3s, 1 Std. 2 Min., 00:45:12, and a bare number where the heading says minutes."""
    plain = text.strip()
    if re.fullmatch(r"\d{1,6}([.,]\d+)?", plain):
        return round(float(plain.replace(",", ".")) * 60) if in_minutes else None
    if re.fullmatch(r"\d{1,3}:\d{2}(:\d{2})?", plain):
        parts = [int(part) for part in plain.split(":")]
        return _length(parts[0] * 3600 + parts[1] * 60 + (parts[2] if len(parts) == 3 else 0))
    folded, units = fold(plain), vocabulary().units
    found = [(int(number), units.get(unit)) for number, unit in _PARTS.findall(folded)]
    if not found or any(unit is None for _, unit in found) or _PARTS.sub("", folded).strip():
        return None
    return _length(sum(number * (unit or 0) for number, unit in found))


def _length(total: int) -> int | None:
    return total if total <= _LONGEST else None


def _day(text: str) -> tuple[tuple[int, ...], bool, str]:
    """The day in a text, whether its order is open, and what is left of the text."""
    numbered = _NUMBERED_MONTH.search(text)
    if numbered:
        return (int(numbered[3]), int(numbered[2]), int(numbered[1])), False, _without(text, numbered)
    named = _NAMED.search(text)
    if named:
        number, name, year = named.groups()[:3] if named[1] else (named[5], named[4], named[6])
        month = next((month for start, month in vocabulary().months if fold(name).startswith(start)), 0)
        if month:
            return (int(year), month, int(number)), False, _without(text, named)
    numbers = list(_NUMBERS.finditer(text))
    if not numbers:
        return (), False, text
    # 13.02.13, 10.11.2026: the one with a whole year is the day.
    found = next((item for item in numbers if max(len(item[1]), len(item[3])) == 4), numbers[0])
    if len(found[1]) > 2:
        return (int(found[1]), int(found[2]), int(found[3])), False, _without(text, found)
    year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
    if "." in found[0]:  # with dots the day comes first, wherever they are written
        return (year, int(found[2]), int(found[1])), False, _without(text, found)
    return (int(found[1]), int(found[2]), year), True, _without(text, found)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".replace(" T", " ")


def _offset(text: str) -> timedelta | None:
    found = _ZONE.search(text)
    if found is None:
        return None
    if not found[1]:
        return timedelta(0)
    shift = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return shift if found[1] == "+" else -shift
