"""How long I was with customers, by month and form, beside how long I was busy; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

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


class TimeStore(Protocol):
    """The slice of a device transaction that holds my time; nothing of it ever leaves this device."""

    def forms(self) -> dict[str, Form]: ...  # meeting id -> how it was held, where its owner said so
    def put_form(self, meeting_id: str, form: Form) -> None: ...  # "" takes it back
    def busy(self, account_ids: Iterable[str]) -> dict[str, int]: ...  # month (2026-11) -> minutes
    def put_busy(self, account_id: str, members: Mapping[str, Mapping[str, int]]) -> None: ...  # by seal, then month
