"""What the board reads: its period, and of other times who last heard and who comes next."""

from dataclasses import replace
from datetime import UTC, date, datetime

from companion.attendance.availability import Availability
from companion.programme import seats
from companion.programme.policy import Change, set_policy
from companion.programme.views.board import board
from fakes.house import Made
from programme.test_years import hold


def days(made: Made, span: str, who: str = "dana") -> tuple[date | None, date | None, int]:
    (row,) = [row.standing for row in board(made.house, span).rows if row.person.id == who]
    return (row.last.start.date() if row.last else None, row.next.start.date() if row.next else None, row.heard)


def test_last_and_next_are_of_any_time_until_a_period_is_over(made: Made) -> None:
    for day in ("2023-05-03", "2024-02-07", "2025-06-04", "2026-03-04"):
        hold(made, day, "dana")
    hold(made, "2024-09-04", "lev")
    for day in ("2027-02-03", "2027-04-07"):
        ahead = hold(made, day)
        seats.set_state(made.house, ahead.id, "dana", "accepted", "ops")
    for span in ("2026", "rolling", "2027"):
        assert days(made, span)[:2] == (date(2026, 3, 4), date(2027, 2, 3)), span
    for span, last in (("2025", date(2025, 6, 4)), ("2022", None)):
        assert days(made, span)[:2] == (last, None), "a period that is over tells of nothing else"
    assert [days(made, span)[2] for span in ("2022", "2023", "2024", "2025", "2026")] == [0, 1, 1, 1, 1]
    assert days(made, "2026", "lev") == (date(2024, 9, 4), None, 0)


def test_the_board_begins_with_the_programmes_own_year(made: Made) -> None:
    set_policy(made.house, Change(year="4"))
    assert board(made.house).period.label == "2026-04..2027-03"
    set_policy(made.house, Change(year="rolling"))
    assert board(made.house).period.label == "rolling"


def test_who_is_busy_then_cannot_take_it(made: Made) -> None:
    free = hold(made, "2026-12-09")
    with made.house.workspace() as tx:
        tx.availability.put_all([Availability(free.id, "dana", "busy", made.time[0])])
    rows = {row.person.id: row.standing for row in board(made.house, "2026").rows}
    assert (rows["dana"].open, rows["lev"].open) == (0, 1)
    made.time[0] = datetime(2026, 11, 26, tzinfo=UTC)  # a word that old is not believed
    assert {row.standing.open for row in board(made.house, "2026").rows} == {1}


def test_a_cancelled_meeting_is_neither(made: Made) -> None:
    held = hold(made, "2026-03-04")
    seats.set_state(made.house, held.id, "dana", "accepted", "self", at=datetime(2026, 3, 1, tzinfo=UTC))
    with made.house.workspace() as tx:
        tx.meetings.put(replace(held, status="cancelled"))
    (row,) = [row.standing for row in board(made.house, "2026").rows if row.person.id == "dana"]
    assert (row.heard, row.unknown, row.needs) == (0, 0, 2)
