"""What publishing keeps comes back as it was, on both engines: takeaways whole, letters, inboxes, leases, actions."""

import threading
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from companion.customers.model import Contact, Customer
from companion.people.model import Person
from companion.programme.model import Programme, WorkspaceTx
from companion.storage.engine import Store
from companion.takeaways.inbox import Inbox
from companion.takeaways.letters import Letter, letter_id
from companion.takeaways.model import WITHDRAWAL, Action, Answer, Delivery, Takeaway
from storage.made import NOON, takeaway

Workspace = Store[WorkspaceTx]
WHOLE = replace(
    takeaway(told_on=None), goal="Pay on time", matters="Cash", will_do="Call first", question="And you?",
    pillars=("integrity+", "resolution-"), origins=(("quote", "verbatim"), ("scene", "Łódź, đánh giá")),
    may_quote="ask", expires=date(2027, 3, 29), out_at=NOON + timedelta(days=1), needs_yes=True, held=NOON,
    held_by="Rosa Vidal", held_by_id="rosa", held_why="The ship's name", correction="The hour",
    withdrawn=NOON + timedelta(days=2), withdrawn_why="Told in confidence", told_on=NOON.date(), unannounced=True,
    revised=NOON + timedelta(days=1),
)  # fmt: skip
ANSWER = Answer(
    "x1", "t1", "question", "Why at night?", NOON, "Ana", "Finance", "Because", NOON, "p7", "ana@kiln.example",
    True, "mail", "ab" * 32, "taken",
)  # fmt: skip
LETTER = Letter(
    letter_id("host_notice", "t1", "rosa@kiln.example", 1), "host_notice", "rosa@kiln.example", "t1", NOON,
    NOON + timedelta(hours=1), {"token": "ABCDEFGH", "why": ["nda"], "revision": 1}, ("t1", "t2"), "failed", NOON, 3,
    "mail_refused", {"host": "ü"},
)  # fmt: skip


def test_every_field_of_a_takeaway_comes_back(workspace: Workspace) -> None:
    plain = Takeaway("t1", 1, "p1", "m1", "c1", "company", "H")
    same = [f.name for f in fields(Takeaway) if getattr(WHOLE, f.name) == getattr(plain, f.name)]
    assert set(same) == {"id", "revision", "author_id", "meeting_id", "customer_id", "audience"}, "each is tried"
    with workspace.begin() as tx:
        tx.takeaways.put(WHOLE)
        tx.takeaways.put(replace(plain, id="t2"))
    with workspace.begin(write=False) as tx:
        assert tx.takeaways.get("t1") == WHOLE
        assert tx.takeaways.get("t2") == replace(plain, id="t2")


def test_the_first_telling_is_that_of_the_first_revision(workspace: Workspace) -> None:
    with workspace.begin() as tx:
        tx.takeaways.put(takeaway())
        tx.takeaways.put(takeaway(revision=2, published=NOON + timedelta(days=3)))
        tx.takeaways.put(takeaway("t2", published=None))
        assert tx.takeaways.published() == {"t1": NOON}


def test_answers_by_their_state(workspace: Workspace) -> None:
    review, gone = (
        replace(ANSWER, id="x2", state="review"),
        replace(ANSWER, id="x3", state="dismissed", external_id="cd"),
    )
    with workspace.begin() as tx:
        for one in (ANSWER, review, gone):
            tx.takeaways.put_answer(one)
    with workspace.begin(write=False) as tx:
        assert (tx.takeaways.answers(), tx.takeaways.answers(["t1"]), tx.takeaways.to_review()) == (
            [ANSWER], [ANSWER], [review]
        )  # fmt: skip
        assert (tx.takeaways.answer("x3"), tx.takeaways.answer("x9")) == (gone, None)
        assert [tx.takeaways.answered(name) for name in ("ab" * 32, "cd", "ef")] == [True, True, False]


def test_actions_and_openings(workspace: Workspace) -> None:
    action = Action("a1", "t1", "Call first", "p1", NOON, NOON.date(), ("x1", "x2"), NOON, "We did")
    with workspace.begin() as tx:
        tx.takeaways.put_action(replace(action, done=None, result=""))
        tx.takeaways.put_action(action)
        tx.takeaways.put_action(replace(action, id="a0", takeaway_id="t2", due=None, answer_ids=()))
        assert tx.takeaways.actions(["t1"]) == [action]
        assert len(tx.takeaways.actions()) == 2
        for _ in range(3):
            tx.takeaways.count_opening("t1")
        tx.takeaways.count_opening("t2")
        assert tx.takeaways.openings() == {"t1": 3, "t2": 1}


