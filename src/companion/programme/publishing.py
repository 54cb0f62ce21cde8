"""From a note to readers: publish, tell, correct, withdraw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.customers.model import Customer
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.apply import cross
from companion.programme.codec import to_json
from companion.programme.listening import get as get_note
from companion.programme.model import House, WorkspaceTx
from companion.programme.people import who_am_i
from companion.takeaways.audience import fits, may_read, parse
from companion.takeaways.compose import draft
from companion.takeaways.model import Channel, Delivery, Takeaway
from companion.takeaways.text import from_markdown


@dataclass(frozen=True)
class Order:
    """Where a takeaway is to go: channels by name, and addresses for mail."""

    channels: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


def begin(house: House, note_id: str) -> Takeaway:
    """A takeaway filled from a note's lines; nothing leaves the device."""
    note = get_note(house, note_id)
    author = who_am_i(house)
    with house.workspace(write=False) as tx:
        meeting = tx.meetings.get(note.meeting_id)
        if meeting and meeting.start > house.clock():
            raise Problem("not_over_yet", title=meeting.title)
        # The note remembers the customer of its day; two customers may have become one since.
        customer = tx.customers.get(meeting.customer_id if meeting else note.customer_id)
    called = (customer.public_name or customer.name) if customer else ""
    return draft(note, author.id, called, customer_id=customer.id if customer else note.customer_id)


def with_text(takeaway: Takeaway, written: dict[str, str]) -> Takeaway:
    """The takeaway with what its author wrote in place of what the lines gave."""
    changes: dict[str, Any] = {key: value for key, value in written.items() if value}
    return replace(takeaway, **changes)


def publish(
    house: House, note_id: str, headline: str, audience: str, order: Order | None = None, text: str = ""
) -> Takeaway:
    """Publish a note's takeaway; `text` (Markdown) replaces what the lines would give."""
    takeaway = begin(house, note_id)
    if text.strip():
        takeaway = with_text(takeaway, from_markdown(text))
    if headline.strip():
        takeaway = replace(takeaway, headline=headline.strip())
    return send(house, _again(house, replace(takeaway, audience=audience)), order or Order())


def _again(house: House, takeaway: Takeaway) -> Takeaway:
    """Published before for the same readers it is the same takeaway: a new revision if it differs, else as it was."""
    with house.workspace(write=False) as tx:
        teams = {person.team for person in tx.people.all() if person.team}
        takeaway = replace(takeaway, audience=parse(takeaway.audience, teams))
        known = [item for item in tx.takeaways.of_meetings([takeaway.meeting_id]) if _same_readers(item, takeaway)]
    if not known or not takeaway.meeting_id:
        return takeaway
    same = replace(takeaway, id=known[0].id, revision=known[0].revision, published=known[0].published)
    return same if same == known[0] else replace(same, revision=known[0].revision + 1)


def _same_readers(known: Takeaway, new: Takeaway) -> bool:
    standing = known.withdrawn is None and known.told_on is None
    return standing and known.author_id == new.author_id and known.audience == new.audience


def send(house: House, takeaway: Takeaway, order: Order) -> Takeaway:
    """Put a finished takeaway on its way: kept on the device first, then crossed, then delivered by the outbox."""
    who_am_i(house)
    if not takeaway.headline.strip():
        raise Problem("headline_missing")
    if not any(part.strip() for part in (takeaway.scene, takeaway.quote, takeaway.matters)):
        raise Problem("takeaway_empty")
    with house.workspace() as tx:
        teams = {person.team for person in tx.people.all() if person.team}
        audience = parse(takeaway.audience, teams)
        deliveries = _deliveries(tx, replace(takeaway, audience=audience), order)
    takeaway = replace(takeaway, audience=audience, published=house.clock())
    body = {"takeaway": to_json(takeaway), "deliveries": deliveries}
    with house.device() as device:
        device.queue.put(Command(new_id(), "takeaway", body, house.clock()))
        device.notes.drop_draft(f"takeaway:{takeaway.meeting_id}")
    cross(house)
    return takeaway


def _deliveries(tx: WorkspaceTx, takeaway: Takeaway, order: Order) -> list[tuple[str, str]]:
    """(channel id, recipient) of everything one revision sets going. Sites bound to its audience always follow."""
    channels = {channel.name: channel for channel in tx.takeaways.channels()}
    for name in order.channels:
        if name not in channels:
            raise Problem("channel_unknown", name=name)
        if channels[name].kind != "smtp" and not _takes(channels[name], takeaway):
            raise Problem("channel_other_audience", name=name, audience=channels[name].audience or "company")
    chosen = [channels[name] for name in order.channels]
    pairs = [(channel.id, "") for channel in chosen if channel.kind != "smtp"]
    mails = [channel for channel in chosen if channel.kind == "smtp"]
    if order.to and not mails:
        mails = [channel for channel in channels.values() if channel.kind == "smtp"][:1]
        if not mails:
            raise Problem("channel_mail_missing")
    recipients = _recipients(order.to)
    if mails and not recipients:
        recipients = _readers(tx, takeaway)
    pairs += [(channel.id, address) for channel in mails for address in recipients]
    earlier = {(d.channel_id, d.recipient) for d in tx.takeaways.deliveries(takeaway.id)}
    return sorted({*pairs, *earlier})


