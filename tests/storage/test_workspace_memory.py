"""What is remembered of customers, on both engines."""

import threading
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.basics.clock import now
from companion.customers.erased import seal
from companion.customers.memory import Fact
from companion.customers.model import Contact, Customer
from companion.meetings.model import Copy
from companion.people.model import Person
from companion.programme.apply_erasing import take_erasing
from companion.programme.apply_memory import take_fact
from companion.programme.codec import to_json
from companion.programme.model import AuditEntry, WorkspaceTx
from companion.storage.engine import Store, open_workspace
from companion.takeaways.model import Takeaway
from storage.made import NOON, event, meeting

Workspace = Store[WorkspaceTx]
GOAL = Fact("f1", "c1", "goal", "Một mặt sàn sống được mười năm.", heard_on=date(2026, 3, 1), changed=NOON)
OLA = Person("ola", "ola@ferro.example", "Ola Lind", (), "Operations", "ops")


@pytest.fixture
def kestrel(workspace: Workspace) -> Workspace:
    with workspace.begin() as tx:
        tx.people.put(OLA)
        tx.customers.put(Customer("c1", "Kestrel"))
        tx.customers.put(Customer("c2", "Kestrel UK", nda=True, off_limits=("crane",)))
    return workspace


def test_versions_stay_and_go_with_their_fact(kestrel: Workspace) -> None:
    with kestrel.begin() as tx:
        tx.facts.put(GOAL)
        tx.facts.put(replace(GOAL, text="Twelve years.", revision=2, unseen=2))
        tx.facts.put(Fact("f2", "c1", "avoid", "The crane."))
    with kestrel.begin(write=False) as tx:
        assert [fact.id for fact in tx.facts.of("c1")] == ["f1", "f2"]
        assert [one.fact for one in tx.facts.versions("f1")] == [GOAL]
        assert {key: [one.fact for one in some] for key, some in tx.facts.versions_of("c1").items()} == {"f1": [GOAL]}
        assert tx.facts.get("f1") == replace(GOAL, text="Twelve years.", revision=2, unseen=2)
    with kestrel.begin() as tx:
        tx.facts.remove("f1")
        assert tx.facts.versions_of("c1") == {}


def test_what_is_written_of_a_customer_who_was_merged_finds_its_way(kestrel: Workspace) -> None:
    with kestrel.begin() as tx:
        tx.facts.put(replace(GOAL, customer_id="c2"))
        tx.customers.merge("c1", "c2")
        take_fact(tx, {"fact": to_json(replace(GOAL, id="f9", customer_id="c2")), "base_revision": 0}, NOON)
        tx.customers.put(Customer("c0", "Kestrel Group"))
        tx.customers.merge("c0", "c1")
        assert tx.customers.now_at("c2") == "c0"
        assert {fact.id for fact in tx.facts.of("c0")} == {"f1", "f9"}
        merged = tx.customers.get("c0")
        assert merged
        assert (merged.nda, merged.off_limits) == (True, ("crane",))


def test_a_contact_is_added_to_by_calendars_and_changed_by_people(kestrel: Workspace) -> None:
    jan = Contact("k1", "c1", "jan@kestrel.example", "Jan Łoś", "buyer", NOON, "ask", "Likes it short.")
    with kestrel.begin() as tx:
        tx.customers.put_contact(jan)
        tx.customers.put_contact(Contact("k2", "c1", "jan@kestrel.example", last_met=NOON + timedelta(days=1)))
        assert tx.customers.contacts("c1") == [replace(jan, last_met=NOON + timedelta(days=1))]
        tx.customers.put_contact(Contact("k2", "c1", "jan@kestrel.example", may_quote="yes"))
        tx.customers.change_contact(Contact("k3", "c1", "Jan@Kestrel.example", "Jan", "", None, "no", ""))
        changed = replace(jan, name="Jan", role="", may_quote="no", line="", last_met=NOON + timedelta(days=1))
        assert tx.customers.contacts("c1") == [changed]


