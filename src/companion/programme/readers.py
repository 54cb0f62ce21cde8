"""Who gets a takeaway, and how it looks to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from companion.basics.errors import Problem
from companion.customers.model import Customer
from companion.people.addresses import domain_of, normal, within
from companion.people.model import Person
from companion.programme.model import House, WorkspaceTx
from companion.programme.parcels import parcel_of
from companion.takeaways.audience import COMPANY, ME, fits, may_read, team_of
from companion.takeaways.model import MAILS, Channel, Parcel, Takeaway


@dataclass(frozen=True)
class Order:
    """Where a takeaway is to go: channels by name, and addresses for mail.

    `outside_ok`: its author has seen which addresses are not those of people of our firm.
    """

    channels: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    outside_ok: bool = False


@dataclass(frozen=True)
class Recipients:
    """Whom an order reaches. `addresses` are all that get a mail; the others of them are `outside` or not known."""

    people: tuple[Person, ...]  # of ours, those who get a mail
    addresses: tuple[str, ...]  # normal, in their order
    outside: tuple[str, ...]  # of other firms, or nobody can say who reads there
    beyond: tuple[str, ...]  # of ours, but not among those it is for
    places: tuple[Channel, ...]  # sites, folders and chats
    mails: tuple[Channel, ...]  # what the mails go through


@dataclass(frozen=True)
class AsReader:
    """A takeaway as somebody of a team would have it before them."""

    parcel: Parcel
    may_read: bool
    how_many: int  # people of that team who may read it, its author left out


def recipients(house: House, takeaway: Takeaway, order: Order) -> Recipients:
    """Whom an order reaches. Problems: `channel_unknown`, `channel_other_audience`, `address_wrong`, …"""
    with house.workspace(write=False) as tx:
        return recipients_in(tx, takeaway, order)


def recipients_in(tx: WorkspaceTx, takeaway: Takeaway, order: Order) -> Recipients:
    """As `recipients`, inside a transaction; the takeaway's audience is in its one form."""
    channels = {channel.name: channel for channel in tx.takeaways.channels()}
    if takeaway.audience == ME and (order.channels or order.to):
        raise Problem("only_me_goes_nowhere")
    for name in order.channels:
        if name not in channels:
            raise Problem("channel_unknown", name=name)
        if channels[name].kind not in MAILS and not fits(takeaway.audience, channels[name].audience or COMPANY):
            raise Problem("channel_other_audience", name=name, audience=channels[name].audience or COMPANY)
    chosen = [channels[name] for name in order.channels]
    mails = [channel for channel in chosen if channel.kind in MAILS]
    if order.to and not mails:
        mails = [channel for channel in channels.values() if channel.kind in MAILS][:1]
        if not mails:
            raise Problem("channel_mail_missing")
    now_at = addresses_now(tx)  # somebody named by two addresses gets it once
    addresses = sorted({now_at.get(address, address) for address in _addresses(order.to)})
    if mails and not addresses:
        addresses = [person.email for person in readers_of(tx, takeaway)]
    places = tuple(channel for channel in chosen if channel.kind not in MAILS)
    return _sorted_out(tx, takeaway, addresses, places, tuple(mails))


def _sorted_out(
    tx: WorkspaceTx, takeaway: Takeaway, addresses: Sequence[str], places: tuple[Channel, ...],
    mails: tuple[Channel, ...],
) -> Recipients:  # fmt: skip
    ours = set(tx.programme.get().our_domains)
    everyone = takeaway.audience == COMPANY  # then nobody of our firm is one too many
    people = tx.people.all()
    by_address = {address: person for person in reversed(people) for address in person.addresses}
    listeners = listeners_of(tx, takeaway.customer_id, people)
    known = {address: by_address[address] for address in addresses if address in by_address}
    return Recipients(
        people=tuple(dict.fromkeys(known.values())),
        addresses=tuple(addresses),
        outside=tuple(
            address for address in addresses
            if (address not in known or known[address].kind == "group")
            and not (everyone and within(domain_of(address), ours))
        ),
        beyond=tuple(
            address for address, person in known.items()
            if person.kind != "group" and not may_read(takeaway, person, listeners)
        ),
        places=places,
        mails=mails,
    )  # fmt: skip


def _addresses(texts: Iterable[str]) -> list[str]:
    found = []
    for text in texts:
        address = normal(text)
        if not address:
            raise Problem("address_wrong", value=text)
        found.append(address)
    return found


def addresses_now(tx: WorkspaceTx) -> dict[str, str]:
    """Where our people are written to now, by every address of theirs; one's own goes before another's alias."""
    people = tx.people.all()
    aliases = {alias: person.email for person in reversed(people) for alias in person.addresses}
    return {**aliases, **{person.email: person.email for person in people}}


def readers_of(tx: WorkspaceTx, takeaway: Takeaway) -> list[Person]:
    """Everyone of ours whom the audience names, by address; the author and who has left are not among them."""
    people = tx.people.all()
    listeners = listeners_of(tx, takeaway.customer_id, people)
    found = [
        person for person in people
        if person.id != takeaway.author_id and person.kind != "group" and person.end is None
        and may_read(takeaway, person, listeners)
    ]  # fmt: skip
    return sorted(found, key=lambda person: person.email)


def listeners_of(tx: WorkspaceTx, customer_id: str, people: Sequence[Person]) -> frozenset[str]:
    """Person ids of those who sat with a customer, and of its account team."""
    meetings = {meeting.id for meeting in tx.meetings.of_customer(customer_id)} if customer_id else set()
    customer: Customer | None = tx.customers.get(customer_id) if customer_id else None
    seated = {item.person_id for item in tx.seats.evidence(meetings) if item.says in ("attended", "accepted")}
    hosts = {p.id for p in people if customer and normal(customer.host_email) in p.addresses}
    return frozenset(seated | hosts)


def as_reader(house: House, takeaway: Takeaway, team: str = "", language: str = "") -> AsReader:
    """The takeaway before somebody of a team ("" for anyone), in their language ("": that of most of them)."""
    with house.workspace(write=False) as tx:
        known = [person for person in readers_of(tx, takeaway) if not team or _same_team(person, team)]
    languages = [person.language for person in known]
    spoken = language or max(sorted(set(languages)), key=languages.count, default="en")
    may = bool(known) or takeaway.audience == COMPANY or (bool(team) and _names(takeaway, team))
    return AsReader(replace(parcel_of(house, takeaway), language=spoken), may, len(known))


def _same_team(person: Person, team: str) -> bool:
    return " ".join(person.team.split()).casefold() == " ".join(team.split()).casefold()


def _names(takeaway: Takeaway, team: str) -> bool:
    return team_of(takeaway.audience).casefold() == " ".join(team.split()).casefold()
