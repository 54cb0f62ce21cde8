"""A year that was closed: its figures as they were told, and what is carried from it into the next."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Closing:
    """The figures of a period as they stood when it was closed; what changes later is an amendment beside them."""

    label: str  # of the period, as `days.period` reads it
    first: date
    last: date
    at: datetime  # when it was closed; the figures are of what was known then
    by: str  # an address
    reason: str = ""
    body: dict[str, Any] = field(default_factory=dict)  # plain JSON: the sentence's facts, rows, rules


@dataclass(frozen=True)
class Carried:
    """What one person could not reach and may reach a year later: once, and by somebody's name."""

    person_id: str
    first: date  # of the period in which it is expected in addition
    count: int
    approver: str
    reason: str
    at: datetime


class ClosingStore(Protocol):
    """The slice of a workspace transaction that holds closed periods; none is ever changed."""

    def all(self) -> list[Closing]: ...  # oldest first
    def get(self, label: str) -> Closing | None: ...
    def add(self, closing: Closing) -> None: ...


class CarriedStore(Protocol):
    """The slice of a workspace transaction that holds what was carried."""

    def all(self) -> list[Carried]: ...
    def put(self, carried: Carried) -> None: ...
