"""Takeaways, answers, channels and deliveries, on both engines."""

import threading
from dataclasses import replace
from datetime import timedelta

from companion.programme.model import WorkspaceTx
from companion.storage.engine import Store
from companion.takeaways.model import Answer, Channel, Delivery
from storage.made import NOON, takeaway

Workspace = Store[WorkspaceTx]


def test_the_newest_revision_speaks(workspace: Workspace) -> None:
    second = takeaway(revision=2, headline="Better said", published=NOON + timedelta(hours=1), told_on=None)
    older = takeaway("t2", published=NOON - timedelta(days=1), meeting_id="m2")
    waiting = takeaway("t3", published=None)
    with workspace.begin() as tx:
        for one in (takeaway(), second, older, waiting, takeaway("t4", published=None)):
            tx.takeaways.put(one)
    with workspace.begin() as tx:
        assert [one.id for one in tx.takeaways.all()] == ["t1", "t2", "t3", "t4"]
        assert tx.takeaways.get("t1") == second
        assert tx.takeaways.get("t3") == waiting
        assert tx.takeaways.get("t9") is None
        assert [one.id for one in tx.takeaways.of_meetings(["m1", "m2", "m1"])] == ["t1", "t2", "t3", "t4"]
        assert tx.takeaways.of_meetings(["m2"]) == [older]
        tx.takeaways.put(replace(second, withdrawn=NOON))
        assert tx.takeaways.get("t1") == replace(second, withdrawn=NOON)


def test_answers_come_back(workspace: Workspace) -> None:
    first = Answer("x1", "t1", "question", "Why at night?", NOON, "Ana", "Finance")
    second = Answer("x2", "t2", "changes", "We now call first", NOON + timedelta(1), reply="Good", replied=NOON)
    with workspace.begin() as tx:
        tx.takeaways.put_answer(second)
        tx.takeaways.put_answer(first)
        assert tx.takeaways.answers() == [first, second]
        tx.takeaways.put_answer(replace(first, reply="The ovens", replied=NOON))
        assert tx.takeaways.answers(["t1", "t1"]) == [replace(first, reply="The ovens", replied=NOON)]
        assert tx.takeaways.answers([]) == []


def delivery(state: str = "pending", recipient: str = "", channel: str = "ch1") -> Delivery:
    """A delivery of the first revision of t1."""
    return Delivery("t1", 1, channel, recipient, state, NOON)  # type: ignore[arg-type]


def test_a_delivery_moves_from_state_to_state(workspace: Workspace) -> None:
    failed = replace(
        delivery("failed"), since=NOON + timedelta(1), tries=2, trouble="mail_refused", facts={"host": "ü"}
    )
    with workspace.begin() as tx:
        tx.takeaways.put_delivery(delivery())
        tx.takeaways.put_delivery(delivery(recipient="ana@kiln.example"))
        tx.takeaways.put_delivery(replace(delivery(), takeaway_id="t2"))
        tx.takeaways.put_delivery(failed)
        assert tx.takeaways.deliveries("t1") == [delivery(recipient="ana@kiln.example"), failed]
        assert len(tx.takeaways.deliveries()) == 3


def test_how_many_deliveries_are_in_which_state_and_since_when_the_last(workspace: Workspace) -> None:
    later = NOON + timedelta(hours=3)
    with workspace.begin() as tx:
        for to, state, since in (("a", "sent", later), ("b", "sent", NOON), ("c", "failed", NOON)):
            tx.takeaways.put_delivery(replace(delivery(state, to), since=since))
        tx.takeaways.put_delivery(replace(delivery("unknown"), takeaway_id="t2"))
        assert sorted(tx.takeaways.delivery_states()) == [
            ("t1", "failed", 1, NOON), ("t1", "sent", 2, later), ("t2", "unknown", 1, NOON),
        ]  # fmt: skip


def test_a_delivery_is_claimed_once(workspace: Workspace) -> None:
    with workspace.begin() as tx:
        for state in ("pending", "failed", "sending", "sent", "unknown", "withdrawn"):
            tx.takeaways.put_delivery(delivery(state, state))
    at = NOON + timedelta(hours=1)
    with workspace.begin() as tx:
        claimed = [item.state for item in tx.takeaways.deliveries() if tx.takeaways.claim(item, at)]
        assert sorted(claimed) == ["failed", "pending"]
        assert not any(tx.takeaways.claim(item, at) for item in tx.takeaways.deliveries())
        sending = [(item.recipient, item.since) for item in tx.takeaways.deliveries() if item.state == "sending"]
        assert sorted(sending) == [("failed", at), ("pending", at), ("sending", NOON)]


def test_of_many_that_claim_at_once_one_has_it(workspace: Workspace) -> None:
    with workspace.begin() as tx:
        tx.takeaways.put_delivery(delivery())
    start, won = threading.Barrier(3), []

    def claim() -> None:
        start.wait(10)
        with workspace.begin() as tx:
            won.append(tx.takeaways.claim(delivery(), NOON))

    threads = [threading.Thread(target=claim) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(won) == [False, False, True]


def test_of_two_that_change_a_takeaway_each_sees_what_the_other_did(workspace: Workspace) -> None:
    with workspace.begin() as tx:
        tx.takeaways.put(takeaway(told_on=None))
    start = threading.Barrier(4)

    def tell_on() -> None:
        start.wait(10)
        with workspace.begin() as tx:
            tx.takeaways.lock("t1")
            known = tx.takeaways.get("t1")
            assert known
            tx.takeaways.put(replace(known, held_why=known.held_why + "x"))

    threads = [threading.Thread(target=tell_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    with workspace.begin(write=False) as tx:
        tx.takeaways.lock("t2")  # who only reads may ask as well
        found = tx.takeaways.get("t1")
    assert found
    assert found.held_why == "xxxx"


def test_a_removed_channel_takes_what_waits_for_it(workspace: Workspace) -> None:
    site = Channel("ch1", "Site", "site", {"folder": "/srv/site"}, "company")
    mail = Channel("ch2", "Mail", "smtp", {"host": "mail.kiln.example"})
    with workspace.begin() as tx:
        tx.takeaways.put_channel(replace(site, name="Old"))
        tx.takeaways.put_channel(site)
        tx.takeaways.put_channel(mail)
        assert tx.takeaways.channels() == [mail, site]
        for state in ("pending", "failed", "sent", "unknown"):
            tx.takeaways.put_delivery(delivery(state, state))
        tx.takeaways.put_delivery(delivery(channel="ch2"))
        tx.takeaways.remove_channel("ch1")
        assert tx.takeaways.channels() == [mail]
        left = {(item.channel_id, item.state) for item in tx.takeaways.deliveries()}
        assert left == {("ch1", "sent"), ("ch1", "unknown"), ("ch2", "pending")}
