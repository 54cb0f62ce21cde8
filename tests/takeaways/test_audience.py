"""Who may read what, and where it may be shown: nothing reaches further than its audience."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from companion.basics.errors import Problem
from companion.people.model import Person
from companion.takeaways.audience import fits, may_read, parse, parse_bound, say, team_of
from takeaways.made import NOON, a_takeaway

INES = Person("p-ines", "ines@ferro.example", "Ines Prado", team="Safety")
MEI = Person("p-mei", "mei@ferro.example", "Mei Tan", team="Legal")
SAM = Person("p-sam", "sam@ferro.example", "Sam Reed", team=" safety ")
NOBODY = Person("p-new", "new@ferro.example", "New Here")


@pytest.mark.parametrize(
    ("text", "audience"),
    [(" Company", "company"), ("team: Supply  chain", "team:Supply chain"), ("LISTENERS", "listeners"), ("me", "me")],
)
def test_an_audience_has_one_form(text: str, audience: str) -> None:
    assert parse(text) == audience
    assert parse(parse(text)) == audience


@pytest.mark.parametrize("text", ["", "everyone", "team:", "team", "company:x", "me:"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Problem, match="audience_wrong"):
        parse(text)


@pytest.mark.parametrize("text", ["", "everyone", "team:"])
def test_an_audience_that_is_none_is_for_nobody(text: str) -> None:
    assert not may_read(a_takeaway(audience=text), replace(NOBODY, team=""), {"p-new"})
    assert may_read(a_takeaway(audience=text), INES, ())
    assert not fits(text, "")
    assert not fits(text, "company")
    assert say(text) == "for nobody"


def test_a_team_is_one_of_ours() -> None:
    assert parse("team:safety", ["Safety", "Legal"]) == "team:Safety"
    with pytest.raises(Problem, match="team_unknown") as caught:
        parse("team:Sales", ["Safety", "Legal"])
    assert caught.value.facts == {"team": "Sales", "known": "Legal, Safety"}


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("company", {"Ines", "Mei", "Sam", "New"}),
        ("team:Safety", {"Ines", "Sam"}),
        ("team:Legal", {"Ines", "Mei"}),
        ("listeners", {"Ines", "Mei"}),
        ("me", {"Ines"}),
    ],
)
def test_who_may_read(audience: str, readers: set[str]) -> None:
    may = {p.name.split()[0] for p in (INES, MEI, SAM, NOBODY) if may_read(a_takeaway(audience=audience), p, {"p-mei"})}
    assert may == readers


def test_a_withdrawn_one_is_only_its_authors() -> None:
    gone = a_takeaway(withdrawn=NOON)
    assert may_read(gone, INES, ())
    assert not may_read(gone, MEI, ())


@pytest.mark.parametrize(
    ("place", "takes"),
    [
        ("company", {"company"}),
        ("team:Safety", {"company", "team:Safety"}),
        ("team:Legal", {"company", "team:Legal"}),
        ("", {"company", "team:Safety", "team:Legal", "listeners"}),
    ],
)
def test_what_a_place_takes(place: str, takes: set[str]) -> None:
    every = ("company", "team:Safety", "team:Legal", "listeners", "me")
    assert {audience for audience in every if fits(audience, place)} == takes


def test_nothing_reaches_somebody_who_may_not_read_it() -> None:
    """Every reader of a place may read all that the place takes."""
    every = ("company", "team:Safety", "team:Legal", "listeners", "me")
    readers: dict[str, tuple[Any, ...]] = {"company": (MEI, SAM, NOBODY), "team:Safety": (SAM,), "team:Legal": (MEI,)}
    for audience, place in itertools.product(every, readers):
        if fits(audience, place):
            assert all(may_read(a_takeaway(audience=audience), reader, ()) for reader in readers[place])


@pytest.mark.parametrize("audience", ["listeners", "me"])
def test_no_place_is_bound_to_a_few(audience: str) -> None:
    with pytest.raises(Problem, match="site_audience"):
        parse_bound(audience)


def test_readers_see_it_in_words() -> None:
    assert say("team:Safety") == "for Safety"
    assert (team_of("team:Safety"), team_of("company")) == ("Safety", "")
    assert say("company") == "for everyone"
