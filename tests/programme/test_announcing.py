"""The host is told before everyone: only a notice that has gone lets the day run that a takeaway waits."""

from datetime import datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import due, holding, outbox, postbag, publishing
from companion.programme.model import House
from companion.programme.publishing import Order
from companion.takeaways.letters import Letter, LetterParcel
from companion.takeaways.model import Takeaway, Unsure
from companion.words.desk import waits
from fakes.house import Made
from fakes.post import MEETING, OPS, Driver, Post, as_, ready

AGNES, ROSA = "agnes@ferro.example", "rosa@ferro.example"
WEEKEND = timedelta(hours=60)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def house(made: Made, post: Post) -> House:
    return ready(made, post)


@pytest.fixture
def takeaway(house: House) -> Takeaway:
    return publishing.publish(house, MEETING, "By the tide", "company", Order(("Mail", "Site"), (AGNES,)))


def kept(house: House, takeaway: Takeaway) -> Takeaway:
    with house.workspace(write=False) as tx:
        found = tx.takeaways.get(takeaway.id)
    assert found
    return found


def letters_of(house: House, kind: str) -> list[Letter]:
    return [letter for letter in postbag.all_of(house) if letter.kind == kind]


def test_after_a_weekend_without_a_desk_the_hosts_day_begins_with_the_notice(
    house: House, made: Made, post: Post, takeaway: Takeaway
) -> None:
    assert waits(kept(house, takeaway), made.time[0], "UTC").startswith("It waits until the host has been told")
    made.time[0] += WEEKEND
    due.run(house)
    due.run(house)
    assert (post.sent, post.shown, post.letters) == ([], {}, [("host_notice", ROSA)])
    (notice,) = letters_of(house, "host_notice")
    assert datetime.fromisoformat(notice.facts["out_at"]) == made.time[0] + timedelta(hours=24)
    assert kept(house, takeaway).out_at == made.time[0] + timedelta(hours=24), "as the notice says"
    made.time[0] += timedelta(hours=24)
    due.run(house)
    assert (post.sent, post.shown) == ([("Mail", AGNES, 1)], {"Site": ["By the tide"]})


def test_a_notice_that_cannot_arrive_leads_to_a_yes_of_somebody_else(
    house: House, made: Made, post: Post, takeaway: Takeaway, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[LetterParcel] = []

    def write(_: Driver, parcel: LetterParcel) -> None:
        if parcel.letter.recipient == ROSA:
            raise Problem("mail_recipient_unknown", host="h", status=550, recipient=ROSA, final="1")
        asked.append(parcel)

    monkeypatch.setattr(Driver, "write", write)
    for _ in range(3):
        due.run(house)
        made.time[0] += timedelta(hours=25)
    assert (post.sent, post.shown) == ([], {})
    assert [(p.letter.kind, p.letter.recipient, p.letter.facts["why"]) for p in asked] == [
        ("host_yes", OPS.email, ["untold"])
    ]
    holding.agree(as_(house, OPS.email), takeaway.id)
    due.run(house)
    assert post.sent == [("Mail", AGNES, 1)]


def test_a_host_who_left_before_the_notice_went_is_not_waited_for(
    house: House, made: Made, post: Post, takeaway: Takeaway
) -> None:
    with house.workspace() as tx:
        rosa = tx.people.by_address(ROSA)
        assert rosa
        tx.people.put(type(rosa)(**{**vars(rosa), "end": (made.time[0] - timedelta(days=2)).date()}))
    due.run(house)
    due.run(house)
    assert (kept(house, takeaway).needs_yes, post.letters) == (True, [("host_yes", OPS.email)])


def test_nobody_knows_whether_the_notice_arrived_so_it_waits_until_somebody_does(
    house: House, made: Made, post: Post, takeaway: Takeaway, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_: Driver, parcel: LetterParcel) -> None:
        raise Unsure

    with monkeypatch.context() as unsure:
        unsure.setattr(Driver, "write", write)
        due.run(house)
    made.time[0] += WEEKEND
    due.run(house)
    assert post.sent == []
    postbag.it_arrived(house, letters_of(house, "host_notice")[0].id)
    outbox.run(house)
    assert post.sent == [("Mail", AGNES, 1)]


def test_a_yes_needs_no_notice(house: House, post: Post, takeaway: Takeaway) -> None:
    holding.agree(as_(house, ROSA), takeaway.id)
    outbox.run(house)
    assert post.sent == [("Mail", AGNES, 1)]
