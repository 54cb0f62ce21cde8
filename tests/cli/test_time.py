"""My time by command: months as a table or as JSON, and how a meeting was held."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.attendance.model import Evidence
from companion.basics.clock import now
from companion.bootstrap import opened
from fakes.commands import Cli
from storage.made import meeting

YESTERDAY = now().replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=1)


@pytest.fixture
def sat(ferro: Cli) -> Cli:
    """Dana sat with a customer for an hour and a half yesterday."""
    met = replace(
        meeting(),
        customer_id="kestrel",
        start=YESTERDAY,
        end=YESTERDAY + timedelta(minutes=90),
        link="",
        place="Room 4",
    )
    with opened(ferro.home) as house, house.workspace() as tx:
        tx.meetings.put(met)
        tx.seats.add(Evidence("e1", met.id, "dana", "self", "attended", "dana@ferro.example", now()))
    ferro.meeting = met.id  # type: ignore[attr-defined]
    return ferro


def test_people_and_programs_are_told_the_same(sat: Cli) -> None:
    found = sat.json("time")
    assert len(found["months"]) == 12
    assert (found["total"]["meetings"], found["total"]["in_person"], found["total"]["busy"]) == (1, 90, None)
    assert len(sat.json("time", "--months", "2")["months"]) == 2
    said = sat("time")
    assert "1 h 30 min" in said
    assert "Telephone" in said
    assert "no calendar of yours was read" in said
    assert "only minutes are kept" in said


def test_how_a_meeting_was_held_is_put_right_and_taken_back(sat: Cli) -> None:
    held = sat.meeting  # type: ignore[attr-defined]
    assert sat.json("time", "form", held, "phone") == {"id": held}
    assert sat.json("time")["total"]["phone"] == 90
    assert "on this computer alone" in sat("time", "form", held, "unsaid")
    assert sat.json("time")["total"]["in_person"] == 90


def test_bad_input_is_a_sentence(sat: Cli) -> None:
    sat("time", "form", "nothing", "video", code=1)
    assert "nothing" in sat.said
    for wrong in (("form", sat.meeting, "by mule"), ("--months", "many")):  # type: ignore[attr-defined]
        with pytest.raises(SystemExit):
            sat("time", *wrong)
    for months in ("0", "49"):
        sat("time", "--months", months, code=1)
        assert f"{months} is no number of months from 1 to 48" in sat.said


def test_who_nobody_knows_is_told_so(sat: Cli) -> None:
    sat("me", "nobody@ferro.example")
    sat("time", code=1)
    assert "nobody@ferro.example" in sat.said
