"""Random series as calendars write them, for a comparison with a second reader; every one is right by the standard."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import strategies as st

ZONES = (
    "Europe/Warsaw",
    "America/New_York",
    "Asia/Ho_Chi_Minh",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "UTC",
)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HORIZON = datetime(2030, 1, 1)  # noqa: DTZ001 - on the wall


@dataclass(frozen=True)
class Made:
    """A series: the text of its entries, without the lines that carry it through the gate."""

    entries: tuple[str, ...]


def _numbers(low: int, high: int, most: int) -> st.SearchStrategy[str]:
    values = st.integers(low, high).filter(bool)
    return st.lists(values, min_size=1, max_size=most, unique=True).map(lambda found: ",".join(map(str, sorted(found))))


_WEEKDAYS = st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True).map(",".join)
_NTH = st.tuples(st.sampled_from((1, 2, 3, 4, 5, -1, -2)), st.sampled_from(DAYS)).map(
    lambda pair: f"{pair[0]}{pair[1]}"
)
_SHAPES: dict[str, tuple[st.SearchStrategy[str], ...]] = {
    "DAILY": (st.just(""), _WEEKDAYS.map(";BYDAY={}".format), _numbers(1, 12, 4).map(";BYMONTH={}".format)),
    "WEEKLY": (st.just(""), _WEEKDAYS.map(";BYDAY={}".format), _numbers(1, 12, 6).map(";BYMONTH={}".format)),
    "MONTHLY": (
        st.just(""),
        _WEEKDAYS.map(";BYDAY={}".format),
        _NTH.map(";BYDAY={}".format),
        _numbers(-31, 31, 3).map(";BYMONTHDAY={}".format),
        st.tuples(_WEEKDAYS, _numbers(-2, 2, 2)).map(lambda pair: f";BYDAY={pair[0]};BYSETPOS={pair[1]}"),
        st.tuples(_WEEKDAYS, _numbers(1, 31, 9)).map(lambda pair: f";BYDAY={pair[0]};BYMONTHDAY={pair[1]}"),
    ),
    "YEARLY": (
        st.just(""),
        _numbers(1, 12, 3).map(";BYMONTH={}".format),
        st.tuples(_NTH, _numbers(1, 12, 2)).map(lambda pair: f";BYMONTH={pair[1]};BYDAY={pair[0]}"),
        st.tuples(st.integers(1, 52), st.sampled_from(DAYS)).map(lambda pair: f";BYWEEKNO={pair[0]};BYDAY={pair[1]}"),
        _numbers(-366, 366, 3).map(";BYYEARDAY={}".format),
        st.tuples(st.integers(1, 12), _WEEKDAYS, _numbers(-2, 2, 2)).map(
            lambda told: f";BYMONTH={told[0]};BYDAY={told[1]};BYSETPOS={told[2]}"
        ),
    ),
}


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule without an end."""
    freq = draw(st.sampled_from(tuple(_SHAPES)))
    every = draw(st.sampled_from(("", "", ";INTERVAL=2", ";INTERVAL=3")))
    week = draw(st.sampled_from(("", ";WKST=SU", ";WKST=MO")))
    return f"FREQ={freq}{every}{week}{draw(st.one_of(_SHAPES[freq]))}"


@dataclass(frozen=True)
class _Frame:
    zone: str  # "" for days

    def stamp(self, wall: datetime) -> str:
        return f"{wall:%Y%m%d}" if not self.zone else f"{wall:%Y%m%dT%H%M%S}" + ("Z" if self.zone == "UTC" else "")

    def line(self, name: str, *walls: datetime) -> str:
        told = ",".join(map(self.stamp, walls))
        if not self.zone:
            return f"{name};VALUE=DATE:{told}\n"
        return f"{name}:{told}\n" if self.zone == "UTC" else f"{name};TZID={self.zone}:{told}\n"

    def elsewhere(self, name: str, wall: datetime, zone: str) -> str:
        """The same instant in the words of another zone; days are days everywhere."""
        if not self.zone:
            return self.line(name, wall)
        moved = wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
        return _Frame(zone).line(name, moved.replace(tzinfo=None))


