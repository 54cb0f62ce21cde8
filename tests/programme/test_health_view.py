"""How the calendars stand: one condition each, those that need somebody first, and a sentence about it."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from companion.basics.errors import Problem
from companion.calendars.model import Account, Ledger
from companion.calendars.store import Quarantined, SyncRun, SyncState
from companion.programme.sync import due, sync, try_again
from companion.programme.views.calendars import READ_EVERY, CalendarHealth, calendars
from companion.words import health as words
from companion.words.problems import from_code, sentence
from fakes.house import Made
from fakes.ics import NOW, calendar, event

ZONE = "Europe/Amsterdam"  # an hour ahead of UTC in November
ACCOUNT = Account("a1", "Dana", "caldav", "https://cal.ferro.example/dana/", "dana", "dana@ferro.example")
BROKEN = b"BEGIN:VEVENT\r\nUID:secret-uid@x\r\nSUMMARY:Kestrel secret\r\nDTSTART:yesterday\r\nEND:VEVENT"


@dataclass
class Refusing:
    """A source whose every round ends in a problem."""

    problem: Problem
    members: dict[str, bytes] = field(default_factory=dict)

    def pages(self, cursor, known, ticket):
        raise self.problem
        yield

    def close(self) -> None:
        return


def only(made: Made) -> CalendarHealth:
    (item,) = calendars(made.house).items
    return item


def said(made: Made) -> str:
    view = calendars(made.house)
    return words.standing(view.items[0], view.now, view.zone)


def refuse(made: Made, code: str, **facts: object) -> None:
    made.sources["Dana"] = Refusing(Problem(code, host="cal.ferro.example", account="Dana", **facts))  # type: ignore[assignment]
    sync(made.house)


def test_from_never_read_to_in_order(made: Made) -> None:
    source = made.account("Dana", "dana@ferro.example")
    assert only(made).condition == "never_read"
    assert said(made) == "Not read yet."
    source.members = {"1": calendar(event("1@x")), "2": calendar(event("2@x", title="Dentist", guests=()))}
    sync(made.house)
    made.time[0] += timedelta(minutes=4)
    item = only(made)
    assert (item.condition, item.needs_somebody, item.kept) == ("in_order", False, 1)
    assert said(made) == "Read 4 minutes ago, 1 meeting kept, nothing to do."
    assert item.runs[0].ledger.seen == 2
    made.time[0] += timedelta(days=3)
    assert only(made).condition == "not_read_lately"
    assert said(made) == "Not read since Saturday; meetings are as of then."


@pytest.mark.case(71)
def test_a_refused_sign_in_is_told_with_its_first_day(made: Made) -> None:
    made.account("Dana", "dana@ferro.example").members = {"1": calendar(event("1@x"))}
    sync(made.house)
    made.time[0] += timedelta(hours=1)
    refuse(made, "signin_refused")
    assert only(made).condition == "signed_out"
    assert said(made) == (
        "Signed out since 11:00: the server refuses the user name or the password. Meetings are as of that day."
    )
    made.time[0] += timedelta(days=9)
    refuse(made, "signin_refused")
    assert said(made).startswith("Signed out since 21 November: ")
    assert said(made).endswith("Meetings are as of that day.")
    assert only(made).cause is not None


def test_a_server_that_is_away_is_told_with_the_next_try(made: Made) -> None:
    made.account("Dana", "dana@ferro.example").members = {"1": calendar(event("1@x"))}
    sync(made.house)
    for _ in range(3):
        made.time[0] += timedelta(hours=3)
        refuse(made, "server_silent", seconds=30)
    item = only(made)
    assert (item.condition, item.state.failures) == ("failing", 3)
    assert item.state.retry_at
    again = words.moment(item.state.retry_at, NOW + timedelta(hours=9), ZONE)
    assert said(made) == f"Could not be reached 3 times; will be tried again {again}. Meetings are as of 10:00 today."
    assert words.tag(item) == "not reached"
    assert item.cause is not None
    assert sentence(item.cause).startswith("cal.ferro.example does not answer")


@pytest.mark.parametrize("name", ["address_missing", "password_missing"])
def test_what_is_not_at_hand_is_no_refusal(made: Made, name: str) -> None:
    made.account("Dana", "dana@ferro.example")
    refuse(made, name, shown="https://cal.ferro.example/…")
    assert "is not at hand on this computer" in said(made)
    assert said(made).endswith("Nothing of it was ever read.")


def test_those_that_need_somebody_come_first(made: Made) -> None:
    for name in ("Ana", "Dana", "Zoë"):
        made.account(name, "dana@ferro.example").members = {"1": calendar(event("1@x"))}
    refuse(made, "signin_refused")
    assert [found.account.name for found in calendars(made.house).items] == ["Dana", "Ana", "Zoë"]


def test_what_is_set_aside_is_told_without_its_name_and_can_be_tried_again(made: Made) -> None:
    source = made.account("Dana", "dana@ferro.example")
    source.members = {"1": calendar(event("1@x")), "2": calendar(BROKEN.decode())}
    sync(made.house)
    item = only(made)
    assert (item.condition, len(item.aside), item.aside[0].tries) == ("set_aside", 1, 1)
    assert said(made) == "Read just now, 1 meeting kept; 1 entry could not be read and is set aside."
    told = [from_code(one.code, one.facts) for one in item.aside]
    told += [from_code(p["code"], p["facts"]) for p in item.runs[0].problems]
    assert told == [told[0]] * 2
    assert told[0].startswith("An entry of this calendar could not be read")
    assert not any(word in str(item) for word in ("secret-uid", "secret"))
    made.time[0] += timedelta(days=1)
    try_again(made.house, "Dana")
    (one,) = only(made).aside
    assert words.aside(one.tries, one.since, made.time[0], ZONE) == "since yesterday, tried 2 times"
    source.members["2"] = calendar(event("2@x", "20261111T130000Z"))
    try_again(made.house, "Dana")
    assert only(made).condition == "in_order"
    assert only(made).kept == 2


def test_a_calendar_that_shrank_waits_for_somebody(made: Made) -> None:
    source = made.account("Dana", "dana@ferro.example")
    source.members = {str(at): calendar(event(f"{at}@x")) for at in range(40)}
    sync(made.house)
    source.members = {"1": source.members["1"]}
    sync(made.house)
    assert only(made).condition == "doubted"
    assert said(made).startswith("It suddenly holds far less than before, so nothing was taken away.")
    sync(made.house, accept_fewer=True)
    assert only(made).condition == "in_order"


def test_runs_that_ended_alike_are_one_spell(made: Made) -> None:
    made.account("Dana", "dana@ferro.example").members = {"1": calendar(event("1@x"))}
    sync(made.house)
    for _ in range(3):
        made.time[0] += timedelta(minutes=15)
        refuse(made, "server_silent", seconds=30)
    first, second = only(made).spells
    assert (first.count, second.count) == (3, 1)
    assert first.first == NOW + timedelta(minutes=15)
    assert first.run.started == NOW + timedelta(minutes=45)
    assert second.run.added == 1


def test_of_rounds_without_news_only_the_last_is_told(made: Made) -> None:
    made.account("Dana", "dana@ferro.example").members = {"1": calendar(event("1@x"))}
    sync(made.house)
    assert only(made).quiet is None
    for _ in range(2):
        made.time[0] += timedelta(minutes=15)
        sync(made.house)
    item = only(made)
    assert item.quiet == NOW + timedelta(minutes=30)
    assert words.quiet(item.quiet, made.time[0], ZONE) == "Today, 10:30 · nothing new"


def test_a_calendar_that_came_back_is_not_doubted_any_more(made: Made) -> None:
    source = made.account("Dana", "dana@ferro.example")
    whole = source.members = {str(at): calendar(event(f"{at}@x")) for at in range(40)}
    sync(made.house)
    source.members = {"1": whole["1"]}
    made.time[0] += timedelta(minutes=15)
    sync(made.house)
    assert only(made).condition == "doubted"
    source.members = whole
    made.time[0] += timedelta(minutes=15)
    sync(made.house)
    assert only(made).condition == "in_order"


def test_the_clock_leaves_a_signed_out_account_alone(made: Made) -> None:
    made.account("Dana", "dana@ferro.example")
    made.account("Rosa", "rosa@ferro.example")
    refuse(made, "signin_refused")
    made.time[0] += timedelta(hours=1)
    assert due(made.house, made.time[0], READ_EVERY) == ["Rosa"]


def test_no_secret_address_is_told() -> None:
    item = CalendarHealth(ACCOUNT, SyncState(), (), (), 0, "never_read")
    assert item.server == "cal.ferro.example"
    assert replace(item, account=replace(ACCOUNT, url="https://cal.ferro.example/…")).server == "cal.ferro.example"
    assert replace(item, account=replace(ACCOUNT, url="/calendars/dana.ics")).server == "/calendars/dana.ics"


def test_a_stored_problem_without_its_facts_shows_no_gaps() -> None:
    assert from_code("server_silent", {}) == "Something went wrong (server_silent)."


def test_a_cause_of_which_nothing_is_known_is_not_told() -> None:
    item = CalendarHealth(ACCOUNT, SyncState(trouble="server_silent"), (), (), 0, "failing")
    assert item.cause is None


@pytest.mark.parametrize(
    ("back", "said"),
    [(timedelta(), "10:00"), (timedelta(days=1), "yesterday"), (timedelta(days=3), "Wednesday"),
     (timedelta(days=18), "3 November"), (timedelta(days=400), "17 October 2025")],
)  # fmt: skip
def test_since_is_said_as_people_do(back: timedelta, said: str) -> None:
    assert words.since(NOW - back, NOW, ZONE) == said


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(timedelta(minutes=20), "at 10:20"), (timedelta(hours=20), "tomorrow at 06:00"),
     (timedelta(days=3), "on 24 November at 10:00")],
)  # fmt: skip
def test_a_moment_ahead(ahead: timedelta, said: str) -> None:
    assert words.moment(NOW + ahead, NOW, ZONE) == said


def test_small_words() -> None:
    assert [words.took(timedelta(seconds=s)) for s in (0.2, 1, 41, 130)] == [
        "less than a second", "1 second", "41 seconds", "2 minutes",
    ]  # fmt: skip
    assert words.changes(1, 0, 2) == "1 meeting added, 2 removed"
    assert words.changes(0, 0, 0) == ""
    assert words.nothing(told=True, seen=0) == "nothing was taken in"
    assert words.days_read(date(2025, 10, 17), date(2027, 12, 26), date(2026, 11, 21)) == (
        "Days from 17 October 2025 to 26 December 2027"
    )
    assert words.days_read(None, None, date(2026, 11, 21)) == ""


def test_every_condition_has_its_word_and_its_sentence() -> None:
    run = SyncRun("a1", NOW, NOW, Ledger())
    one = Quarantined("a1", "s", "entry_cut", {}, NOW, 1)
    for condition in words.TAGS:
        item = CalendarHealth(ACCOUNT, SyncState(), (run,), (one,), 0, condition)  # type: ignore[arg-type]
        assert words.standing(item, NOW, ZONE).endswith(".")
