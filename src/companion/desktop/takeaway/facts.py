"""What the Takeaway page reads and keeps: the draft, where it may go, and what the gate needs."""

import json
from dataclasses import dataclass, replace
from typing import Any

from companion.people.model import Person
from companion.programme import listening, publishing
from companion.programme.model import House
from companion.programme.people import who_am_i
from companion.takeaways.audience import COMPANY, LISTENERS, ME
from companion.takeaways.compose import with_revision
from companion.takeaways.model import Channel, Takeaway

FIELDS = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "audience")


@dataclass(frozen=True)
class Opened:
    """A takeaway on its author's desk."""

    note_id: str
    takeaway: Takeaway
    author: Person
    teams: tuple[str, ...]
    channels: tuple[Channel, ...]
    contacts: tuple[str, ...]  # names of the customer's people, for the gate


def open_takeaway(house: House, note_id: str) -> Opened:
    """The takeaway of a note: what was published of it, else what its lines give, with what was written since."""
    note = listening.get(house, note_id)
    author = who_am_i(house)
    made = publishing.begin(house, note.id)
    with house.workspace(write=False) as tx:
        published = [t for t in tx.takeaways.of_meetings([note.meeting_id]) if t.author_id == author.id]
        people = tx.people.all()
        channels = tx.takeaways.channels()
        contacts = tx.customers.contacts(note.customer_id) if note.customer_id else []
    old = next((item for item in published if not item.withdrawn and item.told_on is None), None)
    if old is not None:
        made = with_revision(old)
    with house.device(write=False) as device:
        kept = device.notes.draft(draft_key(made))
    return Opened(
        note.id,
        with_draft(made, kept),
        author,
        tuple(sorted({person.team for person in people if person.team})),
        tuple(sorted(channels, key=lambda channel: channel.name)),
        tuple(contact.name for contact in contacts if contact.name),
    )


def draft_key(takeaway: Takeaway) -> str:
    """Under which name the device keeps what is written."""
    return f"takeaway:{takeaway.meeting_id}"


def with_draft(takeaway: Takeaway, kept: str) -> Takeaway:
    """The takeaway with the fields a draft holds; a draft that cannot be read changes nothing."""
    try:
        fields = json.loads(kept) if kept else {}
    except ValueError:
        return takeaway
    if not isinstance(fields, dict):
        return takeaway
    known: dict[str, Any] = {key: value for key, value in fields.items() if key in FIELDS and isinstance(value, str)}
    return replace(takeaway, **known)


def keep_draft(house: House, takeaway: Takeaway) -> None:
    """Keep what is written on this device."""
    body = json.dumps({name: getattr(takeaway, name) for name in FIELDS}, ensure_ascii=False)
    with house.device() as device:
        device.notes.put_draft(draft_key(takeaway), body, house.clock())


def audiences(opened: Opened) -> list[str]:
    """For whom it can be, the author's own team second."""
    own = [opened.author.team] if opened.author.team else []
    others = [team for team in opened.teams if team not in own]
    return [COMPANY, *(f"team:{team}" for team in own), LISTENERS, ME, *(f"team:{team}" for team in others)]