def _ends(draw: st.DrawFn, frame: _Frame, walls: list[datetime]) -> str:
    how = draw(st.sampled_from(("never", "count", "until")))
    if how == "count":
        return f";COUNT={draw(st.integers(1, 12))}"
    if how == "until":
        last = draw(st.sampled_from(walls[:12]))
        if not frame.zone:
            return f";UNTIL={last:%Y%m%d}"
        return f";UNTIL={last.replace(tzinfo=ZoneInfo(frame.zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return ""


@st.composite
def series(draw: st.DrawFn) -> Made:
    """A series that begins on a date of its rule, with dates taken out, added, moved, and changed from one on."""
    rule = draw(rules())
    frame = _Frame(draw(st.sampled_from(("", *ZONES, "Europe/Warsaw"))))
    base = HORIZON - timedelta(days=draw(st.integers(1426, 1826)))
    if frame.zone:
        base += timedelta(minutes=draw(st.sampled_from((0, 15, 30))), hours=draw(st.integers(0, 23)))
    endless = rrulestr(f"{rule};UNTIL={HORIZON:%Y%m%dT%H%M%S}", dtstart=base)
    walls = [wall for wall, _ in zip(endless, range(20), strict=False)] or [base]
    start = walls[0]
    told_end = _ends(draw, frame, walls)
    hours = draw(st.sampled_from((1, 2, 30)))
    length = draw(st.sampled_from(("DTEND", "DURATION")))
    lines = frame.line("DTSTART", start)
    if length == "DTEND" and not _in_change(frame, start):
        lines += frame.line("DTEND", start + (timedelta(hours=hours) if frame.zone else timedelta(days=hours % 28)))
    elif frame.zone:
        lines += f"DURATION:PT{hours}H\n"
    lines += f"RRULE:{rule}{told_end}\n"
    zones = st.sampled_from(ZONES)
    changed = draw(st.lists(st.sampled_from(walls), max_size=2, unique=True))
    for wall in draw(st.lists(st.sampled_from([*walls, start - timedelta(days=400)]), max_size=3, unique=True)):
        if wall in changed:
            continue  # taken out and changed at once: what that means is pinned in test_series
        lines += frame.elsewhere("EXDATE", wall, draw(zones))
    for days in draw(st.lists(st.integers(1, 300), max_size=3, unique=True)):
        lines += frame.line("RDATE", start + timedelta(days=days, minutes=7 if frame.zone else 0))
    return Made((lines, *_changes(draw, frame, changed)))


def _in_change(frame: _Frame, wall: datetime) -> bool:
    """Whether clocks change within two days: an end on the wall is another length then, and so it is left out."""
    zone = ZoneInfo(frame.zone or "UTC")
    return len({(wall + timedelta(days=day)).replace(tzinfo=zone).utcoffset() for day in (-1, 0, 1, 2, 3)}) > 1


def _changes(draw: st.DrawFn, frame: _Frame, changed: list[datetime]) -> list[str]:
    entries = []
    for wall in changed:
        hours = draw(st.sampled_from((-24, 3, 24, 24 * 40)))
        moved = wall + timedelta(hours=hours if frame.zone else hours // 24 * 24)
        entries.append(
            f"SEQUENCE:{draw(st.integers(0, 3))}\n"
            + frame.elsewhere("RECURRENCE-ID", wall, draw(st.sampled_from(ZONES)))
            + frame.line("DTSTART", moved)
            + ("DURATION:PT45M\n" if frame.zone else "DURATION:P1D\n")
        )
    return entries


def day_or_instant(told: date | datetime) -> str:
    """One way to write what both readers say."""
    if isinstance(told, datetime):
        aware = told if told.tzinfo else told.replace(tzinfo=UTC)
        return f"{aware.astimezone(UTC):%Y-%m-%d %H:%M}"
    return f"{told:%Y-%m-%d}"