def _takes(channel: Channel, takeaway: Takeaway) -> bool:
    return fits(takeaway.audience, channel.audience or "company")


def _recipients(texts: Iterable[str]) -> list[str]:
    found = []
    for text in texts:
        address = normal(text)
        if not address:
            raise Problem("address_wrong", value=text)
        found.append(address)
    return sorted(set(found))


def _readers(tx: WorkspaceTx, takeaway: Takeaway) -> list[str]:
    """Everyone of ours whom the audience names, the author left out."""
    people = tx.people.all()
    listeners = listeners_of(tx, takeaway.customer_id, people)
    return sorted(
        person.email
        for person in people
        if person.id != takeaway.author_id
        and person.kind != "group"
        and person.end is None
        and may_read(takeaway, person, listeners)
    )


def listeners_of(tx: WorkspaceTx, customer_id: str, people: Sequence[Person]) -> frozenset[str]:
    """Person ids of those who sat with a customer, and of its account team."""
    meetings = {meeting.id for meeting in tx.meetings.of_customer(customer_id)} if customer_id else set()
    customer: Customer | None = tx.customers.get(customer_id) if customer_id else None
    seated = {item.person_id for item in tx.seats.evidence(meetings) if item.says in ("attended", "accepted")}
    hosts = {p.id for p in people if customer and normal(customer.host_email) in p.addresses}
    return frozenset(seated | hosts)


def tell(house: House, note_id: str, on: date, headline: str = "", quote: str = "") -> Takeaway:
    """Told in a team meeting on a date, with a headline and one quote; it completes the seat as well."""
    takeaway = begin(house, note_id)
    _check_day(house, takeaway.meeting_id, on)
    takeaway = replace(
        takeaway, headline=headline.strip() or takeaway.headline, quote=quote.strip() or takeaway.quote,
        audience=f"team:{who_am_i(house).team}", told_on=on,
    )  # fmt: skip
    if not takeaway.headline or not takeaway.quote:
        raise Problem("telling_incomplete")
    body = {"takeaway": to_json(replace(takeaway, published=house.clock())), "deliveries": []}
    with house.device() as device:
        device.queue.put(Command(new_id(), "takeaway", body, house.clock()))
    cross(house)
    return takeaway


def _check_day(house: House, meeting_id: str, on: date) -> None:
    """A telling lies between its meeting and today."""
    with house.workspace(write=False) as tx:
        zone, meeting = tx.programme.get().zone, tx.meetings.get(meeting_id)
    if on > day_of(house.clock(), zone) or (meeting and on < day_of(meeting.start, zone)):
        raise Problem("telling_day_wrong", day=on.isoformat())


def withdraw(house: House, takeaway_id: str) -> Takeaway:
    """Take a takeaway back; the outbox clears the places that can be cleared."""
    takeaway = find(house, takeaway_id)
    with house.device() as device:
        device.queue.put(Command(new_id(), "withdraw", {"id": takeaway.id}, house.clock()))
    cross(house)
    return replace(takeaway, withdrawn=house.clock())


def find(house: House, text: str) -> Takeaway:
    """The takeaway with that id or the beginning of it; Problem `takeaway_unknown` otherwise."""
    with house.workspace(write=False) as tx:
        known = tx.takeaways.get(text)
        if known:
            return known
        hits = [item for item in tx.takeaways.all() if len(text) >= 4 and item.id.startswith(text)]
    if len(hits) != 1:
        raise Problem("takeaway_unknown", takeaway=text)
    return hits[0]


def all_of(house: House) -> list[Takeaway]:
    """Every takeaway the workspace holds, newest first, withdrawn ones too."""
    with house.workspace(write=False) as tx:
        return tx.takeaways.all()


def mark_read(house: House, takeaway_id: str) -> None:
    """The reader's own mark; it stays on the device."""
    with house.device() as device:
        device.notes.mark_read(takeaway_id, house.clock())


def deliver_to(tx: WorkspaceTx, takeaway: Takeaway, channel_id: str, now: datetime, recipient: str = "") -> None:
    """Let the outbox bring a published takeaway to one more place."""
    tx.takeaways.put_delivery(Delivery(takeaway.id, takeaway.revision, channel_id, recipient, "pending", now))
