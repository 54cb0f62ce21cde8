"""What the workspace is given comes back as it was, on both engines: programme, people, customers."""

from dataclasses import replace
from datetime import date, timedelta

from companion.customers.model import Contact, Customer
from companion.meetings.model import Copy, Verdict
from companion.people.model import Leave, Person
from companion.programme.model import AuditEntry, Programme, WorkspaceTx
from companion.storage.engine import Store
from storage.made import NOON, event, meeting, takeaway

Workspace = Store[WorkspaceTx]

ROSA = Person(
    "p1", "rosa@kiln.example", "Rosa Weil", ("r.weil@kiln.example", "rosa@old.example"), "Sales", "host", 3,
    date(2026, 1, 1), date(2027, 1, 1), "pl",
)  # fmt: skip
KESTREL = Customer(
    "c1", "Kestrel Foods", ("kestrel.example", "kestrel-foods.example"), ("jan@post.example",), ("Kestrel", "KF"),
    "rosa@kiln.example", "A", "food", "They **bake** – at night.", "a bakery",
)  # fmt: skip


def test_the_programme_comes_back(workspace: Workspace) -> None:
    told = Programme(
        "Kiln listens", "Europe/Warsaw", date(2026, 1, 1), ("kiln.example",), ("przegląd", "đánh giá"), ("legal",), 40,
        {"leader": 3, "chief": 1}, True, "Works agreement 12", 1,
    )  # fmt: skip
    with workspace.begin() as tx:
        assert tx.programme.get() == Programme()
        tx.programme.put(Programme())
        tx.programme.put(told)
    with workspace.begin(write=False) as tx:
        assert tx.programme.get() == told


def test_audit_entries_are_newest_first(workspace: Workspace) -> None:
    entries = [AuditEntry(NOON, "ops@kiln.example", "target", str(old), str(old + 1), "") for old in range(5)]
    with workspace.begin() as tx:
        for entry in entries:
            tx.programme.audit(entry)
        assert tx.programme.entries(2) == [entries[4], entries[3]]


def test_people_are_found_by_any_address(workspace: Workspace) -> None:
    ana = Person("p2", "ana@kiln.example", "Ana", aliases=("rosa@kiln.example",))
    with workspace.begin() as tx:
        tx.people.put(ana)
        tx.people.put(ROSA)
    with workspace.begin() as tx:
        assert tx.people.all() == [ana, ROSA]
        assert tx.people.get("p1") == ROSA
        assert tx.people.get("p9") is None
        assert tx.people.by_address("R.Weil@Kiln.example") == ROSA
        assert tx.people.by_address("rosa@kiln.example") == ROSA
        assert tx.people.by_address("") is None
        changed = replace(ROSA, email="rosa.weil@kiln.example", aliases=())
        tx.people.put(changed)
        assert tx.people.by_address("r.weil@kiln.example") is None
        assert tx.people.by_address("rosa@kiln.example") == ana


def test_removing_a_person_removes_their_leaves(workspace: Workspace) -> None:
    first = Leave("p1", date(2026, 2, 1), date(2026, 2, 7), "holiday")
    with workspace.begin() as tx:
        tx.people.put(ROSA)
        tx.people.put_leave(first)
        tx.people.put_leave(replace(first, end=date(2026, 2, 9)))
        assert tx.people.leaves() == [replace(first, end=date(2026, 2, 9))]
        tx.people.remove("p1")
        assert (tx.people.all(), tx.people.leaves(), tx.people.by_address("rosa@old.example")) == ([], [], None)


def test_a_leave_that_was_replaced_or_taken_back_is_kept_with_the_time(workspace: Workspace) -> None:
    first = Leave("p1", date(2026, 2, 1), date(2026, 2, 7), "leave", NOON)
    second = replace(first, end=date(2026, 2, 9), entered=NOON + timedelta(days=1))
    with workspace.begin() as tx:
        tx.people.put(ROSA)
        tx.people.put_leave(first)
        tx.people.put_leave(second)
        assert tx.people.leaves() == [second]
        kept = replace(first, dropped=second.entered)
        assert tx.people.leaves_ever() == [second, kept]
        tx.people.drop_leave("p1", first.start, NOON + timedelta(days=2))
        assert tx.people.leaves() == []
        assert tx.people.leaves_ever() == [kept, replace(second, dropped=NOON + timedelta(days=2))]
        tx.people.remove("p1")
        assert tx.people.leaves_ever() == []


