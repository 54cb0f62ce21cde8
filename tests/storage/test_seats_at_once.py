"""Two who move one seat at the same moment, on a server: the second sees what the first did."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.attendance.seats import seats_of
from companion.basics.errors import Problem
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.apply_offers import take_begin, take_step
from companion.programme.incoming import take_in
from companion.programme.model import WorkspaceTx
from companion.programme.seat_steps import settle
from companion.storage.engine import Store, open_workspace
from companion.takeaways.code import code_of
from companion.takeaways.inbox import Reply
from companion.takeaways.letters import Letter
from storage.test_deciding_at_once import until_waiting

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
START = datetime(2026, 12, 10, 9, tzinfo=UTC)
DANA = Person("dana", "dana@ferro.example", "Dana Okafor", (), "Finance", "leader", 2)
ROSA = Person("rosa", "rosa@ferro.example", "Rosa Vidal", (), "Sales", "host")
OLA = Person("ola", "ola@ferro.example", "Ola Lind", (), "Operations", "ops")
Doing = Callable[[WorkspaceTx], object]


def moving(move: str, by: Person) -> Doing:
    return lambda tx: take_step(tx, {"id": "offer-1", "move": move, "by": by.email, "shared": True}, NOW)


def proposing(offer: str, meeting: str) -> Doing:
    body = {"id": offer, "meeting": meeting, "person": "dana", "came": "ops", "by": OLA.email, "shared": True}
    return lambda tx: take_begin(tx, body, NOW)


def mailing(tx: WorkspaceTx) -> None:
    take_in(tx, [Reply("mail1", code_of("offer-1"), "take", "token-1", DANA.email, "Dana", NOW, "")], NOW)


@pytest.fixture
def store(remote: str) -> Iterator[Store[WorkspaceTx]]:
    """Two reviews of one hour."""
    with closing(open_workspace(remote, lambda: NOW)) as made:
        with made.begin() as tx:
            tx.programme.put(replace(tx.programme.get(), zone="Europe/Amsterdam", start=date(2026, 1, 1)))
            for person in (DANA, ROSA, OLA):
                tx.people.put(person)
            tx.customers.put(Customer("kestrel", "Kestrel Plumbing Supply", host_email=ROSA.email))
            for key in ("m1", "m2"):
                tx.meetings.put(Meeting(
                    id=key, uid=key, rec_key="", title="Review", start=START, end=START + timedelta(hours=1),
                    all_day=False, zone="Europe/Amsterdam", status="confirmed", customer_id="kestrel", score=90, why=(),
                    host_email=ROSA.email,
                ))  # fmt: skip
        yield made


def offered(store: Store[WorkspaceTx]) -> None:
    with store.begin() as tx:
        proposing("offer-1", "m1")(tx)
        moving("allow", ROSA)(tx)
        facts = {"offer": "offer-1", "person": "dana", "token": "token-1", "number": 0, "says": "offer", "sequence": 0}
        tx.letters.add([Letter("l1", "seat_offer", DANA.email, "offer-1", NOW, NOW, facts)])


def at_once(store: Store[WorkspaceTx], remote: str, first: Doing, second: Doing) -> None:
    """The first has written and not committed; the second comes to where it waits, or ends."""
    done = threading.Event()

    def follow() -> None:
        with closing(open_workspace(remote, lambda: NOW)) as other, suppress(Problem), other.begin() as tx:
            second(tx)
        done.set()

    follower = threading.Thread(target=follow)
    with store.begin() as tx:
        first(tx)
        follower.start()
        until_waiting(remote, done)
    follower.join(20)
    assert done.is_set()


@pytest.mark.parametrize("second", [moving("take", DANA), mailing], ids=["take", "mail"])
@pytest.mark.parametrize(
    ("first", "state"), [(moving("veto", ROSA), "vetoed"), (moving("withdraw", OLA), "withdrawn")], ids=["veto", "back"]
)
def test_a_no_is_not_lost_to_a_yes(
    store: Store[WorkspaceTx], remote: str, first: Doing, second: Doing, state: str
) -> None:  # fmt: skip
    offered(store)
    at_once(store, remote, first, second)
    with store.begin(write=False) as tx:
        (offer,) = tx.offers.all()
        seats = seats_of(tx.meetings.some(["m1"]), tx.seats.evidence(["m1"]), NOW + timedelta(seconds=9))
    assert (offer.state, [seat.state for seat in seats]) == (state, ["open"])


def test_what_the_day_settles_looks_at_who_was_quicker(store: Store[WorkspaceTx], remote: str) -> None:
    """A week without an answer ends an offer, unless it is taken at that moment."""
    offered(store)
    at_once(store, remote, moving("take", DANA), lambda tx: settle(tx, NOW + timedelta(days=9)))
    with store.begin(write=False) as tx:
        assert [offer.state for offer in tx.offers.all()] == ["accepted"]


def test_nobody_is_asked_for_two_reviews_of_one_hour(store: Store[WorkspaceTx], remote: str) -> None:
    at_once(store, remote, proposing("offer-1", "m1"), proposing("offer-2", "m2"))
    with store.begin(write=False) as tx:
        assert [offer.id for offer in tx.offers.all()] == ["offer-1"]
