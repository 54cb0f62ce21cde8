"""The look back: who was there is counted, what nobody has said yet is told apart."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from companion.calendars.model import Reason
from companion.programme import seats
from companion.programme.look_back import LookBack, before, look_back
from companion.words.attendance import looked_back
from fakes.house import Made
from programme.test_years import hold


def test_only_who_was_there_is_counted(made: Made) -> None:
    hold(made, "2026-03-04", "dana", "lev")
    hold(made, "2026-04-01", "rosa")  # its host sells
    accepted = hold(made, "2026-05-05")
    seats.set_state(made.house, accepted.id, "lev", "accepted", "self", at=datetime(2026, 5, 1, tzinfo=UTC))
    missed = hold(made, "2026-06-02")
    seats.set_state(made.house, missed.id, "lev", "missed", "host")
    hold(made, "2025-11-20", "dana")  # a day more than twelve months ago
    hold(made, "2026-12-01")  # still to come
    rehearsed = hold(made, "2026-07-01", "dana")
    off = hold(made, "2026-08-05")
    with made.house.workspace() as tx:
        tx.meetings.put(replace(rehearsed, why=(Reason("internal_only"),)))
        tx.meetings.put(replace(off, status="cancelled"))
    found = look_back(made.house)
    assert found == LookBack(4, 1, 1, 12)
    assert looked_back(found) == (
        "4 reviews in 12 months; in 1 sat someone from the back office. Of 1 more nobody has said yet who was there."
    )
    assert look_back(made.house, 6).reviews == 1


def test_a_look_back_ends_with_the_period_it_is_of(made: Made) -> None:
    hold(made, "2025-03-04", "dana")
    hold(made, "2025-12-31", "lev")
    hold(made, "2026-03-04", "dana")
    found = look_back(made.house, span="2025")
    assert (found.reviews, found.with_us, found.until) == (2, 2, date(2025, 12, 31))
    assert looked_back(found).startswith("Up to 31 December 2025: 2 reviews in 12 months; in 2 sat")
    assert look_back(made.house, as_of=date(2026, 2, 1)).with_us == 2


def test_a_delegated_seat_is_somebody_from_the_back_office(made: Made) -> None:
    held = hold(made, "2026-03-04")
    seats.set_state(made.house, held.id, "dana", "delegated", "self", to="agnes")
    assert look_back(made.house).with_us == 1


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 11, 21), 12, date(2025, 11, 21)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_so_many_months_before(day: date, months: int, earlier: date) -> None:
    assert before(day, months) == earlier
