"""Rows of a table that people bring: any usual separator, told by row and column where something is wrong."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from companion.basics.errors import Problem

GUARDED = frozenset("=+-@\t\r|%＝＋－＠")  # what a spreadsheet may take for a formula, full-width forms too
_RISK = "(?=(?:[^\\S\\t\\r\\n]|['\"])*[" + re.escape("".join(sorted(GUARDED))) + "])"
# Who takes ; or tabs for the separator, as German Excel does, reads cells that begin within a text of ours.
WITHIN = re.compile(rf"(?<=[;\t\n]|\r(?!\n)){_RISK}")
_MARKED = re.compile(rf"(?<=[;\t\n])'{_RISK}")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SEPARATORS = ",;\t"
_PAGE = re.compile(r"\s*<(!doctype|html|\?xml)", re.IGNORECASE)
_TOLD = re.compile(r"sep=([,;\t|])\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row. `number` is the one a spreadsheet shows, where the header is usually row 1."""

    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell on one line, "" where it is empty or there is no such column."""
        return re.sub(r"[\n\t]", " ", self.cells.get(column, ""))

    def paragraphs(self, column: str) -> str:
        """The cell with its line ends, each a newline."""
        return self.cells.get(column, "")

    def kept(self, column: str, known: str, *, one_line: bool = True) -> str:
        """The cell; what is known as it stands where only signs differ that no table keeps, such as a hard space."""
        said, plain = self.text(column) if one_line else self.paragraphs(column), _plain(known)
        return known if said == (re.sub(r"[\n\t]", " ", plain) if one_line else plain) else said

    def need(self, column: str) -> str:
        """The cell; Problem `row_cell_missing` where it is empty."""
        value = self.text(column)
        if not value:
            raise Problem("row_cell_missing", row=self.number, column=column)
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """The parts of a cell between semicolons, each once."""
        parts = (part.strip() for part in self.text(column).split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def day(self, column: str) -> date | None:
        """The day written as 2026-11-21, None where the cell is empty; Problem `row_date_wrong`."""
        value = self.text(column)
        if not value:
            return None
        try:
            return date.fromisoformat(value.removesuffix(" 00:00:00"))
        except ValueError:
            raise Problem("row_date_wrong", row=self.number, column=column, value=value) from None

    def count(self, column: str, most: int) -> int | None:
        """The whole number from 0 to `most`, None where the cell is empty; Problem `row_number_wrong`."""
        value = self.text(column).removesuffix(".0")
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) > most:
            raise Problem("row_number_wrong", row=self.number, column=column, value=value, most=most)
        return int(value)


@dataclass(frozen=True)
class Table:
    """The rows that can be read, the columns there are, and what was wrong with the table itself."""

    rows: tuple[Row, ...]
    columns: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Difference:
    """What taking in one thing would change: `changes` are (field, old, new)."""

    what: Literal["added", "changed", "same"]
    label: str
    changes: tuple[tuple[str, str, str], ...] = ()


def read_rows(text: str, required: Sequence[str], usual: Sequence[str] = ()) -> Table:
    """Read a table with a header. Without a required column nothing comes in; a missing usual one is only told."""
    every = ", ".join((*required, *usual))
    if _PAGE.match(text):
        return _nothing(Problem("table_is_page", columns=every))
    records = _records(text)
    problems: list[Problem] = []
    header: list[str] = []
    rows: list[Row] = []
    try:
        for number, cells in records:
            if isinstance(cells, Problem):
                problems.append(cells)
            elif not header:
                header = [_column(cell) for cell in cells]
                missing = [column for column in required if column not in header]
                if missing:
                    return _nothing(Problem("table_column_missing", missing=", ".join(missing), columns=every))
            elif any(cells[len(header) :]):
                problems.append(Problem("row_too_long", row=number, cells=len(cells), columns=len(header)))
            else:
                rows.append(Row(number, _cells(header, cells)))
    except csv.Error as error:
        problems.append(Problem("table_broken", row=rows[-1].number + 1 if rows else 1, reason=str(error)))
    if not rows and not problems:
        return _nothing(Problem("table_empty", columns=every))
    absent = [column for column in usual if header and column not in header]
    if absent:
        problems.insert(0, Problem("table_columns_absent", missing=", ".join(absent)))
    return Table(tuple(rows), frozenset(header), tuple(problems))


def difference(old: Iterable[Any], new: Iterable[Any], label: Callable[[Any], str]) -> list[Difference]:
    """What taking `new` in would change, in its order. Both hold frozen dataclasses with an id."""
    before = {item.id: item for item in old}
    found = []
    for item in new:
        was = before.get(item.id)
        pairs = [(f.name, getattr(was, f.name, None), getattr(item, f.name)) for f in fields(item)]
        changes = tuple((name, _said(a), _said(b)) for name, a, b in pairs if a != b) if was is not None else ()
        what: Literal["added", "changed", "same"] = "added" if was is None else "changed" if changes else "same"
        found.append(Difference(what, label(item), changes))
    return found


def _said(value: object) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _nothing(problem: Problem) -> Table:
    return Table((), frozenset(), (problem,))


def _records(text: str) -> Iterator[tuple[int, list[str] | Problem]]:
    """Every record that is not empty, and its number; empty ones are counted, as spreadsheets do."""
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    told = _TOLD.fullmatch(lines[0]) if lines else None
    at = number = 1 if told else 0
    first = next((line for line in lines[at:] if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    separator = told[1] if told else max(_SEPARATORS, key=bare.count)
    while at < len(lines):
        start, reader = at, csv.reader(lines[at:], delimiter=separator)
        for record in reader:
            number += 1
            begun, at = at, start + reader.line_num
            if at == len(lines) and at - begun > 1 and "".join(lines[begun:]).count('"') % 2:
                yield number, Problem("row_quote_open", row=number)
                at = begun + 1  # the rest of the table is not that one cell: read on with the next line
                break
            cells = [_clean(cell) for cell in record]
            if any(cells):
                yield number, cells


def _cells(header: list[str], cells: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, cell in zip(header, cells, strict=False):
        found.setdefault(column, cell)
    return found


def _clean(cell: str) -> str:
    text = _MARKED.sub("", _plain(cell))
    if text[:1] == "'" and (bare := text.lstrip("'").lstrip()) and bare[0] in GUARDED:
        return text[1:].strip()  # the mark our own exports put before what looks like a formula, as `_MARKED`
    return text


def _plain(cell: str) -> str:
    text = unicodedata.normalize("NFC", _BIDI.sub("", cell))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(" " if sign not in "\n\t" and unicodedata.category(sign) == "Cc" else sign for sign in text)
    return text.replace("\u00a0", " ").strip()


def _column(cell: str) -> str:
    return re.sub(r"[\s-]+", "_", cell.strip().casefold())
