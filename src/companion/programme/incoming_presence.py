"""What hosts and leaders mail back about who was there: evidence where it is plain, else left for somebody to look."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from companion.attendance.model import Evidence
from companion.attendance.presence import Told
from companion.basics.clock import day_of
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.audits import say_of_seat
from companion.programme.model import WorkspaceTx
from companion.programme.rights import has_left
from companion.programme.sat import evidence_id, put_words
from companion.programme.sat_lines import MOST, read_sat, whom
from companion.programme.seat_rights import is_host
from companion.programme.taken import Sender, Taken
from companion.takeaways.answering import LENT_ACTS
from companion.takeaways.code import code_of
from companion.takeaways.inbox import Reply
from companion.takeaways.letters import Letter
from companion.takeaways.mailed import MailedNote, read_reply

_MAILS = uuid.UUID("6f6f0a3c-2f0f-5d0b-8a54-0d6a1d6a5b10")
_LETTERS = {"sat": "who_sat", "there": "after", "missed": "after", "instead": "after"}
_STATES = {"there": "attended", "missed": "missed", "instead": "delegated"}


def take_presence(tx: WorkspaceTx, reply: Reply, sender: Sender, now: datetime) -> Taken:
    """Do what the recipient of one letter asks for; a mail without its token is of no letter of ours.

    Whoever else it says it is from, and whatever cannot be read in it, is put aside until somebody has looked.
    """
    letter, about = _letter(tx, reply)
    meeting = tx.meetings.get(about)
    person = tx.people.get(str(letter.facts.get("person"))) if letter else None
    if letter is None or meeting is None or person is None:
        return Taken(strange=1)
    name = str(uuid.uuid5(_MAILS, reply.external_id))
    if tx.presence.get(name):
        return Taken(known=1)
    is_theirs = sender.person is not None and sender.person.id == person.id and not reply.aside
    sure = is_theirs and not has_left(person, day_of(now, tx.programme.get().zone))
    if reply.kind == "sat":
        return _host(tx, name, reply, letter, meeting, person, sender.people, now, sure=sure)
    return _leader(tx, name, reply, meeting, person, sender.people, now, sure=sure)


def _letter(tx: WorkspaceTx, reply: Reply) -> tuple[Letter | None, str]:
    """The letter with this token, if its recipient may ask for that, and the id of the meeting it is about."""
    kind = _LETTERS[reply.kind]
    for letter in tx.letters.all() if reply.token else ():
        if letter.facts.get("token") != reply.token:
            continue
        if letter.kind == kind and code_of(letter.about) == reply.code:
            return letter, letter.about
        if letter.kind == "digest" and reply.kind in LENT_ACTS:
            return next(((letter, key) for key in _asked(letter) if code_of(key) == reply.code), (None, ""))
    return None, ""


def _asked(letter: Letter) -> Iterator[str]:
    """The meetings of which a weekly mail asks whether its reader was there."""
    for line in letter.facts.get("todo", ()):
        if line.get("kind") == "joined":
            yield from line.get("about", ())


def _host(
    tx: WorkspaceTx, name: str, reply: Reply, letter: Letter, meeting: Meeting, host: Person,
    people: Sequence[Person], now: datetime, *, sure: bool,
) -> Taken:  # fmt: skip
    """A host's reply: each plain line is their word."""
    if not reply.text.strip():
        return Taken(empty=1)
    if not sure:
        tx.presence.add(Told(name, meeting.id, host.id, "sat", reply.at, "review", reply.text, reply.sender or "?"))
        return Taken(review=(name,))
    asked = [str(one["id"]) for one in letter.facts.get("listeners", ())]
    today = day_of(now, tx.programme.get().zone)
    ours = [person for person in people if not has_left(person, today)]
    read = read_sat(reply.text, [person for person in ours if person.id in asked], ours, host)
    tx.presence.add(
        Told(name, meeting.id, host.id, "sat", reply.at, "review" if read.unclear else "taken", "\n".join(read.unclear))
    )
    if read.said or read.nobody:
        put_words(tx, name, meeting, host.email, read.said, reply.at, now)
    return Taken(acted=int(bool(read.said or read.nobody)), review=(name,) if read.unclear else ())


def _leader(
    tx: WorkspaceTx, name: str, reply: Reply, meeting: Meeting, person: Person, people: Sequence[Person],
    now: datetime, *, sure: bool,
) -> Taken:  # fmt: skip
    """A leader's word on the own seat. Lines written beside "I was there" are for the own note, as ever."""
    state, text = _STATES[reply.kind], reply.text.strip()
    is_note = reply.kind == "there" and bool(text)
    if is_note and (read_reply(text).answers or read_reply(text).lines):
        tx.mailed.add(MailedNote(name, person.id, meeting.id, reply.at, text, "" if sure else reply.sender or "?"))
    kept = "" if is_note else text[:MOST]
    if not sure:
        told = Told(name, meeting.id, person.id, reply.kind, reply.at, "review", kept, reply.sender or "?")  # type: ignore[arg-type]
        tx.presence.add(told)
        return Taken(review=(name,))
    others = [one for one in people if one.id != person.id and not is_host(one, meeting)]
    to = _who_went(text, others) if reply.kind == "instead" else None
    tx.presence.add(Told(name, meeting.id, person.id, reply.kind, reply.at, "taken"))  # type: ignore[arg-type]
    at = reply.at if meeting.end <= reply.at <= now else now
    reason = "" if to else kept
    key = evidence_id(name, person.id)
    went = to.id if to else ""
    say_of_seat(tx, Evidence(key, meeting.id, person.id, "self", state, person.email, at, reason, went), now)
    return Taken(acted=1)


def _who_went(text: str, people: Sequence[Person]) -> Person | None:
    """Who is named in a line of its own, where that is one of ours and the only one."""
    others = [one for one in people if one.kind != "group"]
    found = {one.id: one for line in text.splitlines() if (one := whom(line.strip(" ,;:"), others))}
    return next(iter(found.values())) if len(found) == 1 else None
