"""When a join report is looked for: the times of all looks at one meeting, walked by a clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.attendance.report import Look
from companion.calendars.model import Guest
from companion.meetings.model import Meeting
from companion.programme.looking import after_look, is_due, is_teams, outcome_of, put_off, wanted

END = datetime(2026, 11, 10, 14, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ax/0?context=%7b%7d"
REVIEW = Meeting(
    "kestrel", "uid", "-", "Kestrel review", END - HOUR, END, False, "UTC", "confirmed", "kestrel", 90, (),
    Guest("rosa@ferro.example", "Rosa Vidal"), link=LINK,
)  # fmt: skip


def looks(reports: int, fitting: int, step: timedelta = timedelta(minutes=15)) -> list[Look]:
    """Every look of a machine that syncs every `step` for two months and always finds the same."""
    now, look, found = END + timedelta(minutes=20), None, []
    while now < END + timedelta(days=60):
        if is_due(look, now):
            look = after_look(REVIEW, look, outcome_of(reports, fitting, END, now), now)
            found.append(look)
        now += step
    return found


def test_without_a_report_it_is_looked_for_hourly_then_daily_then_weekly_and_then_never() -> None:
    found = looks(0, 0)
    assert found[-1].next_at is None
    ages = [look.at - END for look in found]
    first_day = [age for age in ages if age < DAY]
    first_week = [age for age in ages if DAY <= age < 8 * DAY]
    after = [age for age in ages if age >= 8 * DAY]
    assert (len(first_day), len(first_week), len(after)) == (24, 7, 4)
    assert {look.outcome for look in found if look.at - END < DAY} == {"none_yet"}
    assert {look.outcome for look in found if look.at - END >= DAY} == {"policy"}
    assert [look.tries for look in found if look.at - END >= 8 * DAY] == [1, 2, 3, 4]


def test_a_report_that_was_taken_is_looked_at_once_more_when_nobody_can_come_back_any_more() -> None:
    found = looks(1, 1)
    assert [look.outcome for look in found] == ["taken", "taken"]
    assert found[1].at - END >= timedelta(hours=4, minutes=30)
    assert found[1].next_at is None


def test_what_was_taken_stays_taken_though_nothing_is_found_later() -> None:
    look = after_look(REVIEW, None, "taken", END + HOUR)
    assert after_look(REVIEW, look, "policy", END + DAY).outcome == "taken"


def test_other_reports_of_the_series_are_no_rule_against_reports() -> None:
    assert outcome_of(3, 0, END, END + 2 * DAY) == "unmatched"
    assert outcome_of(3, 0, END, END + HOUR) == "none_yet"


def test_an_old_meeting_is_looked_for_four_times_and_no_more() -> None:
    now, look = END + 100 * DAY, None
    for tries in (1, 2, 3, 4):
        look = after_look(REVIEW, look, "elsewhere", now)
        assert look.tries == tries
        now += 8 * DAY
    assert look is not None
    assert look.next_at is None


def test_a_refusal_is_asked_about_daily() -> None:
    look = after_look(REVIEW, None, "not_allowed", END + 30 * DAY)
    assert look.next_at == END + 31 * DAY


def test_an_answer_nobody_could_read_is_put_off_ever_longer_and_changes_nothing() -> None:
    look = put_off(REVIEW, None, END + HOUR)
    assert (look.outcome, look.next_at) == ("none_yet", END + 2 * HOUR)
    for _ in range(8):
        look = put_off(REVIEW, replace(look, outcome="taken"), END + HOUR)
    assert (look.outcome, look.next_at) == ("taken", END + HOUR + DAY)


def test_a_clock_that_was_put_back_does_not_stop_the_looking() -> None:
    look = Look("kestrel", END + 400 * DAY, "none_yet", 1, END + 400 * DAY + HOUR)
    assert is_due(look, END + HOUR)


@pytest.mark.parametrize(
    ("link", "teams"),
    [
        (LINK, True),
        ("https://teams.microsoft.com/meet/2345?p=x", True),
        ("https://gov.teams.microsoft.us/l/meetup-join/x", True),
        ("https://teams.live.com/meet/9", False),
        ("https://ferro.zoom.us/j/9", False),
        ("https://teams.microsoft.com.evil.example/l/meetup-join/x", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_reports_are_of_teams(link: str, teams: bool) -> None:
    assert is_teams(link) is teams


@pytest.mark.parametrize(
    ("change", "now", "found"),
    [
        ({}, END + HOUR, True),
        ({}, END + timedelta(minutes=10), False),
        ({}, END + 301 * DAY, False),
        ({"status": "gone"}, END + HOUR, True),
        ({"status": "cancelled"}, END + HOUR, False),
        ({"link": "https://ferro.zoom.us/j/9"}, END + HOUR, False),
        ({"organiser": Guest("ken@kestrel.example")}, END + HOUR, False),
        ({"organiser": None}, END + HOUR, False),
        ({"all_day": True}, END + HOUR, False),
    ],
)
def test_only_own_past_teams_meetings_are_looked_for(change: dict[str, object], now: datetime, found: bool) -> None:
    review = replace(REVIEW, **change)  # type: ignore[arg-type]
    assert wanted([review], {}, {"rosa@ferro.example"}, now) == ([review] if found else [])


def test_what_goes_first_is_looked_for_first() -> None:
    later = replace(REVIEW, id="later", end=END + HOUR)
    assert wanted([later, REVIEW], {}, {"rosa@ferro.example"}, END + DAY) == [REVIEW, later]
