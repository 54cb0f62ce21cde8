"""You need a seat: said only where there is one to ask for, and not twice in a row for the same reason."""

from collections.abc import Iterable
from typing import Any

from companion.people.model import Person
from companion.programme.todo_ground import Ground
from companion.takeaways.letters import Letter, Todo

_COMING = ("accepted", "offered")


def wanted_seat(facts: Ground, person: Person, last: Letter | None) -> Todo | None:
    """That somebody owes a meeting, has none ahead and nothing on its way, and may ask for one.

    `last`: their last weekly mail. Said there, it is said again once there is a review that was not open then, more
    is needed, or so few are left that none may be missed.
    """
    if not facts.listens(person.id):
        return None
    if any(one.person_id == person.id for one in facts.offers) or _is_coming(facts, person):
        return None
    stands, could = facts.standing(person)
    able = [could.all.reviews[key][0].id for key in could]
    if stands.flag not in ("needs_seat", "cannot_reach") or stands.coming or stands.offered or not able:
        return None
    by = None if facts.span.rolling else facts.span.last
    line = Todo("seat", tuple(able), by, count=stands.needs)
    return None if last and _said(last, line) else line


def signature_of(lines: Iterable[Todo]) -> list[dict[str, Any]]:
    """What is kept of the lines that went: kinds, ids and numbers, no words."""
    return [{"kind": one.kind, "about": list(one.about), "count": one.count} for one in lines]


def _is_coming(facts: Ground, person: Person) -> bool:
    """Whether they have a seat ahead in that year; asked first, because their standing costs more."""
    ahead = [facts.meetings[seat.meeting_id] for seat in facts.seats_of(person.id) if seat.state in _COMING]
    return any(one.end > facts.now and facts.day(one) <= facts.span.until for one in ahead)


def _said(last: Letter, line: Todo) -> bool:
    for told in last.facts.get("todo", ()):
        if told.get("kind") == "seat":
            before = set(told.get("about", ()))
            last_chance = len(line.about) <= line.count < len(before)
            return set(line.about) <= before and line.count <= int(told.get("count", 0)) and not last_chance
    return False
