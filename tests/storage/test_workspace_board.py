"""What the board reads: the statements of its time in one join, and where somebody sat before it."""

from datetime import timedelta

from companion.programme.model import WorkspaceTx
from companion.storage.engine import Store
from storage.made import NOON, evidence, meeting

Workspace = Store[WorkspaceTx]
DAY = timedelta(days=1)


def test_statements_are_of_meetings_that_start_from_then_on(workspace: Workspace) -> None:
    before, there = meeting("before", start=NOON - DAY), meeting("there", start=NOON)
    with workspace.begin() as tx:
        for one in (before, there):
            tx.meetings.put(one)
        tx.seats.add(evidence("e1", before.id, at=NOON))
        tx.seats.add(evidence("e3", there.id, at=NOON))
        tx.seats.add(evidence("e2", there.id, at=NOON - DAY))
        assert [item.id for item in tx.seats.since(NOON)] == ["e2", "e3"]
        assert [item.id for item in tx.seats.since(NOON - DAY)] == ["e2", "e1", "e3"]


def test_who_sat_before_is_told_latest_first_and_only_as_often_as_asked(workspace: Workspace) -> None:
    held = [meeting(f"u{at}", start=NOON - at * DAY) for at in range(4)]  # the first is no longer before
    with workspace.begin() as tx:
        for at, one in enumerate(held):
            tx.meetings.put(one)
            tx.seats.add(evidence(f"h{at}", one.id, "host", says="attended", person_id="p1"))
            tx.seats.add(evidence(f"r{at}", one.id, "report", says="attended", person_id="p1"))
        tx.seats.add(evidence("d", held[2].id, "self", says="delegated", person_id="p2", to="p3"))
        tx.seats.add(evidence("m", held[1].id, "host", says="missed", person_id="p2"))
        found = tx.seats.sat_before(NOON, 2, ["p1", "p2", "p3"])
        assert found == {"p1": [held[1].id, held[2].id], "p3": [held[2].id]}
        assert tx.seats.sat_before(NOON, 2, ["p2", "p3"]) == {"p3": [held[2].id]}


def test_who_comes_from_then_on_is_told_next_first_of_those_who_are_asked_about(workspace: Workspace) -> None:
    ahead = [meeting(f"u{at}", start=NOON + at * DAY) for at in range(-1, 3)]
    with workspace.begin() as tx:
        for at, one in enumerate(ahead):
            tx.meetings.put(one)
            tx.seats.add(evidence(f"a{at}", one.id, says="accepted", person_id="p1"))
            tx.seats.add(evidence(f"b{at}", one.id, says="accepted" if at == 3 else "invited", person_id="p2"))
        found = tx.seats.coming_from(NOON, 2, ["p1", "p2"])
        assert found == {"p1": [ahead[1].id, ahead[2].id], "p2": [ahead[3].id]}
        assert tx.seats.coming_from(NOON, 2, ["p2"]) == {"p2": [ahead[3].id]}
