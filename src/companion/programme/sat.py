"""What a host says of who sat in, as it is taken into the workspace: once, with its audit."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from companion.attendance.model import Evidence
from companion.attendance.presence import Told
from companion.attendance.seats import OUTCOMES, seat
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.apply_offers import follow_word
from companion.programme.audits import say_of_seat, write
from companion.programme.model import WorkspaceTx
from companion.programme.rights import has_left
from companion.programme.sat_lines import Said
from companion.programme.seat_rights import is_host

_WORDS = uuid.UUID("5d1b6f36-92f5-5c0e-9d5f-0c6b2f1d7a44")
_SETTLED = OUTCOMES | {"declined", "disputed"}


def evidence_id(name: str, person_id: str) -> str:
    """The id of what one word says of one person, so that it comes in once."""
    return str(uuid.uuid5(_WORDS, f"{name}\n{person_id}"))


def asks_for(tx: WorkspaceTx, meeting: Meeting, host: Person, now: datetime) -> list[Person] | None:
    """Of whom the host is asked: () of nobody in particular; None where nothing is to be asked any more."""
    said_so = (one for one in tx.presence.of([meeting.id]) if one.act == "sat" and not one.sender)
    if any(told.state != "review" for told in said_so):
        return None
    if not _held(meeting) or meeting.end > now:
        return None
    zone, said = tx.programme.get().zone, tx.seats.evidence([meeting.id])
    people = {item.person_id for item in said} | {item.to for item in said if item.to}
    states = {key: seat(meeting, key, said, now, zone=zone).state for key in people - {host.id}}
    unsure = [key for key, state in states.items() if state == "unknown"]
    if not unsure and any(state in _SETTLED for state in states.values()):
        return None
    found = [person for key in unsure if (person := tx.people.get(key)) and person.kind != "group"]
    return sorted(found, key=lambda person: (person.name, person.id))


def _held(meeting: Meeting) -> bool:
    took_place = meeting.status in ("confirmed", "tentative", "gone")
    return took_place and meeting.verdict != "no" and bool(meeting.customer_id)


def put_words(
    tx: WorkspaceTx, name: str, meeting: Meeting, giver: str, said: Iterable[Said], at: datetime, now: datetime
) -> None:  # fmt: skip
    """Take a host's word on each as evidence. `name`: the word's own id; `at`: when it was given."""
    told = list(said)
    when = at if meeting.end <= at <= now else now
    for one in told:
        key, who = evidence_id(name, one.person_id), one.person_id
        # The host was there anyway and has no seat: a line in a mail that names them names nobody who went.
        to = "" if one.to == who or is_host(tx.people.get(one.to) if one.to else None, meeting) else one.to
        word = Evidence(key, meeting.id, who, "host", one.state, giver, when, one.reason, to)
        say_of_seat(tx, word, now)
        follow_word(tx, word, now)
    if not told:
        write(tx, now, giver, "seat.nobody", "", "", "", (meeting.id,))


def take_sat(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A host's word from Home. Problems `meeting_unknown`, `sat_not_host`."""
    meeting = tx.meetings.get(body["meeting"])
    if meeting is None:
        raise Problem("meeting_unknown", meeting=body["meeting"])
    giver = tx.people.by_address(body["by"]) if body["by"] else None
    left = has_left(giver, day_of(now, tx.programme.get().zone))
    may = giver is not None and not left and (is_host(giver, meeting) or giver.kind == "ops")
    if (bool(body.get("shared")) or tx.programme.get().shared) and not may:
        raise Problem("sat_not_host", title=meeting.title)
    at = datetime.fromisoformat(body["at"])
    told = Told(body["id"], meeting.id, giver.id if giver else "", "sat", at, "taken", by=body["by"])
    if tx.presence.add(told):
        put_words(tx, body["id"], meeting, body["by"] or "host", [Said(**one) for one in body["said"]], at, now)