def test_customers_are_found_by_name_or_alias(workspace: Workspace) -> None:
    lodz = Customer("c2", "ŁÓDŹ Mills", aliases=("kestrel  foods",))
    with workspace.begin() as tx:
        tx.customers.put(lodz)
        tx.customers.put(KESTREL)
    with workspace.begin() as tx:
        assert tx.customers.all() == [KESTREL, lodz]
        assert tx.customers.get("c1") == KESTREL
        assert tx.customers.get("c9") is None
        assert tx.customers.by_name("kf") == KESTREL
        assert tx.customers.by_name(" Kestrel FOODS") == KESTREL
        assert tx.customers.by_name("łódź mills") == lodz
        assert tx.customers.by_name("nobody") is None
        tx.customers.put(replace(KESTREL, aliases=()))
        assert tx.customers.by_name("kf") is None


def test_a_contact_grows_and_keeps_its_id(workspace: Workspace) -> None:
    jan = Contact("k1", "c1", "jan@kestrel.example", "Jan", "", NOON)
    with workspace.begin() as tx:
        tx.customers.put(KESTREL)
        tx.customers.put_contact(jan)
        tx.customers.put_contact(Contact("k2", "c1", "Jan@kestrel.example", "", "buyer", NOON - timedelta(days=1)))
        assert tx.customers.contacts("c1") == [replace(jan, role="buyer")]
        tx.customers.put_contact(Contact("k3", "c1", "jan@kestrel.example", "Jan Łoś"))
        tx.customers.put_contact(Contact("k4", "c1", "jan@kestrel.example", last_met=NOON + timedelta(days=1)))
        assert tx.customers.contacts("c1") == [
            Contact("k1", "c1", "jan@kestrel.example", "Jan Łoś", "buyer", NOON + timedelta(days=1))
        ]
        assert tx.customers.contacts("c2") == []


def test_merging_customers_moves_all_that_was_known(workspace: Workspace) -> None:
    gone = Customer("c2", "Kestrel GmbH", ("kestrel.de.example", "kestrel.example"), (), ("KG",), "", "", "", "Ovens.")
    with workspace.begin() as tx:
        tx.customers.put(replace(KESTREL, host_email=""))
        tx.customers.put(replace(gone, host_email="ana@kiln.example"))
        tx.customers.put_contact(Contact("k1", "c1", "jan@kestrel.example", last_met=NOON))
        tx.customers.put_contact(Contact("k2", "c2", "jan@kestrel.example", "Jan"))
        tx.customers.put_contact(Contact("k3", "c2", "eva@kestrel.example", "Eva"))
        tx.meetings.put(meeting("u2", customer_id="c2"))
        copied = meeting("u2").id
        tx.meetings.put_copies([(copied, Copy("a1", "rosa@kiln.example", True, event("u2", customer_id="c2")))])
        tx.meetings.put_verdict(Verdict(copied, "yes", "c2"))
        tx.takeaways.put(takeaway(customer_id="c2"))
        tx.customers.merge("c1", "c2")
        tx.customers.merge("c1", "c1")
        tx.customers.merge("c1", "c9")
    with workspace.begin() as tx:
        (both,) = tx.customers.all()
        assert both.domains == ("kestrel.example", "kestrel-foods.example", "kestrel.de.example")
        assert both.aliases == ("Kestrel", "KF", "Kestrel GmbH", "KG")
        assert (both.host_email, both.story) == ("ana@kiln.example", "They **bake** – at night.\n\nOvens.")
        assert tx.customers.by_name("kestrel gmbh") == both
        assert [(one.id, one.name, one.last_met) for one in tx.customers.contacts("c1")] == [
            ("k3", "Eva", None),
            ("k1", "Jan", NOON),
        ]
        assert tx.customers.contacts("c2") == []
        assert [one.uid for one in tx.meetings.of_customer("c1")] == ["u2"]
        assert tx.meetings.of_customer("c2") == []
        assert tx.meetings.copies([copied])[copied][0].event.customer_id == "c1"
        assert tx.meetings.verdicts()[0].customer_id == "c1"
        found = tx.takeaways.get("t1")
        assert found
        assert found.customer_id == "c1"
