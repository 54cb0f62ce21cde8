"""Join reports, collected after a sync."""

from datetime import UTC, datetime, timedelta

import pytest

from companion.attendance.report import Look, Report
from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.basics.progress import Cancelled, Ticket
from companion.calendars.signin import SignedIn
from companion.programme.collecting import MOST, Collected, collect, turn_off, turn_on
from companion.programme.sync import sync
from companion.programme.views.meetings import meetings
from fakes.desk import dump
from fakes.house import Made
from fakes.ics import NOW, calendar, event
from fakes.joining import ROSA_ID, TEAMS, FakeIdentity, FakeReports, at_microsoft, row, session, with_reports

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)  # two hours ago, and over for half an hour
A = meeting_id("a", "-")


def review(uid: str = "a", start: datetime = START, organiser: str = "rosa@ferro.example") -> bytes:
    """A review in Teams to which Dana said yes."""
    lines = (f"X-MICROSOFT-SKYPETEAMSMEETINGURL:{TEAMS.format(uid)}", f"LOCATION:{TEAMS.format(uid)}")
    return calendar(event(uid, f"{start:%Y%m%dT%H%M%SZ}", *lines, organiser=organiser, answer="ACCEPTED"))


def report_of(start: datetime = START, *, dana: bool = True) -> Report:
    end = start + 1.5 * HOUR
    there = [row("rosa@ferro.example", "Rosa Vidal", start, end), row("ken@kestrel.example", "Ken", start, end)]
    return session(start, end, *there, *([row("dana@ferro.example", "Dana Okafor", start, end)] if dana else []))


@pytest.fixture
def reports(made: Made) -> FakeReports:
    """A host's calendar at Microsoft with one review that is over."""
    found = FakeReports()
    with_reports(made, found)
    at_microsoft(made, "Hosts", ROSA_ID, "rosa@ferro.example", hosts=True).members = {"a": review()}
    return found


def seat_of(made: Made, uid: str = "a") -> str:
    (found,) = (one for one in meetings(made.house).rows if one.meeting.uid == uid)
    return next((seat.state for seat in found.seats if seat.person_id == "dana"), "open")


def looks(made: Made) -> list[Look]:
    with made.house.device(write=False) as device:
        return device.looks.all()


def test_a_sync_takes_the_report_and_the_seat_is_heard(made: Made, reports: FakeReports) -> None:
    reports.told[TEAMS.format("a")] = [report_of()]
    assert [done.beside for done in sync(made.house)] == [1]  # so that pages read again
    assert [done.beside for done in sync(made.house)] == [0]
    assert seat_of(made) == "attended"
    (look,) = looks(made)
    assert (look.meeting_id, look.outcome, look.tries) == (A, "taken", 1)


def test_nothing_of_the_report_but_met_and_not_met_is_in_any_file(made: Made, reports: FakeReports) -> None:
    stranger = row("zoe@elsewhere.example", "Zoe Unheard", START, START + HOUR)
    reports.told[TEAMS.format("a")] = [session(START, START + HOUR, stranger), report_of(dana=False)]
    sync(made.house)
    assert seat_of(made) == "missed"
    written = b"".join(path.read_bytes() for path in made.house.paths.home.rglob("*") if path.is_file())
    assert b"Unheard" not in written
    assert b"elsewhere.example" not in written


def test_a_second_sync_asks_nothing_and_writes_nothing(made: Made, reports: FakeReports) -> None:
    reports.told[TEAMS.format("a")] = [report_of()]
    made.time[0] = NOW + 5 * HOUR  # nobody can come back any more
    sync(made.house)
    made.time[0] += HOUR
    sync(made.house)
    before = dump(made.house)
    made.time[0] += HOUR
    sync(made.house)
    after = dump(made.house)
    assert len(reports.asked) == 1
    assert [name for name in before if before[name] != after[name] and "state" not in name] == []


def test_a_restart_after_the_first_look_is_taken_as_well(made: Made, reports: FakeReports) -> None:
    """Dana came only when the room was opened again."""
    first, link = report_of(dana=False), TEAMS.format("a")
    reports.told[link] = [first]
    sync(made.house)
    assert seat_of(made) == "missed"
    late = START + 2 * HOUR
    reports.told[link] = [first, session(late, late + HOUR, row("dana@ferro.example", "Dana", late, late + HOUR))]
    made.time[0] = START + 7 * HOUR
    sync(made.house)
    assert seat_of(made) == "attended"


