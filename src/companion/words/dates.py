"""Dates and times as people write them, in the reader's language, without the process's locale."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from companion.words.language import mark, t, tc, tn

WEEKDAYS = (
    mark("Monday"),
    mark("Tuesday"),
    mark("Wednesday"),
    mark("Thursday"),
    mark("Friday"),
    mark("Saturday"),
    mark("Sunday"),
)
MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BESIDE_A_DAY, SHORT = "month beside a day", "month, short"  # contexts: not the word that stands alone


def weekday(day: date) -> str:
    """Thursday."""
    return t(WEEKDAYS[day.weekday()])


def day_month(day: date, today: date | None = None) -> str:
    """18 November; with its year where `today` is given and in another year."""
    month = tc(BESIDE_A_DAY, MONTHS[day.month - 1])
    if today is not None and today.year != day.year:
        return full_day(day)
    return t("{day} {month}", day=day.day, month=month)


def full_day(day: date) -> str:
    """A day as it is written in running text: 18 November 2026."""
    return t("{day} {month} {year}", day=day.day, month=tc(BESIDE_A_DAY, MONTHS[day.month - 1]), year=day.year)


def short_day(day: date, today: date | None = None) -> str:
    """26 Nov; with its year where `today` is given and in another year."""
    month = tc(SHORT, SHORT_MONTHS[day.month - 1])
    if today is not None and today.year != day.year:
        return t("{day} {month} {year}", day=day.day, month=month, year=day.year)
    return t("{day} {month}", day=day.day, month=month)


def long_day(day: date, today: date | None = None) -> str:
    """Thursday, 26 November."""
    return t("{weekday}, {date}", weekday=weekday(day), date=day_month(day, today))


def month_year(day: date) -> str:
    """November 2026."""
    return t("{month} {year}", month=t(MONTHS[day.month - 1]), year=day.year)


def clock_time(instant: datetime, zone: str) -> str:
    """14:00, by the clock of that zone."""
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"


def span(start: datetime, end: datetime, zone: str, *, all_day: bool = False, today: date | None = None) -> str:
    """Thursday, 26 November, 14:00–15:30. All-day entries lie at midnight UTC of their days, the end excluded."""
    if all_day:
        first, last = start.astimezone(UTC).date(), (end - timedelta(microseconds=1)).astimezone(UTC).date()
        if last <= first:
            return long_day(first, today)
        return t("{first} to {last}", first=long_day(first, today), last=long_day(last, today))
    begins, ends = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    if begins.date() == ends.date():
        return t(
            "{day}, {start}–{end}",
            day=long_day(begins.date(), today),
            start=clock_time(start, zone),
            end=clock_time(end, zone),
        )
    return t(
        "{first}, {start} to {last}, {end}",
        first=long_day(begins.date(), today),
        start=clock_time(start, zone),
        last=long_day(ends.date(), today),
        end=clock_time(end, zone),
    )


def ago(then: datetime, now: datetime, zone: str = "UTC") -> str:
    """just now, 2 minutes ago, 3 hours ago, yesterday, 4 days ago, else the day."""
    seconds = (now - then).total_seconds()
    if seconds < 60:
        return t("just now")
    if seconds < 3600:
        return tn("{count} minute ago", "{count} minutes ago", int(seconds // 60))
    today, day = now.astimezone(ZoneInfo(zone)).date(), then.astimezone(ZoneInfo(zone)).date()
    days = (today - day).days
    if days == 0 or seconds < 6 * 3600:
        return tn("{count} hour ago", "{count} hours ago", int(seconds // 3600))
    if days == 1:
        return t("yesterday")
    if days < 7:
        return tn("{count} day ago", "{count} days ago", days)
    return t("on {day}", day=day_month(day, today))
