"""Hours with customers by month and form."""

from datetime import UTC, date, datetime

from companion.reflection.time import Month, Sitting, months_before, reckon, split


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """A moment of spring 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


MONTHS = months_before(date(2026, 4, 9), 2)


def test_the_months_before_a_day_go_over_the_year() -> None:
    assert months_before(date(2026, 1, 31), 3) == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]


def test_each_form_has_its_minutes() -> None:
    found = reckon(
        [
            Sitting("a", at(3, 9), at(3, 10), "in_person"),
            Sitting("b", at(4, 9), at(4, 9, 30), "video"),
            Sitting("c", at(5, 9), at(5, 9, 20), "phone"),
            Sitting("d", at(6, 9), at(6, 9, 10), ""),
            Sitting("old", at(6, 9, month=1), at(6, 10, month=1), "video"),
        ],
        {"2026-03": 600},
        MONTHS,
        "UTC",
        date(2025, 1, 1),
    )
    march, april = found.months
    assert march == Month(date(2026, 3, 1), 60, 30, 20, 10, 4, 600)
    assert (march.with_customers, march.share) == (120, 0.2)
    assert april == Month(date(2026, 4, 1), busy=0)
    assert (found.total.with_customers, found.total.busy, found.total.meetings) == (120, 600, 4)


def test_what_two_meetings_share_counts_once() -> None:
    two = [Sitting("a", at(3, 9), at(3, 11), "in_person"), Sitting("b", at(3, 10), at(3, 12), "video")]
    within = Sitting("c", at(3, 9, 30), at(3, 10), "phone")
    found = reckon([*two, within], {}, MONTHS, "UTC", None)
    assert (found.months[0].in_person, found.months[0].video, found.months[0].phone) == (120, 60, 0)
    assert found.overlaps == 2


def test_busy_is_not_known_before_a_calendar_was_read() -> None:
    found = reckon([], {"2026-03": 5, "2026-04": 7}, MONTHS, "UTC", date(2026, 3, 2))
    assert [month.busy for month in found.months] == [None, 7]
    assert (found.total.busy, found.total.share) == (None, None)


def test_a_meeting_over_midnight_is_of_both_months_in_the_programmes_zone() -> None:
    assert split(at(31, 21), at(31, 23), "Europe/Warsaw") == {date(2026, 3, 1): 60, date(2026, 4, 1): 60}
