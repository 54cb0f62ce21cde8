"""How many meetings a year are expected: by person and by role, from a day on, with the reason."""

from dataclasses import dataclass
from datetime import date

from companion.attendance.model import Target
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.programme.meetings import recompute
from companion.programme.model import AuditEntry, House, WorkspaceTx
from companion.programme.ops import only_ops
from companion.programme.seats import person_of


@dataclass(frozen=True)
class TargetLine:
    """One target as it was set. `name`: the person's, "" for a role or somebody who is gone."""

    target: Target
    name: str
    role: str  # "" for a person's
    in_force: bool  # today


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
        before = f"{old.who} {old.count} {old.since}" if old else ""
        tx.programme.audit(AuditEntry(house.clock(), house.me, "target", before, f"{key} {count} {since}", reason))
    recompute(house)
    return target


def of_all(house: House) -> list[TargetLine]:
    """Every target ever set, newest first, roles before people of the same day."""
    with house.workspace(write=False) as tx:
        names = {person.id: person.name for person in tx.people.all()}
        today = day_of(house.clock(), tx.programme.get().zone)
        targets = tx.seats.targets()
    latest = {one.who: one.since for one in targets if one.since <= today}  # the store lists oldest first
    lines = [
        TargetLine(
            one, names.get(one.who, ""), one.who.removeprefix("role:") if one.who.startswith("role:") else "",
            latest.get(one.who) == one.since,
        )
        for one in targets
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.target.since.toordinal(), not line.role, line.name.casefold()))


def _key(tx: WorkspaceTx, who: str) -> str:
    if not who.strip().lower().startswith("role:"):
        return person_of(tx, who).id
    role = who.strip().lower().removeprefix("role:").strip()
    roles = {person.role.strip().lower() or person.kind for person in tx.people.all()}
    if role not in roles:
        raise Problem("role_unknown", role=role, known=", ".join(sorted(roles)))
    return f"role:{role}"
