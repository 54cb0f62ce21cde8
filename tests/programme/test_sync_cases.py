"""Known faults of other calendars' programmes, each once through the whole engine on real stores."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.basics.progress import Ticket
from companion.calendars.codec import event_to_json
from companion.calendars.model import Account, Known, Page
from companion.calendars.model import Ledger as Counts
from companion.calendars.store import SyncRun
from companion.connectors.ics_source import IcsFile
from companion.crossing.model import Command
from companion.programme import meetings as verbs
from companion.programme import seats
from companion.programme.apply import cross
from companion.programme.sync import sync
from companion.programme.views.meetings import meetings
from fakes.house import Made
from fakes.ics import NOW, calendar, event
from fakes.killing import Fate, KilledError, fated
from fakes.source import FakeSource


def titles(made: Made) -> list[str]:
    return [row.meeting.title for row in meetings(made.house).rows]


def rows(made: Made) -> dict[str, list[object]]:
    """Every row of both stores by table; a row that was written anew has another `rowid` or value."""
    found: dict[str, list[object]] = {}
    for path in (made.house.paths.device, made.house.paths.workspace):
        with closing(sqlite3.connect(path)) as connection:
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if "takeaway_text" not in table:
                    query = f'SELECT * FROM "{table}"'
                    found[f"{path.stem}.{table}"] = connection.execute(query).fetchall()
    return found


class Ledger:
    """Counts the rows that are really written, by a trigger on every table of both stores."""

    def __init__(self, made: Made) -> None:
        self.paths = (made.house.paths.device, made.house.paths.workspace)
        for path in self.paths:
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute("CREATE TABLE written (what TEXT)")
                tables = connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'takeaway_text%'"
                    " AND name NOT LIKE 'search_text%'"
                ).fetchall()
                for (table,) in tables:
                    for change in ("INSERT", "UPDATE", "DELETE") if table != "written" else ():
                        connection.execute(
                            f'CREATE TRIGGER "t_{table}_{change}" AFTER {change} ON "{table}"'
                            f" BEGIN INSERT INTO written VALUES ('{path.stem}.{table}'); END"
                        )

    def take(self) -> list[str]:
        """The tables of the rows written since it was last asked, sorted."""
        found: list[str] = []
        for path in self.paths:
            with closing(sqlite3.connect(path)) as connection, connection:
                found += [table for (table,) in connection.execute("SELECT what FROM written")]
                connection.execute("DELETE FROM written")
        return sorted(found)


def file_account(made: Made, path: Path) -> Account:
    """An account that reads a real .ics file; the house opens the real source for it."""
    made.account("File", "dana@ferro.example")
    with made.house.device() as device:
        account = device.accounts.by_name("File")
        assert account
        account = replace(account, kind="ics", url=str(path))
        device.accounts.put(account)
    made.sources["File"] = IcsFile(account)  # type: ignore[assignment]
    return account


# Rows


@pytest.mark.parametrize("count", [1, 40])
def test_a_round_without_news_writes_its_state_and_no_other_row(made: Made, count: int) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {str(at): calendar(event(str(at))) for at in range(count)}
    source.per_page = 7
    ledger = Ledger(made)
    sync(made.house)
    assert ledger.take().count("device.member") == count
    sync(made.house)
    assert ledger.take() == ["device.sync_state"]


@pytest.mark.case(44)
def test_stamps_and_sequences_that_change_at_every_download_write_nothing(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "feed.ics"
    lines = [event(str(at)) for at in range(20)]

    def write(number: int) -> None:
        stamped = [
            line.replace("DTSTAMP:20261101T000000Z", f"DTSTAMP:202611{number:02d}T000000Z")
            + f"\r\nSEQUENCE:{number}\r\nLAST-MODIFIED:202611{number:02d}T000000Z\r\nEND:VEVENT"
            for line in (one.removesuffix("\r\nEND:VEVENT") for one in lines)
        ]
        path.write_bytes(calendar(*stamped))

    write(1)
    file_account(made, path)
    ledger = Ledger(made)
    assert sync(made.house)[0].added == 20
    ledger.take()
    for number in range(2, 5):
        write(number)
        sync(made.house)
        assert ledger.take() == ["device.sync_state"]


@pytest.mark.case(44)
def test_an_object_whose_etag_changes_alone_writes_its_version_and_nothing_else(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a")), "b": calendar(event("b"))}
    ledger = Ledger(made)
    sync(made.house)
    ledger.take()
    source.members["a"] = calendar(event("a", "20261110T130000Z", "SEQUENCE:4"))
    (done,) = sync(made.house)
    assert (done.changed, ledger.take()) == (0, ["device.member", "device.sync_run", "device.sync_state"])


def test_one_change_writes_what_changed(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {str(at): calendar(event(str(at))) for at in range(40)}
    ledger = Ledger(made)
    sync(made.house)
    ledger.take()
    source.members["7"] = calendar(event("7", title="Kestrel review, moved"))
    sync(made.house)
    written = ledger.take()
    assert written.count("device.member") == written.count("workspace.meeting") == 1
    noted = [one for one in written if one.startswith("workspace.search")]  # that a contact's row was touched
    assert len(noted) <= 4, " ".join(written)
    assert len(written) - len(noted) <= 12, " ".join(written)


# One meeting, many copies


@pytest.mark.case(36)
@pytest.mark.parametrize("one_file", [True, False])
def test_seven_hundred_copies_of_one_entry_are_one_meeting(made: Made, one_file: bool) -> None:
    source = made.account("Work", "dana@ferro.example")
    line = event("a", answer="ACCEPTED")
    source.members = {"file": calendar(*[line] * 700)} if one_file else {str(at): calendar(line) for at in range(700)}
    (done,) = sync(made.house)
    assert (done.ledger.seen, done.added, titles(made)) == (700, 1, ["Kestrel quarterly review"])
    (again,) = sync(made.house)
    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    if not one_file:
        source.members = {"0": calendar(line)}
        (done,) = sync(made.house, accept_fewer=True)
        assert (done.removed, titles(made)) == (0, ["Kestrel quarterly review"]), "one copy holds it"


@pytest.mark.case(37)
def test_one_uid_in_two_calendars_of_one_account_and_of_two(made: Made) -> None:
    line = event("a", answer="ACCEPTED")
    made.account("Work", "dana@ferro.example").members = {"one/a": calendar(line), "two/a": calendar(line)}
    made.account("Hosts", hosts=True).members = {"a": calendar(line)}
    assert [done.added for done in sync(made.house)] == [1, 1]
    assert titles(made) == ["Kestrel quarterly review"]
    del made.sources["Work"].members["one/a"]
    sync(made.house)
    assert [seat.state for seat in meetings(made.house).rows[0].seats] == ["unknown"]
    made.sources["Work"].members = {}
    sync(made.house, accept_fewer=True)
    assert titles(made) == ["Kestrel quarterly review"], "the hosts still hold it"


# Feeds that lie


@pytest.mark.case(45)
@pytest.mark.parametrize("one_file", [True, False])
def test_new_uids_at_every_poll_are_known_bounded_and_told(made: Made, one_file: bool) -> None:
    source = made.account("Work", "dana@ferro.example")

    def poll(number: int) -> None:
        lines = [event(f"{number}-{at}", f"202611{at + 10}T130000Z", title=f"Kestrel {at}") for at in range(10)]
        members = {f"{number}-{at}": calendar(line) for at, line in enumerate(lines)}
        source.members = {"file": calendar(*lines)} if one_file else members

    poll(0)
    sync(made.house)
    seats.set_state(made.house, meeting_id("0-0", "-"), "dana@ferro.example", "attended")
    known = rows(made)
    for number in range(1, 20):
        poll(number)
        (done,) = sync(made.house)
        assert (done.added, done.changed, done.removed) == (0, 0, 0)
        assert [(p.code, p.facts["count"]) for p in done.problems] == [("entries_renamed", 10)]
    found = rows(made)
    for table in ("workspace.meeting", "workspace.meeting_copy", "workspace.evidence"):
        assert found[table] == known[table]
    assert len(found["device.event"]) == 10
    assert len(found["device.member"]) == len(source.members)
    assert len(found["device.sync_run"]) <= 50


@pytest.mark.case(46)
@pytest.mark.case(51)
@pytest.mark.parametrize("per_page", [1, 7, 500])
def test_a_listing_of_far_less_takes_nothing_away_until_somebody_says_so(made: Made, per_page: int) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {f"{at:03d}": calendar(event(str(at))) for at in range(100)}
    source.per_page = per_page
    sync(made.house)
    source.members = {key: source.members[key] for key in sorted(source.members)[:9]}
    (done,) = sync(made.house)
    assert [(p.code, p.facts["held"], p.facts["listed"]) for p in done.problems] == [("calendar_shrunk", 100, 9)]
    assert (done.removed, len(titles(made))) == (0, 100)
    (done,) = sync(made.house, accept_fewer=True)
    assert (done.removed, len(titles(made))) == (91, 100)
    assert {row.meeting.status for row in meetings(made.house).rows} == {"gone", "confirmed"}, "past ones are marked"


def test_what_goes_and_comes_back_under_another_name_in_one_round_never_went(made: Made) -> None:
    made.account("Work", "dana@ferro.example")
    source = FakeSource({"a": calendar(event("1")), "b": calendar(event("2"))}, per_page=1)
    made.sources["Work"] = source
    sync(made.house)
    source.members = {"b": source.members["b"], "z": source.members["a"]}
    (done,) = sync(made.house)
    assert (done.added, done.changed, done.removed) == (0, 0, 0)


# People


@pytest.mark.case(65)
def test_a_guest_to_whom_it_was_forwarded_gets_a_seat_when_the_copy_tells(made: Made) -> None:
    source = made.account("Hosts", hosts=True)
    source.members = {"a": calendar(event("a", "20261210T130000Z", guests=("ken@kestrel.example",)))}
    sync(made.house)
    assert [row.seats for row in meetings(made.house).rows] == [()]
    source.members = {
        "a": calendar(event("a", "20261210T130000Z", guests=("ken@kestrel.example", "lev@ferro.example")))
    }
    (done,) = sync(made.house)
    assert done.changed == 1
    assert [(seat.name, seat.state) for seat in meetings(made.house).rows[0].seats] == [("Lev Brandt", "accepted")]


# Forgetting, cut anywhere


@pytest.mark.parametrize("point", range(1, 14))
def test_a_meeting_is_forgotten_whole_wherever_the_process_ends(made: Made, point: int) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a", title="Kestrel CANARY review")), "b": calendar(event("b"))}
    sync(made.house)
    try:
        verbs.forget(fated(made.house, Fate(dies_at=point)), [meeting_id("a", "-")])
        decided = True
    except KilledError:
        with made.house.device(write=False) as device, made.house.workspace(write=False) as tx:
            decided = bool(device.queue.waiting()) or bool(tx.meetings.verdicts())
    sync(made.house)
    assert len(titles(made)) == 2 - decided
    made.house.close()
    written = b"".join(path.read_bytes() for path in made.house.paths.home.iterdir() if path.is_file())
    assert (b"CANARY" in written) is not decided


@pytest.mark.parametrize("order", ["before", "after"])
def test_what_was_read_before_a_meeting_was_forgotten_does_not_bring_it_back(made: Made, order: str) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a", title="Kestrel CANARY review"))}
    sync(made.house)
    with made.house.device(write=False) as device:
        (account,) = device.accounts.all()
        (held,) = device.events.all(account.id)
    body = {"account": account.id, "owner": account.owner, "hosts": False, "put": [event_to_json(held)], "drop": [],
            "uids": ["a"]}  # fmt: skip
    late = Command("late", "copies", body, NOW)
    if order == "before":  # it waits for a workspace that was away
        with made.house.device() as device:
            device.queue.put(late)
    verbs.forget(made.house, [meeting_id("a", "-")])
    if order == "after":  # another process had read it by then
        with made.house.device() as device:
            device.queue.put(late)
    cross(made.house)
    with made.house.workspace(write=False) as tx:
        assert (tx.meetings.everything(), tx.meetings.of_account(account.id)) == ([], [])
    made.house.close()
    written = b"".join(path.read_bytes() for path in made.house.paths.home.iterdir() if path.is_file())
    assert b"CANARY" not in written


def _feed(made: Made) -> FakeSource:
    """An account that is one file."""
    source = made.account("Feed", "dana@ferro.example")
    with made.house.device() as device:
        device.accounts.put(replace(device.accounts.by_name("Feed"), kind="ics"))  # type: ignore[type-var]
    return source


@pytest.mark.case(46, 51)
def test_no_number_of_failures_makes_half_a_file_believed(made: Made) -> None:
    source = _feed(made)
    source.members = {"file": calendar(*(event(str(at)) for at in range(60)))}
    sync(made.house)
    source.stop_after = 0
    for _ in range(55):  # more than the runs that are kept
        with contextlib.suppress(KilledError):
            sync(made.house)
    with made.house.device(write=False) as device:
        account = device.accounts.all()[0].id
    with made.house.device() as device:
        for at in range(55):
            device.events.add_run(SyncRun(account, NOW + timedelta(minutes=at), None, Counts()))
    source.stop_after, source.members = None, {"file": calendar(event("1"))}
    (done,) = sync(made.house)
    assert ([problem.code for problem in done.problems], done.removed) == (["calendar_shrunk"], 0)
    (done,) = sync(made.house, accept_fewer=True)
    assert done.removed == 59
    (done,) = sync(made.house)
    assert done.problems == ()


def test_a_calendar_that_is_closed_when_everything_is_listed_keeps_what_it_held(made: Made) -> None:
    class Two(FakeSource):
        closed = False

        def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
            here = {key: body for key, body in self.members.items() if not (self.closed and key[0] == "b")}
            counts = Counter(key[0] for key in here)
            told = (Problem("calendar_skipped", account="Work", host="x", name="B", reason=403),) if self.closed else ()
            for page in FakeSource(here).pages("", known, ticket):
                yield replace(page, counted=tuple(counts.items()), problems=told)

    made.account("Work", "dana@ferro.example")
    source = made.sources["Work"] = Two({key: calendar(event(key)) for key in ("a1", "a2", "a3", "b1")})
    sync(made.house)
    source.closed = True
    del source.members["a1"]
    for _ in range(3):
        made.time[0] += timedelta(days=8)
        (done,) = sync(made.house)
        assert ([problem.code for problem in done.problems], done.removed) == (["calendar_skipped"], 0)
    source.closed = False
    (done,) = sync(made.house)
    assert (done.problems, done.removed) == ((), 1)
    source.closed = True
    (done,) = sync(made.house, accept_fewer=True)
    assert done.removed == 1


@pytest.mark.case(46)
def test_a_calendar_that_is_empty_now_is_not_made_up_for_by_another(made: Made) -> None:
    class Two(FakeSource):
        def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
            for page in super().pages("", known, ticket):
                counts = Counter(key[0] for key in self.members)
                yield replace(page, counted=tuple((name, counts[name]) for name in "ab"))

    made.account("Work", "dana@ferro.example")
    source = made.sources["Work"] = Two({})
    keys = [f"{name}{at}" for name, most in (("a", 70), ("b", 50)) for at in range(most)]
    source.members = {key: calendar(event(key)) for key in keys}
    sync(made.house)
    source.members = {key: body for key, body in source.members.items() if key[0] == "a"}
    (done,) = sync(made.house)
    assert [(p.code, p.facts["held"], p.facts["listed"]) for p in done.problems] == [("calendar_shrunk", 50, 0)]
    assert (done.removed, len(titles(made))) == (0, 120)
    (done,) = sync(made.house, accept_fewer=True)
    assert done.removed == 50
