"""A person of ours, and the absences that change what is expected of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

Kind = Literal["leader", "staff", "host", "ops", "group"]


@dataclass(frozen=True)
class Person:
    """One of our own people. A leader is a person with a target; a host owns customer meetings.

    A group is nobody: a list or a team's mailbox, kept by its address so that calendars do not make a person of it.
    """

    id: str
    email: str  # normalised, see `addresses.normal`
    name: str
    aliases: tuple[str, ...] = ()  # further addresses, normalised
    team: str = ""
    role: str = ""  # as the firm writes it; leader, staff, host, ops and group are understood
    target: int | None = None  # customer meetings a year; None: what the role's target says
    start: date | None = None  # first day in the role, None: before the programme
    end: date | None = None  # last day in the role
    language: str = "en"
    digest: bool = True  # whether the weekly mail is wanted; a person says it of themselves
    reminders: bool = True  # whether briefs and the questions afterwards are wanted by mail; as `digest`
    assistants: tuple[str, ...] = ()  # addresses of who may confirm seats and print briefs for this person
    share: int = 100  # percent of full time; it changes what is expected only where the programme says so

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address of this person."""
        return (self.email, *self.aliases)

    @property
    def kind(self) -> Kind:
        """What the person is to the programme."""
        word = self.role.strip().lower()
        if word in ("leader", "host", "ops", "group"):
            return word  # type: ignore[return-value]
        return "leader" if self.target else "staff"


@dataclass(frozen=True)
class Leave:
    """A time in which nothing is expected: first and last day, and a category, never a diagnosis."""

    person_id: str
    start: date
    end: date
    kind: str
    entered: datetime | None = None  # when it was written down; None: from the start
    dropped: datetime | None = None  # when another took its place, or it was taken back; None: it stands


class PeopleStore(Protocol):
    """The slice of a workspace transaction that holds people."""

    def all(self) -> list[Person]: ...
    def get(self, person_id: str) -> Person | None: ...
    def by_address(self, address: str) -> Person | None: ...
    def put(self, person: Person) -> None: ...
    def remove(self, person_id: str) -> None: ...
    def leaves(self) -> list[Leave]: ...  # that stand
    def leaves_ever(self) -> list[Leave]: ...  # and those that stood until they were replaced or taken back
    def put_leave(self, leave: Leave) -> None: ...
    def drop_leave(self, person_id: str, start: date, at: datetime) -> None: ...
