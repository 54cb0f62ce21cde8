"""What becomes of readers' mails in the workspace: taken, acted on, or put aside to be looked at; each once."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from companion.basics.errors import Problem
from companion.people.model import Person
from companion.programme.apply_answers import ANSWER_HANDLERS, Handler, answer_back, for_whom, tell_author
from companion.programme.apply_takeaways import MAY_NOT, take_hold, take_strangers_hold, take_yes
from companion.programme.asked import ever_asked
from companion.programme.audits import changed
from companion.programme.incoming_presence import take_presence
from companion.programme.incoming_seats import take_seat
from companion.programme.model import WorkspaceTx
from companion.programme.taken import Sender, Taken
from companion.takeaways.answering import ACTS, PRESENCE_ACTS, SEAT_ACTS
from companion.takeaways.between import with_between
from companion.takeaways.code import code_of
from companion.takeaways.inbox import Reply
from companion.takeaways.letters import Letter
from companion.takeaways.mailed import KEPT, MailedNote, read_reply
from companion.takeaways.model import Answer, Takeaway

_ANSWERS = uuid.UUID("5d0f4a4e-1c53-5a4e-8a5b-1f6f2f1f9b27")
_MAILED = uuid.UUID("8a4d6f0e-7f0a-5d4b-9b51-3f1a2c0d9e64")
_BY_LETTER = {  # what the recipient of which letter may ask for
    "yes": ("host_yes", "host_notice"),
    "hold": ("host_copy", "host_notice", "host_yes"),
    "reply": ("answers",),
}


def answer_id(external_id: str) -> str:
    """The id of the answer that a mail becomes, wherever the mail was found."""
    return str(uuid.uuid5(_ANSWERS, external_id))


def take_in(tx: WorkspaceTx, replies: Iterable[Reply], now: datetime, *, came: str = "mail") -> Taken:
    """Take mails in, all of them in this transaction, and let the author of each takeaway know."""
    codes = {code_of(takeaway.id): takeaway for takeaway in tx.takeaways.all()}
    people = tx.people.all()
    taken = Taken()
    for reply in replies:
        if reply.automatic:
            taken += Taken(automatic=1)
        elif tx.takeaways.answered(reply.external_id):
            taken += Taken(known=1)
        elif reply.kind == "stop":
            taken += _stopped(tx, reply, Sender(reply, people), now)
        elif reply.kind in SEAT_ACTS:
            taken += take_seat(tx, reply, Sender(reply, people), now)
        elif reply.kind in PRESENCE_ACTS:
            taken += take_presence(tx, reply, Sender(reply, people), now)
        elif reply.code not in codes:
            taken += _noted(tx, reply, Sender(reply, people), now)
        else:
            taken += _take(tx, reply, codes[reply.code], Sender(reply, people), now, came)
    tell_author(tx, taken.ids, now)
    return taken


def take_mails(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """Mails that a device read from files."""
    replies = [Reply(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in body["replies"]]
    take_in(tx, replies, now, came="file")


def _take(tx: WorkspaceTx, reply: Reply, takeaway: Takeaway, sender: Sender, now: datetime, came: str) -> Taken:
    made = _answer(reply, takeaway, sender.person, came)
    if reply.kind in ACTS or reply.token:
        return _acted(tx, reply, takeaway, sender, made, now)
    if not reply.kind and not reply.text and not reply.aside:
        tx.takeaways.put_answer(replace(made, state="dismissed"))
        return Taken(empty=1)
    if not reply.aside and sender.may_read(tx, takeaway, now):
        tx.takeaways.put_answer(for_whom(tx, takeaway, made, now))
        return Taken(ids=(made.id,))
    return _to_review(tx, made)


def _answer(reply: Reply, takeaway: Takeaway, person: Person | None, came: str) -> Answer:
    return Answer(
        answer_id(reply.external_id), takeaway.id, reply.kind, reply.text, reply.at,
        person.name if person else reply.sender_name, person.team if person else "",
        person_id=person.id if person else "", address=reply.sender,
        only_author=reply.only_author or not reply.kind,  # who says nothing about it has not asked to be shown
        came="file" if came == "file" else "mail", external_id=reply.external_id,
    )  # fmt: skip


def _to_review(tx: WorkspaceTx, made: Answer) -> Taken:
    # Whoever it says it is from is not shown as one of us before somebody has looked.
    tx.takeaways.put_answer(replace(made, state="review", person_id="", team=""))
    return Taken(review=(made.id,))


def _acted(tx: WorkspaceTx, reply: Reply, takeaway: Takeaway, sender: Sender, made: Answer, now: datetime) -> Taken:
    """Do what the recipient of a letter asks for. Without its token nothing is done.

    A hold comes from whoever its letter was written to, whatever address it leaves from: people write from a telephone
    too, and one that stops too much is let go again. A yes or an answer lets words out, so its sender has to be them.
    """
    letter = _letter(tx, reply, takeaway)
    by = _asks(reply, letter, sender) if letter else None
    if letter is None or (by is None and reply.kind != "hold"):
        return _to_review(tx, made)
    own = by.addresses if by else (letter.recipient,)
    why = f"{reply.text} ({reply.sender})".strip() if reply.sender and reply.sender not in own else reply.text
    about = {"id": takeaway.id, "by": by.email if by else letter.recipient, "why": why, "shared": True}
    try:
        if by is None:
            take_strangers_hold(tx, takeaway.id, letter.recipient, why, now)
        elif reply.kind == "yes":
            take_yes(tx, {**about, "revision": letter.facts.get("revision", takeaway.revision)}, now)
        elif reply.kind == "hold":
            take_hold(tx, about, now)
        else:
            answer_back(tx, takeaway, by.id, reply.text, letter.facts.get("answers", ()), now)
    except Problem as problem:
        if problem.code not in (*MAY_NOT, "reply_not_yours", "reply_empty", "reply_kept_back"):
            raise
        return _to_review(tx, made)
    # The mail is remembered, so that it acts once. What a host wrote beside a yes is for the author.
    beside = reply.kind == "yes" and bool(reply.text)
    kept = replace(made, kind="", only_author=True) if beside else replace(made, text="", state="dismissed")
    tx.takeaways.put_answer(kept)
    return Taken(ids=(made.id,), acted=1) if beside else Taken(acted=1)


def _asks(reply: Reply, letter: Letter, sender: Sender) -> Person | None:
    """Whose wish a mail with the token of their letter is, None where that is not sure enough for what it wants."""
    if reply.kind == "hold":
        return next((p for p in sender.people if letter.recipient in p.addresses and p.kind != "group"), None)
    is_own = sender.person is not None and letter.recipient in sender.person.addresses
    return sender.person if is_own and not reply.aside else None


def _stopped(tx: WorkspaceTx, reply: Reply, sender: Sender, now: datetime) -> Taken:
    """No more mails of that kind to whoever got this one; asked once more it stays so."""
    for letter in tx.letters.all():
        told = letter.kind in ("digest", "brief", "after", "who_sat") and code_of(letter.id) == reply.code
        if told and reply.token and letter.facts.get("token") == reply.token:
            person = sender.person if sender.person and letter.recipient in sender.person.addresses else None
            if person is not None:
                weekly = letter.kind == "digest"
                new = replace(person, digest=person.digest and not weekly, reminders=person.reminders and weekly)
                tx.people.put(new)
                before, after = ({"digest": one.digest, "reminders": one.reminders} for one in (person, new))
                changed(tx, now, letter.recipient, "person", before, after, about=(person.id,))
                return Taken(acted=1)
    return Taken(strange=1)


def _noted(tx: WorkspaceTx, reply: Reply, sender: Sender, now: datetime) -> Taken:
    """What somebody wrote back to the questions after a meeting: theirs, and nobody else's to read or to review.

    Where it is not sure that they wrote it, their own computer asks them before it goes into their note.
    """
    asked = [one for one in tx.letters.all() if one.kind == "after" and code_of(one.about) == reply.code]
    letter = next((one for one in asked if reply.token and one.facts.get("token") == reply.token), None)
    known = sender.person.addresses if sender.person else ()
    whose = letter or next((one for one in asked if one.recipient in known), None)
    person = tx.people.get(str(whose.facts.get("person"))) if whose else None
    if whose is None or person is None or (person.end and person.end < now.date()):
        return Taken(strange=1)
    asked_too = ever_asked(tx)
    text, is_theirs = with_between(reply.text, reply.below, asked_too)
    said = read_reply(text, asked_too)
    if not said.answers and not said.lines:
        return Taken(empty=1)
    if reply.at < now - KEPT:
        return Taken(known=1)  # its days were over: one that was fetched is not known for longer
    sure = is_theirs and letter is not None and sender.person == person and not reply.aside
    note = MailedNote(
        str(uuid.uuid5(_MAILED, reply.external_id)), person.id, whose.about, reply.at, text,
        "" if sure else reply.sender or "?",
    )  # fmt: skip
    return Taken(acted=1) if tx.mailed.add(note) else Taken(known=1)


def _letter(tx: WorkspaceTx, reply: Reply, takeaway: Takeaway) -> Letter | None:
    """The letter whose token this is, if its recipient may ask for that."""
    kinds = _BY_LETTER.get(reply.kind, ())
    for letter in tx.letters.of(takeaway.id):
        if reply.token and letter.facts.get("token") == reply.token and letter.kind in kinds:
            return letter
    return None


INCOMING_HANDLERS: dict[str, Handler] = {**ANSWER_HANDLERS, "mails": take_mails}
