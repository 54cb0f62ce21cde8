"""Tables of rules and the starts they must give; how to write one stands at the top of golden/rfc5545.txt."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).with_name("golden")


@dataclass
class Example:
    """One rule in all the ways it is written, and its starts as local text, with the offset where told."""

    name: str
    entries: list[list[str]] = field(default_factory=lambda: [[]])
    others: list[str] = field(default_factory=list)  # the same rule written otherwise
    starts: list[str] = field(default_factory=list)
    endless: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the starts are written."""
        found = re.search(r"TZID=([^:;]+)", self.entries[0][0])
        return ZoneInfo(found[1]) if found else ZoneInfo("UTC")

    @property
    def time(self) -> str:
        """The time of day of DTSTART, midnight for a day."""
        found = re.search(r"T(\d\d)(\d\d)\d\dZ?$", self.entries[0][0])
        return f"{found[1]}:{found[2]}" if found else "00:00"

    def days(self) -> tuple[date, date]:
        """The days to ask for: to the last start where it goes on for ever, else years more."""
        told = sorted(date.fromisoformat(text[:10]) for text in self.starts)
        return told[0] - timedelta(days=40), told[-1] + timedelta(days=0 if self.endless else 9000)


def examples(file: str) -> list[Example]:
    """Every example of a table."""
    found: list[Example] = []
    for line in (FOLDER / file).read_text("utf-8").splitlines():
        if line.startswith("## "):
            found.append(Example(line[3:]))
        elif found and line and not line.startswith("#"):
            _take(found[-1], line)
    return found


def _take(example: Example, line: str) -> None:
    if line.startswith("> "):
        month, days, *times = line[2:].split()
        for day in _days(month, days):
            example.starts += [f"{day} {time}" for time in times or [example.time]]
    elif line == "...":
        example.endless = True
    elif line == "+":
        example.entries.append([])
    elif line.startswith("or "):
        example.others.append(line[3:])
    else:
        example.entries[-1].append(line)


def _days(month: str, days: str) -> list[str]:
    numbers: list[int] = []
    for part in days.split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    year, number = map(int, month.split("-"))
    assert max(numbers) <= monthrange(year, number)[1], f"{month} has no day {max(numbers)}"
    return [f"{month}-{day:02}" for day in numbers]


def told(start: datetime, zone: ZoneInfo, like: str) -> str:
    """A start as the table writes it."""
    return f"{start.astimezone(zone):{'%Y-%m-%d %H:%M%z' if len(like) > 16 else '%Y-%m-%d %H:%M'}}"
