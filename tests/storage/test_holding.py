"""What is held about one person is found on both engines, in columns, lists and JSON, and nobody else's with it."""

from dataclasses import replace

import pytest

from companion.attendance.closing import Closing
from companion.attendance.model import Evidence
from companion.calendars.model import Guest
from companion.people.model import Person
from companion.programme.data_map import WORKSPACE, Trace
from companion.programme.model import AuditEntry, WorkspaceTx
from companion.storage.engine import Store
from storage.made import NOON, meeting

OLA = Person("9f0c1d52-7f3e-4c7a-9e0e-3d1a2b4c5d6e", "ola@ferro.example", "Ola Łęcka", ("ółą@ferro.example",))
ANA = Person("1a2b3c4d-7f3e-4c7a-9e0e-3d1a2b4c5d6e", "lola@ferro.example", "Lola", assistants=("ola@ferro.example",))


def trace(table: str, section: str = "") -> Trace:
    return next(one for one in WORKSPACE if one.table == table and section in ("", one.section))


def found(tx: WorkspaceTx, one: Trace, person: Person = OLA) -> list[dict[str, object]]:
    ids, addresses = frozenset({person.id}), frozenset(person.addresses)
    rows = tx.holding.rows(one, ids, addresses)
    assert tx.holding.count(one, ids, addresses) == len(rows)
    return rows


@pytest.fixture
def lived(workspace: Store[WorkspaceTx]) -> Store[WorkspaceTx]:
    guests = (Guest("ółą@ferro.example", "Ola", "REQ", "accepted"), Guest("ken@kestrel.example", "Ken", "REQ", ""))
    with workspace.begin() as tx:
        tx.people.put(OLA)
        tx.people.put(ANA)
        tx.meetings.put(replace(meeting(), id="m1", guests=guests, organiser=None, host_email=""))
        tx.meetings.put(replace(meeting(), id="m2", guests=guests[1:], organiser=None, host_email=""))
        for key, who, by in (("e1", OLA, "lola@ferro.example"), ("e2", ANA, "ola@ferro.example")):
            tx.seats.add(Evidence(key, "m1", who.id, "host", "attended", by, NOON))
        tx.closings.add(Closing("2025", NOON.date(), NOON.date(), NOON, "x@y.example", body={"rows": [{"id": OLA.id}]}))
        tx.closings.add(Closing("2024", NOON.date(), NOON.date(), NOON, "x@y.example", body={"rows": [{"id": ANA.id}]}))
        tx.programme.audit(AuditEntry(NOON, "x@y.example", "seat", "", f"m1 {OLA.id} missed", ""))
        tx.programme.audit(AuditEntry(NOON, "x@y.example", "leave", "", "of lola@ferro.example", ""))
    return workspace


def test_columns_lists_and_json(lived: Store[WorkspaceTx]) -> None:
    with lived.begin(write=False) as tx:
        assert [row["name"] for row in found(tx, trace("person", "profile"))] == ["Ola Łęcka"]
        assert found(tx, trace("person", "duties")) == [{"name": "Lola"}]  # whom she acts for, and no more of her
        assert [row["label"] for row in found(tx, trace("closing"))] == ["2025"]
        assert [row["what"] for row in found(tx, trace("audit"))] == ["seat"]
        mine = next(one for one in WORKSPACE if one.table == "evidence" and one.ids == ("person_id",))
        assert [row["by"] for row in found(tx, mine)] == ["lola@ferro.example"]
        assert len(found(tx, trace("evidence", "said"))) == 1


def test_of_a_guest_list_the_own_entry_alone(lived: Store[WorkspaceTx]) -> None:
    with lived.begin(write=False) as tx:
        rows = found(tx, trace("meeting"))
    assert [[guest.address for guest in row["guests"]] for row in rows] == [["ółą@ferro.example"]]  # type: ignore[attr-defined]


def test_every_trace_can_be_asked(lived: Store[WorkspaceTx]) -> None:
    with lived.begin(write=False) as tx:
        for one in WORKSPACE:
            found(tx, one)