def test_no_report_yet_then_by_policy_is_never_absent(made: Made, reports: FakeReports) -> None:
    sync(made.house)
    assert [look.outcome for look in looks(made)] == ["none_yet"]
    made.time[0] += 2 * DAY
    sync(made.house)
    assert [look.outcome for look in looks(made)] == ["policy"]
    assert seat_of(made) == "unknown"


def test_a_report_of_another_day_of_the_series_says_nothing_of_this_one(made: Made, reports: FakeReports) -> None:
    reports.told[TEAMS.format("a")] = [report_of(START - 7 * DAY), report_of(START - 1 * DAY)]
    made.time[0] += 2 * DAY
    sync(made.house)
    assert [look.outcome for look in looks(made)] == ["unmatched"]
    assert seat_of(made) == "unknown"


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("ms_meeting_elsewhere", "elsewhere"), ("ms_reports_not_allowed", "not_allowed"),
        ("answer_unreadable", "none_yet"), ("server_error", "none_yet"),
    ],
)  # fmt: skip
def test_one_meeting_that_fails_never_stops_the_others(
    made: Made, reports: FakeReports, code: str, outcome: str
) -> None:
    made.sources["Hosts"].members["b"] = review("b", START + timedelta(minutes=5))
    reports.told = {TEAMS.format("a"): code, TEAMS.format("b"): [report_of(START + timedelta(minutes=5))]}
    (done,) = sync(made.house)
    assert not done.failed
    assert {look.meeting_id: look.outcome for look in looks(made)} == {A: outcome, meeting_id("b", "-"): "taken"}
    assert (seat_of(made), seat_of(made, "b")) == ("unknown", "attended")


@pytest.mark.parametrize("code", ["ms_consent_needed", "ms_signin_needed", "server_busy_for", "server_unreachable"])
def test_an_account_in_trouble_rests_and_no_sync_fails_for_it(made: Made, reports: FakeReports, code: str) -> None:
    reports.told[TEAMS.format("a")] = code
    for _ in range(3):
        (done,) = sync(made.house)
        assert (done.failed, done.problems) == (False, ())
    assert (len(reports.asked), looks(made)) == (1, [])
    reports.told[TEAMS.format("a")] = [report_of()]
    made.time[0] += DAY + HOUR
    sync(made.house)
    assert seat_of(made) == "attended"


def test_that_nobody_said_yes_is_no_problem_and_a_refusal_is_one(made: Made, reports: FakeReports) -> None:
    sync(made.house)
    with made.house.device(write=False) as device:
        accounts = device.accounts.all()
    made.time[0] += 2 * DAY
    reports.told[TEAMS.format("a")] = "ms_consent_needed"
    assert collect(made.house, accounts, Ticket()) == [Collected("Hosts")]
    made.time[0] += 2 * DAY
    reports.opened = "ms_not_set_up"
    (found,) = collect(made.house, accounts, Ticket())
    assert found.problem is not None
    assert found.problem.code == "ms_not_set_up"


def test_where_it_is_the_firms_rule_three_refusals_are_enough(made: Made, reports: FakeReports) -> None:
    for number in range(6):
        uid = f"x{number}"
        made.sources["Hosts"].members[uid] = review(uid, START - number * DAY)
        reports.told[TEAMS.format(uid)] = "ms_reports_not_allowed"
    reports.told[TEAMS.format("a")] = "ms_reports_not_allowed"
    sync(made.house)
    assert len(reports.asked) == 3
    made.time[0] += 2 * HOUR
    sync(made.house)
    assert len(reports.asked) == 3  # the account rests for a day


def test_some_twenty_are_looked_at_in_one_sync_those_that_go_first_before_all(made: Made, reports: FakeReports) -> None:
    days = {f"d{number:02d}": START - number * DAY for number in range(MOST + 5)}
    made.sources["Hosts"].members = {uid: review(uid, at) for uid, at in days.items()}
    reports.told = {TEAMS.format(uid): [report_of(at)] for uid, at in days.items()}
    sync(made.house)
    assert reports.asked == [TEAMS.format(uid) for uid in sorted(days, reverse=True)][:MOST]
    sync(made.house)
    assert len(looks(made)) == MOST + 5


