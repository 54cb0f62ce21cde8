"""What could not be read of a member of a calendar, since when, and how often it was tried."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from companion.basics.errors import Problem
from companion.calendars.store import Quarantined
from companion.storage.device.tables import member, quarantine, sync_state
from companion.storage.rows import insert_all

_FIELDS = [quarantine.c[name] for name in Quarantined.__dataclass_fields__]


def of(connection: Connection, account_id: str) -> list[Quarantined]:
    """What was set aside of an account, what waits longest first."""
    query = select(*_FIELDS).where(quarantine.c.account_id == account_id)
    rows = connection.execute(query.order_by(quarantine.c.since, quarantine.c.seal, quarantine.c.place))
    return [Quarantined(*row) for row in rows]


def put(connection: Connection, account_id: str, seal: str, problems: Sequence[Problem], at: datetime) -> None:
    """Put what cannot be read of a member in the place of what could not; what fails again keeps its first day."""
    here = (quarantine.c.account_id == account_id, quarantine.c.seal == seal)
    known = [Quarantined(*row) for row in connection.execute(select(*_FIELDS).where(*here).order_by("place"))]
    if not known and not problems:
        return
    connection.execute(delete(quarantine).where(*here))
    before = _matched(known, problems)
    rows: list[dict[str, Any]] = [
        {
            "account_id": account_id, "seal": seal, "place": place, "code": problem.code, "facts": problem.facts,
            "since": old.since if old else at, "tries": old.tries + 1 if old else 1,
        }
        for place, (problem, old) in enumerate(zip(problems, before, strict=True))
    ]  # fmt: skip
    insert_all(connection, quarantine, rows)


def _matched(known: Sequence[Quarantined], problems: Sequence[Problem]) -> list[Quarantined | None]:
    """For each problem what it was before: the same to the letter, else the next with its code (entries shift)."""
    found: list[Quarantined | None] = [None] * len(problems)
    left = list(known)
    for name in (_to_the_letter, _code):
        waiting: dict[str, list[Quarantined]] = {}
        for old in reversed(left):
            waiting.setdefault(name(old), []).append(old)
        for place, problem in enumerate(problems):
            if found[place] is None and waiting.get(name(problem)):
                found[place] = waiting[name(problem)].pop()
        left = [old for some in waiting.values() for old in reversed(some)]
    return found


def _code(item: Problem | Quarantined) -> str:
    return item.code


def _to_the_letter(item: Problem | Quarantined) -> str:
    return f"{item.code} {sorted(item.facts.items())}"


def read_again(connection: Connection, account_id: str) -> int:
    """Forget the versions of members with something set aside, and the cursor that would not list them."""
    seals = select(quarantine.c.seal).where(quarantine.c.account_id == account_id).distinct()
    count = connection.scalar(select(func.count()).select_from(seals.subquery())) or 0
    if count:
        mine = update(member).where(member.c.account_id == account_id, member.c.seal.in_(seals))
        connection.execute(mine.values(version=""))
        connection.execute(update(sync_state).where(sync_state.c.account_id == account_id).values(cursor=""))
    return count
