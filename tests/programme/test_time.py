"""My time: from my own calendars, on this device alone."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.programme.sync import sync
from companion.programme.time import my_time, say_form
from fakes.house import Made
from fakes.ics import NOW, calendar, event
from storage.made import meeting

DAY = f"{NOW:%Y%m%d}"


def sat(made: Made) -> str:
    """A meeting in which Dana was yesterday, in a room; its id."""
    start = NOW - timedelta(days=1)
    met = replace(
        meeting(), customer_id="kestrel", start=start, end=start + timedelta(hours=1), link="", place="Room 4"
    )
    with made.house.workspace() as tx:
        tx.meetings.put(met)
        tx.seats.add(Evidence("e1", met.id, "dana", "self", "attended", "dana@ferro.example", NOW))
    return met.id


def test_my_hours_stand_beside_my_busy_hours(made: Made) -> None:
    house = replace(made.house, me="dana@ferro.example")
    sat(made)
    mine, other = made.account("Mine", "dana@ferro.example"), made.account("Theirs", "lev@ferro.example")
    hosts = made.account("Hosts", "dana@ferro.example", hosts=True)
    for source in (mine, other, hosts):
        source.members = {"a": calendar(event("dentist", f"{DAY}T090000Z", "CLASS:PRIVATE", title="Dentist Canary"))}
    sync(house)
    found = my_time(house, 2)
    assert sum(month.in_person for month in found.months) == 60
    assert found.months[-1].busy == 90, "of my own calendar alone"
    mine.members = {}
    sync(house, accept_fewer=True)
    assert my_time(house, 2).months[-1].busy == 0, "what goes takes its minutes along"


def test_a_form_said_by_hand_counts(made: Made) -> None:
    house = replace(made.house, me="dana@ferro.example")
    known = sat(made)
    assert say_form(house, known[:8], "video") == known
    assert my_time(house, 2).total.video == 60
    say_form(house, known, "")
    assert (my_time(house, 2).total.video, my_time(house, 2).total.in_person) == (0, 60)


def test_it_is_nobodys_until_somebody_says_who_works_here(made: Made) -> None:
    with pytest.raises(Problem, match="me_unset"):
        my_time(replace(made.house, me=""))


def test_nothing_of_it_is_in_the_workspace(made: Made) -> None:
    house = replace(made.house, me="dana@ferro.example")
    known = sat(made)
    mine = made.account("Mine", "dana@ferro.example")
    mine.members = {"a": calendar(event("dentist", f"{DAY}T090000Z", "CLASS:PRIVATE", title="Dentist Canary"))}
    sync(house)
    say_form(house, known, "phone")
    with closing(sqlite3.connect(house.paths.workspace)) as connection:
        dump = "\n".join(connection.iterdump())
    assert "Canary" not in dump
    assert "busy" not in dump
    assert "meeting_form" not in dump
    with closing(sqlite3.connect(house.paths.device)) as connection:
        assert connection.execute("SELECT form FROM meeting_form").fetchall() == [("phone",)]
        assert "Canary" not in "\n".join(connection.iterdump())
