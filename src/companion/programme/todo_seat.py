"""You need a seat: said only where there is one to ask for, and not twice in a row for the same reason."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.todo_ground import Ground
from companion.takeaways.letters import Letter, Todo


def wanted_seat(facts: Ground, person: Person, last: Letter | None) -> Todo | None:
    """That somebody owes a meeting, has none ahead and nothing on its way, and may ask for one.

    `last`: their last weekly mail. Said there, it is said again once there is a review that was not open then, more
    is needed, or so few are left that none may be missed.
    """
    if not facts.listens(person.id):
        return None
    stands = facts.standing(person)
    if stands.flag not in ("needs_seat", "cannot_reach") or stands.coming or stands.offered:
        return None
    if any(one.person_id == person.id for one in facts.offers):
        return None
    able = _able(facts, person)
    if not able:
        return None
    by = None if facts.span.rolling else facts.span.last
    line = Todo("seat", tuple(one.id for one in able), by, count=stands.needs)
    return None if last and _said(last, line) else line


def signature_of(lines: Iterable[Todo]) -> list[dict[str, Any]]:
    """What is kept of the lines that went: kinds, ids and numbers, no words."""
    return [{"kind": one.kind, "about": list(one.about), "count": one.count} for one in lines]


def _able(facts: Ground, person: Person) -> list[Meeting]:
    """The open reviews they could sit in: one for each customer and day, on days on which they are here."""
    off = [leave for leave in facts.leaves if leave.person_id == person.id]
    had = {(facts.meetings[s.meeting_id].customer_id, facts.day(facts.meetings[s.meeting_id]))
           for s in facts.seats_of(person.id) if s.state != "open"}  # fmt: skip
    found: dict[tuple[str, date], Meeting] = {}
    for one in facts.free:
        day = facts.day(one)
        here = (person.start is None or day >= person.start) and (person.end is None or day <= person.end)
        in_time = facts.today <= day <= facts.span.until
        if here and in_time and not any(leave.start <= day <= leave.end for leave in off):
            found.setdefault((one.customer_id, day), one)
    return [one for key, one in found.items() if key not in had]


def _said(last: Letter, line: Todo) -> bool:
    for told in last.facts.get("todo", ()):
        if told.get("kind") == "seat":
            before = set(told.get("about", ()))
            last_chance = len(line.about) <= line.count < len(before)
            return set(line.about) <= before and line.count <= int(told.get("count", 0)) and not last_chance
    return False
