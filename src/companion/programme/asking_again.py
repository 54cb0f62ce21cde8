"""What waited is looked at once more before it goes: meanwhile the customer may want to keep more back than before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from companion.basics.clock import day_of
from companion.programme import letters
from companion.programme.audits import write
from companion.programme.checking import facts_in
from companion.programme.model import House, WorkspaceTx
from companion.programme.releasing import around, has_post
from companion.takeaways.audience import ME, judges
from companion.takeaways.gate import blocking, check
from companion.takeaways.model import Takeaway
from companion.takeaways.state import state_of

_STANDS = ("sent", "sending", "unknown", "withdrawn")


def ask_again(house: House) -> int:
    """Of what waits for its day, let wait for a yes what may no longer go by itself; how many those were."""
    now = house.clock()
    with house.workspace(write=False) as tx:
        before = [takeaway for takeaway in tx.takeaways.all() if _waits(tx, takeaway, now)]
        doubtful = [takeaway.id for takeaway in before if _why(tx, takeaway, now, house.read_text)]
    for takeaway_id in doubtful:
        with house.workspace() as tx:
            tx.takeaways.lock(takeaway_id)
            found = tx.takeaways.get(takeaway_id)
            why = _why(tx, found, now, house.read_text) if found and _waits(tx, found, now) else []
            if found and why:
                _stop(tx, found, why, now)
    return len(doubtful)


def _waits(tx: WorkspaceTx, takeaway: Takeaway, now: datetime) -> bool:
    """Whether it waits for its day, or the day has come and nothing of it went out yet; after a yes it does not."""
    if takeaway.out_at is None or takeaway.needs_yes or takeaway.withdrawn or takeaway.audience == ME:
        return False
    if state_of(replace(takeaway, held=None), now, day_of(now, tx.programme.get().zone)) == "waiting":
        return True
    states = [d.state for d in tx.takeaways.deliveries(takeaway.id) if d.revision == takeaway.revision]
    return bool(states) and not any(state in _STANDS for state in states)


def _why(tx: WorkspaceTx, takeaway: Takeaway, now: datetime, as_read: Callable[[str], str]) -> list[str]:
    known = replace(facts_in(tx, takeaway, now), as_read=as_read)
    found = ["nda"] if known.customer and known.customer.nda else []
    return found + (["kept_back"] if blocking(check(takeaway, known)) else [])


def _stop(tx: WorkspaceTx, takeaway: Takeaway, why: list[str], now: datetime) -> None:
    asked = replace(takeaway, out_at=None, unannounced=False, needs_yes=True)
    tx.takeaways.put(asked)
    facts = around(tx, takeaway)
    today = day_of(now, facts.programme.zone)
    if has_post(tx, facts.programme):
        able = judges(facts.people, facts.customer, facts.meeting, takeaway.author_id, today)
        others = [person.email for person in able if person.id != takeaway.author_id]
        tx.letters.add([letters.host_yes(asked, address, now, why) for address in others])
    old, new = (f"{state_of(one, now, today)} {one.id} {one.revision}" for one in (takeaway, asked))
    about = filter(None, (takeaway.customer_id, takeaway.meeting_id))
    write(tx, now, "", "takeaway.asked_again", old, new, " ".join(why), about)
