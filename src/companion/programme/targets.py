"""How many meetings a year are expected: by person and by role, from a day on, with the reason."""

from dataclasses import dataclass
from datetime import date, timedelta

from companion.attendance.closing import Carried
from companion.attendance.days import period
from companion.attendance.model import Target
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.programme.audits import note
from companion.programme.meetings import recompute
from companion.programme.model import House, WorkspaceTx
from companion.programme.names import names_shown
from companion.programme.ops import only_ops
from companion.programme.seats import person_of
from companion.programme.views.board import board

YEARS_BETWEEN = 5  # in which something is carried at most once


@dataclass(frozen=True)
class TargetLine:
    """One target as it was set. `name`: the person's, "" for a role or somebody who is gone."""

    target: Target
    name: str
    role: str  # "" for a person's
    in_force: bool  # today


@dataclass(frozen=True)
class CarriedLine:
    """What one person carried, and their name; "" for somebody who is gone."""

    carried: Carried
    name: str


def set_target(house: House, who: str, count: int, since: date, reason: str) -> Target:
    """How many meetings a year are expected of a person or a role (`role:NAME`) from a day on, never backwards.

    Problems: only_ops, target_wrong, reason_missing, role_unknown, person_unknown, target_backwards.
    """
    if not 0 <= count <= 12:
        raise Problem("target_wrong", value=count)
    if not reason.strip():
        raise Problem("reason_missing")
    with house.workspace() as tx:
        only_ops(house, tx)
        key = _key(tx, who)
        if since < day_of(house.clock(), tx.programme.get().zone):
            raise Problem("target_backwards", since=since.isoformat())
        old = next((one for one in tx.seats.targets() if (one.who, one.since) == (key, since)), None)
        target = Target(key, count, since, reason.strip(), house.clock())
        tx.seats.put_target(target)
        role = f"{key} " if key.startswith("role:") else ""
        before = f"{role}{old.count}, {since}" if old else ""
        note(tx, house, "target", before, f"{role}{count}, {since}", target.reason, () if role else (key,))
    recompute(house)
    return target


def of_all(house: House) -> list[TargetLine]:
    """Every target ever set, newest first, roles before people of the same day; others' only for ops."""
    with house.workspace(write=False) as tx:
        names = {person.id: person.name for person in tx.people.all()}
        me = tx.people.by_address(house.me) if house.me else None
        every = not house.workspace_shared or (me is not None and me.kind == "ops")
        today = day_of(house.clock(), tx.programme.get().zone)
        mine = me.id if me else ""
        targets = [one for one in tx.seats.targets() if every or one.who.startswith("role:") or one.who == mine]
    latest = {one.who: one.since for one in targets if one.since <= today}  # the store lists oldest first
    lines = [
        TargetLine(
            one, names.get(one.who, ""), one.who.removeprefix("role:") if one.who.startswith("role:") else "",
            latest.get(one.who) == one.since,
        )
        for one in targets
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.target.since.toordinal(), not line.role, line.name.casefold()))


def carried(house: House) -> list[CarriedLine]:
    """What was carried from one year into the next, latest first; others' only for who may see names."""
    with house.workspace(write=False) as tx:
        people = {person.id: person for person in tx.people.all()}
        me = tx.people.by_address(house.me) if house.me else None
        every = names_shown(house, tx.programme.get(), me)
        found = [one for one in tx.carried.all() if every or (me is not None and me.id == one.person_id)]
    lines = [CarriedLine(one, people[one.person_id].name if one.person_id in people else "") for one in found]
    return sorted(lines, key=lambda line: (-line.carried.first.toordinal(), line.name.casefold()))


def carry(
    house: House, person: str, span: str, approver: str, reason: str, count: int | None = None
) -> Carried:  # fmt: skip
    """Carry what somebody is short of in a period into the next one, all of it or `count`, agreed to by `approver`.

    Problems: only_ops, reason_missing, period_rolling, person_unknown, carry_self, carry_none, carry_runs,
    carry_much, carry_twice, carry_span.
    """
    if not reason.strip():
        raise Problem("reason_missing")
    found = board(house, span, live=True)
    if found.period.rolling:
        raise Problem("period_rolling")
    with house.workspace() as tx:
        only_ops(house, tx)
        who, agreed = person_of(tx, person), person_of(tx, approver)
        if who.id == agreed.id:
            raise Problem("carry_self", name=who.name)
        own = period("", found.period.last, tx.programme.get().year)
        if found.period.months != 12 or not (own.rolling or own.first == found.period.first):
            raise Problem("carry_span", label=found.period.label)
        row = next((row.standing for row in found.rows if row.person.id == who.id), None)
        if row is None or row.needs == 0:
            raise Problem("carry_none", name=who.name, label=found.period.label)
        if not found.facts.over and row.flag != "cannot_reach":
            raise Problem("carry_runs", name=who.name, label=found.period.label)
        number = row.needs if count is None else count
        if not 0 < number <= row.needs:
            raise Problem("carry_much", name=who.name, label=found.period.label, short=row.needs)
        first = found.period.last + timedelta(days=1)
        for one in tx.carried.all():
            if one.person_id == who.id and abs(first.year - one.first.year) < YEARS_BETWEEN:
                raise Problem("carry_twice", name=who.name, day=one.first.isoformat())
        made = Carried(who.id, first, number, agreed.email, reason.strip(), house.clock())
        tx.carried.put(made)
        note(tx, house, "carried", "", f"{number}, {first}, {agreed.email}", made.reason, (who.id,))
    return made


def _key(tx: WorkspaceTx, who: str) -> str:
    if not who.strip().lower().startswith("role:"):
        return person_of(tx, who).id
    role = who.strip().lower().removeprefix("role:").strip()
    roles = {person.role.strip().lower() or person.kind for person in tx.people.all()}
    if role not in roles:
        raise Problem("role_unknown", role=role, known=", ".join(sorted(roles)))
    return f"role:{role}"
