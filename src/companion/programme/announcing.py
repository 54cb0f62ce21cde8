"""The host is told first: the day a takeaway for everyone waits begins when its host's notice has gone."""

from dataclasses import replace
from datetime import datetime, timedelta

from companion.basics.clock import day_of
from companion.programme import letters
from companion.programme.model import WorkspaceTx
from companion.programme.releasing import around
from companion.takeaways.audience import judges
from companion.takeaways.letters import Letter
from companion.takeaways.model import Takeaway


def promised(tx: WorkspaceTx, letter: Letter, now: datetime) -> Letter:
    """A host's notice with the moment that it promises when it goes now; any other letter as it is."""
    if _waiting(tx, letter) is None:
        return letter
    out_at = now + timedelta(hours=tx.programme.get().host_hours)
    return replace(letter, facts={**letter.facts, "out_at": out_at.isoformat()})


def announced(tx: WorkspaceTx, letter: Letter, now: datetime) -> None:
    """What follows when a letter was sent or never will be: a takeaway goes out as its notice says, or waits for a yes.

    Ask with the takeaway locked.
    """
    takeaway = _waiting(tx, letter)
    if takeaway is None:
        return
    if letter.state == "sent":
        out_at = letter.facts.get("out_at")
        tx.takeaways.put(replace(takeaway, unannounced=False, out_at=datetime.fromisoformat(out_at) if out_at else now))
    elif letter.state == "withdrawn" or (letter.state == "failed" and letter.trouble_facts.get("final")):
        _refer(tx, takeaway, letter.recipient, now)


def _refer(tx: WorkspaceTx, takeaway: Takeaway, unreached: str, now: datetime) -> None:
    """The host cannot be told, so somebody else is asked."""
    asked = replace(takeaway, unannounced=False, out_at=None, needs_yes=True)
    tx.takeaways.put(asked)
    facts = around(tx, takeaway)
    today = day_of(now, facts.programme.zone)
    able = judges(facts.people, facts.customer, facts.meeting, takeaway.author_id, today)
    others = [p.email for p in able if p.id != takeaway.author_id and unreached not in p.addresses]
    tx.letters.add([letters.host_yes(asked, address, now, ["untold"]) for address in others])


def _waiting(tx: WorkspaceTx, letter: Letter) -> Takeaway | None:
    """The takeaway that waits for just this letter to be sent."""
    takeaway = tx.takeaways.get(letter.about) if letter.kind == "host_notice" else None
    if takeaway is None or not takeaway.unannounced or takeaway.withdrawn:
        return None
    return takeaway if letter.facts.get("revision") == takeaway.revision else None