def test_only_meetings_the_account_organised_are_looked_for(made: Made, reports: FakeReports) -> None:
    made.sources["Hosts"].members = {
        "b": review("b", organiser="ken@kestrel.example"),
        "c": review("c", START + 5 * HOUR),
        "d": calendar(event("d", f"{START:%Y%m%dT%H%M%SZ}", "LOCATION:https://ferro.zoom.us/j/123456789")),
    }
    sync(made.house)
    assert reports.asked == []


def test_an_account_without_a_named_owner_looks_for_those_of_who_signed_in(made: Made) -> None:
    reports = FakeReports({TEAMS.format("a"): [report_of()]})
    with_reports(made, reports, FakeIdentity([SignedIn(ROSA_ID, "Rosa@ferro.example", "Rosa Vidal")]))
    at_microsoft(made, "Hosts", ROSA_ID, hosts=True).members = {"a": review()}
    sync(made.house)
    assert seat_of(made) == "attended"


def test_stopped_in_the_middle_what_was_taken_stays_and_the_rest_comes_next_time(
    made: Made, reports: FakeReports
) -> None:
    days = {f"d{number}": START - number * DAY for number in range(4)}
    made.sources["Hosts"].members = {uid: review(uid, at) for uid, at in days.items()}
    reports.told = {TEAMS.format(uid): [report_of(at)] for uid, at in days.items()}
    ticket = Ticket()
    reports.before = lambda: ticket.cancel() if len(reports.asked) == 3 else None
    with pytest.raises(Cancelled):
        sync(made.house, ticket=ticket)
    assert {seat_of(made, uid) for uid in ("d3", "d2")} == {"attended"}
    reports.before = lambda: None
    sync(made.house)
    assert {seat_of(made, uid) for uid in days} == {"attended"}


def test_killed_between_report_and_look_the_same_report_changes_nothing(made: Made, reports: FakeReports) -> None:
    reports.told[TEAMS.format("a")] = [report_of()]
    sync(made.house)
    with made.house.workspace(write=False) as tx:
        before = tx.seats.evidence([A])
    with made.house.device() as device:  # as if the look had never been written
        device.looks.put(Look(A, NOW, "none_yet", 1, NOW))
    made.time[0] += HOUR
    sync(made.house)
    with made.house.workspace(write=False) as tx:
        assert tx.seats.evidence([A]) == before
    assert [look.outcome for look in looks(made)] == ["taken"]


def test_turned_on_it_asks_for_these_permissions_and_looks_at_once(made: Made, reports: FakeReports) -> None:
    identity = FakeIdentity([SignedIn(ROSA_ID, "rosa@ferro.example", "Rosa Vidal")])
    with_reports(made, reports, identity)
    reports.told[TEAMS.format("a")] = "ms_consent_needed"
    sync(made.house)
    reports.told[TEAMS.format("a")] = [report_of()]
    assert turn_on(made.house, "Hosts", Ticket(), print) == Collected("Hosts", looked=1, taken=1)
    assert identity.needs == [("join_reports",)]
    assert seat_of(made) == "attended"


def test_turned_off_nothing_is_looked_for_any_more(made: Made, reports: FakeReports) -> None:
    turn_off(made.house, "Hosts")
    sync(made.house)
    made.time[0] += 30 * DAY
    sync(made.house)
    assert reports.asked == []


def test_somebody_elses_sign_in_turns_nothing_on(made: Made, reports: FakeReports) -> None:
    lev = SignedIn("lev-oid.tenant", "lev@ferro.example", "Lev Brandt")
    identity = FakeIdentity([SignedIn(ROSA_ID, "rosa@ferro.example", "Rosa Vidal")], coming=lev)
    with_reports(made, reports, identity)
    turn_off(made.house, "Hosts")
    with pytest.raises(Problem) as caught:
        turn_on(made.house, "Hosts", Ticket(), print)
    assert caught.value.code == "ms_other_person"
    assert [person.id for person in identity.known] == [ROSA_ID]
    assert reports.asked == []


def test_of_another_system_there_is_nothing_to_turn_on(made: Made) -> None:
    made.account("Work", "dana@ferro.example")
    for verb in (lambda: turn_on(made.house, "Work", Ticket(), print), lambda: turn_off(made.house, "Work")):
        with pytest.raises(Problem) as caught:
            verb()
        assert caught.value.code == "ms_reports_only_there"
