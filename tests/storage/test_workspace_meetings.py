"""Meetings, copies, verdicts, seats and commands, on both engines."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from companion.attendance.model import Target
from companion.basics.clock import now
from companion.meetings.model import Copy, Verdict
from companion.programme.model import WorkspaceTx
from companion.storage.engine import Store, open_workspace
from storage.made import NOON, event, evidence, meeting

Workspace = Store[WorkspaceTx]


def test_meetings_come_back_and_change(workspace: Workspace) -> None:
    odd = meeting("u2", organiser=None, guests=(), why=(), verdict="yes", source="import", status="gone", all_day=True)
    with workspace.begin() as tx:
        tx.meetings.put(meeting())
        tx.meetings.put(odd)
    with workspace.begin() as tx:
        assert tx.meetings.get(meeting().id) == meeting()
        assert tx.meetings.get(odd.id) == odd
        assert tx.meetings.get("m9") is None
        tx.meetings.put(replace(odd, title="NUL\0 and “quotes”"))
        got = tx.meetings.get(odd.id)
        assert got
        assert got.title.replace("\0", "") == "NUL and “quotes”"
        assert len(tx.meetings.everything()) == 2


def test_between_counts_from_the_start_up_to_the_end(workspace: Workspace) -> None:
    days = [
        meeting(f"u{day}", start=NOON + timedelta(days=day), end=NOON + timedelta(days=day + 1)) for day in (2, 1, 0)
    ]
    with workspace.begin() as tx:
        for one in days:
            tx.meetings.put(one)
        tx.meetings.put(meeting("no", verdict="no"))
        assert [one.uid for one in tx.meetings.between(NOON, NOON + timedelta(days=2))] == ["u0", "u1"]
        after = NOON + timedelta(microseconds=1)
        assert [one.uid for one in tx.meetings.between(after, NOON + timedelta(days=3))] == ["u1", "u2"]
        assert {one.uid for one in tx.meetings.between(NOON, after, dismissed=True)} == {"u0", "no"}
        assert [one.uid for one in tx.meetings.of_customer("c1")][-2:] == ["u1", "u2"]


def test_during_counts_what_touches_the_time(workspace: Workspace) -> None:
    hour = timedelta(hours=1)
    with workspace.begin() as tx:
        tx.meetings.put(meeting("long", start=NOON - timedelta(days=40), end=NOON + hour))
        tx.meetings.put(meeting("in", start=NOON, end=NOON + hour))
        tx.meetings.put(meeting("no", start=NOON + hour / 2, end=NOON + hour, verdict="no"))
        tx.meetings.put(meeting("before", start=NOON - hour, end=NOON))
        tx.meetings.put(meeting("after", start=NOON + hour, end=NOON + 2 * hour))
        assert [one.uid for one in tx.meetings.during(NOON, NOON + hour)] == ["long", "in", "no"]
        always = tx.meetings.during(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
        assert [one.uid for one in always] == ["long", "before", "in", "no", "after"]


def test_removing_a_meeting_keeps_what_people_said(workspace: Workspace) -> None:
    one, other = meeting("u1"), meeting("u2")
    copy = Copy("a1", "rosa@kiln.example", True, event())
    with workspace.begin() as tx:
        for each in (one, other):
            tx.meetings.put(each)
            tx.meetings.put_copies([(each.id, copy)])
            tx.seats.add(evidence(f"cal-{each.uid}", each.id))
            tx.seats.add(evidence(f"self-{each.uid}", each.id, "self"))
        tx.meetings.put_verdict(Verdict(one.id, "forget", by="rosa@kiln.example", at=NOON))
        tx.meetings.remove(one.id)
        assert tx.meetings.everything() == [other]
        assert set(tx.meetings.copies([one.id, other.id])) == {other.id}
        assert {item.id for item in tx.seats.evidence()} == {"self-u1", "cal-u2", "self-u2"}
        assert tx.meetings.verdicts() == [Verdict(one.id, "forget", by="rosa@kiln.example", at=NOON)]


def test_copies_are_one_for_each_account(workspace: Workspace) -> None:
    mine, hers = Copy("a1", "me@kiln.example", False, event()), Copy("a2", "rosa@kiln.example", True, event(others=9))
    moved = replace(mine, event=event(title="Moved", organiser=None))
    with workspace.begin() as tx:
        tx.meetings.put_copies([("m1", hers), ("m1", mine), ("m2", mine), ("m1", moved)])
        tx.meetings.put_copies([])
        assert tx.meetings.copies(["m1", "m9"]) == {"m1": [moved, hers]}
        assert tx.meetings.of_account("a1") == ["m1", "m2"]
        tx.meetings.drop_copies("a1", ["m1", "m9"])
        assert tx.meetings.copies(["m1", "m2"]) == {"m1": [hers], "m2": [mine]}


def test_known_uids_are_those_of_the_hosts_side(workspace: Workspace) -> None:
    with workspace.begin() as tx:
        tx.meetings.put_copies([("m1", Copy("a1", "", True, event("hosted")))])
        tx.meetings.put_copies([("m2", Copy("a2", "me@kiln.example", False, event("own")))])
        tx.meetings.put(meeting("own"))
        tx.meetings.put(meeting("crm", source="import"))
        assert tx.meetings.known_uids() == {"hosted", "crm"}


def test_many_meetings_at_once(workspace: Workspace) -> None:
    many = [f"m{number:05}" for number in range(1200)]
    with workspace.begin() as tx:
        tx.meetings.put_copies((key, Copy("a1", "", True, event(key))) for key in many)
        assert len(tx.meetings.copies(iter(many))) == 1200
        tx.meetings.drop_copies("a1", many[1:])
        assert tx.meetings.of_account("a1") == many[:1]


def test_a_verdict_is_the_last_word(workspace: Workspace) -> None:
    with workspace.begin() as tx:
        tx.meetings.put_verdict(Verdict("m1", "no", by="a"))
        tx.meetings.put_verdict(Verdict("m1", "yes", "c1", "b", NOON))
        assert tx.meetings.verdicts() == [Verdict("m1", "yes", "c1", "b", NOON)]


def test_evidence_of_calendars_is_replaced_and_peoples_words_stay(workspace: Workspace) -> None:
    said = evidence("e2", source="host", says="attended", by="rosa@kiln.example", reason="saw her", to="p7")
    later = evidence("e3", at=NOON + timedelta(days=1), person_id="p2")
    with workspace.begin() as tx:
        tx.seats.add(evidence("e1"))
        tx.seats.add(said)
        tx.seats.add(evidence("e9", "m2"))
        tx.seats.replace_calendar({"m1": [later]})
    with workspace.begin() as tx:
        assert tx.seats.evidence(["m1", "m1"]) == [said, later]
        assert {item.id for item in tx.seats.evidence()} == {"e2", "e3", "e9"}
        tx.seats.replace_calendar({"m1": []})
        assert tx.seats.evidence(["m1"]) == [said]
        assert tx.seats.evidence([]) == []


def test_targets_are_dated(workspace: Workspace) -> None:
    first, second = Target("p1", 2, date(2026, 1, 1), "policy"), Target("role:leader", 3, date(2026, 7, 1), "stretch")
    with workspace.begin() as tx:
        tx.seats.put_target(second)
        tx.seats.put_target(replace(first, count=9))
        tx.seats.put_target(first)
        assert tx.seats.targets() == [first, second]


def test_a_target_that_was_replaced_is_kept_with_the_time(workspace: Workspace) -> None:
    first = Target("p1", 6, date(2026, 3, 1), "policy", NOON)
    second = replace(first, count=2, entered=NOON + timedelta(days=1))
    with workspace.begin() as tx:
        tx.seats.put_target(first)
        tx.seats.put_target(second)
        assert tx.seats.targets() == [second]
        assert tx.seats.targets_ever() == [second, replace(first, dropped=second.entered)]


def test_a_command_is_applied_once(workspace: Workspace) -> None:
    with workspace.begin() as tx:
        assert not tx.applied.seen("k1")
        tx.applied.mark("k1", NOON)
    with workspace.begin() as tx:
        assert tx.applied.seen("k1")
        assert not tx.applied.seen("k2")
    with pytest.raises(IntegrityError), workspace.begin() as tx:
        tx.applied.mark("k1", NOON)


def test_two_that_apply_one_command_at_once_do_it_once(workspace: Workspace, place: str | Path) -> None:
    ready, other_began = threading.Event(), threading.Event()
    seen: list[bool] = []

    def other() -> None:
        store = open_workspace(place, now)
        ready.wait(10)
        other_began.set()
        with store.begin() as tx:
            seen.append(tx.applied.seen("k1"))
        store.close()

    thread = threading.Thread(target=other)
    thread.start()
    with workspace.begin() as tx:
        assert not tx.applied.seen("k1")
        ready.set()
        other_began.wait(10)
        thread.join(0.2)  # it must not get through while this transaction is open
        assert thread.is_alive()
        tx.applied.mark("k1", NOON)
    thread.join(10)
    assert seen == [True]
