"""Two who decide about one takeaway at the same moment, on a server: the second sees what the first did."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest

from companion.basics.clock import now
from companion.customers.model import Customer
from companion.people.model import Person
from companion.programme.apply_takeaways import take_hold, take_takeaway, take_yes
from companion.programme.codec import to_json
from companion.programme.model import WorkspaceTx
from companion.storage.engine import open_workspace
from companion.takeaways.model import Takeaway
from storage.made import NOON

DANA = Person("dana", "dana@ferro.example", "Dana Okafor")
ROSA = Person("rosa", "rosa@ferro.example", "Rosa Vidal", (), "Sales", "host")
OLA = Person("ola", "ola@ferro.example", "Ola Lind", (), "Operations", "ops")
SHOP = Customer("shop", "Kestrel Plumbing Supply", host_email="rosa@ferro.example")
TOLD = Takeaway("t1", 1, "dana", "", "shop", "company", "By the tide", scene="At night.", published=NOON)


def hold(tx: WorkspaceTx) -> None:
    take_hold(tx, {"id": "t1", "by": ROSA.email, "why": "They forbid it"}, NOON)


def agree(tx: WorkspaceTx) -> None:
    take_yes(tx, {"id": "t1", "by": OLA.email}, NOON)


def correct(tx: WorkspaceTx) -> None:
    new = to_json(replace(TOLD, revision=2, scene="By the moon.", correction="The moon"))
    take_takeaway(tx, {"takeaway": new, "deliveries": [], "by": DANA.email}, NOON)


@pytest.mark.parametrize(("first", "second"), [(agree, hold), (hold, correct), (correct, hold)])
def test_a_hold_is_not_lost(
    remote: str, first: Callable[[WorkspaceTx], None], second: Callable[[WorkspaceTx], None]
) -> None:
    with closing(open_workspace(remote, now)) as one, closing(open_workspace(remote, now)) as two:
        with one.begin() as tx:
            for person in (DANA, ROSA, OLA):
                tx.people.put(person)
            tx.customers.put(SHOP)
            tx.takeaways.put(replace(TOLD, needs_yes=first is agree))
        read, done = threading.Event(), threading.Event()

        def follow() -> None:
            read.wait(10)
            with two.begin() as tx:
                second(tx)
            done.set()

        follower = threading.Thread(target=follow)
        follower.start()
        with one.begin() as tx:
            put = tx.takeaways.put

            def late(takeaway: Takeaway) -> None:
                # Read, not yet written: the other one goes ahead now, or waits for this one.
                read.set()
                until_waiting(remote, done)
                put(takeaway)

            tx.takeaways.put = late  # type: ignore[method-assign]
            first(tx)
        follower.join(20)
        with one.begin(write=False) as tx:
            found = tx.takeaways.get("t1")
    assert done.is_set()
    assert found is not None
    assert found.held_by == "Rosa Vidal"
    assert found.revision == (2 if correct in (first, second) else 1)


def until_waiting(server: str, done: threading.Event) -> None:
    """Until another client waits for a lock, or is done."""
    ends = time.monotonic() + 4
    with psycopg.connect(server, autocommit=True) as connection:
        while not done.is_set() and time.monotonic() < ends:
            if connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted LIMIT 1").fetchone():
                return
