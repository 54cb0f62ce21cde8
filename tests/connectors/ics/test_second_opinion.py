"""Our occurrences against those of recurring-ical-events, on random series."""

from datetime import UTC, date, datetime

import pytest
import recurring_ical_events
from hypothesis import HealthCheck, Phase, given, settings
from icalendar import Calendar

from companion.calendars.model import Event, Window
from connectors.ics.calendar_text import calendar, event, taken
from connectors.ics.series_made import Made, day_or_instant, series

WINDOW = Window(date(2024, 12, 1), date(2027, 6, 30))
FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 5, 30, tzinfo=UTC)  # away from the window's edges
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)  # to explain is to trace, slower than our bound
Occurrence = tuple[str, str, str]


def ours(made: Made) -> set[Occurrence]:
    """(start, end, slot) of what our reader finds."""
    reading = taken(*written(made), window=WINDOW)
    assert reading.problems == ()
    assert len({item.key for item in reading.events}) == len(reading.events)
    return {_told(item) for item in reading.events if FIRST <= item.start <= LAST}


def _told(item: Event) -> Occurrence:
    if item.all_day:
        return str(item.start.date()), str(item.end.date()), str(date.fromisoformat(item.rec_key[2:]))
    slot = datetime.fromtimestamp(int(item.rec_key[2:]), UTC)
    return day_or_instant(item.start), day_or_instant(item.end), day_or_instant(slot)


def theirs(made: Made) -> set[Occurrence]:
    """The same of recurring-ical-events, but for ends: it counts hours on the wall, the standard exactly (3.8.5.3)."""
    text = Calendar.from_ical(calendar(*written(made)))
    found = recurring_ical_events.of(text).between(date(2024, 12, 1), date(2027, 7, 1))
    told = set()
    for item in found:
        start, end = item["DTSTART"].dt, item["DTEND"].dt
        if isinstance(start, datetime):
            end = start.astimezone(UTC) + (end.replace(tzinfo=None) - start.replace(tzinfo=None))
        told.add((day_or_instant(start), day_or_instant(end), day_or_instant(item["RECURRENCE-ID"].dt)))
    return {item for item in told if f"{FIRST:%Y-%m-%d}" <= item[0][:10] and item[0] <= f"{LAST:%Y-%m-%d %H:%M}"}


def written(made: Made) -> list[str]:
    return [event(when=lines) for lines in made.entries]


def check(made: Made) -> None:
    assert ours(made) == theirs(made), "\n".join(made.entries)


@settings(max_examples=50, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(series())
def test_both_find_the_same(made: Made) -> None:
    check(made)


@pytest.mark.torture
@settings(max_examples=3000, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(series())
def test_both_find_the_same_however_often_one_asks(made: Made) -> None:
    check(made)
