"""Two machines on one server, one withdrawing what the other is about to send: it is told, or never sent."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from companion.basics.clock import now
from companion.programme import outbox
from companion.programme.model import WorkspaceTx
from companion.storage.engine import open_workspace
from companion.takeaways.model import Channel, Delivery
from fakes.house import Made, laid_out, made
from fakes.sending import Ways
from storage.made import NOON, takeaway

__all__ = ["laid_out", "made"]  # fixtures


def test_who_sends_waits_for_who_withdraws_and_then_sends_nothing(made: Made, remote: str) -> None:
    told, ways, waits, done = takeaway(told_on=None), Ways(), threading.Event(), threading.Event()
    with closing(open_workspace(remote, now)) as one, closing(open_workspace(remote, now)) as two:
        with one.begin() as tx:
            tx.takeaways.put_channel(Channel("m", "Mail", "smtp"))
            tx.takeaways.put(told)
            tx.takeaways.put_delivery(Delivery(told.id, told.revision, "m", "x@partner.example", "pending", NOON))

        @contextmanager
        def begin(*, write: bool = True) -> Iterator[WorkspaceTx]:
            with two.begin(write=write) as tx:
                lock = tx.takeaways.lock

                def asks(takeaway_id: str) -> None:
                    waits.set()
                    lock(takeaway_id)

                tx.takeaways.lock = asks  # type: ignore[method-assign]
                yield tx

        def sends() -> None:
            outbox.deliver(replace(made.house, workspace=begin, open_channel=ways.open))
            waits.set()
            done.set()

        other = threading.Thread(target=sends)
        with one.begin() as tx:
            tx.takeaways.lock(told.id)
            other.start()
            assert waits.wait(20)
            assert {d.state for d in tx.takeaways.deliveries(told.id)} == {"pending"}, "so nobody is to be told"
            tx.takeaways.put(replace(told, withdrawn=NOON))
        other.join(20)
        assert done.is_set()
    assert ways["Mail"].sent == []
