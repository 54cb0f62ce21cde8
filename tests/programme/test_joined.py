"""Who really joined: reports in, met or not met out, and nothing else kept anywhere."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.attendance.model import Evidence
from companion.attendance.report import Joined, Report
from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.connectors.spreadsheets import read_text
from companion.programme import people, seats
from companion.programme.joined import Taken, forget_reports, import_reports, take
from companion.programme.sync import sync
from companion.programme.views.board import board
from companion.programme.views.home import home
from companion.programme.views.meetings import meetings
from companion.programme.views.review import review
from companion.words.problems import sentence
from fakes.house import Made
from fakes.ics import calendar, event

REPORTS = Path(__file__).parents[1] / "attendance" / "reports"
A, B = meeting_id("a", "-"), meeting_id("b", "-")
START = datetime(2026, 11, 10, 13, tzinfo=UTC)
MEI = "id,name,email,team,role,target\nmei,Mei Tan,mei@ferro.example,Legal,leader,2\n"
TITLE = "Kestrel review"  # of the reports too
HOST = ("rosa@ferro.example", "Rosa Vidal", 0, 90)


def golden(name: str = "teams-en.csv") -> str:
    return read_text(REPORTS / name)


def report(*rows: tuple[str, str, int, int], start: datetime = START, minutes: int = 90) -> Report:
    """A session; rows are (address, name, first minute, last minute)."""
    lines = []
    for address, name, first, last in rows:
        span = (start + timedelta(minutes=first), start + timedelta(minutes=last))
        lines.append(Joined(address, name, (last - first) * 60, (span,)))
    return Report("teams", "", start, start + timedelta(minutes=minutes), tuple(lines))


def said(made: Made, key: str = A) -> list[Evidence]:
    with made.house.workspace(write=False) as tx:
        return [item for item in tx.seats.evidence([key]) if item.source == "report"]


def states(made: Made, uid: str = "a") -> dict[str, str]:
    row = next(row for row in meetings(made.house).rows if row.meeting.uid == uid)
    return {seat.name: seat.state for seat in row.seats}


def taken(made: Made, *reports: Report, dry_run: bool = False) -> Taken:
    found = take(made.house, A, reports, dry_run=dry_run)
    assert found is not None
    return found


@pytest.fixture
def seated(made: Made) -> Made:
    """Dana accepted a review that took place and one a month later; Mei leads too and was invited."""
    people.import_people(made.house, MEI)
    guests = ("ken@kestrel.example", "mei@ferro.example")
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", title=TITLE, end="20261110T140000Z", answer="ACCEPTED", guests=guests)),
        "b": calendar(event("b", "20261210T130000Z", answer="ACCEPTED")),
    }
    sync(made.house)
    return made


@pytest.mark.parametrize("name", ["teams-vi.csv", "zoom-usage-en.csv", "teams-sv.csv"])
def test_a_file_says_who_was_there_and_who_was_not(seated: Made, name: str) -> None:
    found = import_reports(seated.house, A, [golden(name)])
    assert (found.met, [item.reason for item in found.proposals]) == (("dana",), ["brief:10"])
    assert (found.numbers.ours, found.numbers.others) == (1, 2)
    assert states(seated) == {"Dana Okafor": "attended", "Mei Tan": "missed", "Lev Brandt": "unknown"}
    row = next(row for row in board(seated.house).rows if row.person.id == "dana")
    assert (row.standing.heard, [dict(why.facts).get("source") for why in row.standing.why if why.code == "heard"]) == (
        1, ["report"],
    )  # fmt: skip
    with seated.house.workspace(write=False) as tx:
        told = {entry.why for entry in tx.programme.entries() if entry.what == "seat.report"}
    assert told == {f"report {found.system}"}


def test_neither_times_nor_names_of_others_are_in_any_file(seated: Made) -> None:
    import_reports(seated.house, A, [golden().replace("Ken Abe", "Xaver Quint"), golden("teams-en-comma.csv")])
    seated.house.close()
    for path in seated.house.paths.home.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for word in ("Xaver", "Quint", "anna.kowal", "14:01:05", "13:01:05", "3305", "55m"):
            assert word.encode() not in data, (path, word)
    base = seated.house.paths.home
    stores = [path for path in base.rglob("*") if path.is_file() and path.read_bytes()[:6] == b"SQLite"]
    rows = [row for path in stores for row in _evidence(path)]
    assert {row[4] for row in rows if row[3] == "report"} <= {"attended", "missed", "unknown"}


def _evidence(path: Path) -> Sequence[tuple[str, ...]]:
    with sqlite3.connect(path) as store:
        known = store.execute("SELECT 1 FROM sqlite_master WHERE name = 'evidence'").fetchone()
        names = "id, meeting_id, person_id, source, says"
        rows = store.execute(f"SELECT {names} FROM evidence").fetchall() if known else []
    store.close()
    return rows


def test_the_same_report_twice_changes_nothing(seated: Made) -> None:
    first = import_reports(seated.house, A, [golden()])
    before = said(seated)
    seated.time[0] += timedelta(days=1)
    again = import_reports(seated.house, A, [golden("teams-de.csv")])
    assert (len(first.fresh), again.fresh, said(seated)) == (3, (), before)


def test_a_try_stores_nothing(seated: Made) -> None:
    found = import_reports(seated.house, A, [golden()], dry_run=True)
    assert (found.met, len(found.fresh), said(seated)) == (("dana",), 3, [])


def test_a_corrected_report_replaces_what_it_said(seated: Made) -> None:
    taken(seated, report(HOST, ("dana@ferro.example", "Dana", 0, 80)))
    assert states(seated) == {"Dana Okafor": "attended", "Mei Tan": "missed"}
    taken(seated, report(HOST, ("dana@ferro.example", "Dana", 0, 3), ("mei@ferro.example", "Mei", 0, 60)))
    assert states(seated) == {"Dana Okafor": "unknown", "Mei Tan": "attended"}
    taken(seated, report(HOST, ("mei@ferro.example", "Mei", 0, 60)))
    assert states(seated) == {"Dana Okafor": "missed", "Mei Tan": "attended"}
    room = Joined("", "Boardroom", 5400, ((START, START + timedelta(minutes=90)),), "room")
    hidden = report(HOST)
    found = taken(seated, replace(hidden, rows=(*hidden.rows, room)))
    assert (set(found.untold), found.numbers.rooms) == ({"dana", "mei"}, 1)
    assert states(seated)["Dana Okafor"] == "unknown", "nobody can tell any more, so it is asked again"


def test_another_session_of_the_meeting_only_adds(seated: Made) -> None:
    taken(seated, report(HOST, ("dana@ferro.example", "Dana", 0, 40), minutes=45))
    later = START + timedelta(minutes=46)
    found = taken(seated, report(HOST, ("mei@ferro.example", "Mei", 0, 40), start=later, minutes=45))
    assert found.met == ("mei",)
    assert states(seated) == {"Dana Okafor": "attended", "Mei Tan": "attended"}
    both = taken(
        seated,
        report(HOST, ("dana@ferro.example", "Dana", 0, 40), minutes=45),
        report(HOST, ("mei@ferro.example", "Mei", 0, 40), start=later, minutes=45),
    )
    assert (both.met, both.fresh) == (("dana", "mei"), ())


@pytest.mark.case(70)
def test_a_proposal_counts_for_nobody_until_somebody_answers(seated: Made) -> None:
    taken(seated, report(HOST, ("", "Lev Brandt", 0, 80)))
    assert states(seated)["Lev Brandt"] == "unknown"
    row = next(row for row in board(seated.house).rows if row.person.id == "lev")
    assert (row.standing.heard, row.standing.unknown) == (0, 1)
    assert [(item.name, item.kind) for item in review(seated.house).items] == [("Lev Brandt", "proposed")]
    theirs = replace(seated.house, me="lev@ferro.example")
    assert [item.meeting.uid for item in home(theirs).did_you_join] == ["a"]
    seats.set_state(theirs, A, "lev@ferro.example", "attended")
    assert states(seated)["Lev Brandt"] == "attended"
    assert review(seated.house).items == ()
    assert taken(seated, report(HOST, ("", "Lev Brandt", 0, 80))).fresh == ()


def test_what_does_not_agree_waits_for_a_decision(seated: Made) -> None:
    seats.set_state(seated.house, A, "mei@ferro.example", "attended", "host")
    seats.set_state(seated.house, A, "dana@ferro.example", "declined", "self")
    found = taken(seated, report(HOST, ("dana@ferro.example", "Dana", 0, 80)))
    assert (found.met, found.not_met, set(found.conflicts)) == (("dana",), ("mei",), {"dana", "mei"})
    listed = review(seated.house)
    assert [(item.name, item.kind) for item in listed.items] == [("Dana Okafor", "disputed"), ("Mei Tan", "disputed")]
    seats.set_state(seated.house, A, "mei@ferro.example", "attended", "ops")
    seats.set_state(seated.house, A, "dana@ferro.example", "missed", "ops")
    assert review(seated.house).items == ()
    assert states(seated) == {"Dana Okafor": "missed", "Mei Tan": "attended"}


def test_names_are_hidden_in_a_shared_workspace_without_an_agreement(seated: Made) -> None:
    taken(seated, report(HOST, ("", "Lev Brandt", 0, 80), ("dana@ferro.example", "Dana", 0, 3)))
    shared = replace(seated.house, workspace_shared=True)
    assert ([item.person_id for item in review(shared).items], review(shared).hidden) == (["dana"], 1)


def test_who_is_no_leader_and_has_no_seat_is_only_counted(seated: Made) -> None:
    found = taken(seated, report(HOST, ("agnes@ferro.example", "Agnes Moll", 0, 80)))
    assert (found.numbers.ours, [item.person_id for item in found.fresh if item.says == "attended"]) == (2, [])
    seats.set_state(seated.house, A, "dana@ferro.example", "delegated", "self", to="agnes@ferro.example")
    found = taken(seated, report(HOST, ("agnes@ferro.example", "Agnes Moll", 0, 80)))
    assert found.met == ("agnes",)


def test_a_report_of_another_occurrence_is_not_this_ones(made: Made) -> None:
    made.account("Work", "dana@ferro.example").members = {
        "w": calendar(event("w", "20261103T130000Z", "RRULE:FREQ=WEEKLY;COUNT=3", answer="ACCEPTED"))
    }
    sync(made.house)
    rows = {row.meeting.start.day: row.meeting.id for row in meetings(made.house).rows}
    every = [report(HOST, start=datetime(2026, 11, day, 12, 55, tzinfo=UTC)) for day in (3, 10, 17)]
    dana = report(("dana@ferro.example", "Dana", 0, 80), start=datetime(2026, 11, 10, 13, 10, tzinfo=UTC))
    assert [len(found.met) for day in (3, 10, 17) if (found := take(made.house, rows[day], [*every, dana]))] == [
        0,
        1,
        0,
    ]
    assert take(made.house, rows[3], [dana]) is None
    with pytest.raises(Problem) as caught:
        import_reports(made.house, rows[3], [golden()])
    assert caught.value.code == "report_other_meeting"
    assert "begins at 2026-11-10 13:58" in sentence(caught.value)
    assert said(made, rows[3])[0].says == "missed"


def test_a_report_that_names_another_meeting_is_refused(seated: Made) -> None:
    members = seated.sources["Work"].members
    members["c"] = calendar(event("c", "20261110T150000Z", title="Kestrel plans", answer="ACCEPTED"))
    sync(seated.house)
    with pytest.raises(Problem) as caught:
        import_reports(seated.house, A, [golden().replace(TITLE, "Kestrel plans")])
    assert caught.value.code == "report_other_title"
    assert said(seated) == []


def teams(first: str = "11/10/26, 2:00:00 PM", last: str = "11/10/26, 3:00:00 PM", title: str = "Stand-up") -> str:
    """A report of Rosa alone as Teams writes it, in the programme's clock, which is an hour ahead of UTC."""
    return (
        f"1. Summary\nMeeting title\t{title}\nStart time\t{first}\nEnd time\t{last}\n\n2. Participants\n"
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\n"
        f"Rosa Vidal\t{first}\t{last}\t1h\trosa@ferro.example\n"
    )


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ("12:45:00 PM", "1:58:00 PM", "Finance stand-up"),
        ("6:30:00 PM", "7:30:00 PM", "Budget"),
        ("1:10:00 PM", "2:20:00 PM", "Kestrel budget"),
        ("6:30:00 PM", "7:30:00 PM", ""),
    ],
)
def test_a_report_of_another_title_and_time_is_refused(seated: Made, first: str, last: str, title: str) -> None:
    with pytest.raises(Problem) as caught:
        import_reports(seated.house, A, [teams(f"11/10/26, {first}", f"11/10/26, {last}", title)])
    assert caught.value.code == ("report_other_title" if title else "report_other_meeting")
    assert said(seated) == []


