"""Readers' answers: given in the app, and answered back by the author."""

from dataclasses import replace

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.programme.apply import cross
from companion.programme.codec import to_json
from companion.programme.model import House
from companion.programme.people import who_am_i
from companion.programme.publishing import find
from companion.takeaways.answering import KINDS
from companion.takeaways.model import Answer


def answer(house: House, takeaway_id: str, kind: str, text: str, *, named: bool = True) -> Answer:
    """Answer a takeaway, for everyone who reads it or (not `named`) for its author alone."""
    if kind not in KINDS:
        raise Problem("answer_kind_unknown", value=kind, known=", ".join(KINDS))
    takeaway, me = find(house, takeaway_id), who_am_i(house)
    made = Answer(
        new_id(), takeaway.id, kind, text.strip(), house.clock(), me.name, me.team,
        person_id=me.id, only_author=not named,
    )  # fmt: skip
    with house.device() as device:
        device.queue.put(Command(new_id(), "answer", to_json(made), house.clock()))
    cross(house)
    return made


def reply(house: House, answer_id: str, text: str) -> Answer:
    """The author's answer back to a reader; every place that shows the takeaway shows it from the next run on."""
    me = who_am_i(house)
    if not text.strip():
        raise Problem("reply_empty")
    with house.workspace() as tx:
        known = next((item for item in tx.takeaways.answers() if item.id == answer_id), None)
        takeaway = tx.takeaways.get(known.takeaway_id) if known else None
        if known is None or takeaway is None:
            raise Problem("answer_unknown", answer=answer_id)
        if takeaway.author_id != me.id:
            raise Problem("reply_not_yours")
        made = replace(known, reply=text.strip(), replied=house.clock())
        tx.takeaways.put_answer(made)
    return made
