"""Whom the list of meetings names: it is no board of others' figures."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.cli.meetings import meeting_json
from companion.programme.model import House
from companion.programme.views.meetings import MeetingRow, meetings
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import OPS, as_

DANA, LEV, ROSA, AGNES, OLA = (f"{name}@ferro.example" for name in ("dana", "lev", "rosa", "agnes", "ola"))


@pytest.fixture
def house(made: Made) -> House:
    """Lev sat in three reviews, with Dana in the first; on Thursday he comes."""
    with made.house.workspace() as tx:
        tx.people.put(OPS)
    for day in (3, 4, 5):
        met(made.house, f"m{day}", datetime(2026, 11, day, 9, tzinfo=UTC))
        seated(made.house, f"m{day}", "lev", "attended", "host")
    seated(made.house, "m3", "dana", "attended", "host")
    seated(made.house, "m4", "dana", "missed", "host")
    met(made.house, "ahead", THURSDAY)
    seated(made.house, "ahead", "lev")
    made.time[0] += timedelta(minutes=1)
    return made.house


def rows(house: House, who: str) -> dict[str, MeetingRow]:
    return {row.meeting.id: row for row in meetings(as_(house, who)).rows}


def lev_in(found: dict[str, MeetingRow]) -> list[str]:
    return sorted(key for key, row in found.items() if any(seat.name == "Lev Brandt" for seat in row.seats))


@pytest.mark.parametrize("who", [AGNES, OLA])
def test_nobody_adds_up_somebodys_meetings_from_the_list(house: House, who: str) -> None:
    found = rows(house, who)
    assert lev_in(found) == (["ahead"] if who == OLA else []), "who runs the programme seats people"
    assert [found[key].others for key in ("m3", "m4", "m5")] == [2, 1, 1]
    assert found["ahead"].others == (0 if who == OLA else 1)
    assert not found["ahead"].open
    told = [meeting_json(row, "Europe/Amsterdam") for key, row in found.items() if key != "ahead"]
    assert "Lev" not in json.dumps(told, default=str)
    assert sorted(one["others"] for one in told) == [1, 1, 2]


def test_who_sat_there_and_the_host_know_with_whom(house: House) -> None:
    assert lev_in(rows(house, DANA)) == ["m3"], "not where she was to be and was not"
    assert lev_in(rows(house, ROSA)) == ["ahead", "m3", "m4", "m5"]
    assert all(row.others == 0 for row in rows(house, ROSA).values())


def test_who_comes_is_named_to_who_sits_with_them(house: House) -> None:
    seated(house, "ahead", "dana")
    assert lev_in(rows(house, DANA)) == ["ahead", "m3"]


def test_once_names_are_agreed_ops_alone_see_them(house: House) -> None:
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), names_agreed="BV 1", names_agreed_on=date(2026, 1, 1)))
    assert lev_in(rows(house, OLA)) == ["ahead", "m3", "m4", "m5"]
    assert lev_in(rows(house, AGNES)) == []
