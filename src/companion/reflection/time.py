"""How long I was with customers, by month and form, beside how long I was busy; pure."""

from dataclasses import dataclass
from datetime import date, datetime

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
    """One month. All in minutes; `busy` is None where no calendar of theirs was read for it."""

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
    """Months, oldest first, and all of them together.

    `overlaps`: meetings with customers that lay over another one; their common time counts once. Of everything else
    only minutes are known, so that where two other entries overlap both count: `busy_is_plain` says it.
    """

    months: tuple[Month, ...]
    total: Month
    zone: str
    overlaps: int = 0
    busy_is_plain: bool = True
