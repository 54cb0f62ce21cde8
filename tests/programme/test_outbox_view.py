"""The page of the queue: who sees what of it, and in which order; who answered stays between reader and author."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.people.model import Person
from companion.programme import letters, outbox, people
from companion.programme.model import House
from companion.programme.views.outbox import MOST_GONE, MOST_ROWS, OutboxView
from companion.programme.views.outbox import outbox as read_outbox
from companion.takeaways.model import Answer
from fakes.house import Made
from fakes.sending import Ways, house_with, promised, told

AGNES, LEV, ROSA, OPS = (f"{name}@ferro.example" for name in ("agnes", "lev", "rosa", "ops"))


@pytest.fixture
def house(made: Made) -> House:
    return house_with(made.house, Ways(), "Mail")


def keys(view: OutboxView) -> list[str]:
    return [matter.key for matter in view.matters]


def test_what_wants_somebody_comes_first_then_what_waits_then_what_went(house: House, made: Made) -> None:
    now = made.time[0]
    for key, state in (("a", "sent"), ("b", "pending"), ("c", "failed"), ("d", "unknown")):
        promised(house, told(house, key), "Mail", AGNES, state=state, since=now - timedelta(hours=ord(key)))
    view = read_outbox(house)
    assert keys(view) == ["c", "d", "b", "a"]
    assert [(m.unknown, m.failed, m.waiting, m.sent) for m in view.matters] == [
        (0, 1, 0, 0), (1, 0, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1),
    ]  # fmt: skip


def test_of_a_recipient_only_what_is_not_over_or_was_last_is_listed(house: House, made: Made) -> None:
    first = told(house)
    promised(house, first, "Mail", AGNES, LEV, state="sent")
    second = told(house, revision=2)
    promised(house, second, "Mail", AGNES, state="sent")
    promised(house, second, "Mail", LEV, state="failed", trouble="channel_gone")
    (matter,) = read_outbox(house).matters
    assert [(row.who, row.revision, row.state) for row in matter.rows] == [(LEV, 2, "failed"), (AGNES, 2, "sent")]
    told(house, withdrawn=made.time[0], revision=2)
    promised(house, first, "Mail", AGNES, state="sent", revision=0)
    assert ("sent", 0) in [(row.state, row.revision) for row in read_outbox(house).matters[0].rows]


def test_long_lists_are_cut_and_counted_and_nothing_that_is_open_is_cut(house: House, made: Made) -> None:
    many = [f"r{number:03}@ferro.example" for number in range(MOST_ROWS + 25)]
    promised(house, told(house, "sent"), "Mail", *many, state="sent", since=made.time[0])
    promised(house, told(house, "open"), "Mail", *many, state="unknown")
    for number in range(MOST_GONE + 4):
        promised(house, told(house, f"old{number}"), "Mail", AGNES, state="sent")
    view = read_outbox(house)
    by_key = {matter.key: matter for matter in view.matters}
    assert len(by_key["open"].rows) == len(many)
    assert (len(view.matters), view.older) == (1 + MOST_GONE, 5)
    assert (len(by_key["sent"].rows), by_key["sent"].more, by_key["sent"].sent) == (MOST_ROWS, 25, len(many))


def as_(house: House, me: str) -> House:
    """The same house in a shared workspace, as somebody else."""
    return replace(people.set_me(house, me), workspace_shared=True)


@pytest.mark.parametrize(
    ("me", "seen"), [("dana@ferro.example", ["t1"]), (ROSA, ["t1"]), (LEV, []), (OPS, ["Finance 2026-W47", "t1"])]
)
def test_in_a_shared_workspace_only_author_host_and_ops_see_it(
    house: House, made: Made, me: str, seen: list[str]
) -> None:
    takeaway = told(house)
    promised(house, takeaway, "Mail", AGNES)
    with house.workspace() as tx:
        tx.people.put(Person("ops", OPS, "Olu Ops", (), "Programme", "ops"))
        tx.letters.add([letters.digest("Finance", "2026-W47", LEV, made.time[0], [takeaway])])
    assert sorted(keys(read_outbox(as_(house, me)))) == seen, "who gets the weekly mail is for ops"


def test_what_is_only_for_its_author_is_nowhere(house: House, made: Made) -> None:
    takeaway = told(house, audience="me")
    with house.workspace() as tx:
        tx.letters.add([letters.held(takeaway, AGNES, made.time[0])])
    assert keys(read_outbox(house)) == []


def test_who_answered_is_named_by_no_row_and_by_no_reason(house: House, made: Made) -> None:
    takeaway = told(house)
    answer = Answer("a1", takeaway.id, "question", "Why?", made.time[0], address=LEV, only_author=True)
    full = {"recipient": LEV, "host": "mail.example", "status": "452"}
    made_ = letters.replied(takeaway, answer, made.time[0])
    with house.workspace() as tx:
        tx.letters.add([replace(made_, state="failed", trouble="mail_box_full", trouble_facts=full)])
    (matter,) = read_outbox(house).matters
    (row,) = matter.rows
    assert (row.who, row.name) == ("", "")
    assert LEV not in row.sentence
    assert "the reader" in row.sentence


def test_what_waits_for_somebody_cannot_be_sent_now(house: House, made: Made) -> None:
    promised(house, told(house, needs_yes=True), "Mail", AGNES, LEV, state="failed", trouble="channel_gone")
    (matter,) = read_outbox(house).matters
    assert not matter.may_go
    assert matter.rows[0].waits.startswith("It waits for a yes")
    told(house)
    assert read_outbox(house).matters[0].may_go


def test_who_holds_it_is_told_by_name(house: House, made: Made) -> None:
    promised(house, told(house, held=made.time[0], held_by=ROSA), "Mail", AGNES)
    assert read_outbox(house).matters[0].rows[0].waits.startswith("It is held by Rosa Vidal")


def test_after_a_run_nothing_is_open(house: House, made: Made) -> None:
    promised(house, told(house), "Mail", AGNES, LEV)
    outbox.run(house)
    view = read_outbox(house)
    assert [(matter.sent, matter.open) for matter in view.matters] == [(2, False)]
