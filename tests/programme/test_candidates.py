"""Who might sit in a review, best first, and to whom their figures are shown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.people.model import Leave, Person
from companion.programme import offers, people, seats
from companion.programme.views.candidates import candidates
from desktop.made import ME, NOW, build, lay_out

MEI, ROSA = "mei.tan@ferro.example", "rosa.vidal@ferro.example"


@pytest.fixture
def house(tmp_path):
    lay_out(tmp_path / "home")
    made = build(tmp_path / "home")
    with made.workspace() as tx:
        for name in ("Lev Brandt", "Ana Costa"):
            tx.people.put(Person(name[:3], f"{name[:3].lower()}@ferro.example", name, team="People", role="leader"))
    yield people.set_me(made, ROSA)
    made.close()


def december(house):
    with house.workspace(write=False) as tx:
        return next(one.id for one in tx.meetings.everything() if one.start > NOW + timedelta(days=10))


def told(house):
    return [(one.name, one.needs, one.new) for one in candidates(house, december(house)).able]


def test_who_needs_most_and_has_never_heard_them_comes_first(house):
    with house.workspace(write=False) as tx:
        past = next(one.id for one in tx.meetings.everything() if one.title == "Quarterly review" and one.end < NOW)
    seats.set_state(house, past, ME, "attended", "host")
    seats.set_state(house, past, "Lev", "attended", "host")
    assert told(house) == [("Ana Costa", 2, True), ("Mei Tan", 2, True), ("Lev Brandt", 1, False),
                           ("Dana Okafor", 0, False)]  # fmt: skip


def test_who_cannot_is_counted_and_not_listed(house):
    key = december(house)
    with house.workspace() as tx:
        tx.people.put_leave(Leave("Lev", NOW.date(), (NOW + timedelta(days=40)).date(), "parental"))
    refused = offers.propose(house, key, "Ana Costa")
    offers.allow(house, refused.id, False)
    found = candidates(house, key)
    assert [one.name for one in found.able] == ["Mei Tan", "Dana Okafor"]
    assert found.unable == (("seat_on_leave", 1), ("seat_ruled_out", 1))


def test_who_may_not_see_figures_sees_names_by_the_alphabet(house):
    key = december(house)
    found = candidates(replace(house, workspace_shared=True), key)
    assert not found.named
    assert [(one.name, one.needs, one.new) for one in found.able] == [
        ("Ana Costa", None, False), ("Dana Okafor", None, False), ("Lev Brandt", None, False), ("Mei Tan", None, False)
    ]  # fmt: skip


def test_nobody_is_proposed_in_their_own_place(house):
    key = december(house)
    with house.workspace(write=False) as tx:
        mei = tx.people.by_address(MEI)
    assert "Mei Tan" not in [one.name for one in candidates(house, key, instead_of=mei.id).able]
