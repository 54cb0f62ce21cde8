"""What the device store is given comes back as it was."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import StatementError

from companion.basics.errors import Problem
from companion.calendars.model import Ledger
from companion.calendars.store import SyncRun, SyncState
from companion.crossing.model import Command
from companion.notes.merge import Version
from companion.notes.model import Line
from companion.programme.model import DeviceTx
from companion.storage.engine import Store
from storage.made import ACCOUNT, NOON, event, note

Device = Store[DeviceTx]
DAY = timedelta(days=1)


def with_account(device: Device) -> None:
    """Let the account of `made` be there."""
    with device.begin() as tx:
        tx.accounts.put(ACCOUNT)


def test_accounts_come_back_and_change(device: Device) -> None:
    with_account(device)
    plain = replace(ACCOUNT, id="a2", name="Ana", created=None, hosts=False)
    with device.begin() as tx:
        tx.accounts.put(plain)
        tx.accounts.put(replace(ACCOUNT, user="r"))
    with device.begin(write=False) as tx:
        assert tx.accounts.all() == [plain, replace(ACCOUNT, user="r")]
        assert tx.accounts.by_name("Ana") == plain
        assert tx.accounts.by_name("nobody") is None


def test_events_come_back_whole(device: Device) -> None:
    with_account(device)
    odd = event("u2", "U:1774785600", organiser=None, guests=(), why=(), all_day=True, zone="", status="cancelled")
    with device.begin() as tx:
        tx.events.replace_all("a1", {"s1": [event(), odd]})
        tx.events.replace_all("a1", {"s2": [event("u3")]})
    with device.begin() as tx:
        assert tx.events.of("a1", ["s1", "s2", "s9"]) == {"s1": [event(), odd], "s2": [event("u3")], "s9": []}
        assert tx.events.of("a2", ["s1"]) == {"s1": []}
        assert tx.events.count("a1") == 3
        tx.events.replace_all("a1", {"s1": [event()]})
        assert {item.uid for item in tx.events.all("a1")} == {"u1", "u3"}
        tx.events.replace_all("a1", {"s1": []})
        assert tx.events.all("a1") == [event("u3")]


def test_members_have_versions_until_they_go(device: Device) -> None:
    with_account(device)
    with device.begin() as tx:
        tx.events.put_versions("a1", {"s1": "v1", "s2": "v1", "s3": "v1"})
        tx.events.replace_all("a1", {"s3": [event()]})
        tx.events.put_versions("a1", {"s1": "v2"})
        assert tx.events.versions("a1") == {"s1": "v2", "s2": "v1", "s3": "v1"}
        tx.events.set_aside("a1", "s3", [Problem("entry_broken", entry=1)], NOON)
        tx.events.drop("a1", ["s3"])
        assert tx.events.versions("a1") == {"s1": "v2", "s2": "v1"}
        assert (tx.events.count("a1"), tx.events.quarantined("a1")) == (0, [])


def test_what_fails_again_keeps_its_first_day_and_counts(device: Device) -> None:
    with_account(device)
    third, fourth = Problem("entry_broken", entry=3), Problem("entry_broken", entry=4)
    with device.begin() as tx:
        tx.events.set_aside("a1", "s1", [third], NOON)
        tx.events.set_aside("a1", "s1", [Problem("series_too_large", entry=1), fourth, third], NOON + DAY)
        told = [(item.code, item.facts, item.since, item.tries) for item in tx.events.quarantined("a1")]
        assert told == [
            ("entry_broken", {"entry": 3}, NOON, 2),
            ("series_too_large", {"entry": 1}, NOON + DAY, 1),
            ("entry_broken", {"entry": 4}, NOON + DAY, 1),
        ]
        # An entry was added above it: the same fault, at another place.
        tx.events.set_aside("a1", "s1", [fourth, Problem("entry_broken", entry=5)], NOON + 2 * DAY)
        told = [(item.facts["entry"], item.since, item.tries) for item in tx.events.quarantined("a1")]
        assert told == [(5, NOON, 3), (4, NOON + DAY, 2)]
        tx.events.set_aside("a1", "s1", [], NOON + 3 * DAY)
        assert tx.events.quarantined("a1") == []


def test_what_was_set_aside_is_fetched_again_when_somebody_asks(device: Device) -> None:
    with_account(device)
    with device.begin() as tx:
        tx.events.save_state("a1", SyncState("token"))
        tx.events.put_versions("a1", {"s1": "v1", "s2": "v1"})
        assert (tx.events.read_again("a1"), tx.events.state("a1").cursor) == (0, "token")
        for seal in ("s1", "never read"):
            tx.events.set_aside("a1", seal, [Problem("entry_cut"), Problem("entry_cut")], NOON)
        assert (tx.events.read_again("a1"), tx.events.state("a1").cursor) == (2, "")
        assert tx.events.versions("a1") == {"s1": "", "s2": "v1"}


def test_state_and_runs_come_back(device: Device) -> None:
    with_account(device)
    state = SyncState(
        "token", "abc", date(2026, 1, 1), date(2027, 1, 1), NOON, 2, "signin_refused", NOON + DAY, NOON, NOON - DAY
    )
    facts = ({"code": "event_broken", "facts": {"uid": "u", "count": 2}},)
    run = SyncRun("a1", NOON, NOON + timedelta(seconds=3), Ledger(412, 31, 370, kept=11), 11, 0, 1, facts)
    with device.begin() as tx:
        assert tx.events.state("a1") == SyncState()
        tx.events.save_state("a1", state)
        for minutes in range(60):
            tx.events.add_run(replace(run, started=NOON + timedelta(minutes=minutes), added=minutes))
    with device.begin() as tx:
        assert tx.events.state("a1") == state
        assert [item.added for item in tx.events.runs("a1", 3)] == [59, 58, 57]
        assert tx.events.runs("a1", 1)[0] == replace(run, started=NOON + timedelta(minutes=59), added=59)
        assert len(tx.events.runs("a1", 1000)) == 50


def test_removing_an_account_removes_what_was_read_from_it(device: Device) -> None:
    with_account(device)
    with device.begin() as tx:
        tx.accounts.put(replace(ACCOUNT, id="a2", name="Other"))
        for account in ("a1", "a2"):
            tx.events.save_state(account, SyncState("token"))
            tx.events.put_versions(account, {"s1": "v1"})
            tx.events.replace_all(account, {"s1": [event()]})
            tx.events.add_run(SyncRun(account, NOON, NOON, Ledger()))
            tx.events.set_aside(account, "s1", [Problem("entry_cut")], NOON)
        tx.accounts.remove("a1")
    with device.begin() as tx:
        assert (tx.events.state("a1"), tx.events.versions("a1"), tx.events.all("a1")) == (SyncState(), {}, [])
        assert (tx.events.runs("a1"), tx.events.quarantined("a1")) == ([], [])
        assert (tx.events.count("a2"), len(tx.events.runs("a2"))) == (1, 1)


def test_forgetting_finds_every_form_of_a_uid(device: Device) -> None:
    with_account(device)
    stem = "040000008200E00074C5B7101A82E008"
    plain, dated = stem + "00000000" + "AB" * 24, stem + "07EA031D" + "AB" * 24
    with device.begin() as tx:
        tx.events.replace_all("a1", {"s1": [event(plain), event(dated, "U:1")]})
        tx.events.replace_all("a1", {"s2": [event(dated)]})
        tx.events.forget(plain, "-")
        assert [item.rec_key for item in tx.events.all("a1")] == ["U:1"]


def test_commands_wait_in_order_until_they_are_done(device: Device) -> None:
    first = Command("z", "copies", {"uids": ["u1", "ü"], "put": [{"a": 1}]}, NOON, held=True)
    second = Command("a", "evidence", {"id": "e1"}, NOON - timedelta(days=1))
    third = Command("m", "copies", {"uids": ["u11"]}, NOON, held=True)
    with device.begin() as tx:
        for command in (first, second, third):
            tx.queue.put(command)
    with device.begin() as tx:
        assert tx.queue.waiting() == [first, second, third]
        tx.queue.failed("a", "workspace_unreachable")
        tx.queue.failed("a", "workspace_unreachable")
        assert tx.queue.release("u") == 0
        assert tx.queue.release("ü") == 1
        assert tx.queue.release("ü") == 0
        tx.queue.done("m")
        tried = replace(second, tries=2, trouble="workspace_unreachable")
        assert tx.queue.waiting() == [replace(first, held=False), tried]


def test_notes_come_back_with_their_lines(device: Device) -> None:
    said, fact = Line("l1", NOON, "q", "“Zażółć”\nline two"), Line("l2", NOON, "f", "forty lorries")
    with device.begin() as tx:
        tx.notes.put(note())
        tx.versions.put("n1", "line:l2", (Version(fact.text, (), "f", NOON, 1),), NOON)
        tx.versions.put("n1", "line:l1", (Version(said.text, (), "q", NOON),), NOON)
        tx.notes.put(note("n2", meeting_id="m2", made=NOON + timedelta(days=1)))
    with device.begin() as tx:
        assert tx.notes.get("n1") == note(lines=(said, fact))
        tx.notes.put(note(title="Changed", changed=NOON + timedelta(hours=1)))
        tx.versions.put("n1", "line:l1", (Version("shorter", (), "q", NOON),), NOON)
        tx.versions.put("n1", "line:l2", (Version("", (), "f", NOON, 1, gone=True),), NOON)
        changed = note(title="Changed", changed=NOON + timedelta(hours=1), lines=(replace(said, text="shorter"),))
        assert tx.notes.all() == [note("n2", meeting_id="m2", made=NOON + timedelta(days=1)), changed]
        assert tx.notes.of_meeting("m1") == changed
        assert tx.notes.of_meeting("m9") is None


def test_drafts_and_read_marks(device: Device) -> None:
    with device.begin() as tx:
        assert tx.notes.draft("note:n1") == ""
        tx.notes.put_draft("note:n1", "half a th", NOON)
        tx.notes.put_draft("note:n1", "half a thought", NOON)
        tx.notes.put_draft("note:n2", "other", NOON)
        tx.notes.drop_draft("note:n2")
        tx.notes.mark_read("t1", NOON)
        tx.notes.mark_read("t1", NOON + timedelta(days=1))
    with device.begin() as tx:
        assert (tx.notes.draft("note:n1"), tx.notes.draft("note:n2")) == ("half a thought", "")
        assert tx.notes.read_marks() == {"t1"}


def test_a_block_that_raises_leaves_nothing(device: Device) -> None:
    def half() -> None:
        with device.begin() as tx:
            tx.notes.put(note())
            raise Problem("stopped")

    with pytest.raises(Problem, match="stopped"):
        half()
    with device.begin() as tx:
        assert tx.notes.all() == []


def test_an_instant_without_a_zone_is_refused(device: Device) -> None:
    with pytest.raises(StatementError, match="needs a zone"), device.begin() as tx:
        tx.notes.put(note(made=NOON.replace(tzinfo=None)))
