"""My own word on a seat of mine or in my meeting, and what of it waits here until the workspace answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.programme.memory import AWAY
from companion.programme.model import House
from companion.programme.presence import sat
from companion.programme.sat_lines import Said
from companion.programme.seats import say, set_state

Kind = Literal["seat", "sat", "yes", "no", "may", "maynot"]
STATES = ("attended", "missed")


@dataclass(frozen=True)
class WaitingWord:
    """Something I said that the workspace has not heard yet: of a seat its state, who sat in, else a yes or a no."""

    kind: Kind
    meeting_id: str = ""  # "" where only an offer's id is known here
    state: str = ""


def say_own(house: House, meeting_id: str, person_id: str, state: str) -> bool:
    """Say of my own past seat that I was there or was not; False where that waits on this computer.

    `person_id` is asked for, since with the workspace away nobody can be looked up. Problems as `seats.set_state`.
    """
    if state not in STATES:
        raise Problem("state_unknown", value=state, known=", ".join(STATES))
    try:
        set_state(house, meeting_id, person_id, state, "self")
    except Problem as problem:
        if problem.code not in AWAY:
            raise
    else:
        return True
    if any(one.meeting_id == meeting_id and one.state == state for one in waiting_words(house)):
        return False  # it was on its way already as the workspace went
    try:
        say(house, Evidence(new_id(), meeting_id, person_id, "self", state, house.me, house.clock()))
    except Problem as problem:
        if problem.code not in AWAY:
            raise
    return False


def nobody_sat(house: House, meeting_id: str, people: Sequence[str]) -> bool:
    """Say as the host that nobody of ours sat in, of `people` who were to come; False where that waits here.

    Problems as `presence.sat`; with the workspace away whose meeting it is turns out as it crosses.
    """
    try:
        sat(house, meeting_id, dict.fromkeys(people, "missed"))
    except Problem as problem:
        if problem.code not in AWAY:
            raise
    else:
        return True
    if not any(one.kind == "sat" and one.meeting_id == meeting_id for one in waiting_words(house)):
        name, now = new_id(), house.clock()
        said = [vars(Said(key, "missed", "", "")) for key in people]
        body = {"id": name, "meeting": meeting_id, "by": house.me, "at": now.isoformat(), "said": said}
        with house.device() as device:
            device.queue.put(Command(name, "sat", body, now))
    return False


def waiting_words(house: House) -> tuple[WaitingWord, ...]:
    """What I said that waits here, oldest first."""
    return tuple(_words(house))


def _words(house: House) -> Iterator[WaitingWord]:
    with house.device(write=False) as device:
        waiting = device.queue.waiting()
    for command in waiting:
        body = command.body
        if command.kind == "evidence" and body.get("source") == "self" and body.get("by") == house.me:
            yield WaitingWord("seat", str(body["meeting_id"]), str(body["says"]))
        elif command.kind == "sat" and body.get("by") == house.me:
            yield WaitingWord("sat", str(body["meeting"]))
        elif command.kind in ("offer.answer", "offer.allow") and body.get("by") == house.me:
            kinds: dict[str, Kind] = {"take": "yes", "cannot": "no", "allow": "may", "veto": "maynot"}
            if kind := kinds.get(str(body.get("move"))):
                yield WaitingWord(kind)
