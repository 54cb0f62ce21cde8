"""Who of ours was there by a meeting's reports. Of everybody else only a number is told."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from companion.attendance.report import Report
from companion.attendance.reports_names import could_be, same_name, shares, without_initials
from companion.attendance.reports_uniting import Presence, covered, united
from companion.calendars.model import Guest
from companion.meetings.model import Meeting
from companion.people.model import Person

ENOUGH = 600  # seconds that make it a meeting heard; of a shorter meeting its half
BY_NAME = "name"  # reason of a proposal: the name is theirs, and no address says so
BRIEF = "brief"  # reason of a proposal: there, for less than the minutes behind the colon


@dataclass(frozen=True)
class Statement:
    """What the reports say of one seat; `unknown` proposes, and counts for nobody until a person answers."""

    person_id: str
    says: Literal["attended", "missed", "unknown"]
    reason: str = ""


@dataclass(frozen=True)
class Numbers:
    """Who else was there, as numbers: our people without a seat, everyone else, and what hides people."""

    ours: int = 0
    others: int = 0
    rooms: int = 0  # a device with nobody knows how many behind it
    phones: int = 0
    nameless: int = 0  # names hidden by the firm's rules, or never given


@dataclass(frozen=True)
class Found:
    """What reports tell. `untold`: who has a seat, is in no line, and may have been there all the same."""

    statements: tuple[Statement, ...]
    unclear: tuple[tuple[str, ...], ...]  # a name that several of ours have: their ids
    untold: tuple[str, ...]
    numbers: Numbers


def enough(meeting: Meeting) -> int:
    """How many seconds make it a meeting heard."""
    return min(ENOUGH, int((meeting.end - meeting.start).total_seconds() / 2))


def match(
    meeting: Meeting,
    reports: Sequence[Report],
    people: Iterable[Person],
    listeners: Collection[str],
    seated: Collection[str],
    *,
    doubtful: bool = False,
) -> Found:
    """What the reports of one occurrence say of `listeners`; only those `seated` can have been missed (person ids).

    `doubtful`: it is not certain that the reports are of this meeting, so nobody is missed by them.
    """
    ours = [person for person in people if person.kind != "group"]
    groups = {address for person in people if person.kind == "group" for address in person.addresses}
    present = [item for item in united(reports) if item.seconds > 0]
    known = {address: person for person in ours for address in person.addresses}
    by_address: dict[str, int] = {}
    strangers: list[Presence] = []
    for item in present:
        person = known.get(item.address)
        if person:
            by_address[person.id] = by_address.get(person.id, 0) + item.seconds
        elif item.kind == "person" and item.address not in groups:
            strangers.append(item)
    listening = {person.id: person for person in ours if person.id in listeners}
    said = {key: _stayed(key, by_address[key], enough(meeting)) for key in listening if key in by_address}
    named, unclear, colleagues = _by_name(meeting, strangers, ours, by_address)
    said |= {key: Statement(key, "unknown", BY_NAME) for key in named if key in listening}
    unsure = {key for some in unclear for key in some}
    numbers = Numbers(
        sum(key not in listening for key in by_address.keys() | named),
        len(strangers) - colleagues,
        sum(_room(item, groups) for item in present),
        sum(item.kind == "phone" for item in present),
        sum(item.kind == "anonymous" for item in present),
    )
    guests = [guest for guest in meeting.guests if guest.address not in known]
    invited = {guest.address for guest in guests}
    strange = [item for item in strangers if item.address not in invited]
    hidden = doubtful or bool(numbers.rooms or numbers.phones or numbers.nameless) or not whole(meeting, reports)
    hidden = hidden or any(_anybody(item, guests, ours) for item in strange)
    untold = []
    for key in sorted(set(seated) & listening.keys() - said.keys()):
        if hidden or key in unsure or any(_maybe(item, listening[key]) for item in strange):
            untold.append(key)
        else:
            said[key] = Statement(key, "missed")
    return Found(tuple(said[key] for key in sorted(said)), unclear, tuple(untold), numbers)


def _stayed(person_id: str, seconds: int, needed: int) -> Statement:
    if seconds >= needed:
        return Statement(person_id, "attended")
    return Statement(person_id, "unknown", f"{BRIEF}:{math.ceil(needed / 60)}")


def _by_name(
    meeting: Meeting, strangers: Sequence[Presence], ours: Sequence[Person], there: Collection[str]
) -> tuple[set[str], tuple[tuple[str, ...], ...], int]:
    """Who is there by name alone, which names several of ours have, and how many lines that explains."""
    guests = {guest.address for guest in meeting.guests}
    named: set[str] = set()
    unclear: set[tuple[str, ...]] = set()
    explained = 0
    for item in strangers:
        if item.address and item.address in guests:
            continue  # a guest of the customer who bears a name of ours
        hits = sorted(p.id for p in ours if any(same_name(name, p.name) for name in item.names))
        explained += bool(hits)
        hits = [key for key in hits if key not in there]
        if len(hits) == 1:
            named.add(hits[0])
        elif hits:
            unclear.add(tuple(hits))
    return named, tuple(sorted(unclear)), explained


def _room(item: Presence, groups: Collection[str]) -> bool:
    return item.kind == "room" or item.address in groups


def _anybody(item: Presence, guests: Sequence[Guest], ours: Sequence[Person]) -> bool:
    """Whether a line may be of anybody: no address, and a name of nobody we know, such as that of a tablet."""
    known = any(same_name(name, person.name) for name in item.names for person in ours)
    return not item.address and not known and not any(_theirs(name, guests, ours) for name in item.names)


def _theirs(name: str, guests: Sequence[Guest], ours: Sequence[Person]) -> bool:
    """Whether a name is an invited guest's: told, or shown by the address where none of ours has a word of it."""
    if any(same_name(name, guest.name) for guest in guests):
        return True
    if any(shares(name, person.name) for person in ours):
        return False
    return any(could_be(name, without_initials(guest.address.partition("@")[0])) for guest in guests)


def _maybe(item: Presence, person: Person) -> bool:
    """Whether somebody without an address we know might be this person."""
    shown = (*item.names, item.address.partition("@")[0]) if item.address else item.names
    return not item.names or any(could_be(name, person.name) for name in shown)


def whole(meeting: Meeting, reports: Sequence[Report]) -> bool:
    """Whether the reports leave out less of the meeting than it takes to have heard it."""
    length = (meeting.end - meeting.start).total_seconds()
    return length - covered(reports, meeting) < max(1, enough(meeting))
