"""A report's text cut into what it tells of the meeting and its tables of people."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from companion.attendance.reports_headings import fold, vocabulary
from companion.attendance.reports_moments import seconds, written
from companion.basics.errors import Problem

WHO = frozenset({"name", "first", "last"})
WHEN = frozenset({"join", "leave", "duration", "minutes", "moment"})
STAYS = ({"duration"}, {"minutes"}, {"join", "leave"}, {"action", "moment"})
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PAGE = re.compile(r"\s*<(!doctype|html|\?xml)", re.IGNORECASE)
_SECTION = re.compile(r"\d\s*[.)]\s*\D")


@dataclass(frozen=True)
class Record:
    """One row that is not empty, and the number a spreadsheet shows for it."""

    number: int
    cells: tuple[str, ...]


@dataclass
class Table:
    """People in rows; `columns` says which cell is what."""

    columns: Mapping[str, int]
    rows: list[Record] = field(default_factory=list)


@dataclass
class Sheet:
    """All of a report: facts of the meeting by what they are, and its tables, the first one told first."""

    facts: dict[str, str] = field(default_factory=dict)
    across: bool = False  # the facts stand side by side, as Zoom writes them
    tables: list[Table] = field(default_factory=list)


def sheet(text: str) -> Sheet:
    """The parts of a report. Problems: report_empty, report_unknown, report_cut (it ends in the middle of a row)."""
    records = _records(text)
    if not records:
        raise Problem("report_empty")
    if _PAGE.match(text):
        raise Problem("report_unknown")
    made, table, facts = Sheet(), None, None
    for at, record in enumerate(records):
        after = records[at + 1] if at + 1 < len(records) else None
        keys = [vocabulary().headings.get(fold(cell), "") for cell in record.cells]
        told = [vocabulary().facts.get(fold(cell), "") for cell in record.cells]
        if facts is not None:
            made.facts |= {key: cell for key, cell in zip(facts, record.cells, strict=False) if key}
            made.across, facts = True, None
        elif len(record.cells) > 2 and {"title", "meeting"} & set(told) and len(set(told) - {""}) > 1:
            facts, table = told, None
        elif WHO & set(keys) and _is_plain(record) and _tells(filled := _filled(keys, records[at + 1 :])):
            table = Table(filled)
            made.tables.append(table)
        elif len(record.cells) == 2 and (told[0] or table is None):
            made.facts.setdefault(told[0] or fold(record.cells[0]), record.cells[1])
        elif len(record.cells) == 1 and (table is None or _SECTION.match(record.cells[0])):
            table = None
            if made.tables and after is None:
                raise Problem("report_cut", row=record.number)
        elif table is not None:
            table.rows.append(record)
        elif after is not None and (columns := _by_content(record, after, records[at + 1 :])):
            table = Table(columns)
            made.tables.append(table)
    if not made.tables:
        raise Problem("report_unknown")
    _see_whole(text, records[-1], table)
    return made


def _records(text: str) -> list[Record]:
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=_separator(text), strict=False)
    found, start = [], 1
    try:
        for cells in reader:
            clean = [_clean(cell) for cell in cells]
            while clean and not clean[-1]:
                clean.pop()
            if clean:
                found.append(Record(start, tuple(clean)))
            start = reader.line_num + 1
    except csv.Error:
        raise Problem("report_cut", row=start) from None
    if found and sum(cell.count('"') for cell in text.splitlines()) % 2:
        raise Problem("report_cut", row=found[-1].number)
    return found


def _separator(text: str) -> str:
    """Tabs where there are any columns of them: a date between them may hold a comma."""
    lines = re.sub(r'"[^"]*"', "", text).splitlines()
    if any(line.count("\t") >= 2 for line in lines):
        return "\t"
    return max(",;", key=lambda sign: sum(line.count(sign) >= 2 for line in lines))


def _clean(cell: str) -> str:
    return " ".join(_BIDI.sub("", cell).split())


def _filled(keys: Sequence[str], rows: Sequence[Record]) -> dict[str, int]:
    """Columns by their headings; those of another language by what stands in them."""
    columns = {key: keys.index(key) for key in reversed(keys) if key}
    left = [at for at, key in enumerate(keys) if not key]
    return {**_guessed(left, rows, columns), **columns}


def _by_content(header: Record, after: Record, rows: Sequence[Record]) -> dict[str, int]:
    """The columns below a header in a language nobody told us, {} where it heads no people."""
    if len(header.cells) < 3 or not _is_plain(header) or len(after.cells) > len(header.cells):
        return {}
    found = _guessed(range(len(header.cells)), rows, {})
    return found if "name" in found and _tells(found) else {}


def _tells(columns: Mapping[str, int]) -> bool:
    """Whether a table says how long people stayed; one of raised hands does not."""
    return any(needed <= columns.keys() for needed in STAYS)


def _is_plain(record: Record) -> bool:
    """Whether a row holds words only, as a header does."""
    told = (written(cell) or seconds(cell, in_minutes=True) or "@" in cell for cell in record.cells)
    return len(record.cells) > 1 and not any(told)


def _guessed(left: Sequence[int], rows: Sequence[Record], known: Mapping[str, int]) -> dict[str, int]:
    rows = [row for row in rows if len(row.cells) > 2][:50]
    found: dict[str, int] = {}
    for at in left:
        cells = [row.cells[at] for row in rows if len(row.cells) > at and row.cells[at]]
        most = len(cells) / 2
        if not cells:
            continue
        if sum("@" in cell for cell in cells) > most:
            key = "email"
        elif sum(written(cell) is not None for cell in cells) > most:
            key = "join" if "join" not in {*found, *known} else "leave"
        elif sum(seconds(cell) is not None for cell in cells) > most:
            key = "duration"
        else:
            key = "name"
        if key not in found and key not in known and not (key == "name" and WHO & known.keys()):
            found[key] = at
    return found


def _see_whole(text: str, last: Record, table: Table | None) -> None:
    """A file that ends in the middle of a row was not saved whole."""
    if table is None or text.endswith(("\n", "\r")):
        return
    needed = max((at for key, at in table.columns.items() if key in WHEN | WHO), default=0)
    if table.rows and table.rows[-1] is last and len(last.cells) <= needed:
        raise Problem("report_cut", row=last.number)
    if not table.rows:
        raise Problem("report_cut", row=last.number)