def test_a_letter_is_written_once_whatever_is_made_again(workspace: Workspace) -> None:
    with workspace.begin() as tx:
        assert tx.letters.add([LETTER, LETTER]) == 1
        again = replace(LETTER, facts={"token": "ZZZZZZZZ"}, state="pending", tries=0)
        assert tx.letters.add([again]) == 0
        assert (tx.letters.get(LETTER.id), tx.letters.of("t1"), tx.letters.all()) == (LETTER, [LETTER], [LETTER])
        sent = replace(LETTER, state="sent", since=NOON + timedelta(days=1), trouble="", trouble_facts={})
        tx.letters.put(sent)
        assert tx.letters.add([LETTER]) == 0
        assert (tx.letters.all(), tx.letters.claim(sent, NOON), tx.letters.get("no")) == ([sent], False, None)


def test_of_many_that_send_a_letter_at_once_one_has_it(workspace: Workspace) -> None:
    start, made, won = threading.Barrier(3), [], []

    def desk() -> None:
        start.wait(10)
        with workspace.begin() as tx:
            made.append(tx.letters.add([replace(LETTER, state="pending", tries=0)]))
        with workspace.begin() as tx:
            won.append(tx.letters.claim(LETTER, NOON))

    threads = [threading.Thread(target=desk) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (sorted(made), sorted(won)) == ([0, 0, 1], [False, False, True])
    with workspace.begin(write=False) as tx:
        assert [letter.state for letter in tx.letters.all()] == ["sending"]


def test_one_machine_is_the_desk_until_its_time_is_over(workspace: Workspace) -> None:
    later = NOON + timedelta(minutes=15)
    with workspace.begin() as tx:
        assert tx.leases.take("desk", "one", NOON, later)
        assert not tx.leases.take("desk", "two", NOON, later)
        assert tx.leases.take("desk", "one", NOON, later), "it prolongs its own"
        assert tx.leases.take("other", "two", NOON, later)
        tx.leases.drop("desk", "two")
        assert not tx.leases.take("desk", "two", NOON, later), "nobody drops another's"
        assert tx.leases.take("desk", "two", later, later + timedelta(minutes=15)), "its time is over"
        tx.leases.drop("desk", "two")
        assert tx.leases.take("desk", "one", NOON, later)


def test_of_many_that_want_to_be_the_desk_one_is(workspace: Workspace) -> None:
    start, won = threading.Barrier(3), []

    def take(holder: str) -> None:
        start.wait(10)
        with workspace.begin() as tx:
            won.append(tx.leases.take("desk", holder, NOON, NOON + timedelta(minutes=15)))

    threads = [threading.Thread(target=take, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(won) == [False, False, True]


def test_inboxes_remember_how_far_they_were_read(workspace: Workspace) -> None:
    inbox = Inbox("i1", "Answers", "imap", {"host": "imap.kiln.example"}, "17:4")
    with workspace.begin() as tx:
        tx.inboxes.put(replace(inbox, cursor=""))
        tx.inboxes.put(inbox)
        tx.inboxes.put(Inbox("i2", "Ä", "graph"))
        tx.inboxes.remove("i2")
        assert tx.inboxes.all() == [inbox]


def test_the_withdrawal_stands_beside_the_revisions(workspace: Workspace) -> None:
    sent = Delivery("t1", 1, "ch1", "a@kiln.example", "sent", NOON)
    gone = replace(sent, revision=WITHDRAWAL, state="pending")
    with workspace.begin() as tx:
        tx.takeaways.put_delivery(sent)
        tx.takeaways.put_delivery(gone)
        assert tx.takeaways.claim(gone, NOON)
        assert {d.revision: d.state for d in tx.takeaways.deliveries("t1")} == {1: "sent", WITHDRAWAL: "sending"}


@pytest.mark.parametrize("digest", [True, False])
def test_what_publishing_asks_of_programme_people_and_customers(workspace: Workspace, digest: bool) -> None:
    programme = Programme(
        name="Kiln", answers_to="heard@kiln.example", post="ch1", host_hours=48, expiry_months=6, digest="mon 09:00",
        ops_words=("Nordstern", "Łódź"),
    )  # fmt: skip
    customer = Customer("c1", "Kestrel", public_name="K", nda=True, off_limits=("Borealis", "Łoś"))
    contact = Contact("k1", "c1", "jan@kestrel.example", "Jan", "the owner", NOON, "no")
    person = Person("p1", "rosa@kiln.example", "Rosa", digest=digest)
    with workspace.begin() as tx:
        tx.programme.put(programme)
        tx.customers.put(customer)
        tx.customers.put_contact(contact)
        tx.people.put(person)
    with workspace.begin(write=False) as tx:
        assert tx.programme.get() == programme
        assert (tx.customers.get("c1"), tx.customers.contacts("c1"), tx.people.get("p1")) == (
            customer, [contact], person
        )  # fmt: skip
