"""How long I was with customers, by month and form, beside how long I was busy; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from companion.meetings.form import Form


@dataclass(frozen=True)
class Sitting:
    """A customer meeting in which somebody was."""

    meeting_id: str
    start: datetime
    end: datetime
    form: Form


@dataclass(frozen=True)
class Month:
    """One month. All in minutes; `busy` is None where no calendar of theirs was read for all of it."""

    first: date
    in_person: int = 0
    video: int = 0
    phone: int = 0
    unknown: int = 0  # with a customer, nobody knows how
    meetings: int = 0
    busy: int | None = None

    @property
    def with_customers(self) -> int:
        """Minutes with customers, in whatever form."""
        return self.in_person + self.video + self.phone + self.unknown

    @property
    def share(self) -> float | None:
        """The part of the busy time that was with customers, 0 to 1; None where that is not known."""
        return min(1.0, self.with_customers / self.busy) if self.busy else None


@dataclass(frozen=True)
class TimeWithCustomers:
    """Months, oldest first, and all of them together; the busy time of the whole only where that of each is known.

    `overlaps`: meetings with customers that lay over another one; their common time counts once, for the one that
    began first. Of everything else only minutes are known: where two other entries overlap both count as busy.
    """

    months: tuple[Month, ...]
    total: Month
    zone: str
    overlaps: int = 0


def months_before(today: date, count: int) -> list[date]:
    """The first days of the last months, this one included, oldest first."""
    number = today.year * 12 + today.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(number - count + 1, number + 1)]


def reckon(
    sittings: Iterable[Sitting], busy: Mapping[str, int], firsts: Sequence[date], zone: str, since: date | None
) -> TimeWithCustomers:
    """Hours by month. `busy`: minutes by month (2026-11); `since`: the first day that was read, None for none."""
    months = {first: Month(first, busy=_busy(busy, first, since)) for first in firsts}
    overlaps, until = 0, datetime.min.replace(tzinfo=UTC)
    for one in sorted(sittings, key=lambda item: (item.start, item.end, item.meeting_id)):
        start = max(one.start, until)
        overlaps += start > one.start
        first = one.start.astimezone(ZoneInfo(zone)).date().replace(day=1)
        if first in months:
            months[first] = replace(months[first], meetings=months[first].meetings + 1)
        for month, minutes in split(start, one.end, zone).items():
            if month in months:
                name = one.form or "unknown"
                months[month] = replace(months[month], **{name: getattr(months[month], name) + minutes})
        until = max(until, one.end)
    every = tuple(months.values())
    return TimeWithCustomers(every, _sum(every), zone, overlaps)


def split(start: datetime, end: datetime, zone: str) -> dict[date, int]:
    """The minutes between two instants by month of a zone; none where the end comes first."""
    place = ZoneInfo(zone)
    cuts = [start]
    while cuts[-1] < end:
        day = cuts[-1].astimezone(place).date()
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        cuts.append(min(end, datetime.combine(following, time(), place).astimezone(UTC)))
    return {
        begin.astimezone(place).date().replace(day=1): round((until - begin).total_seconds() / 60)
        for begin, until in pairwise(cuts)
    }


def _busy(busy: Mapping[str, int], first: date, since: date | None) -> int | None:
    return busy.get(f"{first:%Y-%m}", 0) if since is not None and since <= first else None


def _sum(months: Sequence[Month]) -> Month:
    known = [month.busy for month in months if month.busy is not None]
    busy = sum(known) if len(known) == len(months) else None
    return Month(
        months[0].first, sum(m.in_person for m in months), sum(m.video for m in months), sum(m.phone for m in months),
        sum(m.unknown for m in months), sum(m.meetings for m in months), busy,
    )  # fmt: skip


class TimeStore(Protocol):
    """The slice of a device transaction that holds my time; nothing of it ever leaves this device."""

    def forms(self) -> dict[str, Form]: ...  # meeting id -> how it was held, where its owner said so
    def put_form(self, meeting_id: str, form: Form) -> None: ...  # "" takes it back
    def busy(self, account_ids: Iterable[str]) -> dict[str, int]: ...  # month (2026-11) -> minutes
    def put_busy(self, account_id: str, members: Mapping[str, Mapping[str, int]]) -> None: ...  # by seal, then month
