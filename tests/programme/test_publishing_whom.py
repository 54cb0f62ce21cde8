"""To whom it goes, and that nothing goes past who was asked: addresses, corrections, tellings."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.people.model import Person
from companion.programme import composing, due, holding, outbox, publishing, telling
from companion.programme.model import House
from companion.programme.publishing import Order
from companion.takeaways.model import Takeaway
from fakes.house import AGNES, DANA, KESTREL, Made
from fakes.post import MEETING, Post, as_, ready

MAIL = Order(("Mail",), ("agnes@ferro.example",))


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def house(made: Made, post: Post) -> House:
    return ready(made, post)


def published(house: House, audience: str = "team:Finance", order: Order = MAIL, **changes: object) -> Takeaway:
    return publishing.publish(house, MEETING, "By the tide", audience, order, changes=changes)


@pytest.mark.parametrize("address", ["everybody@ferro.example", "all@ferro.example", "x@gmail.example"])
def test_a_teams_takeaway_asks_before_it_goes_where_nobody_can_say_who_reads(house: House, address: str) -> None:
    with house.workspace() as tx:
        tx.people.put(Person("all", "all@ferro.example", "All", (), "", "group"))
    with pytest.raises(Problem, match="recipients_outside") as told:
        published(house, order=Order(("Mail",), ("agnes@ferro.example", address)))
    assert told.value.facts["addresses"] == address
    assert published(house, order=Order(("Mail",), (address,), outside_ok=True)).revision == 1


def test_what_is_for_everyone_asks_only_for_other_firms(house: House) -> None:
    assert published(house, "company", Order(("Mail",), ("everybody@ferro.example",))).revision == 1
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), our_domains=()))
    with pytest.raises(Problem, match="recipients_outside"):
        published(house, "company", Order(("Mail",), ("everybody@ferro.example",)))


@pytest.mark.parametrize("audience", ["team:Finance", "me", "listeners"])
def test_a_correction_is_for_whom_the_first_version_was(house: House, audience: str) -> None:
    first = published(house, "company")
    with pytest.raises(Problem, match="correction_other_audience"):
        publishing.correct(house, first.id, "Only for some", {"audience": audience, "scene": "New."})
    assert composing.find(house, first.id) == first
    assert publishing.correct(house, first.id, "The moon", {"audience": "Company", "scene": "New."}).revision == 2


@pytest.mark.parametrize("changes", [{"correction": "Past the host"}, {"origins": (("quote", "verbatim"),)}])
def test_after_a_yes_no_other_word_goes_past_the_host(house: House, post: Post, changes: dict[str, object]) -> None:
    with house.workspace() as tx:
        tx.customers.put(replace(KESTREL, nda=True, public_name="A shop"))
    heard = {"origins": (("quote", "interpretation"), ("scene", "interpretation"))}
    first = published(house, **heard)
    holding.agree(as_(house, "rosa@ferro.example"), first.id)
    outbox.run(house)
    again = published(house, **{**heard, **changes})
    assert (again.id, again.revision, again.needs_yes) == (first.id, 2, True)
    outbox.run(house)
    assert post.sent == [("Mail", "agnes@ferro.example", 1)]


def test_published_again_as_it_stands_it_keeps_its_correction_and_goes_nowhere_twice(house: House, post: Post) -> None:
    published(house)
    outbox.run(house)
    second = publishing.correct(house, composing.all_of(house)[0].id, "The moon", {"scene": "By the moon."})
    outbox.run(house)
    again = published(house, scene="By the moon.", origins=tuple(reversed(second.origins)))
    outbox.run(house)
    assert (again.revision, again.correction) == (2, "The moon")
    assert [revision for _, _, revision in post.sent] == [1, 2]


def test_a_team_that_is_spelt_another_way_by_now_has_the_same_takeaway(house: House) -> None:
    first = published(house)
    with house.workspace() as tx:
        for person in (DANA, AGNES):
            tx.people.put(replace(person, team="FINANCE"))
    assert published(house, "team:finance", scene="By the moon.").id == first.id


def test_a_telling_of_somebody_without_a_team_stops_nobody(house: House) -> None:
    with house.workspace() as tx:
        tx.people.put(replace(DANA, team=""))
    assert telling.tell(house, MEETING, house.clock().date(), "By the tide", "We lose a crew day.").audience == "me"
    assert composing.all_of(as_(house, "agnes@ferro.example")) == []


def test_an_audience_that_is_none_is_readable_by_nobody_and_stops_nothing(house: House, made: Made, post: Post) -> None:
    first = published(house)
    with house.workspace() as tx:
        tx.takeaways.put(replace(first, id="bad", meeting_id="", audience="team:"))
    assert [one.id for one in composing.all_of(as_(house, "agnes@ferro.example"))] == [first.id]
    made.time[0] += timedelta(minutes=1)
    assert [step.name for step in due.run(house).steps if step.failed] == []
    assert post.sent == [("Mail", "agnes@ferro.example", 1)]


def test_who_is_named_by_two_addresses_gets_it_once(house: House, post: Post) -> None:
    with house.workspace() as tx:
        tx.people.put(replace(AGNES, aliases=("a.moll@ferro.example",)))
    published(house, order=Order(("Mail",), ("a.moll@ferro.example", AGNES.email)))
    outbox.run(house)
    assert post.sent == [("Mail", AGNES.email, 1)]


def test_corrections_and_withdrawals_follow_who_changed_their_address(house: House, post: Post) -> None:
    first = published(house)
    outbox.run(house)
    new = "agnes.new@ferro.example"
    with house.workspace() as tx:
        tx.people.put(replace(AGNES, email=new, aliases=(AGNES.email,)))
    assert published(house).revision == 1  # the same again is not sent twice
    publishing.correct(house, first.id, "The moon", {"scene": "New."})
    outbox.run(house)
    publishing.withdraw(house, first.id)
    outbox.run(house)
    hers = [message for message in post.sent if message[1] != "rosa@ferro.example"]  # the host had a copy
    assert hers == [("Mail", AGNES.email, 1), ("Mail", new, 2), ("Mail", new, 0)]
