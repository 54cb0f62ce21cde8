"""The letters of the programme, each made by name: making one again makes the same one.

A letter holds facts and no text. Its words are made when it is sent, from what may be shown by then.
"""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from companion.people.addresses import normal
from companion.programme.model import House
from companion.takeaways.letters import Letter, LetterKind, letter_id
from companion.takeaways.model import Action, Answer, Takeaway

TO_READER, TO_HOST = "reader", "host"
WAITING = ("pending", "failed")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def new_token() -> str:
    """Eight letters that only the recipient of one letter learns: 40 random bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def without_post(house: House) -> int:
    """How many letters wait because the programme has no post to send them through."""
    with house.workspace(write=False) as tx:
        post = tx.programme.get().post
        if post in {channel.id for channel in tx.takeaways.channels()}:
            return 0
        return sum(letter.state in WAITING for letter in tx.letters.all())


def host_copy(takeaway: Takeaway, to: str, now: datetime) -> Letter:
    """To the customer's host: a team's takeaway as it goes out, with the way to hold it."""
    return _of_revision("host_copy", takeaway, to, now)


def host_notice(takeaway: Takeaway, to: str, now: datetime) -> Letter:
    """To the customer's host: what goes to everyone at `takeaway.out_at`, with the ways to let it go or hold it."""
    return _of_revision("host_notice", takeaway, to, now)


def host_yes(takeaway: Takeaway, to: str, now: datetime, why: Iterable[str] = ()) -> Letter:
    """To a host, or to ops: what waits for a yes. `why`: nda, ask (the speaker wants it), review (the author does)."""
    return _of_revision("host_yes", takeaway, to, now, sorted(why))


def held(takeaway: Takeaway, to: str, now: datetime) -> Letter:
    """To the author: held, by whom and why, as the takeaway says. Held again it is another letter."""
    address, since = normal(to), (takeaway.held or now).isoformat()
    facts = {"revision": takeaway.revision, "held": since}
    name = letter_id("held", takeaway.id, address, takeaway.revision, since)
    return Letter(name, "held", address, takeaway.id, now, now, facts, (takeaway.id,))


def answers(takeaway: Takeaway, to: str, now: datetime, day: date, answer_ids: Iterable[str]) -> Letter:
    """To the author: what readers answered, at most one letter a day; the token lets a reply answer them all."""
    address = normal(to)
    facts = {"answers": list(answer_ids), "day": day.isoformat(), "token": new_token()}
    name = letter_id("answers", takeaway.id, address, day.isoformat())
    return Letter(name, "answers", address, takeaway.id, now, now, facts, (takeaway.id,))


def replied(takeaway: Takeaway, answer: Answer, now: datetime, before: int = 0) -> Letter:
    """To a reader, at `answer.address`: the author's answer to what they wrote.

    `before`: how many such letters they had; an author who answers once more writes another.
    """
    address = normal(answer.address)
    name = letter_id("replied", takeaway.id, address, answer.id, *([before] if before else []))
    return Letter(name, "replied", address, takeaway.id, now, now, {"answers": [answer.id]}, (takeaway.id,))


def did(takeaway: Takeaway, action: Action, to: str, now: datetime, *, role: str = TO_READER) -> Letter:
    """You said, we did: to a reader whose answer set it going, or (`role`) to the host, with words for the customer."""
    address = normal(to)
    facts = {
        "action": action.id, "answers": list(action.answer_ids), "said": action.text, "did": action.result,
        "role": role,
    }  # fmt: skip
    name = letter_id("did", takeaway.id, address, action.id, role)
    return Letter(name, "did", address, takeaway.id, now, now, facts, (takeaway.id,))


def digest(
    team: str, week: str, to: str, now: datetime, takeaways: Iterable[Takeaway], *, person_id: str = ""
) -> Letter:
    """To one person: what is theirs to do, as that stands when it goes, and what was told since the last one.

    `week`: "2026-W47", the week of its slot.
    """
    address, about = normal(to), f"{team} {week}".strip()
    shown = list(takeaways)
    facts: dict[str, Any] = {"team": team, "week": week, "token": new_token(), "person": person_id}
    facts["audiences"] = {item.id: item.audience for item in shown}
    ids = tuple(item.id for item in shown)
    return Letter(letter_id("digest", week, address), "digest", address, about, now, now, facts, ids)


def brief(meeting_id: str, person_id: str, to: str, now: datetime, number: int, *, role: str = TO_READER) -> Letter:
    """The brief of a meeting: to whoever listens there, or (`role`) to its host, as that guest has it.

    `number`: how many there were before; a meeting that changed, or a seat that is taken after all, makes another.
    """
    return _of_meeting("brief", meeting_id, person_id, to, now, number, role)


def after(meeting_id: str, person_id: str, to: str, now: datetime, number: int) -> Letter:
    """Three questions to whoever was at a meeting; the token lets a reply into their note. `number`: as of a brief."""
    return _of_meeting("after", meeting_id, person_id, to, now, number, TO_READER)


def who_sat(meeting_id: str, person_id: str, to: str, now: datetime, number: int) -> Letter:
    """To the host of a meeting, the next day: who sat in? The token makes a reply the host's word."""
    return _of_meeting("who_sat", meeting_id, person_id, to, now, number, TO_HOST)


def _of_meeting(
    kind: LetterKind, meeting_id: str, person_id: str, to: str, now: datetime, number: int, role: str
) -> Letter:
    address = normal(to)
    facts: dict[str, Any] = {"person": person_id, "role": role, "number": number, "token": new_token()}
    return Letter(letter_id(kind, meeting_id, address, role, number), kind, address, meeting_id, now, now, facts)


def _of_revision(kind: LetterKind, takeaway: Takeaway, to: str, now: datetime, why: Iterable[str] = ()) -> Letter:
    address = normal(to)
    facts: dict[str, Any] = {"revision": takeaway.revision, "token": new_token(), "why": list(why)}
    if takeaway.out_at:
        facts["out_at"] = takeaway.out_at.isoformat()
    name = letter_id(kind, takeaway.id, address, takeaway.revision)
    return Letter(name, kind, address, takeaway.id, now, now, facts, (takeaway.id,))
