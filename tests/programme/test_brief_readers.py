"""A brief quotes nothing that one of those who hold it may not read, and none is made for who has left."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.basics.errors import Problem
from companion.people.model import Person
from companion.programme import preparing
from companion.programme.enclosing import enclosed
from companion.programme.model import House
from companion.takeaways.letters import Letter, LetterParcel
from companion.takeaways.model import Takeaway
from fakes.house import Made
from fakes.ics import NOW
from fakes.meeting import met, seated
from fakes.post import as_

DANA, LEV, ROSA, OLA = (f"{name}@ferro.example" for name in ("dana", "lev", "rosa", "ola"))
SOON = NOW + timedelta(hours=30)
GONE = date(2026, 11, 1)


@pytest.fixture
def house(made: Made) -> House:
    """Dana comes to a review that Rosa holds; of an earlier one something was told."""
    met(made.house, "m0", NOW - timedelta(days=20))
    met(made.house, "m1", SOON)
    seated(made.house, "m1", "dana")
    with made.house.workspace() as tx:
        tx.people.put(Person("ola", OLA, "Ola", role="ops"))
    told(made.house, "all", author="lev", days=10)
    return replace(made.house, workspace_shared=True)


def told(house: House, name: str, audience: str = "company", *, author: str = "dana", days: int = 1, **more) -> None:
    with house.workspace() as tx:
        tx.takeaways.put(Takeaway(name, 1, author, "m0", "kestrel", audience, "H", "S", f"Said to {name}.",
                                  published=NOW - timedelta(days=days), **more))  # fmt: skip


def mailed(house: House, to: str, *, paper: bool = True) -> str:
    """What a letter with Dana's brief holds, its page included."""
    letter = Letter("l1", "brief", to, "m1", NOW, NOW, {"person": "dana", "day": "2026-11-20"})
    going = enclosed(replace(house, render_pdf=lambda html, *_: html.encode()), LetterParcel(letter), paper=paper)
    assert going.page
    return going.page.text + "".join(one.content.decode() for one in going.attachments)


@pytest.mark.parametrize("audience", ["team:Finance", "listeners", "me"])
def test_a_copy_that_somebody_else_prints_quotes_what_both_may_read(house, audience):
    told(house, "few", audience)
    with house.workspace() as tx:
        tx.people.put(replace(tx.people.get("dana"), assistants=(LEV,)))
    for who in (OLA, LEV):
        assert preparing.for_somebody(as_(house, who), "m1", DANA).quote.text == "Said to all."
    assert preparing.brief_for(house, "m1").quote.text == "Said to few.", "her own"


def test_a_copy_quotes_nothing_that_only_who_prints_it_may_read(house):
    told(house, "sales", "team:Sales", author="rosa")
    assert preparing.for_somebody(as_(house, ROSA), "m1", DANA).quote.text == "Said to all."


def test_a_mail_quotes_what_its_listener_may_read_and_the_hosts_what_both_may(house):
    told(house, "finance", "team:Finance")
    assert "Said to finance." in mailed(house, DANA)
    assert "Said to finance." in mailed(as_(house, ""), DANA), "whoever runs the desk"
    assert "Said to all." in mailed(house, ROSA)
    assert "Said to finance." not in mailed(house, ROSA)
    assert "Said to finance." not in mailed(as_(house, OLA), DANA, paper=False), "who looks at a run"


def test_what_is_for_its_author_alone_goes_by_no_mail(house):
    told(house, "me", "me")
    assert "Said to all." in mailed(house, DANA)
    assert "Said to me." not in mailed(house, DANA)


@pytest.mark.parametrize(
    "more",
    [{"held": NOW}, {"needs_yes": True}, {"out_at": NOW + timedelta(hours=1)},
     {"expires": NOW.date() - timedelta(days=1)}],
    ids=["held", "asked", "waiting", "expired"],
)  # fmt: skip
def test_what_its_own_author_told_and_is_not_out_stands_on_no_brief(house, more):
    told(house, "not yet", **more)
    assert preparing.brief_for(house, "m1").quote.text == "Said to all."
    assert "Said to not yet." not in mailed(house, DANA) + mailed(house, ROSA)


def leave(house: House, person: str) -> None:
    with house.workspace() as tx:
        tx.people.put(replace(tx.people.get(person), end=GONE))


def test_none_is_made_for_who_has_left_and_those_ahead_are_let_go(house):
    assert preparing.prepare_all(house) == 1
    leave(house, "dana")
    with pytest.raises(Problem) as problem:
        preparing.brief_for(house, "m1")
    assert problem.value.code == "brief_not_yours"
    with pytest.raises(Problem) as problem:
        preparing.for_somebody(as_(house, OLA), "m1", DANA)
    assert problem.value.code == "brief_not_yours"
    assert preparing.prepare_all(house) == 0
    assert preparing.kept(house) == []


@pytest.mark.parametrize("who", ["ola", "rosa"])
def test_who_has_left_prints_none(house, who):
    assert preparing.for_somebody(as_(house, f"{who}@ferro.example"), "m1", DANA).person == "Dana Okafor"
    leave(house, who)
    with pytest.raises(Problem) as problem:
        preparing.for_somebody(as_(house, f"{who}@ferro.example"), "m1", DANA)
    assert problem.value.code == "brief_not_for_you"


def test_who_listens_is_named_to_who_sits_there_the_host_and_who_may_see_names(house):
    seated(house, "m1", "lev")

    def named(who: str) -> set[str]:
        room = preparing.brief_for(as_(house, who), "m1").room
        return {one.name for one in room if one.ours and not one.host}

    assert named(DANA) == {"Lev Brandt"}
    assert named(ROSA) == {"Dana Okafor", "Lev Brandt"}
    with house.workspace() as tx:
        tx.people.put(Person("mei", "mei@ferro.example", "Mei Tan", role="leader"))
    assert named("mei@ferro.example") == set()
    assert named(OLA) == set()
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), names_agreed="Works agreement"))
    assert named(OLA) == {"Dana Okafor", "Lev Brandt"}
    assert named("mei@ferro.example") == set()
