"""What I mailed to the desk after a meeting, on its way into my note on this computer."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from companion.basics.errors import Problem
from companion.notes.merge import LINE
from companion.programme import listening
from companion.programme.asked import ever_asked
from companion.programme.listening import Edit
from companion.programme.model import House
from companion.programme.people import who_am_i
from companion.takeaways.mailed import KEPT, MailedNote, read_reply

IN_THE_NOTE = "mailed"  # the reminder that is kept of a meeting whose note something came into
_LINES = uuid.UUID("b2b7c0de-5d0d-5c0e-9f25-6f0c6c6f3f3a")


def fetch(house: House) -> int:
    """Take what I mailed into my notes, and out of the workspace; how many mails came in.

    Killed in between it comes in once all the same: a line is named by its mail. What may not be from me waits, see
    `unsure`; so does what is about a meeting that was forgotten, until its days are over.
    """
    return sum(_put_in(house, mail) for mail in _waiting(house) if not mail.sender)


def unsure(house: House) -> tuple[MailedNote, ...]:
    """What came under my name from an address that is not mine, or without the letter's own sign, oldest first."""
    return tuple(mail for mail in _waiting(house) if mail.sender)


def take(house: House, mail_id: str) -> MailedNote:
    """It is mine: into the note with it. Problem `mailed_unknown`."""
    mail = _one(house, mail_id)
    if not _put_in(house, mail):
        raise Problem("meeting_unknown", meeting=mail.meeting_id[:8])
    return mail


def leave(house: House, mail_id: str) -> MailedNote:
    """It is not mine: it goes out of the workspace. Problem `mailed_unknown`."""
    mail = _one(house, mail_id)
    _out(house, mail)
    return mail


def came_in(house: House, meeting_ids: Iterable[str]) -> frozenset[str]:
    """Of these meetings those whose notes something came into by mail, on this computer."""
    with house.device(write=False) as device:
        return frozenset(key for key in meeting_ids if device.reminders.told(key, IN_THE_NOTE))


def expire(house: House) -> int:
    """Let go of what waited for its days; how many mails nobody had fetched. For the desk."""
    with house.workspace() as tx:
        return tx.mailed.expire(house.clock() - KEPT)


def _waiting(house: House) -> list[MailedNote]:
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        return tx.mailed.of(me.id) if me else []


def _one(house: House, mail_id: str) -> MailedNote:
    who_am_i(house)
    hits = [mail for mail in unsure(house) if mail.id == mail_id or (len(mail_id) >= 4 and mail.id.startswith(mail_id))]
    if len(hits) != 1:
        raise Problem("mailed_unknown", mail=mail_id)
    return hits[0]


def _put_in(house: House, mail: MailedNote) -> bool:
    """Into the note first, then out of the workspace; False where there is no such meeting any more."""
    try:
        note = listening.open_note(house, mail.meeting_id)
    except Problem as problem:
        if problem.code != "meeting_unknown":
            raise
        return False
    with house.workspace(write=False) as tx:
        said = read_reply(mail.text, ever_asked(tx))
    lines = list(said.lines)
    for key, text in said.answers.items():
        there = note.answers.get(key, "")
        if not there:
            listening.write_answer(house, note.id, key, text, "")
        elif there != text:
            lines.append(text)  # what is answered already stays; nothing of the mail is lost
    _add_lines(house, note.id, mail, lines)
    with house.device() as device:
        device.reminders.put(mail.meeting_id, IN_THE_NOTE, house.clock())
    _out(house, mail)
    return True


def _add_lines(house: House, note_id: str, mail: MailedNote, lines: list[str]) -> None:
    named = _named(mail, lines)
    with house.device(write=False) as device:
        known = device.versions.of_many(note_id, [LINE + name for name in named])  # of those taken out since, too
        start = device.notes.next_position(note_id)
    fresh = [(name, text) for name, text in named.items() if not known[LINE + name]]
    edits = [Edit(name, start + number, "", text, mail.at, "") for number, (name, text) in enumerate(fresh)]
    if edits:
        listening.write_lines(house, note_id, edits)


def _named(mail: MailedNote, lines: list[str]) -> dict[str, str]:
    """Lines by their ids, which are the same each time the mail is put in; what is said twice is two lines."""
    said: Counter[str] = Counter()
    named: dict[str, str] = {}
    for text in lines:
        again = f"\n{said[text]}" if said[text] else ""
        named[str(uuid.uuid5(_LINES, f"{mail.id}\n{text}{again}"))] = text
        said[text] += 1
    return named


def _out(house: House, mail: MailedNote) -> None:
    with house.workspace() as tx:
        tx.mailed.put(replace(mail, text="", sender="", fetched=house.clock()))
