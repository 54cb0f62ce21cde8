"""The days that are asked for: whole months, the nearest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from companion.calendars.model import Window

_WEEKS = timedelta(weeks=5)  # to both sides of today: what Home shows
_STEP = 6  # months of one question further away


@dataclass(frozen=True)
class Span:
    """Whole months: from the first of one up to the first of another, which is not in it."""

    first: date
    last: date

    def months(self) -> Iterator[str]:
        """Its months, as 2026-11."""
        month = self.first
        while month < self.last:
            yield f"{month:%Y-%m}"
            month = _later(month, 1)

    def params(self) -> dict[str, str]:
        """As Graph is asked for them."""
        return days(self.first, self.last)


def days(first: date, last: date) -> dict[str, str]:
    """The days from `first` up to `last`, which is not among them, as Graph is asked for them."""
    return {"startDateTime": f"{first}T00:00:00Z", "endDateTime": f"{last}T00:00:00Z"}


def span_of(window: Window) -> Span:
    """The months a window touches: whoever stands outside of it is left to the gate."""
    return Span(window.first.replace(day=1), _later(window.last, 1))


def near(span: Span, today: date) -> Span:
    """The nearest weeks, as the whole months they lie in."""
    first = min(max((today - _WEEKS).replace(day=1), span.first), _later(span.last, -1))
    last = max(min(_later(today + _WEEKS, 1), span.last), _later(first, 1))
    return Span(first, last)


def others(span: Span, done: Span) -> list[Span]:
    """All months of a span but those done, in few questions, the nearer ones first and ahead before back."""
    found: list[Span] = []
    first, last = done.first, done.last
    while first > span.first or last < span.last:
        if last < span.last:
            found.append(Span(last, min(_later(last, _STEP), span.last)))
            last = found[-1].last
        if first > span.first:
            found.append(Span(max(_later(first, -_STEP), span.first), first))
            first = found[-1].first
    return found


def month_of(moment: object) -> str:
    """The month of a Graph time, as 2026-11; "" where there is none. Times are asked for in UTC."""
    day = day_of(moment)
    return day.isoformat()[:7] if day else ""


def day_of(moment: object) -> date | None:
    """The day of a Graph time, None where there is none."""
    text = moment.get("dateTime") if isinstance(moment, dict) else moment
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def _later(day: date, months: int) -> date:
    """The first of the month so many later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
