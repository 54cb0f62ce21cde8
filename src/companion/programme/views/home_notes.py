"""What of my notes, my mails and my promises waits for me."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from companion.basics.clock import day_of
from companion.customers.memory import Fact
from companion.notes.model import Listed
from companion.people.model import Person
from companion.programme import listening, mailed
from companion.programme.apply_memory import sees_customers
from companion.programme.model import House
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


def mine(house: House, facts: Ground, me: Person, listed: Sequence[Listed]) -> Mine:
    """Read it; `listed`: the notes of this device."""
    return Mine(
        _unsure(house, facts), _old(house, facts), _two_texts(house, facts, listed), _promises(house, facts, me)
    )  # fmt: skip


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


def _old(house: House, facts: Ground) -> tuple[OldNote, ...]:
    return tuple(OldNote(one.id, _about(facts, one), day_of(one.made, facts.zone)) for one in listening.expiring(house))


def _two_texts(house: House, facts: Ground, listed: Sequence[Listed]) -> tuple[TwoTexts, ...]:
    found = Counter(conflict.note_id for conflict in listening.conflicts(house))
    return tuple(TwoTexts(one.id, _about(facts, one), found[one.id]) for one in listed if one.id in found)


def _about(facts: Ground, note: Listed) -> str:
    return facts.customer(note.customer_id).name or note.title


def _promises(house: House, facts: Ground, me: Person) -> tuple[Promise, ...]:
    """Only for who may open the customer's page, where they are settled."""
    with house.workspace(write=False) as tx:
        shared = house.workspace_shared or facts.programme.shared
        found = tx.facts.promised_by(me.id)
        if not found or not sees_customers(tx, me, facts.now, shared=shared):
            return ()
    known = facts.customers
    return tuple(Promise(one, known[one.customer_id].name) for one in found if one.customer_id in known)
