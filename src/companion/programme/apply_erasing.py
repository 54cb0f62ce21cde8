"""A customer's person who wants to be forgotten: what the command does in the workspace, and who is never taken in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from companion.calendars.model import Event
from companion.customers.erased import Erased
from companion.people.addresses import normal
from companion.programme.apply_memory import check_writer
from companion.programme.audits import write
from companion.programme.erased_names import names_beside, seal_names
from companion.programme.model import WorkspaceTx
from companion.programme.nameless import Nameless
from companion.takeaways.model import PLACES

Handler = Callable[[WorkspaceTx, dict[str, Any], datetime], None]


def without_erased(event: Event, erased: Erased) -> Event:
    """The occurrence without the people who were erased: they are counted with the others, and no title names them."""
    if not erased.seals:
        return event
    gone = [guest for guest in event.guests if erased.holds(normal(guest.address))]
    organiser = event.organiser
    called = organiser is not None and erased.holds(normal(organiser.address))
    if not gone and not called:
        return event
    people = [*gone, *([organiser] if called and organiser else [])]
    staying = [guest.name for guest in event.guests if guest not in gone]
    clean = Nameless.of(((guest.name, guest.address) for guest in people), others=staying)
    return replace(
        event, guests=tuple(guest for guest in event.guests if guest not in gone),
        organiser=None if called else organiser, others=event.others + sum(one.kind == "person" for one in gone),
        title=clean(event.title), place=clean(event.place), link=clean(event.link),
    )  # fmt: skip


def take_erasing(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """Take a customer's person out of everything: what they said stays, under the customer's alias.

    Done twice it changes nothing. What went out by mail is beyond reach.
    """
    check_writer(tx, body.get("by", ""), now, shared=bool(body.get("shared")) or tx.programme.get().shared)
    customer_id, address = tx.customers.now_at(body["customer_id"]), normal(body["address"])
    customer = tx.customers.get(customer_id)
    firm = (customer.public_name or customer.name) if customer else ""
    others = names_beside(tx, customer_id, address)
    clean = Nameless.of([(name, address) for name in body["names"] or [""]], firm, customer, others)
    tx.customers.add_erased(address, now)
    if customer:
        seal_names(tx, customer, body["names"], others, now)
    touched = tx.erasing.clean(customer_id, address, clean)
    tx.customers.remove_contact(customer_id, address)
    for takeaway in filter(None, map(tx.takeaways.get, touched.takeaways)):
        _write_again(tx, takeaway.id, takeaway.revision, now)
    tx.erasing.wipe()
    write(tx, now, body.get("by", ""), "contact.erased", "", customer_id, about=(customer_id,))


def _write_again(tx: WorkspaceTx, takeaway_id: str, revision: int, now: datetime) -> None:
    """Let the places that show a takeaway be written anew; what left by mail is not sent again."""
    places = {channel.id for channel in tx.takeaways.channels() if channel.kind in PLACES}
    for delivery in tx.takeaways.deliveries(takeaway_id):
        if delivery.channel_id in places and delivery.revision == revision and delivery.state == "sent":
            tx.takeaways.put_delivery(replace(delivery, state="pending", since=now, tries=0))


ERASING_HANDLERS: dict[str, Handler] = {"erase": take_erasing}
