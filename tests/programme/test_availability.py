"""Who is free for an open review: who is asked for, by whom, how often, and what stays of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.attendance.availability import Availability
from companion.basics.ids import meeting_id
from companion.basics.progress import Cancelled, Ticket
from companion.calendars.signin import APP
from companion.people.model import Person
from companion.programme import seats
from companion.programme.meetings import forget
from companion.programme.sync import sync
from companion.programme.views.home import home
from companion.programme.views.joining import FreeState
from companion.programme.views.meetings import meetings
from companion.words.joining import who_is_free
from fakes.desk import dump
from fakes.house import Made
from fakes.ics import calendar, event
from fakes.joining import ROSA_ID, FakeSchedules, at_microsoft

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
DANA, LEV = "dana@ferro.example", "lev@ferro.example"
A = meeting_id("a", "-")


def review(uid: str = "a", start: datetime = START) -> bytes:
    """A review in which nobody of the leaders has a seat."""
    return calendar(event(uid, f"{start:%Y%m%dT%H%M%SZ}"))


def let_ask(made: Made, schedules: FakeSchedules) -> FakeSchedules:
    made.house = replace(made.house, open_schedules=lambda _account: schedules)
    return schedules


@pytest.fixture
def asked(made: Made) -> FakeSchedules:
    """A host's calendar at Microsoft that holds one open review."""
    at_microsoft(made, "Hosts", ROSA_ID, "rosa@ferro.example", hosts=True).members = {"a": review()}
    return let_ask(made, FakeSchedules({DANA: "free", LEV: "busy"}))


def words(made: Made) -> dict[tuple[str, str], str]:
    with made.house.workspace(write=False) as tx:
        return {(word.meeting_id, word.person_id): word.word for word in tx.availability.all()}


def state_of(made: Made) -> FreeState | None:
    return next(row for row in meetings(made.house).rows if row.meeting.uid == "a").free


def test_leaders_who_need_a_seat_are_asked_for_and_one_word_stays(made: Made, asked: FakeSchedules) -> None:
    sync(made.house)
    assert [sorted(some) for some in asked.asked] == [[DANA, LEV]]  # neither the host nor the staff
    assert words(made) == {(A, "dana"): "free", (A, "lev"): "busy"}
    found = state_of(made)
    assert found is not None
    assert who_is_free(found) == ["Free: Dana Okafor · busy: Lev Brandt"]


def test_who_has_met_the_target_is_not_asked_for(made: Made, asked: FakeSchedules) -> None:
    with made.house.workspace() as tx:
        person = tx.people.get("lev")
        assert person
        tx.people.put(replace(person, target=0, role="leader"))
    sync(made.house)
    assert asked.asked == [(DANA,)]


def test_who_is_not_known_is_told_as_a_number(made: Made, asked: FakeSchedules) -> None:
    del asked.told[LEV]
    sync(made.house)
    found = state_of(made)
    assert found is not None
    assert who_is_free(found) == ["Free: Dana Okafor · not known: 1"]


def test_it_is_asked_once_a_day_and_a_quiet_round_writes_nothing(made: Made, asked: FakeSchedules) -> None:
    sync(made.house)
    before = dump(made.house)
    for _ in range(3):
        made.time[0] += HOUR
        sync(made.house)
    assert len(asked.asked) == 1
    assert [name for name, rows in dump(made.house).items() if rows != before[name] and "state" not in name] == []
    made.time[0] += DAY
    asked.told[DANA] = "away"
    sync(made.house)
    assert len(asked.asked) == 2
    assert words(made)[A, "dana"] == "away"


def test_where_it_says_no_nobody_is_asked_and_the_words_go(made: Made, asked: FakeSchedules) -> None:
    sync(made.house)
    assert words(made)
    asked.asked.clear()
    made.house = replace(made.house, registration=replace(made.house.registration, free_busy=False))
    made.time[0] += DAY + HOUR
    sync(made.house)
    assert (asked.asked, words(made)) == ([], {})


def test_of_whom_nobody_can_be_asked_some_hours_pass_before_it_is_tried_again(made: Made, asked: FakeSchedules) -> None:
    asked.told = {}
    for _ in range(24):
        sync(made.house)
        made.time[0] += HOUR
    assert len(asked.asked) == 4
    assert state_of(made) is None


def test_a_leaders_own_account_asks_for_that_leader_alone(made: Made) -> None:
    made.account("Hosts", hosts=True).members = {"a": review()}
    at_microsoft(made, "Mine", "dana-oid.tenant", DANA)
    asked = let_ask(made, FakeSchedules({DANA: "free", LEV: "busy"}))
    sync(made.house)
    assert asked.asked == [(DANA,)]
    assert words(made) == {(A, "dana"): "free"}
    (shown,) = home(made.house).open_reviews
    assert shown.word == "free"


