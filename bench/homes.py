"""Profiles to measure on, and the rules and days that hold in them."""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bench.calendar_file import CUSTOMERS, FIRM
from companion.basics.ids import meeting_id
from companion.calendars.model import Account, Reason, Window
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.meetings.recognise import CustomerRule, Rules
from companion.programme.model import House, Programme

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER = f"person1@{FIRM}"


def today() -> date:
    """The day round which the calendars lie."""
    return datetime.now(UTC).date()


def window() -> Window:
    """400 days to both sides, as the app reads."""
    return Window(today() - timedelta(days=400), today() + timedelta(days=400))


def customers() -> list[Customer]:
    """The customers of the measured calendars."""
    return [Customer(f"c{number}", name, (domain,)) for number, (name, domain) in enumerate(CUSTOMERS)]


def rules() -> Rules:
    """What the gate goes by in the measured calendars."""
    known = tuple(CustomerRule(one.id, one.name, one.aliases, one.domains) for one in customers())
    return Rules(zone="Europe/Warsaw", our_domains=frozenset({FIRM}), customers=known)


def build(home: Path) -> House:
    """The house of a profile, as the app builds it."""
    from companion import bootstrap

    return bootstrap.build(home)


def lay_out(home: Path, calendar: str = "") -> None:
    """A profile with a programme, its customers and, where a file or an address is given, one calendar account."""
    house = build(home)
    with house.workspace() as tx:
        tx.programme.put(Programme("Bench", "Europe/Warsaw", today() - timedelta(days=400), (FIRM,)))
        for customer in customers():
            tx.customers.put(customer)
    if calendar:
        kind: Literal["ics", "caldav", "microsoft365"] = "caldav" if calendar.startswith("http") else "ics"
        if calendar.endswith("/v1.0/me"):
            kind = "microsoft365"
        user = "" if kind == "ics" else "bench"
        with house.device() as device:
            device.accounts.put(Account("bench", "Bench", kind, calendar, user=user, owner=OWNER))
    house.close()


def fill(home: Path, count: int) -> None:
    """Put so many customer meetings into the workspace, spread over 800 days."""
    house = build(home)
    with house.workspace() as tx:
        tx.meetings.put_all(_meetings(count))
    house.close()


def _meetings(count: int) -> "Iterator[Meeting]":
    begin = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=400)
    for number in range(count):
        start = begin + timedelta(minutes=number * 800 * 24 * 60 // count)
        uid = f"filled-{number}@{FIRM}"
        name, domain = CUSTOMERS[number % len(CUSTOMERS)]
        yield Meeting(
            meeting_id(uid, "-"), uid, "-", f"Quarterly review with {name}", start, start + timedelta(hours=1), False,
            "Europe/Warsaw", "confirmed", f"c{number % len(CUSTOMERS)}", 80,
            (Reason("guest_domain", (("domain", domain),), 50),),
        )  # fmt: skip


if __name__ == "__main__":
    verb, folder, *rest = sys.argv[1:]
    if verb == "lay_out":
        lay_out(Path(folder), *rest)
    else:
        fill(Path(folder), int(rest[0]))
