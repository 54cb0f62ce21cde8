"""What of my notes, my mails and my promises waits for me."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from companion.basics.clock import day_of
from companion.customers.memory import Fact
from companion.people.model import Person
from companion.programme import listening, mailed
from companion.programme.apply_memory import sees_customers
from companion.programme.model import House
from companion.programme.note_ends import AFTER
from companion.programme.views.ground import Ground
from companion.takeaways.mailed import MailedNote


@dataclass(frozen=True)
class UnsureMail:
    """A reply under my name that may be somebody else's: it waits for a yes."""

    mail: MailedNote
    about: str  # the customer, else the meeting's title
    day: date  # the meeting's, where it is known, else the mail's


@dataclass(frozen=True)
class OldNote:
    """A raw note whose takeaway is out long enough: its owner says whether it goes."""

    note_id: str
    about: str
    day: date  # on which it was begun


@dataclass(frozen=True)
class TwoTexts:
    """A note in which two texts stand where one was expected."""

    note_id: str
    about: str
    count: int


@dataclass(frozen=True)
class Promise:
    """What I promised a customer and have not kept yet."""

    fact: Fact
    customer: str


@dataclass(frozen=True)
class Mine:
    """All of it; each is empty where there is nothing to do."""

    unsure: tuple[UnsureMail, ...] = ()
    old: tuple[OldNote, ...] = ()
    two_texts: tuple[TwoTexts, ...] = ()
    promises: tuple[Promise, ...] = ()  # soonest due first


NOTHING = Mine()


def mine(house: House, facts: Ground, me: Person) -> Mine:
    """Read it."""
    return Mine(_unsure(house, facts), _old(house, facts, me), _two_texts(house, facts), _promises(house, facts, me))


def _unsure(house: House, facts: Ground) -> tuple[UnsureMail, ...]:
    return tuple(
        UnsureMail(mail, *_meeting(facts, mail.meeting_id, day_of(mail.at, facts.zone)))
        for mail in mailed.unsure(house)
    )


def _meeting(facts: Ground, meeting_id: str, otherwise: date) -> tuple[str, date]:
    meeting = facts.meetings.get(meeting_id)
    if meeting is None:
        return "", otherwise
    return facts.customer(meeting.customer_id).name or meeting.title, day_of(meeting.start, facts.zone)


def _old(house: House, facts: Ground, me: Person) -> tuple[OldNote, ...]:
    before = facts.now - AFTER
    mine = (one for one in facts.takeaways if one.author_id == me.id)
    if not any(one.told_on or (one.published and one.published <= before) for one in mine):
        return ()  # and no list of all notes was read
    return tuple(
        OldNote(one.id, _about(facts, one.customer_id, one.title), day_of(one.made, facts.zone))
        for one in listening.expiring(house)
    )


def _two_texts(house: House, facts: Ground) -> tuple[TwoTexts, ...]:
    found = Counter(conflict.note_id for conflict in listening.conflicts(house))
    if not found:
        return ()
    with house.device(write=False) as device:
        heads = [(head, count) for key, count in found.items() if (head := device.notes.head(key))]
    return tuple(TwoTexts(one.id, _about(facts, one.customer_id, one.title), count) for one, count in heads)


def _about(facts: Ground, customer_id: str, title: str) -> str:
    return facts.customer(customer_id).name or title


def _promises(house: House, facts: Ground, me: Person) -> tuple[Promise, ...]:
    """Only for who may open the customer's page, where they are settled."""
    with house.workspace(write=False) as tx:
        shared = house.workspace_shared or facts.programme.shared
        found = tx.facts.promised_by(me.id)
        if not found or not sees_customers(tx, me, facts.now, shared=shared):
            return ()
    known = facts.customers
    return tuple(Promise(one, known[one.customer_id].name) for one in found if one.customer_id in known)
