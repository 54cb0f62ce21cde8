"""The queue of a device: what can be taken back, and from when on it cannot."""

from datetime import timedelta

from companion.crossing.model import Command
from companion.programme.model import DeviceTx
from companion.storage.engine import Store
from storage.made import NOON

Device = Store[DeviceTx]
LATER = Command("c1", "takeaway", {"takeaway": {"id": "t1"}}, NOON, not_before=NOON + timedelta(seconds=10))
AT_ONCE = Command("c2", "withdraw", {"id": "t1"}, NOON)


def test_a_command_keeps_its_time(device: Device) -> None:
    with device.begin() as tx:
        tx.queue.put(LATER)
        tx.queue.put(AT_ONCE)
    with device.begin(write=False) as tx:
        assert tx.queue.waiting() == [LATER, AT_ONCE]


def test_only_what_has_not_begun_is_taken_back(device: Device) -> None:
    with device.begin() as tx:
        tx.queue.put(LATER)
        tx.queue.put(AT_ONCE)
        assert not tx.queue.take_back("c2"), "it had no time to be taken back in"
        assert tx.queue.begin("c1")
        assert not tx.queue.take_back("c1")
        assert [command.not_before for command in tx.queue.waiting()] == [None, None]


def test_what_was_taken_back_never_begins(device: Device) -> None:
    with device.begin() as tx:
        tx.queue.put(LATER)
        assert tx.queue.take_back("c1")
        assert not tx.queue.take_back("c1")
        assert not tx.queue.begin("c1")
        assert tx.queue.waiting() == []