def test_only_a_seal_of_who_was_erased_is_kept(kestrel: Workspace) -> None:
    jan = "jan@kestrel.example"
    with kestrel.begin() as tx:
        tx.customers.add_erased(jan, NOON)
        tx.customers.add_erased(jan, NOON)
        erased = tx.customers.erased()
        assert erased.seals == {seal(erased.salt, jan)}
        assert erased.holds(jan)
        assert not erased.holds("ken@kestrel.example")
        tx.customers.put(Customer("c1", "Kestrel", addresses=(jan, "ken@gmail.example")))
        known = tx.customers.get("c1")
        assert known
        assert known.addresses == ("ken@gmail.example",)


def test_a_customer_is_known_by_the_ids_it_had(kestrel: Workspace) -> None:
    with kestrel.begin() as tx:
        for key in ("c8", "c9"):
            tx.customers.put(Customer(key, f"Firm {key}"))
        tx.programme.audit(AuditEntry(NOON, "rosa@kiln.example", "contact.erased", "", "c8", ""))
        tx.customers.merge("c9", "c8")
        tx.customers.merge("c1", "c9")
        assert tx.customers.ids_of("c1") == ("c1", "c8", "c9")
        assert tx.customers.ids_of("c8") == ("c8",)
        assert tx.customers.erasings() == {"c1": NOON}
        tx.customers.add_erased("jan@kestrel.example", NOON)
        erased = tx.customers.erased()
        assert erased.since == {erased.seal_of("jan@kestrel.example"): NOON}


def test_erasing_reaches_every_revision_and_every_copy(kestrel: Workspace) -> None:
    jan = "jan@kestrel.example"
    with kestrel.begin() as tx:
        tx.customers.put_contact(Contact("k1", "c1", jan, "Jan Łoś"))
        tx.meetings.put(meeting())
        tx.meetings.put_copies([(meeting().id, Copy("a1", "rosa@kiln.example", True, event()))])
        for revision in (1, 2):
            told = Takeaway("t1", revision, "ola", meeting().id, "c1", "company", "H", f"Jan Łoś said {revision}.")
            tx.takeaways.put(told)
        tx.facts.put(replace(GOAL, contact_id="k1", source="Jan"))
        tx.facts.put(replace(GOAL, contact_id="k1", source="Jan Łoś, again", revision=2))
    with kestrel.begin() as tx:
        body = {"customer_id": "c1", "address": jan, "names": ["Jan Łoś"], "by": OLA.email}
        take_erasing(tx, body, NOON)
        take_erasing(tx, body, NOON)
    with kestrel.begin(write=False) as tx:
        (copy,) = tx.meetings.copies([meeting().id])[meeting().id]
        assert [guest.address for guest in copy.event.guests] == ["room@kiln.example"]
        assert copy.event.others == 4
        (now_is,) = tx.meetings.of_customer("c1")
        assert (now_is.others, [guest.address for guest in now_is.guests]) == (4, ["room@kiln.example"])
        told_ = tx.takeaways.get("t1")
        assert told_
        assert told_.scene == "somebody at Kestrel said 2."
        (fact,) = tx.facts.of("c1")
        assert (fact.contact_id, fact.source, fact.text) == ("", "somebody at Kestrel, again", GOAL.text)
        (version,) = tx.facts.versions("f1")
        assert (version.fact.contact_id, version.fact.source) == ("", "somebody at Kestrel")
        assert tx.customers.contacts("c1") == []


def test_two_who_change_a_fact_at_one_moment_lose_neither(place: object, kestrel: Workspace) -> None:
    """On a server the second waits for the first; in a file only one writes anyway."""
    with kestrel.begin() as tx:
        tx.facts.put(GOAL)
    ready = threading.Barrier(2)

    def write(text: str) -> None:
        with closing(open_workspace(place, now)) as store:  # type: ignore[arg-type]
            ready.wait(20)
            with store.begin() as tx:
                body = {"fact": to_json(replace(GOAL, text=text)), "base_revision": 1, "by": OLA.email}
                take_fact(tx, body, NOON)

    threads = [threading.Thread(target=write, args=(text,)) for text in ("From Rosa.", "From Dana.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with kestrel.begin(write=False) as tx:
        fact = tx.facts.get("f1")
        versions = tx.facts.versions("f1")
    assert fact
    assert (fact.revision, fact.unseen) == (3, 2)
    assert {fact.text, *(one.fact.text for one in versions)} == {GOAL.text, "From Rosa.", "From Dana."}
