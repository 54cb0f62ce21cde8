"""Sync through the whole house: what comes in, what stays, and what a kill, a cancel or a fault leave behind."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.basics.progress import Cancelled, Ticket
from companion.calendars.model import Page, Reading
from companion.connectors.ics.worker import InlineReader
from companion.meetings.model import Verdict
from companion.programme import meetings as meeting_verbs
from companion.programme import seats
from companion.programme.apply import cross
from companion.programme.sync import sync
from companion.programme.views.meetings import meetings
from companion.words.problems import sentence
from fakes.house import Made
from fakes.ics import NOW, calendar, event
from fakes.killing import KilledError


def _titles(made: Made) -> list[str]:
    return [row.meeting.title for row in meetings(made.house).rows]


def test_a_customer_meeting_becomes_a_meeting_and_nothing_else_is_written(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {
        "a": calendar(event("a", answer="ACCEPTED")),
        "b": calendar(event("b", title="Dentist CANARY-PRIVATE", guests=(), organiser="").replace(
            "SUMMARY", "CLASS:PRIVATE\r\nSUMMARY")),
        "c": calendar(event("c", title="Lunch CANARY-LUNCH", guests=("lev@ferro.example",))),
    }  # fmt: skip
    done = sync(made.house)[0]
    assert (done.ledger.seen, done.ledger.private, done.ledger.not_customer, done.ledger.kept) == (3, 1, 1, 1)
    assert (done.added, done.changed, done.removed) == (1, 0, 0)
    row = meetings(made.house).rows[0]
    assert (row.customer.name, row.host) == ("Kestrel Plumbing Supply", "Rosa Vidal")
    assert [(seat.name, seat.state) for seat in row.seats] == [("Dana Okafor", "unknown")]
    made.house.close()
    written = b"".join(path.read_bytes() for path in made.house.paths.home.rglob("*") if path.is_file())
    assert b"Kestrel" in written
    assert b"CANARY" not in written


def test_a_second_sync_changes_nothing_and_downloads_nothing(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a"))}
    sync(made.house)
    before = source.downloads
    again = sync(made.house)[0]
    assert (again.added, again.changed, again.removed, source.downloads - before) == (0, 0, 0, 0)


def test_the_reader_starts_before_the_server_is_asked_and_only_where_everything_is_read(made: Made) -> None:
    warmed: list[int] = []

    class Warmed(InlineReader):
        def warm(self) -> None:
            warmed.append(source.downloads)

    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a"))}
    house = replace(made.house, open_reader=Warmed)
    sync(house)
    assert warmed == [0]
    source.members["b"] = calendar(event("b", "20261212T130000Z"))
    assert sync(house)[0].added == 1
    assert warmed == [0]


def test_a_moved_meeting_is_changed_and_a_removed_one_ahead_goes(made: Made) -> None:
    source = made.account("Hosts", hosts=True)
    source.members = {"a": calendar(event("a", "20261210T130000Z")), "b": calendar(event("b", "20261212T130000Z"))}
    sync(made.house)
    source.members = {"a": calendar(event("a", "20261211T130000Z"))}
    done = sync(made.house)[0]
    assert (done.added, done.changed, done.removed) == (0, 1, 1)
    assert [row.meeting.start.day for row in meetings(made.house).rows] == [11]


def test_a_past_meeting_is_marked_and_never_deleted(made: Made) -> None:
    source = made.account("Hosts", hosts=True)
    source.members = {"a": calendar(event("a", "20261010T130000Z")), "b": calendar(event("b", "20261212T130000Z"))}
    sync(made.house)
    source.members = {"b": source.members["b"]}
    sync(made.house)
    assert {row.meeting.uid: row.meeting.status for row in meetings(made.house).rows} == {"a": "gone", "b": "confirmed"}


def test_one_meeting_in_two_calendars_is_one_meeting(made: Made) -> None:
    mine, hosts = made.account("Work", "dana@ferro.example"), made.account("Hosts", "rosa@ferro.example", hosts=True)
    mine.members = {"x": calendar(event("a", title="FW: Kestrel review", answer="DECLINED"))}
    hosts.members = {"y": calendar(event("a", title="Kestrel quarterly review", answer="NEEDS-ACTION"))}
    sync(made.house)
    rows = meetings(made.house).rows
    assert [row.meeting.title for row in rows] == ["Kestrel quarterly review"]
    assert [seat.state for seat in rows[0].seats] == ["declined"]


def test_removing_one_copy_leaves_the_other(made: Made) -> None:
    mine, hosts = made.account("Work", "dana@ferro.example"), made.account("Hosts", hosts=True)
    mine.members = {"x": calendar(event("a", "20261212T130000Z", answer="ACCEPTED"))}
    hosts.members = {"y": calendar(event("a", "20261212T130000Z"))}
    sync(made.house)
    mine.members = {}
    sync(made.house, accept_fewer=True)
    rows = meetings(made.house).rows
    assert (len(rows), rows[0].meeting.status, rows[0].seats) == (1, "confirmed", ())


def test_an_answer_that_would_empty_the_calendar_is_not_believed(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {str(at): calendar(event(str(at), f"202612{at + 1:02d}T130000Z")) for at in range(28)}
    sync(made.house)
    source.members = {}
    done = sync(made.house)[0]
    assert [problem.code for problem in done.problems] == ["calendar_shrunk"]
    assert len(_titles(made)) == 28
    sync(made.house, accept_fewer=True)
    assert _titles(made) == []


@pytest.mark.parametrize("pages", range(4))
def test_a_sync_cut_off_goes_on_where_it_was(made: Made, pages: int) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {str(at): calendar(event(str(at), f"2026120{at + 1}T130000Z")) for at in range(4)}
    source.per_page, source.stop_after = 1, pages
    with pytest.raises(KilledError):
        sync(made.house)
    source.stop_after = None
    sync(made.house)
    assert len(_titles(made)) == 4
    assert source.downloads == 4, "members already taken in are not fetched again"


def test_cancel_keeps_what_was_taken_in(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {str(at): calendar(event(str(at), f"2026120{at + 1}T130000Z")) for at in range(4)}
    source.per_page = 1
    ticket = Ticket(lambda _what, done, _total: ticket.cancel() if done == 2 else None)
    with pytest.raises(Cancelled):
        sync(made.house, ticket=ticket)
    sync(made.house)
    assert (len(_titles(made)), source.downloads) == (4, 4)


def test_a_killed_crossing_is_applied_once(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a"))}
    unreachable = replace(made.house, workspace=_away(made, after=1))
    with pytest.raises(Problem):
        sync(unreachable)
    assert _titles(made) == []
    assert cross(made.house) == 1
    assert cross(made.house) == 0
    assert len(_titles(made)) == 1


def _away(made: Made, after: int):  # type: ignore[no-untyped-def]
    calls = [0]

    def begin(*, write: bool = True):  # type: ignore[no-untyped-def]
        calls[0] += 1
        if calls[0] > after:
            raise Problem("store_locked", path="workspace")
        return made.house.workspace(write=write)

    return begin


def test_a_bad_account_does_not_hold_up_the_others(made: Made) -> None:
    tried: list[str] = []

    class Broken:
        def pages(self, *_: object) -> None:
            tried.append("Broken")
            raise Problem("server_silent", host="cal.example", account="Broken")

        def close(self) -> None:
            return

    made.account("Broken")
    made.sources["Broken"] = Broken()  # type: ignore[assignment]
    made.account("Work", "dana@ferro.example").members = {"a": calendar(event("a"))}
    results = {item.account.name: item for item in sync(made.house)}
    assert (results["Broken"].failed, results["Work"].added) == (True, 1)
    with made.house.device() as device:
        states = {account.name: device.events.state(account.id) for account in device.accounts.all()}
    assert (states["Broken"].failures, states["Broken"].trouble, states["Work"].failures) == (1, "server_silent", 0)
    work = made.sources["Work"]
    read = work.pages

    def noted(*asked: Any) -> Iterator[Page]:
        tried.append("Work")
        return read(*asked)

    work.pages = noted  # type: ignore[method-assign]
    assert [item.account.name for item in sync(made.house)] == ["Broken", "Work"]
    assert tried == ["Broken", "Work", "Broken"], "who failed is asked last"


def test_on_a_server_no_entry_is_told_by_its_place(made: Made) -> None:
    made.account("Work", "dana@ferro.example").members = {"a": calendar(event("a").replace("DTSTART:", "X-START:"))}
    (done,) = sync(made.house)
    assert [problem.code for problem in done.problems] == ["entry_broken"]
    assert sentence(done.problems[0]).startswith("An entry of this calendar could not be read")
    with made.house.device(write=False) as device:
        assert [item.facts for item in device.events.quarantined(done.account.id)] == [{}]


def test_a_new_customer_makes_the_calendar_read_again(made: Made) -> None:
    from companion.customers.model import Customer

    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a", title="Marea review", guests=("ana@marea.example",)))}
    assert sync(made.house)[0].ledger.kept == 0
    with made.house.workspace() as tx:
        tx.customers.put(Customer("marea", "Marea Boats", ("marea.example",)))
    assert sync(made.house)[0].added == 1
    assert _titles(made) == ["Marea review"]


def test_what_people_said_outlives_a_full_resync(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {key: calendar(event(key)) for key in ("no", "forget", "stay")}
    sync(made.house)
    meeting_verbs.dismiss(made.house, [meeting_id("no", "-")])
    meeting_verbs.forget(made.house, [meeting_id("forget", "-")])
    with made.house.workspace() as tx:  # rules change: everything is read again
        tx.programme.put(replace(tx.programme.get(), threshold=40))
    done = sync(made.house)[0]
    assert done.ledger.forgotten == 1
    assert [row.meeting.uid for row in meetings(made.house).rows] == ["stay"]
    assert {row.meeting.uid for row in meetings(made.house, everything=True).rows} == {"stay", "no"}


def test_a_yes_keeps_what_the_rules_would_drop(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a", title="Breakfast", guests=("ken@mail.example",)))}
    assert sync(made.house)[0].added == 0
    meeting_verbs.confirm(made.house, [meeting_id("a", "-")], "Kestrel")
    assert sync(made.house)[0].added == 1
    assert meetings(made.house).rows[0].customer.id == "kestrel"


def test_a_verdict_holds_before_the_meeting_is_known(made: Made) -> None:
    with made.house.workspace() as tx:
        tx.meetings.put_verdict(Verdict(meeting_id("a", "-"), "no", "", "", NOW))
    made.account("Work", "dana@ferro.example").members = {"a": calendar(event("a"))}
    sync(made.house)
    assert _titles(made) == []


def test_in_a_shared_workspace_my_own_meeting_waits_for_my_yes(made: Made) -> None:
    shared = replace(made.house, workspace_shared=True)
    made.account("Work", "dana@ferro.example").members = {"a": calendar(event("a", "20261212T130000Z"))}
    made.account("Hosts", hosts=True).members = {"b": calendar(event("b", "20261213T130000Z"))}
    sync(shared)
    assert [row.meeting.uid for row in meetings(shared).rows] == ["b"]
    meeting_verbs.release(shared, [meeting_id("a", "-")])
    assert [row.meeting.uid for row in meetings(shared).rows] == ["a", "b"]


def test_an_unknown_account_is_a_problem(made: Made) -> None:
    with pytest.raises(Problem) as caught:
        sync(made.house, ["Nowhere"])
    assert caught.value.code == "account_unknown"


def test_a_store_restored_under_another_seal_is_read_anew_and_loses_nothing(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {str(at): calendar(event(str(at), f"202612{at + 1:02d}T130000Z")) for at in range(26)}
    sync(made.house)
    elsewhere = replace(made.house, seal=lambda key: f"other-{key}")
    done = sync(elsewhere)[0]
    assert (done.problems, done.added, done.removed) == ((), 0, 0)
    assert len(_titles(made)) == 26


def test_what_could_not_be_read_once_is_read_again(made: Made) -> None:
    class Dies(InlineReader):
        def read(self, data, rules, window, *, inspect=False, busy_of=frozenset()):  # type: ignore[no-untyped-def]
            return [Reading(problems=(Problem("calendar_unreadable", reason="memory"),)) for _ in data]

    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a"))}
    broken = sync(replace(made.house, open_reader=Dies))[0]
    assert ([problem.code for problem in broken.problems], broken.added) == (["calendar_unreadable"], 0)
    assert sync(made.house)[0].added == 1
    source.members = {"a": calendar(event("a", title="Kestrel review, moved"))}
    sync(replace(made.house, open_reader=Dies))
    assert _titles(made) == ["Kestrel quarterly review"], "what was read before stays"
    sync(made.house)
    assert _titles(made) == ["Kestrel review, moved"]


@pytest.mark.parametrize("one_file", [True, False])
def test_what_its_owner_makes_private_leaves_no_word_behind(made: Made, one_file: bool) -> None:
    shown = event("a", "20261010T130000Z", title="Kestrel CANARY review", answer="ACCEPTED")
    spoken = event("b", "20261011T130000Z", title="Kestrel CANARY talk", answer="ACCEPTED")
    other = event("c", "20261012T130000Z")

    def members(*lines: str) -> dict[str, bytes]:
        return {"file": calendar(*lines)} if one_file else {str(at): calendar(line) for at, line in enumerate(lines)}

    source = made.account("Work", "dana@ferro.example")
    source.members = members(shown, spoken, other)
    sync(made.house)
    seats.set_state(made.house, meeting_id("b", "-"), "dana@ferro.example", "attended")
    source.members = members(*(line.replace("SUMMARY", "CLASS:PRIVATE\r\nSUMMARY") for line in (shown, spoken)), other)
    sync(made.house)
    rows = {row.meeting.uid: row.meeting for row in meetings(made.house).rows}
    assert set(rows) == {"b", "c"}, "a day somebody was credited for stays"
    assert (rows["b"].title, rows["b"].guests, rows["b"].status) == ("", (), "cancelled")
    made.house.close()
    assert b"CANARY" not in b"".join(path.read_bytes() for path in made.house.paths.home.iterdir() if path.is_file())
