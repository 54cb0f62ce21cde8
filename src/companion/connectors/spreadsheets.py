"""Tables in and out of files: CSV in any usual encoding, Excel workbooks, and no formulas from anybody's text."""

import codecs
import csv
import io
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from companion.basics.errors import Problem
from companion.basics.paths import write_whole
from companion.basics.table import GUARDED, WITHIN

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
WIDEST = 60  # characters of a column
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. A sheet without a header is running text, one line a row."""

    title: str
    header: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = field(default=())


def read_text(path: Path) -> str:
    """The table in a file as CSV text: UTF-8, UTF-16, Windows-1252, or the first sheet of an .xlsx.

    Problems: table_unreadable, table_too_big, table_kind_unknown.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _too_big(path, size, MOST_BYTES)
        data = path.read_bytes()
    except OSError as error:
        raise Problem("table_unreadable", path=str(path), reason=error.strerror or str(error)) from error
    if data.startswith(b"PK\x03\x04"):
        return _from_workbook(path, data)
    if data.startswith(_OLD_EXCEL):
        raise Problem("table_kind_unknown", path=str(path))
    text = decode(data)
    if "\0" in text:
        raise Problem("table_kind_unknown", path=str(path))
    return text


def decode(data: bytes) -> str:
    """Bytes as text, by their mark, else as UTF-16 where every other byte is zero, else UTF-8, else Windows-1252."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    if not encoding:
        head = data[:400]
        if len(head) >= 4 and len(head) % 2 == 0 and head[1::2].count(0) > len(head) // 4:
            encoding = "utf-16-le"
        elif len(head) >= 4 and len(head) % 2 == 0 and head[::2].count(0) > len(head) // 4:
            encoding = "utf-16-be"
    if encoding:
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def guarded(value: Cell) -> Cell:
    """The value, with ' before text a spreadsheet could take for a formula; numbers and dates as they are.

    Text that begins with ' and goes on like that has one more, so that what is read back is what was written.
    """
    if not isinstance(value, str):
        return value
    plain, bare = value.lstrip(" \u00a0").lstrip("'"), value.lstrip().lstrip("'").lstrip()
    risky = (plain[:1] and plain[0] in GUARDED) or (bare[:1] and bare[0] in GUARDED)
    return f"'{value}" if risky else value


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as CSV for spreadsheets (UTF-8 with its mark, commas, CRLF), in one step.

    The mark, because Excel takes a file without one for Windows-1252 and spoils Polish and Vietnamese names;
    LibreOffice and our own import know it. No `sep=` line: it is no CSV, and with it Excel looks at no mark.
    No cell is a formula with ; or tabs for the separator either.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    for row in (header, *rows):
        writer.writerow([_plain(_guarded_within(guarded(value))) for value in row])
    write_whole(path, made.getvalue().encode("utf-8-sig"))


def write_xlsx(
    path: Path,
    sheets: Iterable[Sheet | tuple[str, Sequence[str], Sequence[Sequence[Cell]]]],
    about: Sequence[str] = (),
    about_title: str = "About",
) -> None:
    """Write a workbook in one step; a sheet is a Sheet or (title, header, rows).

    `about`: what was chosen and how it counts, a sheet of its own in front.
    """
    from openpyxl import Workbook  # slow to load, and only exports need it

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    every = [Sheet(about_title, (), [(line,) for line in about])] if about else []
    for given in (*every, *sheets):
        sheet = given if isinstance(given, Sheet) else Sheet(*given)
        _fill(book.create_sheet(_title(sheet.title)), sheet)
    if not book.sheetnames:
        book.create_sheet(_title(about_title))
    made = io.BytesIO()
    book.save(made)
    write_whole(path, made.getvalue())


def _guarded_within(value: Cell) -> Cell:
    return WITHIN.sub("'", value) if isinstance(value, str) else value


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    rows = [sheet.header, *sheet.rows] if sheet.header else list(sheet.rows)
    widths: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row, start=1):
            cell = page.cell(number, at)
            if isinstance(value, str):
                cell.value = _NOT_IN_XML.sub("", str(guarded(value)))
                cell.data_type = "s"  # after the value, or openpyxl makes a formula of "=…"
            elif isinstance(value, datetime) and value.tzinfo is not None:
                cell.value = value.isoformat(" ", "minutes")  # workbooks know no zones
                cell.data_type = "s"
            elif isinstance(value, date):
                cell.value = value
                cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
            elif not isinstance(value, float) or math.isfinite(value):
                cell.value = value
            widths[at] = max(widths.get(at, 8), min(WIDEST, len(str(value if value is not None else "")) + 2))
            if number == 1 and sheet.header:
                cell.font = Font(bold=True)
            if not sheet.header:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for at, width in widths.items():
        page.column_dimensions[get_column_letter(at)].width = width if sheet.header else WIDEST * 1.5
    if sheet.header:
        page.freeze_panes = "A2"
        page.auto_filter.ref = page.dimensions


def _title(text: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", _NOT_IN_XML.sub("", text)).strip()[:31] or "Sheet"


def _plain(value: Cell) -> Cell:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return "" if value is None else value


def _from_workbook(path: Path, data: bytes) -> str:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(item.file_size for item in packed.infolist())
        if size > MOST_UNPACKED:
            raise _too_big(path, size, MOST_UNPACKED)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        made = io.StringIO(newline="")
        writer = csv.writer(made)
        for row in book.worksheets[0].iter_rows(values_only=True):
            writer.writerow([_written(value) for value in row])
        book.close()
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, IndexError, EOFError) as error:
        raise Problem("table_kind_unknown", path=str(path)) from error
    return made.getvalue()


def _written(value: object) -> str:
    """A cell's value as a person would write it in CSV; whole days without their midnight."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "seconds")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _too_big(path: Path, size: int, most: int) -> Problem:
    return Problem("table_too_big", path=str(path), size=math.ceil(size / 1_000_000), most=most // 1_000_000)
