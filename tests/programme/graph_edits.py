"""What happens in a mailbox between two rounds; each takes (office, calendar, id, a number, a day)."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from fakes.ics import NOW
from programme.graph_office import PLACES, Office
from servers.microsoft.entries import Person
from servers.microsoft.mailbox import Calendar

Edit = Callable[[Office, Calendar, str, int, int], None]
KINDS = {
    "review": ("Kestrel review", (("ken@kestrel.example", "Ken"), ("dana@ferro.example", "Dana"))),
    "weak": ("Kestrel talk", ()),
    "ours": ("Lunch", (("lev@ferro.example", "Lev"),)),
    "held": ("Kestrel lawsuit review", (("ken@kestrel.example", "Ken"),)),
}


def create(
    office: Office, calendar: Calendar, kind: str, day: int, weeks: int, private: bool = False,
    all_day: bool = False, monthly: bool = False,
) -> str:  # fmt: skip
    """A new event, or a series of so many; what may never be written down is noted."""
    words, guests = KINDS[kind]
    title = office.title(words)
    if private or kind in ("ours", "held"):
        office.never.add(title)
    start = NOW + timedelta(days=day)
    at: datetime = datetime.combine(start.date(), time(), start.tzinfo) if all_day else start
    facts = {"guests": guests, "sensitivity": "private" if private else "normal", "all_day": all_day}
    if weeks < 2:
        return calendar.add(title, at, **facts)
    if monthly:
        at = at.replace(day=min(at.day, 28))
    return calendar.series(title, at, every="monthly" if monthly else "weekly", count=weeks, **facts)


def said(calendar: Calendar, key: str) -> str:
    """The title of an entry without what Outlook writes before it."""
    return calendar.entries[key].title.removeprefix("Canceled: ")


def again(office: Office, calendar: Calendar, key: str) -> str:
    """A new title for an entry, as secret as its old one."""
    entry, told = calendar.entries[key], said(calendar, key)
    title = office.title(told.rpartition(" ")[0])
    if entry.sensitivity != "normal" or told in office.never:
        office.never.add(title)
    return title


def _at(office: Office, calendar: Calendar, key: str, n: int, day: int) -> datetime:
    hours = 0 if calendar.entries[key].all_day else 9 + n % 5
    return datetime.combine((NOW + timedelta(days=day)).date(), time(hours), NOW.tzinfo)


def move(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    """An event, or all of a series to another weekday or month: the ids of its occurrences follow."""
    start = _at(office, calendar, key, n, day)
    if calendar.entries[key].every == "monthly":
        start = start.replace(day=min(start.day, 28))
    calendar.move(key, start)


def retitle(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    calendar.change(key, title=again(office, calendar, key))


def cancel(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    if not calendar.entries[key].cancelled:
        calendar.cancel(key)


def delete(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    calendar.delete(key)


def answer(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    says = ("accepted", "declined", "tentativelyAccepted", "none")[n % 4]
    guests = tuple(Person(one.address, one.name, says, one.kind) for one in calendar.entries[key].guests)
    calendar.change(key, guests=guests, answer=says)


def invite(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    """Somebody forwards the invitation: another guest, and no other word of it."""
    address = ("lev@ferro.example", "agnes@ferro.example", "jo@kestrel.example", "sam@elsewhere.example")[n % 4]
    entry = calendar.entries[key]
    if "kestrel" in address and said(calendar, key) in office.never:
        return  # a customer who is invited makes a customer meeting of it: what is none of ours stays none
    if address not in {guest.address for guest in entry.guests}:
        calendar.change(key, guests=(*entry.guests, Person(address, "")))


def hide(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    """Made private, under another title: what it said before stays only where it was gone already."""
    calendar.change(key, sensitivity=("private", "confidential", "personal")[n % 3])
    calendar.change(key, title=again(office, calendar, key))


def show(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    title = said(calendar, key)
    if not title.startswith("Lunch") and "lawsuit" not in title:
        days = (day.title or "" for day in calendar.entries[key].days.values())
        office.never -= {title, *(told.removeprefix("Canceled: ") for told in days)}
    calendar.change(key, sensitivity="normal")


def _index(calendar: Calendar, key: str, n: int) -> int:
    entry = calendar.entries[key]
    return n % entry.count if entry.every else -1


def move_one(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    at = _index(calendar, key, n)
    if at >= 0:
        calendar.move_occurrence(key, at, _at(office, calendar, key, n, day))


def cancel_one(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    at = _index(calendar, key, n)
    if at >= 0:
        calendar.cancel_occurrence(key, at)


def delete_one(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    """Of which delta says nothing."""
    at = _index(calendar, key, n)
    if at >= 0:
        calendar.delete_occurrence(key, at)
        office.quiet = True


def split(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    """This and following: the rest of a series under a new UID."""
    at = _index(calendar, key, n)
    if at > 0 and not calendar.entries[key].cancelled:
        calendar.split(key, at, title=again(office, calendar, key))


def copy(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    """The same meeting in somebody else's mailbox, under another title."""
    other = office.calendars[[name for name in PLACES if office.calendars[name] is not calendar][n % 3]]
    entry = calendar.entries[key]
    if not entry.cancelled:
        new = calendar.copy(key, other, answer=("accepted", "declined", "none")[n % 3])
        other.change(new, title=again(office, calendar, key))


def forward_one(office: Office, calendar: Calendar, key: str, n: int, day: int) -> None:
    """Somebody is invited to one occurrence alone."""
    other = office.calendars[[name for name in PLACES if office.calendars[name] is not calendar][n % 3]]
    entry = calendar.entries[key]
    left = entry.count - len(entry.deleted) if entry.every else 0
    if left > 0 and not entry.cancelled and not entry.days:
        new = calendar.copy(key, other, day=n % left)
        other.change(new, title=again(office, calendar, key))


EDITS: dict[str, Edit] = {
    "move": move, "retitle": retitle, "cancel": cancel, "delete": delete, "answer": answer, "invite": invite,
    "hide": hide, "show": show, "move one": move_one, "cancel one": cancel_one, "delete one": delete_one,
    "split": split, "copy": copy, "forward one": forward_one,
}  # fmt: skip
