"""Somebody decides about a takeaway: yes, hold, let go. Each crosses as a command and leaves a line in the audit."""

from typing import Any

from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.people.addresses import normal
from companion.programme.apply import cross
from companion.programme.apply_takeaways import check
from companion.programme.composing import find
from companion.programme.model import House
from companion.programme.people import who_am_i
from companion.takeaways.audience import judges as judges
from companion.takeaways.audience import may_hold as may_hold
from companion.takeaways.model import Takeaway


def agree(house: House, takeaway_id: str, by: str = "", *, revision: int = 0) -> Takeaway:
    """Yes: it goes out now, also before its day. `by`: the address of who said so, if not who works here.

    `revision`: what they saw; 0 for the newest. Problems: `agree_not_yours`, `agree_other_revision`, …
    """
    seen: dict[str, Any] = {"revision": revision} if revision else {}
    return decide(house, "agree", takeaway_id, by, **seen)


def hold(house: House, takeaway_id: str, why: str, by: str = "") -> Takeaway:
    """Stop it: places let go of it, what has not gone out waits, and its author hears why. Problem `hold_not_yours`."""
    return decide(house, "hold", takeaway_id, by, why=why.strip())


def let_go(house: House, takeaway_id: str, by: str = "") -> Takeaway:
    """Let it go on. Problem `let_go_not_yours`: an author lets go only of what the author held."""
    return decide(house, "let_go", takeaway_id, by)


def decide(house: House, kind: str, takeaway_id: str, by: str = "", **facts: Any) -> Takeaway:
    """One decision about a takeaway, asked first whether it may be made; how it stands afterwards."""
    who = normal(by) or who_am_i(house).email
    with house.workspace(write=False) as tx:
        known = tx.takeaways.get(takeaway_id)
    found = known or find(house, takeaway_id)
    body = {"id": found.id, "by": who, "shared": house.workspace_shared, "revision": found.revision, **facts}
    with house.workspace(write=False) as tx:
        check(kind, tx, body, house.clock())
    with house.device() as device:
        device.queue.put(Command(new_id(), kind, body, house.clock()))
    cross(house)
    with house.workspace(write=False) as tx:
        return tx.takeaways.get(found.id) or found
