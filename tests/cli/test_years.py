"""Targets, leave, what is counted by, closed years and the board, by command."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.basics.clock import now
from companion.bootstrap import build
from companion.cli.asking import house_of
from companion.people.model import Person
from companion.programme.model import House
from fakes.commands import Cli

TODAY = now().date()
LAST = str(TODAY.year - 1)


def attended(ferro: Cli, *days: date, who: str = "dana@ferro.example") -> None:
    meetings = "id,customer,start,end,timezone,host_email,title,link\n"
    seats = "email,customer,date,state,evidence\n"
    for day in days:
        meetings += f"{day},Kestrel,{day}T10:00,{day}T11:00,Europe/Amsterdam,rosa@ferro.example,Review,\n"
        seats += f"{who},Kestrel,{day},attended,host\n"
    ferro("meetings", "import", ferro.file("meetings.csv", meetings))
    ferro("seats", "import", ferro.file("seats.csv", seats))


def row(ferro: Cli, *options: str) -> dict[str, object]:
    found = ferro.json("board", *options)["rows"]
    return next(one for one in found if one["email"] == "dana@ferro.example")


def test_a_year_is_closed_and_amended(ferro: Cli) -> None:
    ferro("programme", "set", "--start", f"{LAST}-01-01")
    attended(ferro, date(TODAY.year - 1, 3, 4))
    assert "is closed" in ferro("years", "close", "last", "--reason", "agreed with the board")
    ferro("years", "close", LAST, "--reason", "again", code=1)
    assert "a year is closed once" in ferro.said
    (closed,) = ferro.json("years", "list")
    assert (closed["id"], closed["reason"]) == (LAST, "agreed with the board")
    assert "leaders reached what was expected." in closed["sentence"]
    attended(ferro, date(TODAY.year - 1, 5, 6))
    found = ferro.json("board", "--period", LAST)
    assert [(one["person"], one["figure"], one["old"], one["new"]) for one in found["amendments"]] == [
        ("Dana Okafor", "heard", "1", "2")
    ]
    assert row(ferro, "--period", LAST)["done"] == 1
    assert row(ferro, "--period", LAST, "--live")["done"] == 2
    said = ferro("years", "amendments", LAST)
    assert "Dana Okafor: heard 1, now 2. What was said of Kestrel Plumbing Supply on 6 May came in on" in said
    assert ferro.json("years", "show", LAST)["amendments"][0]["new"] == "2"
    assert "heard 1, now 2" in ferro("years", "show", LAST)
    assert "heard 1, now 2" in ferro("board", "--period", LAST)
    ferro("years", "close", str(TODAY.year), "--reason", "early", code=1)
    assert "--early" in ferro.said


def test_why_one_and_not_two(ferro: Cli) -> None:
    attended(ferro, TODAY - timedelta(days=3))
    said = ferro("board", "--why", "Dana Okafor", "--period", "rolling")
    assert said.splitlines()[0] == "Dana Okafor, heard in the last twelve months: 1"
    assert "+ Heard Kestrel Plumbing Supply on" in said
    assert "was there (Rosa" in said or "the host" in said
    found = ferro.json("board", "--why", "dana@ferro.example", "--period", "rolling", "--cell", "completed")
    assert (found["figure"], found["lines"][0]["code"]) == ("0", "tell_by")
    ferro("board", "--why", "dana@ferro.example", "--cell", "luck", code=1)
    assert "heard, completed, coming, expected, needs, state" in ferro.said


def test_targets_and_leave(ferro: Cli) -> None:
    ferro("targets", "set", "role:leader", "3", "--from", str(TODAY), "--reason", "a year of listening")
    assert "everybody with the role leader" in ferro("targets", "list")
    ferro("people", "leave", "dana@ferro.example", "--from", f"{TODAY.year}-02-01", "--to", f"{TODAY.year}-02-20")
    (leave,) = ferro.json("people", "leaves")
    assert (leave["person"], leave["kind"]) == ("Dana Okafor", "leave")
    assert "Dana Okafor" in ferro("people", "leaves")
    ferro("people", "leave", "dana@ferro.example", "--from", f"{TODAY.year}-02-01", "--drop")
    assert ferro.json("people", "leaves") == []
    ferro("people", "leave", "dana@ferro.example", "--from", f"{TODAY.year}-02-01", "--to", f"{TODAY.year}-02-20",
          "--kind", "flu", code=1)  # fmt: skip
    assert "leave, role_change, other" in ferro.said
    ferro("programme", "set", "--start", f"{LAST}-01-01")
    ferro("targets", "carry", "Lev Brandt", "1", "--approver", "rosa@ferro.example", "--reason", "two fell through")
    assert ferro.json("targets", "list")["carried"][0]["person"] == "Lev Brandt"
    assert "Lev Brandt" in ferro("targets", "list")
    lev = next(one for one in ferro.json("board")["rows"] if one["email"] == "lev@ferro.example")
    assert (lev["expected"], lev["carried"]) == (3, 1)


def test_what_the_programme_counts_by(ferro: Cli) -> None:
    said = ferro("programme", "set", "--year", "4", "--part-time", "on", "--holidays", "2026-12-25;2026-12-24",
                 "--visits", "3", "--who-sat", "off", "--weekly-yes", "on")  # fmt: skip
    for sentence in ("The year: from April to March", "Part time counts", "Holidays: 2026-12-24, 2026-12-25",
                     "A customer bears 3 listeners a year", "Hosts are not asked", "wait until ops"):  # fmt: skip
        assert sentence in said
    assert ferro.json("board")["period"]["label"].endswith("-03")
    assert "Noted." in ferro("people", "share", "dana@ferro.example", "50", "--reason", "half time")
    assert row(ferro, "--period", "calendar")["expected"] == 1
    ferro("programme", "set", "--year", "13", code=1)
    assert "calendar" in ferro.said
    ferro("people", "share", "dana@ferro.example", "0", "--reason", "r", code=1)
    with build(ferro.home, secrets_mode="session").workspace(write=False) as tx:
        told = [(one.what, one.old, one.new) for one in tx.programme.entries()]
    assert "programme.part_time" in [what for what, _, _ in told]
    assert ("person.share", "100", "50") in told


def test_the_board_is_narrowed(ferro: Cli) -> None:
    assert [one["person"] for one in ferro.json("board", "--team", "finance")["rows"]] == ["Dana Okafor"]
    ferro("board", "--team", "Nobody", code=1)
    assert "Finance, People" in ferro.said
    assert ferro.json("board", "--flag", "done")["rows"] == []
    ferro("board", "--flag", "lucky", code=1)
    assert "cannot_reach" in ferro.said
    ferro("board", "--team", "People", "--csv", str(ferro.folder / "team.csv"))
    text = (ferro.folder / "team.csv").read_text("utf-8-sig")
    assert "Lev Brandt" in text
    assert "Dana Okafor" not in text


def test_until_names_are_agreed_only_sums_of_teams_are_shown(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    house = build(ferro.home, secrets_mode="session")
    with house.workspace() as tx:
        for number in range(3):
            tx.people.put(Person(f"x{number}", f"x{number}@ferro.example", f"Xi {number}", (), "Legal", "leader", 2))
    house.close()

    @contextmanager
    def shared(options: argparse.Namespace) -> Iterator[House]:
        with house_of(options) as own:
            yield replace(own, workspace_shared=True)

    assert "Lev Brandt" in ferro("board")
    monkeypatch.setattr("companion.cli.board.house_of", shared)
    said = ferro("board")
    assert "Dana Okafor" in said
    assert "Lev Brandt" not in said
    assert "Xi" not in said
    assert "n = 5" in said
    found = ferro.json("board")
    assert not found["names"]
    assert [one["person"] for one in found["rows"]] == ["Dana Okafor"]
    assert "People" not in [one["team"] for one in found["teams"]]  # its one leader would be named by the sum
    ferro("board", "--why", "Lev Brandt", code=1)
    assert "only to ops" in ferro.said
