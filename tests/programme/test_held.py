"""What is held about me: every table is walked, what is mine is found, and nothing of others is told."""

import json
from dataclasses import replace
from datetime import date

import pytest

from companion.attendance.offers import Offer
from companion.basics.errors import Problem
from companion.calendars.model import Guest
from companion.cli.held import as_json
from companion.cli.out import plain
from companion.people.model import Leave, Person
from companion.programme import seats
from companion.programme.data_map import DEVICE, DEVICE_REST, REST, WORKSPACE, Trace
from companion.programme.held import HeldAboutPerson, document, held_about
from companion.programme.model import AuditEntry
from companion.programme.sync import sync
from companion.storage.device.transaction import metadata as device
from companion.storage.holding import _stands_in
from companion.storage.workspace.transaction import metadata as workspace
from companion.words.held import COLUMNS, SECTIONS
from fakes.house import LEV, Made
from fakes.ics import calendar, event

SAY_WHO = {"person_id", "author_id", "owner_id", "by", "who", "email", "recipient", "sender", "approver", "owner"}
OTHERS = {("contact", "address"), ("sync_run", "owner")}


def described(traces: tuple[Trace, ...], rest: dict[str, tuple[str, ...]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {table: set(columns) for table, columns in rest.items()}
    for trace in traces:
        columns = (
            *trace.ids, *trace.addresses, *trace.within, *trace.shown, *trace.unshown, *trace.unless,
        )  # fmt: skip
        found.setdefault(trace.table, set()).update(columns)
    return found


@pytest.mark.parametrize(("metadata", "traces", "rest"), [(workspace, WORKSPACE, REST), (device, DEVICE, DEVICE_REST)])
def test_every_column_of_every_table_is_described(metadata, traces, rest) -> None:  # type: ignore[no-untyped-def]
    """A table or a column that is new has to be written into `programme/data_map.py` before this is green again."""
    held = {name: {column.name for column in table.columns} for name, table in metadata.tables.items()}
    known = described(traces, rest)
    left_out = [f"{table}.{name}" for table, names in held.items() for name in names - known.get(table, set())]
    gone = [f"{table}.{name}" for table, names in known.items() for name in names - held.get(table, set())]
    assert (sorted(left_out), sorted(gone)) == ([], [])


@pytest.mark.parametrize("rest", [REST, DEVICE_REST])
def test_a_column_that_says_who_is_never_put_aside(rest: dict[str, tuple[str, ...]]) -> None:
    aside = [(table, name) for table, names in rest.items() for name in names if name in SAY_WHO]
    assert [one for one in aside if one not in OTHERS] == []


def test_every_section_and_column_has_its_words() -> None:
    every = (*WORKSPACE, *DEVICE)
    assert {trace.section for trace in every} == set(SECTIONS)
    assert {name for trace in every for name in trace.shown} - set(COLUMNS) == set()


@pytest.fixture
def lived(made: Made) -> Made:
    """Dana and Lev both sat, asked, told; what is told of the one must not be told to the other."""
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", "20261110T130000Z", guests=("lev@ferro.example", "ken@kestrel.example")))
    }
    sync(made.house)
    with made.house.workspace() as tx:
        meeting = tx.meetings.everything()[0]
    for who in ("dana@ferro.example", "lev@ferro.example"):
        seats.set_state(made.house, meeting.id, who, "attended", reason=f"seen with {who[:3]}")
    now = made.time[0]
    with made.house.workspace() as tx:
        tx.people.put(replace(LEV, target=7, assistants=("dana@ferro.example",)))
        tx.programme.audit(AuditEntry(now, "dana@ferro.example", "leave", "", "1 May", "lev@ferro.example"))
        tx.people.put_leave(Leave("lev", date(2026, 3, 1), date(2026, 3, 20), "parental"))
        tx.people.put_leave(Leave("dana", date(2026, 4, 1), date(2026, 4, 9), "other"))
        tx.offers.put(Offer("o1", meeting.id, "lev", "ops", "dana@ferro.example", now, "host", now, reason="secret"))
        tx.programme.audit(AuditEntry(now, "rosa@ferro.example", "seat", "", f"{meeting.id} lev missed", "of Lev"))
        tx.programme.audit(AuditEntry(now, "rosa@ferro.example", "seat", "", f"{meeting.id} dana missed", "of Dana"))
    return made


def text_of(held: HeldAboutPerson) -> str:
    return json.dumps(as_json(held), default=plain)


def count(held: HeldAboutPerson, key: str) -> int:
    return next((section.count for section in held.sections if section.key == key), 0)


def test_mine_is_found_and_others_stay_out(lived: Made) -> None:
    held = held_about(lived.house)
    assert held.own
    said = text_of(held)
    assert (count(held, "leave"), count(held, "offers")) == (1, 0)
    assert count(held, "said") >= 2  # her word for Lev's seat, and the offer she set going
    assert count(held, "calendars") == 2  # the account and its entry
    assert "of Dana" in said
    assert "somebody else" in said  # in the place of whom a line of the audit is about
    for leaked in ("lev@ferro.example", '"lev"', "parental", "of Lev", "secret", '"target": 7'):
        assert leaked not in said, leaked
    assert "ken@kestrel.example" not in said


def test_the_guest_list_shows_the_own_entry_alone(lived: Made) -> None:
    lived.house = replace(lived.house, me="lev@ferro.example")
    held = held_about(lived.house)
    met = next(section for section in held.sections if section.key == "meetings")
    guests = [row["guests"] for table in met.tables for row in table.raw]
    assert guests
    assert all(isinstance(guest, Guest) and guest.address == "lev@ferro.example" for one in guests for guest in one)


def test_in_a_shared_workspace_ops_learn_how_much_and_others_nothing(lived: Made) -> None:
    house = replace(lived.house, workspace_shared=True)
    with pytest.raises(Problem) as caught:
        held_about(house, "lev@ferro.example")
    assert caught.value.code == "held_only_own"
    with house.workspace() as tx:
        tx.people.put(Person("olga", "olga@ferro.example", "Olga", (), "Office", "ops"))
    held = held_about(replace(house, me="olga@ferro.example"), "lev@ferro.example")
    assert held.counted
    assert count(held, "leave") == 1
    assert not any(table.raw for section in held.sections for table in section.tables)
    assert "parental" not in text_of(held)
    assert count(held, "notes") == 0


def test_a_page_of_it_holds_the_same(lived: Made) -> None:
    held = held_about(lived.house)
    page = lived.house.render_report(document(held, "Europe/Amsterdam"))
    assert "Kestrel Plumbing Supply, 10 November 2026" in page.html
    assert "lev@ferro.example" not in page.html
    assert "default-src 'none'" in page.html


@pytest.mark.parametrize(
    ("one", "text", "stands"),
    [
        ("ana@x.example", "dana@x.example", False),
        ("ana@x.example", "told ana@x.example, twice", True),
        ("ana@x.example", "ana@x.example.org", False),
        ("ana@x.example", "so said ana@x.example.", True),
        ("lev", "m1 lev missed", True),
        ("lev", "lev@ferro.example", False),
        ("lev", "level", False),
    ],
)
def test_an_address_is_found_whole(one: str, text: str, stands: bool) -> None:
    assert _stands_in(one, text) is stands
