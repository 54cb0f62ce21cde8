"""Tables in and out of files."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.basics.table import GUARDED
from companion.connectors import spreadsheets
from companion.connectors.spreadsheets import Sheet, guarded, read_text, write_csv, write_xlsx
from companion.people.table import read_people

TEXT = "name,email\nŁukasz Müller,l@us.example\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert read_people(read_text(path), [])[0][0].name == "Łukasz Müller"


def test_windows_letters(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("name;email\r\nJosé “Pepe” Müller;p@us.example\r\n".encode("cp1252"))
    assert read_people(read_text(path), [])[0][0].name == "José “Pepe” Müller"


def test_a_workbook_comes_in(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Name", "Email", "Target", "Start"])
    page.append(["Anna, Dr", "anna@us.example", 3, datetime(2026, 2, 1)])  # noqa: DTZ001 - as Excel keeps days
    book.save(path)
    people, _ = read_people(read_text(path), [])
    assert (people[0].name, people[0].target, people[0].start) == ("Anna, Dr", 3, date(2026, 2, 1))


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0 old", b"PK\x03\x04 broken", b"a\x00b\x01\x02"])
def test_what_is_no_table_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(Problem, match="table_kind_unknown"):
        read_text(path)


def test_another_zip_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(Problem, match="table_kind_unknown"):
        read_text(path)


def test_a_file_that_is_not_there_or_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Problem, match="table_unreadable"):
        read_text(tmp_path / "none.csv")
    with pytest.raises(Problem, match="table_unreadable"):
        read_text(tmp_path)
    path = tmp_path / "x.xlsx"
    write_xlsx(path, [Sheet("One", ["a"], [["b"]])])
    monkeypatch.setattr(spreadsheets, "MOST_UNPACKED", 10)
    with pytest.raises(Problem, match="table_too_big"):
        read_text(path)
    monkeypatch.setattr(spreadsheets, "MOST_BYTES", 10)
    with pytest.raises(Problem, match="table_too_big"):
        read_text(path)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "|cmd", "%x", "＝1", "＋1", "－1", "＠x", "  =1", "\n=1"]
)
def test_formulas_are_guarded(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("value", ["", "Anna", "a=b", "3 - 4", " ", -3, 2.5, None, True, date(2026, 1, 1)])
def test_what_is_no_formula_stays(value: object) -> None:
    assert guarded(value) == value  # type: ignore[arg-type]


@given(st.text())
def test_no_text_comes_out_as_a_formula(text: str) -> None:
    made = str(guarded(text)).lstrip()
    assert not made or made[0] not in GUARDED


def test_csv_out(tmp_path: Path) -> None:
    path = tmp_path / "board.csv"
    write_csv(
        path,
        ["person", "heard", "next"],
        [["=Anna", -2, None], ["Łukasz, Dr", 1.5, datetime(2026, 1, 2, 3, tzinfo=UTC)]],
    )
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfperson,heard,next\r\n")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1:] == [["'=Anna", "-2", ""], ["Łukasz, Dr", "1.5", "2026-01-02 03:00+00:00"]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.lists(st.text(st.sampled_from("=+-@;,\t\n\r'\" aß１"), max_size=12), min_size=1, max_size=3))
@example(["Dana;=1+1"])
@example(["x", 'a; "=1', "b\n=1", "c\t@x"])
def test_no_cell_is_a_formula_whatever_the_separator(tmp_path: Path, cells: list[str]) -> None:
    path = tmp_path / "board.csv"
    write_csv(path, ["person"] * len(cells), [cells])
    data = path.read_bytes().decode("utf-8-sig")
    for separator in ",;\t":
        read = csv.reader(io.StringIO(data, newline=""), delimiter=separator)
        found = [cell for row in read for cell in row]
        assert not [cell for cell in found if cell.lstrip(" ")[:1] in tuple("=+-@\t")], data


def test_workbook_out(tmp_path: Path) -> None:
    path = tmp_path / "board.xlsx"
    rows = [["=HYPERLINK(1)", 2, date(2026, 1, 2)], ["bell\x07", None, float("nan")], ["#N/A", True, 1.5]]
    write_xlsx(path, [Sheet("Board: 2026/27", ["=person", "heard", "last"], rows)], ["Period: 2026", "=not a formula"])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["About", "Board  2026 27"]
    page = book.worksheets[1]
    assert [(cell.value, cell.data_type) for cell in page[2]][:2] == [("'=HYPERLINK(1)", "s"), (2, "n")]
    assert page["A1"].value == "'=person"
    assert page["A3"].value == "bell"
    assert (page["A4"].value, page["A4"].data_type) == ("#N/A", "s")
    assert page.auto_filter.ref == "A1:C4"
    assert [row[0] for row in book.worksheets[0].values] == ["Period: 2026", "'=not a formula"]
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.rows for cell in row)


def test_what_went_out_comes_back(tmp_path: Path) -> None:
    for name in ("people.csv", "people.xlsx"):
        path = tmp_path / name
        if name.endswith("csv"):
            write_csv(path, ["name", "email"], [["=Anna", "anna@us.example"]])
        else:
            write_xlsx(path, [("People", ["name", "email"], [["=Anna", "anna@us.example"]])])
        assert read_people(read_text(path), [])[0][0].name == "=Anna"


def test_a_file_that_cannot_be_written_is_told_and_the_old_one_stays(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="file_no_folder"):
        write_csv(tmp_path / "none" / "x.csv", ["a"], [])
    path = tmp_path / "x.csv"
    write_csv(path, ["a"], [["old"]])

    def broken() -> object:
        yield ["new"]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_csv(path, ["a"], broken())  # type: ignore[arg-type]
    assert b"old" in path.read_bytes()
    assert [item.name for item in tmp_path.iterdir()] == ["x.csv"]