def test_a_report_of_another_title_at_that_time_says_so_and_misses_nobody(seated: Made) -> None:
    found = import_reports(seated.house, A, [teams()])
    assert (found.titles, found.not_met, set(found.untold)) == (("Stand-up",), (), {"dana", "mei"})
    assert said(seated) == []
    for title in ("Kestrel Review!", "FW: Kestrel review", ""):
        assert import_reports(seated.house, A, [teams(title=title)], dry_run=True).not_met == ("dana", "mei"), title


def test_a_report_without_a_day_misses_nobody(seated: Made) -> None:
    found = import_reports(seated.house, A, [golden("meet-it.csv")])
    assert (found.undated, found.met, found.not_met, found.untold) == (True, ("dana",), (), ("mei",))
    assert found.proposals
    assert states(seated)["Mei Tan"] == "unknown"


def test_what_an_earlier_report_said_is_told_as_it_stands(seated: Made) -> None:
    dana = ("dana@ferro.example", "Dana", 0, 60)
    taken(seated, report(HOST, dana, start=START - timedelta(minutes=5)))
    found = taken(seated, replace(report(HOST), undated=True))
    assert (found.not_met, found.kept, found.fresh) == ((), (("dana", "attended"), ("mei", "missed")), ())
    other = report(HOST, ("mei@ferro.example", "Mei", 0, 60))
    found = taken(seated, other)
    assert (found.met, found.not_met, found.kept) == (("mei",), (), ())
    assert [(item.person_id, item.reason) for item in found.proposals] == [("dana", "reports")]
    assert [item.name for item in review(seated.house).items] == ["Dana Okafor"]
    assert taken(seated, other).fresh == ()
    assert taken(seated, report(HOST, dana, start=START - timedelta(minutes=5))).fresh == ()
    seats.set_state(seated.house, A, "dana@ferro.example", "attended", "host")
    assert review(seated.house).items == ()


