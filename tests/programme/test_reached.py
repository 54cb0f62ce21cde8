"""Whom a takeaway reached hears of its correction and its withdrawal, whatever way it came to them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.people.model import Person
from companion.programme import channels, due, holding, outbox, postbag, publishing
from companion.programme.model import House
from companion.programme.publishing import Order
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Takeaway
from fakes.house import Made
from fakes.post import MEETING, Driver, Post, as_, ready

AGNES, ROSA = "agnes@ferro.example", "rosa@ferro.example"
SUNDAY, MONDAY = datetime(2026, 11, 22, 8, 5, tzinfo=UTC), datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def house(made: Made, post: Post) -> House:
    return ready(made, post)


@pytest.fixture
def weekly(house: House, made: Made) -> Takeaway:
    """A team's takeaway that goes out on Monday with the weekly mail, to Agnes and three more."""
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), digest="mon 09:00"))
        for name in ("p0", "p1", "p2"):
            tx.people.put(Person(name, f"{name}@ferro.example", name, (), "Finance"))
    made.time[0] = SUNDAY
    takeaway = publishing.publish(house, MEETING, "By the tide", "team:Finance", Order())
    outbox.run(house)
    made.time[0] = MONDAY
    return takeaway


@pytest.mark.parametrize("verb", ["correct", "withdraw"])
def test_whom_a_replaced_channel_reached_is_told_by_the_post(house: House, post: Post, verb: str) -> None:
    takeaway = publishing.publish(house, MEETING, "By the tide", "team:Finance", Order(("Mail",), (AGNES,)))
    outbox.run(house)
    channels.add_smtp(house, "Mail2", "mail.example:587", "starttls", "", "desk@ferro.example")
    channels.set_post(house, "Mail2")
    channels.remove(house, "Mail")
    if verb == "correct":
        publishing.correct(house, takeaway.id, "It was the tide of six.", {"scene": "They plan by the tide of six."})
    else:
        publishing.withdraw(house, takeaway.id)
    outbox.run(house)
    assert ("Mail2", AGNES, 2 if verb == "correct" else 0) in post.sent


def test_who_read_it_in_the_weekly_mail_gets_its_correction(
    house: House, made: Made, post: Post, weekly: Takeaway
) -> None:
    due.run(house)
    assert ("digest", AGNES) in post.letters
    publishing.correct(house, weekly.id, "It was the tide of six.", {"scene": "They plan by the tide of six."})
    due.run(house)
    assert ("Mail", AGNES, 2) in post.sent
    made.time[0] += timedelta(days=7)
    due.run(house)
    assert post.letters.count(("digest", AGNES)) == 1, "nobody reads the same story twice"


@pytest.mark.parametrize("verb", ["hold", "withdraw", "correct", "leave"])
def test_stopped_while_the_weekly_mails_go_out_the_rest_go_without_it(
    house: House, made: Made, post: Post, weekly: Takeaway, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    def leave() -> None:
        with house.workspace() as tx:
            for person in tx.people.all():
                tx.people.put(replace(person, team="People"))

    stops: dict[str, Callable[[], object]] = {
        "hold": lambda: holding.hold(as_(house, ROSA), weekly.id, "stop"),
        "withdraw": lambda: publishing.withdraw(house, weekly.id),
        "correct": lambda: publishing.correct(house, weekly.id, "At six.", {"scene": "They plan by the tide of six."}),
        "leave": leave,
    }
    shown: list[list[int]] = []

    def write(_: Driver, parcel: LetterParcel) -> None:
        if parcel.letter.kind == "digest" and not parcel.todo:
            shown.append([one.takeaway.revision for one in parcel.parcels])
            if len(shown) == 1:
                stops[verb]()

    monkeypatch.setattr(Driver, "write", write)
    due.digest.make(house)
    postbag.send(house)
    assert (shown[0], len(shown)) == ([1], 4 if verb == "correct" else 1)
    assert all(one == [2] for one in shown[1:])
