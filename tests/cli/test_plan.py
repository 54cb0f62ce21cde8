"""companion plan: seats with reasons, what was decided, and asking the hosts."""

from datetime import timedelta

import pytest

from companion.basics.clock import now
from fakes.commands import Cli


@pytest.fixture
def planned(ferro: Cli) -> Cli:
    """Two reviews with Kestrel next week and the week after, both in this year's plan or the next one's."""
    rows = "id,customer,start,end,timezone,host_email,title,link\n"
    for number in (2, 9):
        day = now().date() + timedelta(days=number)
        rows += f"r{number},Kestrel,{day}T10:00,{day}T11:00,Europe/Amsterdam,rosa@ferro.example,Review {number},\n"
    ferro("meetings", "import", ferro.file("meetings.csv", rows))
    ferro("programme", "set", "--year", "rolling")  # whatever day of the year the test runs on
    return ferro


def test_a_plan_says_why_and_what_would_help(planned: Cli) -> None:
    found = planned.json("plan")
    assert len(found["seats"]) == 2
    assert all(seat["person"].endswith("@ferro.example") and "needs" in seat["reason"] for seat in found["seats"])
    assert [item["needs"] for item in found["short"]] == [2]
    assert all(item["would_help"] for item in found["short"])
    assert (found["objective"], found["bound"], found["proven"], found["seed"]) == (
        found["bound"], found["bound"], True, 0,
    )  # fmt: skip
    assert planned.json("plan") == found
    said = planned("plan")
    assert "2 seats proposed. 1 leader stays short." in said
    assert "It would help: " in said
    assert "No better plan is possible." in said


def test_what_is_decided_is_listed_and_dropped(planned: Cli) -> None:
    first, second = (seat["meeting"] for seat in planned.json("plan")["seats"])
    planned("plan", "--not", first, "dana@ferro.example", "--not", first, "lev@ferro.example", "--reason", "too small")
    assert {seat["meeting"] for seat in planned.json("plan")["seats"]} == {second}
    rules = planned.json("plan", "--rules")
    assert [rule["reason"] for rule in rules] == ["too small", "too small"]
    assert "Dana Okafor does not sit at Kestrel Plumbing Supply, " in planned("plan", "--rules")
    planned("plan", *(part for rule in rules for part in ("--drop", rule["id"])))
    assert "Nothing is decided beforehand." in planned("plan", "--rules")
    planned("plan", "--close", second, "--pin", second, "lev@ferro.example")
    assert "Lev Brandt cannot be kept at Kestrel Plumbing Supply: nobody is to sit in that meeting." in planned.said
    planned("plan", "--drop", "zzzz", code=1)
    assert "No rule, or more than one, begins with zzzz." in planned.said


def test_the_hosts_are_asked(planned: Cli) -> None:
    found = planned.json("plan", "--offer")
    assert len(found["offers"]) == 2
    assert {seat["kind"] for seat in planned.json("plan")["seats"]} == {"agreed"}
    assert "There was nobody to ask." in planned("plan", "--offer")
