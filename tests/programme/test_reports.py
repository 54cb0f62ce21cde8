"""Tables for spreadsheets: what they say, whom they name, and that no cell is ever a formula."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from companion.customers.model import Customer
from companion.people.model import Person
from companion.programme import seats
from companion.programme.agreement import record, take_back
from companion.programme.model import House
from companion.programme.reports import Chosen, board_tables, save, seat_tables
from companion.programme.sync import sync
from fakes.house import DANA, LEV, Made
from fakes.ics import calendar, event

OLGA = Person("olga", "olga@ferro.example", "Olga Brandt", (), "Office", "ops")
RISKS = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "'=1")


@pytest.fixture
def heard(made: Made) -> Made:
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", "20261110T130000Z", answer="ACCEPTED"))
    }
    sync(made.house)
    with made.house.workspace() as tx:
        meeting = tx.meetings.everything()[0]
    seats.set_state(made.house, meeting.id, "dana@ferro.example", "attended", "host", reason="=1+1")
    return made


def shared(house: House, me: str) -> House:
    return replace(house, workspace_shared=True, me=me)


def with_teams(house: House, **sizes: int) -> None:
    with house.workspace() as tx:
        tx.people.put(OLGA)
        for team, number in sizes.items():
            for one in range(number):
                key = f"{team.lower()}{one}"
                tx.people.put(Person(key, f"{key}@ferro.example", f"{team} {one}", (), team, "leader", 2))


def names(house: House) -> set[str]:
    return {str(row[0]) for row in board_tables(house).sheets[0].rows}


def teams(house: House) -> dict[str, int]:
    return {str(row[0]): int(str(row[1])) for row in board_tables(house).sheets[1].rows}


def test_the_board_tells_days_as_days_and_how_it_counts(heard: Made) -> None:
    made = board_tables(heard.house)
    row = next(row for row in made.sheets[0].rows if row[0] == DANA.name)
    cells = dict(zip(made.sheets[0].header, row, strict=True))
    assert (cells["Heard"], cells["Last heard"], cells["Last heard on"]) == (
        1, "Kestrel Plumbing Supply", date(2026, 11, 10),
    )  # fmt: skip
    told = "\n".join(made.about)
    for part in ("1 January 2026 to 31 December 2026", "dana@ferro.example", "2 rows", "leader: 2", "No filter"):
        assert part in told
    kestrel = dict(zip(made.sheets[2].header, made.sheets[2].rows[0], strict=True))
    assert (kestrel["Meetings"], kestrel["Heard in"], kestrel["Listeners"]) == (1, 1, 1)


def test_a_filter_is_said_and_kept_to(heard: Made) -> None:
    made = board_tables(heard.house, chosen=Chosen(frozenset({"lev"}), ("team: People",)))
    assert [row[0] for row in made.sheets[0].rows] == [LEV.name]
    assert "Filters: team: People." in made.about
    assert "1 row, of 2 leaders." in made.about


def test_seats_come_with_every_statement(heard: Made) -> None:
    made = seat_tables(heard.house)
    assert len(made.sheets[0].rows) == 1
    statements = [dict(zip(made.sheets[1].header, row, strict=True)) for row in made.sheets[1].rows]
    assert {(one["Whose word"], one["Says"]) for one in statements} == {("calendar", "accepted"), ("host", "attended")}
    assert all(isinstance(one["Said at"], datetime) and one["Said at"].tzinfo is None for one in statements)


def test_in_a_shared_workspace_names_wait_for_the_agreement(heard: Made) -> None:
    with_teams(heard.house, Finance=2, Legal=3)
    ops, dana = shared(heard.house, OLGA.email), shared(heard.house, DANA.email)
    assert names(ops) == set()
    assert names(dana) == {DANA.name}
    record(ops, "Works agreement 12/2026", heard.time[0].date())
    assert LEV.name in names(ops)
    assert names(dana) == {DANA.name}
    take_back(ops, "it was called off")
    assert names(ops) == set()
    assert {row[0] for row in seat_tables(ops).sheets[0].rows} == set()


def test_a_team_of_one_is_never_a_sum_of_its_own(heard: Made) -> None:
    with_teams(heard.house, Finance=2, Legal=4, IT=1)
    # People has 1, IT has 1: together 2 are still too few, so the smallest other team joins them
    assert teams(shared(heard.house, OLGA.email)) == {"Legal": 4, "other teams": 5}
    assert teams(heard.house) == {"Finance": 3, "IT": 1, "Legal": 4, "People": 1}


def test_too_few_to_be_summed_are_not_told_at_all(heard: Made) -> None:
    assert teams(shared(heard.house, DANA.email)) == {}


def written(house: House, folder: Path) -> Callable[[str], Path]:
    made = seat_tables(house)
    rows = tuple((*row[:5], risk, *row[6:]) for row in made.sheets[0].rows for risk in RISKS)
    sheets = (replace(made.sheets[0], rows=rows), *made.sheets[1:])
    save(house, replace(made, sheets=sheets), csv=str(folder / "s.csv"), xlsx=str(folder / "s.xlsx"))
    return lambda name: folder / name


def test_no_cell_is_a_formula_in_either_form(heard: Made, tmp_path: Path) -> None:
    at = written(heard.house, tmp_path)
    book = load_workbook(at("s.xlsx"))
    assert book.sheetnames == ["About", "Seats", "Evidence"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert any(cell.is_date for cell in cells)
    for name in ("s.csv", "s-about.csv"):
        data = at(name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        for row in csv.reader(data.decode("utf-8-sig").splitlines()):
            assert [cell for cell in row if cell.strip(" \u00a0")[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


def test_a_customer_without_meetings_is_told_as_never_heard(heard: Made) -> None:
    with heard.house.workspace() as tx:
        tx.customers.put(Customer("arden", "Arden Żółć"))
    rows = board_tables(heard.house).sheets[2].rows
    assert next(row for row in rows if row[0] == "Arden Żółć")[4:9] == (0, 0, 0, None, 0)