def test_the_collector_asks_before_a_host_and_ops_ask_by_any_account(made: Made) -> None:
    made.account("Hosts", hosts=True).members = {"a": review()}
    at_microsoft(made, "Rosa", ROSA_ID, "rosa@ferro.example", hosts=True)
    at_microsoft(made, "Box", APP, "lev@ferro.example", mailbox="lev@ferro.example")
    schedules = FakeSchedules({DANA: "free"})
    by: list[str] = []
    made.house = replace(
        made.house, open_schedules=lambda account: by.append(account.name) or schedules, collector=True
    )  # type: ignore[func-returns-value]
    sync(made.house)
    assert by == ["Box"]
    with made.house.workspace() as tx:
        tx.people.put(Person("olga", "olga@ferro.example", "Olga Reyes", (), "Strategy", "ops"))
    made.house = replace(made.house, me="olga@ferro.example", collector=False)
    made.time[0] += 2 * DAY
    at_microsoft(made, "Olga", "olga-oid.tenant", "olga@ferro.example")
    sync(made.house, ["Olga"])
    assert by == ["Box", "Olga"]
    assert len(schedules.asked[-1]) == 2


@pytest.mark.parametrize("refusal", ["ms_consent_needed", "ms_signin_needed", "server_busy_for"])
def test_what_is_refused_fails_no_sync_and_rests_for_some_hours(made: Made, asked: FakeSchedules, refusal: str) -> None:
    asked.refusal = refusal
    for _ in range(3):
        (done,) = sync(made.house)
        assert (done.failed, done.problems) == (False, ())
    assert len(asked.asked) == 1
    assert words(made) == {}


def test_the_word_goes_when_the_review_is_over_taken_moved_or_forgotten(made: Made, asked: FakeSchedules) -> None:
    sources = made.sources["Hosts"].members
    sources |= {uid: review(uid, START + DAY) for uid in ("taken", "moved", "forgotten")}
    sync(made.house)
    assert {key for key, _ in words(made)} == {A, *(meeting_id(uid, "-") for uid in ("taken", "moved", "forgotten"))}
    sources["moved"] = review("moved", START + 2 * DAY)
    seats.set_state(made.house, meeting_id("taken", "-"), DANA, "accepted")
    forget(made.house, [meeting_id("forgotten", "-")])
    made.time[0] += 7 * HOUR
    asked.told = {}
    sync(made.house)
    assert {key for key, _ in words(made)} == {A}
    made.time[0] = START + 2 * HOUR
    sync(made.house)
    assert words(made) == {}


def test_an_old_word_is_not_believed(made: Made, asked: FakeSchedules) -> None:
    sync(made.house)
    asked.refusal = "ms_signin_needed"
    made.time[0] += 4 * DAY
    assert state_of(made) is None


def test_stopped_in_the_middle_the_words_that_came_stay(made: Made, asked: FakeSchedules) -> None:
    made.sources["Hosts"].members["b"] = review("b", START + DAY)
    ticket = Ticket(lambda what, done, total: ticket.cancel() if (what, done) == ("free", 1) else None)
    with pytest.raises(Cancelled):
        sync(made.house, ticket=ticket)
    assert {key for key, _ in words(made)} == {A}


def test_only_the_word_is_in_any_file(made: Made, asked: FakeSchedules) -> None:
    with made.house.workspace() as tx:
        tx.availability.put_all([Availability("x", "dana", "busy", made.time[0])])
    sync(made.house)
    columns = {name for name in dump(made.house) if "availability" in name}
    assert columns
    rows = [row for name, rows in dump(made.house).items() if "availability" in name for row in rows]
    assert sorted(map(len, rows)) == [4, 4]  # meeting, person, word, when


def test_in_a_shared_workspace_names_are_for_ops_once_that_is_agreed(made: Made, asked: FakeSchedules) -> None:
    sync(made.house)
    shared = replace(made.house, workspace_shared=True)
    found = next(row for row in meetings(shared).rows if row.meeting.uid == "a").free
    assert found is not None
    assert found.names == ()
    assert who_is_free(found) == ["Free: 1 · busy: 1", "You are free then"]
    with made.house.workspace() as tx:
        tx.people.put(Person("olga", "olga@ferro.example", "Olga Reyes", (), "Strategy", "ops"))
        tx.programme.put(replace(tx.programme.get(), names_agreed="Works agreement of 3 May"))
    for me, named in (("olga@ferro.example", True), (DANA, False)):
        found = next(row for row in meetings(replace(shared, me=me)).rows if row.meeting.uid == "a").free
        assert found is not None
        assert bool(found.names) is named
