"""What crosses of assistants and wishes, and whether somebody may act for a leader just now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from companion.attendance.model import Evidence
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.audits import write
from companion.programme.model import WorkspaceTx

SAYABLE = ("accepted", "declined", "attended")  # what an assistant may say of a leader's seat


def may_act(me: Person, leader: Person, today: date) -> bool:
    """Whether somebody may confirm seats and print briefs for a leader: allowed, and both still with us."""
    if me.id == leader.id or any(one.end is not None and one.end < today for one in (me, leader)):
        return False
    return any(normal(address) in me.addresses for address in leader.assistants)


def is_by_assistant(evidence: Evidence, leader: Person) -> bool:
    """Whether a leader's own word was given by somebody else in their name."""
    return evidence.source == "self" and "@" in evidence.by and evidence.by not in leader.addresses


def take_assistants(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A leader lets somebody act for them, or no more."""
    leader = _whose(tx, body)
    gone = set(body.get("remove", ()))
    kept = [address for address in leader.assistants if address not in gone]
    if body.get("add") and body["add"] not in kept:
        kept.append(body["add"])
    if tuple(kept) == leader.assistants:
        return
    tx.people.put(replace(leader, assistants=tuple(kept)))
    old, new = ", ".join(leader.assistants), ", ".join(kept)
    write(tx, now, body["by"], "person.assistants", old, new, about=(leader.id,))


def take_reminders(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """Somebody wants briefs and questions by mail, or no more of them."""
    person = _whose(tx, body)
    if person.reminders != body["wanted"]:
        tx.people.put(replace(person, reminders=body["wanted"]))
        old, new = ("yes" if wanted else "no" for wanted in (person.reminders, body["wanted"]))
        write(tx, now, body["by"], "person.reminders", old, new, about=(person.id,))


def check_assistant(tx: WorkspaceTx, evidence: Evidence, now: datetime) -> None:
    """A word that is given for a leader counts only while they allow it; Problem `assistant_not_allowed`."""
    leader, me = tx.people.get(evidence.person_id), tx.people.by_address(evidence.by)
    if leader is None or me is None or not may_act(me, leader, day_of(now, tx.programme.get().zone)):
        raise Problem("assistant_not_allowed", name=leader.name if leader else "")


def _whose(tx: WorkspaceTx, body: dict[str, Any]) -> Person:
    person = tx.people.by_address(body["by"])
    if person is None:
        raise Problem("person_unknown", address=body["by"])
    return person


PEOPLE_HANDLERS: dict[str, Callable[[WorkspaceTx, dict[str, Any], datetime], None]] = {
    "assistants": take_assistants,
    "reminders": take_reminders,
}
