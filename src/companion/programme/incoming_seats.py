"""What hosts and leaders mail back about seats.

A no is taken from whoever had the letter, whatever address it leaves from: people write from a telephone too, and a no
only keeps somebody away. It is told as the word of who sent it, and is no lasting rule where that is somebody else.
A yes, and a seat given up, have to come from whom the letter was written to.
"""

import uuid
from dataclasses import replace
from datetime import datetime

from companion.attendance.offers import Offer, Who
from companion.attendance.seating import Table
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.people.model import Person
from companion.programme.apply_offers import OFFER_HOPELESS, alone, check_ahead, check_still, sits, step, take_begin
from companion.programme.model import WorkspaceTx
from companion.programme.offer_ground import table_at
from companion.programme.seat_letters import case_of, recipients
from companion.programme.taken import Sender, Taken
from companion.programme.taking_over import best_for
from companion.takeaways.code import code_of
from companion.takeaways.inbox import Reply
from companion.takeaways.letters import Letter

_MAILS = uuid.UUID("6b0f3a57-2f0e-5c0b-8d2b-6f6a4c1f7d90")
_KINDS = {"may": "seat_host", "maynot": "seat_host", "take": "seat_offer", "cannot": "seat_offer", "swap": "seat_offer"}
_LONGEST = 300


def take_seat(tx: WorkspaceTx, reply: Reply, sender: Sender, now: datetime) -> Taken:
    """Do what the recipient of one letter asks for; a mail without its token is of no letter of ours."""
    letter = _letter(tx, reply)
    offer = tx.offers.get(letter.about) if letter else None
    meeting = tx.meetings.get(offer.meeting_id) if offer else None
    if letter is None or offer is None or meeting is None:
        return Taken(strange=1)
    mail = str(uuid.uuid5(_MAILS, reply.external_id))
    if tx.applied.seen(mail):
        return Taken(known=1)
    own = _is_own(tx, letter, reply, sender, now)
    if not own and reply.kind not in ("maynot", "cannot"):
        return _unsure(tx, letter, reply)
    alone(tx, meeting.id, offer.person_id)
    offer = tx.offers.get(offer.id) or offer  # as it stands now that nobody else is at it
    try:
        check_ahead(meeting, now)
        _do(tx, reply, letter, offer, table_at(tx, meeting, now), now, own=own)
    except Problem as problem:
        if problem.code not in OFFER_HOPELESS | {"swap_nobody"}:
            raise
        tx.letters.put(replace(letter, facts={**letter.facts, "refused": problem.code}))
    tx.applied.mark(mail, now)
    return Taken(acted=1)


def _is_own(tx: WorkspaceTx, letter: Letter, reply: Reply, sender: Sender, now: datetime) -> bool:
    """Whether it is surely from whom the letter was written to, who still has a say."""
    offer = tx.offers.get(letter.about)
    case = case_of(tx, offer, now) if offer else None
    person = sender.person
    if case is None or person is None or letter.recipient not in person.addresses or reply.aside:
        return False
    asked = recipients(case) if letter.kind == "seat_host" else [case.person.email]
    return not (person.end and person.end < case.table.today) and bool(set(asked) & set(person.addresses))


def _do(
    tx: WorkspaceTx, reply: Reply, letter: Letter, offer: Offer, table: Table, now: datetime, *, own: bool
) -> None:  # fmt: skip
    by, text = letter.recipient if own else reply.sender, " ".join(reply.text.split())[:_LONGEST]
    if reply.kind in ("may", "maynot"):
        # Ops have the letter where no host can be asked; their word is that of ops.
        who: set[Who] = {"host"} if letter.facts.get("as_host", True) else {"ops"}
        if reply.kind == "may":
            check_still(tx, offer, table.meeting, now)
        step(tx, offer, "allow" if reply.kind == "may" else "veto", who, by, now, text, lasts=own)
    elif reply.kind == "take":
        check_still(tx, offer, table.meeting, now)
        step(tx, offer, "take", {"leader"}, by, now)
    elif reply.kind == "cannot":
        step(tx, offer, "cannot", {"leader"}, by, now, text)
    else:
        _swap(tx, offer, table, by, now)


def _swap(tx: WorkspaceTx, offer: Offer, table: Table, by: str, now: datetime) -> None:
    if not sits(table, offer.person_id):
        raise Problem("swap_no_seat", title=table.meeting.title)
    taker: Person | None = best_for(tx, table, offer.person_id)
    if taker is None:
        raise Problem("swap_nobody", title=table.meeting.title)
    about = {"meeting": offer.meeting_id, "person": taker.id, "instead_of": offer.person_id}
    take_begin(tx, {"id": new_id(), "came": "swap", "by": by, **about}, now)


def _unsure(tx: WorkspaceTx, letter: Letter, reply: Reply) -> Taken:
    """A yes that may not be theirs does nothing; whoever looks at the offer sees that one came, and from where."""
    told = {"from": reply.sender, "at": reply.at.isoformat(), "kind": reply.kind}
    tx.letters.put(replace(letter, facts={**letter.facts, "unsure": told}))
    return Taken(strange=1)


def _letter(tx: WorkspaceTx, reply: Reply) -> Letter | None:
    """The letter whose token this is, if its recipient may ask for that."""
    kind = _KINDS[reply.kind]
    for letter in tx.letters.all():
        if letter.kind == kind and reply.token and letter.facts.get("token") == reply.token:
            return letter if code_of(letter.about) == reply.code else None
    return None