@pytest.mark.parametrize("name", ["iPad", "Dana's iPhone", "D. Okafor", "HR Team"])
def test_who_may_sit_at_an_unknown_device_is_not_noted_missing(seated: Made, name: str) -> None:
    taken(seated, report(HOST, ("dana@ferro.example", "Dana", 0, 60)))
    assert states(seated)["Mei Tan"] == "missed"
    found = taken(seated, report(HOST, ("", name, 0, 60)))
    assert (found.not_met, set(found.untold)) == ((), {"dana", "mei"})
    assert {states(seated)[one] for one in ("Dana Okafor", "Mei Tan")} == {"unknown"}


def test_what_a_wrong_report_said_is_taken_back(seated: Made) -> None:
    before = states(seated)
    seats.set_state(seated.house, A, "mei@ferro.example", "attended", "host")
    wrong = report(HOST, ("dana@ferro.example", "Dana", 0, 60))
    taken(seated, wrong)
    assert forget_reports(seated.house, A) == ("dana", "mei")
    assert states(seated) == before | {"Mei Tan": "attended"}
    assert forget_reports(seated.house, A) == ()
    with seated.house.workspace(write=False) as tx:
        back = [entry for entry in tx.programme.entries() if entry.about == f"dana {A}" and entry.new != "attended"]
        assert [(one.old, one.new, one.why) for one in back] == [("attended", "unknown", "report teams")]
    assert taken(seated, wrong).met == ("dana",)
    assert states(seated)["Dana Okafor"] == "attended"


def test_of_two_files_one_wrong_nothing_comes_in(seated: Made) -> None:
    for texts in ([golden(), "Dear Rosa"], [golden(), golden().replace("11/10/26", "12/10/26")]):
        with pytest.raises(Problem):
            import_reports(seated.house, A, texts)
    assert said(seated) == []


def test_nobody_joined_what_has_not_been(seated: Made) -> None:
    for call in (lambda: take(seated.house, B, [report(HOST)]), lambda: import_reports(seated.house, B, [golden()])):
        with pytest.raises(Problem) as caught:
            call()  # type: ignore[no-untyped-call]
        assert caught.value.code == "not_over_yet"
