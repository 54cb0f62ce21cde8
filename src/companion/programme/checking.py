"""What the gate needs to know, collected: the customer's people, firms under NDA, words kept back, feelings."""

from dataclasses import replace
from datetime import datetime

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.notes.model import Note
from companion.programme.model import House, WorkspaceTx
from companion.takeaways.audience import ME
from companion.takeaways.gate import Finding, GateFacts, blocking, check, check_texts, consent
from companion.takeaways.model import Takeaway
from companion.words.gate import in_field


def findings(house: House, takeaway: Takeaway, note_id: str = "") -> tuple[Finding, ...]:
    """What should perhaps not leave the room; () for what is only for its author.

    Feelings are those of this device's note (`note_id`, or the one of the meeting).
    """
    if takeaway.audience == ME:
        return ()
    return tuple(check(takeaway, facts(house, takeaway, note_id)))


def facts(house: House, takeaway: Takeaway, note_id: str = "") -> GateFacts:
    """What the gate knows beside the text."""
    note = _note(house, takeaway, note_id)
    feelings = tuple(line.text for line in note.lines if line.mark == "!") if note else ()
    with house.workspace(write=False) as tx:
        known = facts_in(tx, takeaway, house.clock())
    return replace(known, feelings=feelings, as_read=house.read_text)


def facts_in(tx: WorkspaceTx, takeaway: Takeaway, now: datetime) -> GateFacts:
    """What the workspace knows beside the text; it knows no feelings."""
    customers = tx.customers.all()
    programme = tx.programme.get()
    return GateFacts(
        customer=next((one for one in customers if one.id == takeaway.customer_id), None),
        contacts=tuple(tx.customers.contacts(takeaway.customer_id)) if takeaway.customer_id else (),
        nda=tuple(one for one in customers if one.nda),
        ops_words=programme.ops_words,
        colleagues=tuple(person.name for person in tx.people.all() if person.kind != "group"),
        today=day_of(now, programme.zone),
    )


def check_words(house: House, takeaway: Takeaway, **texts: str) -> None:
    """Words that reach a takeaway's readers without being part of it, by field; Problem `words_kept_back`."""
    stops = blocking(check_texts(takeaway, facts(house, takeaway), texts))
    if stops:
        raise Problem("words_kept_back", fields=" ".join(in_field(finding) for finding in stops))


def keeps_back(tx: WorkspaceTx, takeaway: Takeaway, text: str, now: datetime) -> bool:
    """Whether somebody else's words about a takeaway are not for its readers; its author reads them all the same."""
    return bool(blocking(check_texts(takeaway, facts_in(tx, takeaway, now), {"answer": text})))


def asked_of_speaker(tx: WorkspaceTx, takeaway: Takeaway) -> str:
    """Whether the speaker may be quoted: as the takeaway says, else as the customer's table of people does."""
    contacts = tx.customers.contacts(takeaway.customer_id) if takeaway.customer_id else []
    return consent(takeaway, contacts)


def _note(house: House, takeaway: Takeaway, note_id: str) -> Note | None:
    with house.device(write=False) as device:
        known = device.notes.get(note_id) if note_id else None
        return known or (device.notes.of_meeting(takeaway.meeting_id) if takeaway.meeting_id else None)
