"""People and copies for the tests of this folder."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from companion.calendars.model import Event, Guest
from companion.meetings.answers import said
from companion.meetings.model import Copy
from companion.people.model import Person
from companion.programme.remerge import finder

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
DANA = Person("dana", "dana@ferro.example", "Dana", ("d.okafor@ferro.example",), "Finance", "leader", 2)
LEV = Person("lev", "lev@ferro.example", "Lev", (), "People", "leader", 2)
ROSA = Person("rosa", "rosa@ferro.example", "Rosa", ("r.vidal@ferro.example",), "Sales", "host")
SALES = Person("sales", "sales@ferro.example", "Sales", (), "Sales", "group")
find = finder([DANA, LEV, ROSA, SALES])


def event(title: str = "Review", *guests: Guest, organiser: str = "rosa@ferro.example", **changes: object) -> Event:
    """One occurrence, the customer's unless told otherwise."""
    plain = Event(
        "u", "-", START, START + timedelta(hours=1), False, "UTC", title, "confirmed",
        Guest(organiser) if organiser else None, guests, 0, "", 0, "kestrel", 80, (),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def guest(address: str, answer: str = "none", kind: str = "person") -> Guest:
    """A guest without a name."""
    return Guest(address, "", kind, answer)  # type: ignore[arg-type]


def copy_of(account: str, *guests: Guest, owner: str = "", hosts: bool = False, **changes: object) -> Copy:
    """One calendar's copy."""
    title = str(changes.pop("title", "Review"))
    return Copy(account, owner, hosts, event(title, *guests, **changes))  # type: ignore[arg-type]


def host_of(_customer: str) -> str:
    """Our account owner of whatever customer."""
    return "rosa@ferro.example"


def says(*copies: Copy) -> dict[str, str]:
    """What the calendars say, by person."""
    return {told.person.id: told.says for told in said(copies, find)}
