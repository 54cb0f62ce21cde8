"""Join reports as Microsoft Teams, Zoom and Google Meet give them out, read into one form."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from companion.attendance.report import Joined, Report, System
from companion.attendance.reports_headings import fold, vocabulary
from companion.attendance.reports_moments import Order, instant, month_first, seconds, written
from companion.attendance.reports_tables import Record, Sheet, Table, sheet
from companion.attendance.reports_uniting import nearness, span_of, touches
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.people.addresses import normal

Kind = Literal["person", "room", "phone", "anonymous"]
Line = tuple[Joined, datetime | None, datetime | None]  # with when they came and went, where it is told
ROUNDED = 90  # seconds by which a length and its times may differ
_PHONE = re.compile(r"\+?[\d\s().*x-]{6,}")


@dataclass(frozen=True)
class Reckoning:
    """How one file is meant: in which zone, what comes first, on which day where none is written, and who is ours."""

    zone: str
    order: Order
    near: datetime
    ours: Collection[str] = ()

    def at(self, text: str, row: int) -> datetime:
        """The instant of a cell; Problem `report_time_wrong`."""
        told = written(text)
        found = instant(told, self.order, self.zone, day_of(self.near, self.zone)) if told else None
        if found is None:
            raise Problem("report_time_wrong", row=row, value=text[:40])
        return found


def read(text: str, meeting: Meeting, zones: Sequence[str], ours: Collection[str] = ()) -> Report:
    """The session that a report's file tells of. `ours`: our addresses, for who has another to sign in with.

    A file names neither its zone nor whether the day or the month comes first: of `zones`, the first in which the
    session touches the meeting is meant, and the order that is usual where it was written, unless only the other
    leads to the meeting; then it is `undated`. Problems: report_empty, report_unknown, report_cut, report_time_wrong.
    """
    parts = sheet(text)
    if not any(table.rows for table in parts.tables):
        raise Problem("report_empty")
    _see_all(parts)
    dates = _dates(parts)
    orders: tuple[Order, Order] = ("month", "day") if any(map(month_first, dates)) else ("day", "month")
    dated = any(told.day for text in dates if (told := written(text)))
    best: Report | None = None
    wrong: Problem | None = None
    for name in dict.fromkeys(zones):
        readings: list[Report] = []
        for order in orders:
            try:
                readings.append(_report(parts, Reckoning(name, order, meeting.start, ours)))
            except Problem as problem:
                further = wrong is None or problem.facts.get("row", 0) > wrong.facts.get("row", 0)
                wrong = problem if further else wrong  # the order that reads further is the file's own
        if readings:
            nearest = max(readings, key=lambda report: (touches(report, meeting), nearness(report, meeting)))
            if touches(nearest, meeting):
                return replace(nearest, undated=not dated or nearest != readings[0])
            best = best or readings[0]
    if best is None:
        raise wrong or Problem("report_unknown")
    return best


def _dates(parts: Sheet) -> list[str]:
    """Every cell that tells a time, and with it the day."""
    told = [parts.facts.get(key, "") for key in ("start", "end")]
    for table in parts.tables:
        told += [_cell(row, table, key) for row in table.rows for key in ("join", "leave", "moment")]
    return [text for text in told if text]


def _see_all(parts: Sheet) -> None:
    """Teams says how many took part: fewer rows, and nothing behind them, are half a file."""
    told = parts.facts.get("people", "")
    alone = len(parts.tables) == 1 and not parts.across
    if alone and told.isdecimal() and len(parts.tables[0].rows) < int(told):
        last = max((row.number for table in parts.tables for row in table.rows), default=1)
        raise Problem("report_short", row=last, told=int(told), rows=len(parts.tables[0].rows))


def _report(parts: Sheet, reckoning: Reckoning) -> Report:
    facts = parts.facts
    start = reckoning.at(facts["start"], 1) if written(facts.get("start", "")) else None
    end = reckoning.at(facts["end"], 1) if written(facts.get("end", "")) else None
    by_person: dict[tuple[str, str], list[Line]] = {}
    for table in parts.tables:
        lines = _actions(table, reckoning) if {"action", "moment"} <= table.columns.keys() else _lines(table, reckoning)
        told: dict[tuple[str, str], list[Line]] = {}
        for line in lines:
            told.setdefault((line[0].address, "" if line[0].address else line[0].name), []).append(line)
        for key, some in told.items():
            # A later table tells each coming and going of who stands in an earlier one, unless it breaks off.
            if _stayed(some) + ROUNDED >= _stayed(by_person.get(key, [])):
                by_person[key] = some
    every = [line for lines in by_person.values() for line in lines]
    moments = [moment for _, came, went in every for moment in (came, went) if moment]
    report = Report(_system(parts), facts.get("title", ""), start, end, tuple(row for row, _, _ in every))
    span = span_of(report)
    first = min([*moments, *([span[0]] if span else [])], default=None)
    last = max([*moments, *([span[1]] if span else [])], default=None)
    return Report(report.system, report.title, start or first, end or last, report.rows)


def _system(parts: Sheet) -> System:
    columns = {key for table in parts.tables for key in table.columns}
    if parts.across or {"guest", "waiting", "minutes"} & columns:
        return "zoom"
    return "meet" if {"first", "last"} & columns else "teams"


def _lines(table: Table, reckoning: Reckoning) -> Iterable[Line]:
    for row in table.rows:
        if fold(_cell(row, table, "waiting")) in vocabulary().words["yes"]:
            continue  # in front of the door, not in the meeting
        name, address = _who(row, table, reckoning)
        came, went = (_moment(row, table, key, reckoning) for key in ("join", "leave"))
        if came and went and went < came:
            told = written(_cell(row, table, "leave"))
            overnight = told is not None and not told.day
            came, went = (came, went + timedelta(days=1)) if overnight else (went, came)
        length = _length(row, table)
        spans = ((came, went),) if came and went else ()
        if came and not went and length is not None:
            spans = ((came, came + timedelta(seconds=length)),)
        if spans and length is not None and (spans[0][1] - spans[0][0]).total_seconds() > length + ROUNDED:
            spans = ()  # came and went in between: the length is what counts
        yield Joined(address, name, length or _long(spans), spans, _kind(name, address)), came, went


def _actions(table: Table, reckoning: Reckoning) -> Iterable[Line]:
    """The oldest form of Teams: a row for each coming and each going."""
    steps: dict[tuple[str, str], list[tuple[datetime, bool]]] = {}
    for row in table.rows:
        at = reckoning.at(_cell(row, table, "moment"), row.number)
        done = steps.setdefault(_who(row, table, reckoning), [])
        word = fold(_cell(row, table, "action"))
        known = word in vocabulary().words["arrived"] or word in vocabulary().words["gone"]
        done.append((at, word in vocabulary().words["arrived"] if known else len(done) % 2 == 0))
    last = max(at for done in steps.values() for at, _ in done)
    for (name, address), done in steps.items():
        spans, came = [], None
        for at, arrives in sorted(done):
            if arrives:
                came = came or at
            elif came:
                spans.append((came, at))
                came = None
        if came and came < last:
            spans.append((came, last))
        yield Joined(address, name, _long(spans), tuple(spans), _kind(name, address)), done[0][0], done[-1][0]


def _cell(row: Record, table: Table, key: str) -> str:
    at = table.columns.get(key, len(row.cells))
    return row.cells[at] if at < len(row.cells) else ""


def _who(row: Record, table: Table, reckoning: Reckoning) -> tuple[str, str]:
    parts = (_cell(row, table, key) for key in ("first", "name", "last"))
    name = " ".join(part for part in parts if part)
    told = [address for key in ("email", "upn") if (address := normal(_cell(row, table, key)))]
    return name, next((address for address in told if address in reckoning.ours), told[0] if told else "")


def _moment(row: Record, table: Table, key: str, reckoning: Reckoning) -> datetime | None:
    text = _cell(row, table, key)
    return reckoning.at(text, row.number) if any(letter.isdigit() for letter in text) else None


def _length(row: Record, table: Table) -> int | None:
    for key in ("minutes", "duration"):
        text = _cell(row, table, key)
        if text:
            if key == "duration" and "leave" in table.columns and text.isdecimal():
                return None  # of what, it does not say; the times do
            found = seconds(text, in_minutes=True)
            if found is None:
                raise Problem("report_time_wrong", row=row.number, value=text[:40])
            return found
    return None


def _stayed(lines: Iterable[Line]) -> int:
    return sum(row.seconds for row, _, _ in lines)


def _long(spans: Iterable[tuple[datetime, datetime]]) -> int:
    return int(sum((end - start).total_seconds() for start, end in spans))


def _kind(name: str, address: str) -> Kind:
    folded = fold(name)
    digits = sum(letter.isdigit() for letter in name)
    if _PHONE.fullmatch(name) and digits >= 4:
        return "phone"
    if set(folded.split()) & vocabulary().words["rooms"]:
        return "room"
    if address:
        return "person"
    plain = re.sub(r"\s\d+$", "", folded)
    hidden = not folded or plain in vocabulary().words["nobody"] or "**" in name or re.fullmatch(r"[0-9a-f]{12,}", name)
    return "anonymous" if hidden else "person"
