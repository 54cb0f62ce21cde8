"""report, statement, exports, imports and privacy by command."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook

from fakes.commands import Cli
from fakes.ics import calendar, event


def stamp(days: int) -> str:
    at = datetime.now(UTC).replace(hour=11, minute=0, second=0, microsecond=0) + timedelta(days=days)
    return f"{at:%Y%m%dT%H%M%SZ}"


PAST = "email,customer,date,state,evidence\n"


def past_day(ferro: Cli) -> str:
    return str(ferro.json("meetings", "--all", "--from", "2020-01-01")[0]["start"])[:10]


def seated(ferro: Cli) -> None:
    path = ferro.file("work.ics", calendar(event("past", stamp(-3), answer="ACCEPTED")))
    ferro("accounts", "add", "ics", "Work", path)
    ferro("sync")


def test_the_report_in_every_form(ferro: Cli, tmp_path: Path) -> None:
    assert ferro("report").startswith("# Customer meetings of back-office leaders")
    page, paper, text = (str(tmp_path / f"r.{kind}") for kind in ("html", "pdf", "md"))
    assert ferro("report", "--html", page, "--pdf", paper, "--md", text) == ""
    assert "default-src 'none'" in Path(page).read_text()
    assert Path(paper).read_bytes().startswith(b"%PDF-")
    assert ferro.json("report", "--period", "2025")["sections"][0]["heading"] == "By team"
    ferro("report", "--period", "sometime", code=1)


def test_the_statement_of_oneself_and_of_others(ferro: Cli) -> None:
    assert "Customer meetings of Dana Okafor" in ferro("statement")
    assert "Customer meetings of Lev Brandt" in ferro("statement", "lev@ferro.example")
    ferro("statement", "nobody@ferro.example", code=1)


def test_the_data_sheet_and_the_agreement(ferro: Cli, tmp_path: Path) -> None:
    assert "# Co ten program przechowuje" in ferro("privacy", "sheet", "--language", "pl")
    ferro("privacy", "sheet", "--html", str(tmp_path / "s.html"))
    assert '<html lang="en">' in (tmp_path / "s.html").read_text()
    assert ferro.json("privacy", "agree")["text"] == ""
    ferro("privacy", "agree", "--text", "Works agreement 12/2026", code=1)
    assert "--on" in ferro.said
    found = ferro.json("privacy", "agree", "--text", "Works agreement 12/2026", "--on", "2026-01-01")
    assert (found["text"], found["by"], found["needed"]) == ("Works agreement 12/2026", "dana@ferro.example", False)
    ferro("privacy", "agree", "--take-back", code=1)
    ferro("privacy", "agree", "--take-back", "--reason", "it ended")
    assert ferro.json("privacy", "agree")["text"] == ""


def test_past_attendance_there_and_back(ferro: Cli) -> None:
    seated(ferro)
    row = f"dana@ferro.example,Kestrel,{past_day(ferro)},attended,host\n"
    path = ferro.file("past.csv", PAST + row + "x@y.example,Kestrel,2026-01-01,attended,\n")
    said = ferro("seats", "import", path, "--dry-run")
    assert "Dana Okafor" in said
    assert "unknown" in said
    assert "x@y.example" in ferro.said
    assert ferro.json("seats", "imports") == []
    found = ferro.json("seats", "import", path)
    assert [(one["person"], one["after"], one["new"]) for one in found["rows"]] == [("Dana Okafor", "attended", True)]
    assert len(found["id"]) == 1
    assert ferro.json("seats", "import", path, code=1)["id"] == []  # of what it says one row is bad, and one is known
    assert ferro.json("seats", "imports")[0]["name"] == "past.csv"
    assert "1 statement taken back" in ferro("seats", "undo-import", found["batch"][:8], "--reason", "a slip")
    ferro("seats", "undo-import", found["batch"][:8], code=1)


def test_seats_and_board_as_tables_for_spreadsheets(ferro: Cli, tmp_path: Path) -> None:
    seated(ferro)
    book, table = tmp_path / "s.xlsx", tmp_path / "b.csv"
    assert ferro.json("seats", "export", str(book))["rows"] == 1
    assert load_workbook(book).sheetnames == ["About", "Seats", "Evidence"]
    ferro("board", "--csv", str(table))
    rows = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    assert rows[0][:2] == ["Leader", "Address"]
    assert "never counts as absent" in (tmp_path / "b-about.csv").read_text("utf-8-sig")
