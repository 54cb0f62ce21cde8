"""Deliveries: each revision reaches each recipient of each channel once, whatever dies in between."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.people.model import Person
from companion.programme.model import House, WorkspaceTx
from companion.takeaways.audience import fits
from companion.takeaways.model import Answer, Channel, Delivery, Parcel, Takeaway, Unsure

BACK_OFF = (1, 5, 15, 60, 240, 720)  # minutes after the first, second, … failure
ABANDONED = timedelta(minutes=10)  # a delivery "sending" for longer was cut by a kill


@dataclass(frozen=True)
class Shelf:
    """What the outbox reads once: names for parcels."""

    channels: dict[str, Channel]
    people: dict[str, Person]  # by id
    heard: dict[str, date]  # meeting id -> the programme's day
    languages: dict[str, str]  # address -> language


def run(house: House, ticket: Ticket | None = None, *, retry: bool = False) -> list[Delivery]:
    """Deliver what is due; what became of each. `retry` ignores the back-off. `unknown` is never sent again."""
    ticket = ticket or Ticket()
    with house.workspace() as tx:
        shelf = _shelf(tx)
        takeaways = {item.id: item for item in tx.takeaways.all()}
        due = [d for d in tx.takeaways.deliveries() if _is_due(d, takeaways, house, retry)]
    done = [_cannot_clear(house, d) for d in due if d.channel_id not in shelf.channels and _withdrawn(d, takeaways)]
    due = [d for d in due if d.channel_id in shelf.channels or not _withdrawn(d, takeaways)]
    places = {d.channel_id for d in due if _is_place(shelf, d)}
    for index, delivery in enumerate(d for d in due if d.channel_id not in places):
        ticket.step("delivering", index, len(due))
        done.append(_deliver(house, shelf, takeaways[delivery.takeaway_id], delivery))
    for channel_id in sorted(places):
        ticket.step("publishing", 0, 0)
        done += _publish(house, shelf, [d for d in due if d.channel_id == channel_id])
    return done


def _withdrawn(delivery: Delivery, takeaways: dict[str, Takeaway]) -> bool:
    return takeaways[delivery.takeaway_id].withdrawn is not None


def _cannot_clear(house: House, delivery: Delivery) -> Delivery:
    """Withdrawn, and still standing where a removed channel put it: told, never called taken back."""
    return _note(house, replace(delivery, state="failed", tries=delivery.tries + 1, trouble="channel_gone_standing"))


def _is_place(shelf: Shelf, delivery: Delivery) -> bool:
    channel = shelf.channels.get(delivery.channel_id)
    return channel is not None and channel.kind in ("site", "folder")


def _is_due(delivery: Delivery, takeaways: dict[str, Takeaway], house: House, retry: bool) -> bool:
    takeaway = takeaways.get(delivery.takeaway_id)
    if takeaway is None:
        return False
    if takeaway.withdrawn:
        return delivery.state != "withdrawn" and delivery.recipient == ""
    if delivery.revision != takeaway.revision:
        return False
    waited = house.clock() - delivery.since
    if delivery.state == "sending":
        return waited > ABANDONED
    if delivery.state == "failed":
        pause = timedelta(minutes=BACK_OFF[min(delivery.tries, len(BACK_OFF)) - 1])
        return retry or waited >= pause
    return delivery.state == "pending"


def send_again(house: House, takeaway_id: str, recipient: str) -> Delivery:
    """Somebody asked and it never arrived: a delivery of which nobody knew goes back into the queue."""
    with house.workspace() as tx:
        for delivery in tx.takeaways.deliveries(takeaway_id):
            if delivery.recipient == recipient and delivery.state == "unknown":
                again = replace(delivery, state="pending", since=house.clock(), trouble="", facts={})
                tx.takeaways.put_delivery(again)
                return again
    raise Problem("delivery_not_unknown", recipient=recipient)


def standing_at(house: House, channel_id: str) -> int:
    """How many takeaways stand in a place that have not been taken back."""
    with house.workspace(write=False) as tx:
        takeaways = {item.id: item for item in tx.takeaways.all()}
        deliveries = [d for d in tx.takeaways.deliveries() if d.channel_id == channel_id and d.state == "sent"]
    return sum(1 for d in deliveries if d.takeaway_id in takeaways and not takeaways[d.takeaway_id].withdrawn)


def _deliver(house: House, shelf: Shelf, takeaway: Takeaway, delivery: Delivery) -> Delivery:
    if delivery.state == "sending":
        # The machine died while this one was out; nobody can know, so a person is asked.
        return _note(house, replace(delivery, state="unknown", trouble=""))
    with house.workspace() as tx:
        if not tx.takeaways.claim(delivery, house.clock()):
            return delivery
    claimed = replace(delivery, state="sending", tries=delivery.tries + 1)
    channel = shelf.channels.get(delivery.channel_id)
    try:
        if channel is None:
            raise Problem("channel_gone")
        house.open_channel(channel).send(_parcel(shelf, takeaway, delivery.recipient))
    except Problem as problem:
        facts = {key: str(value) for key, value in problem.facts.items()}
        return _note(house, replace(claimed, state="failed", trouble=problem.code, facts=facts))
    except Unsure:
        return _note(house, replace(claimed, state="unknown", trouble=""))
    return _note(house, replace(claimed, state="sent", trouble="", facts={}))


def _publish(house: House, shelf: Shelf, deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Bring a place (site, folder) to what is published for its audience: the same content however often."""
    channel = shelf.channels[deliveries[0].channel_id]
    with house.workspace() as tx:
        takeaways = tx.takeaways.all()
        ids = {item.takeaway_id for item in tx.takeaways.deliveries() if item.channel_id == channel.id}
        answers: dict[str, list[Answer]] = {}
        for item in tx.takeaways.answers(ids):
            answers.setdefault(item.takeaway_id, []).append(item)
    shown = [
        _parcel(shelf, item, "", tuple(answers.get(item.id, ())))
        for item in takeaways
        if item.id in ids and not item.withdrawn and fits(item.audience, channel.audience or "company")
    ]
    withdrawn = {item.id for item in takeaways if item.withdrawn}
    try:
        house.open_channel(channel).publish(shown)
    except Problem as problem:
        facts = {key: str(value) for key, value in problem.facts.items()}
        return [
            _note(house, replace(d, state="failed", tries=d.tries + 1, trouble=problem.code, facts=facts))
            for d in deliveries
        ]
    return [
        _note(house, replace(d, state="withdrawn" if d.takeaway_id in withdrawn else "sent", trouble="", facts={}))
        for d in deliveries
    ]


def republish(house: House) -> None:
    """Bring every site up to date, for instance after an answer came in."""
    with house.workspace() as tx:
        shelf = _shelf(tx)
        deliveries = tx.takeaways.deliveries()
    for channel_id in sorted({d.channel_id for d in deliveries if _is_place(shelf, d) and d.state == "sent"}):
        _publish(house, shelf, [d for d in deliveries if d.channel_id == channel_id and d.state == "sent"])


def _note(house: House, delivery: Delivery) -> Delivery:
    delivery = replace(delivery, since=house.clock())
    with house.workspace() as tx:
        tx.takeaways.put_delivery(delivery)
    return delivery


def _shelf(tx: WorkspaceTx, *drafts: Takeaway) -> Shelf:
    people = tx.people.all()
    zone = tx.programme.get().zone
    told = {item.meeting_id for item in (*drafts, *tx.takeaways.all())}
    meetings = [meeting for meeting in map(tx.meetings.get, sorted(told)) if meeting]
    return Shelf(
        {channel.id: channel for channel in tx.takeaways.channels()},
        {person.id: person for person in people},
        {m.id: m.start.date() if m.all_day else day_of(m.start, zone) for m in meetings},
        {address: person.language for person in people for address in person.addresses},
    )


def _parcel(shelf: Shelf, takeaway: Takeaway, recipient: str, answers: tuple[Answer, ...] = ()) -> Parcel:
    author = shelf.people.get(takeaway.author_id)
    return Parcel(
        takeaway, author.name if author else "", author.team if author else "", recipient,
        shelf.languages.get(recipient, "en"), tuple(answer for answer in answers if answer.name),
        heard_on=shelf.heard.get(takeaway.meeting_id), answer_to=author.email if author else "",
    )  # fmt: skip


def parcel_of(house: House, takeaway: Takeaway) -> Parcel:
    """The takeaway as a reader would get it, for preview and copy."""
    with house.workspace() as tx:
        return _parcel(_shelf(tx, takeaway), takeaway, "")


def all_of(house: House) -> list[tuple[Delivery, Takeaway | None, Channel | None]]:
    """The visible queue: every delivery with its takeaway and channel, newest first."""
    with house.workspace() as tx:
        shelf = _shelf(tx)
        takeaways = {item.id: item for item in tx.takeaways.all()}
        deliveries = sorted(tx.takeaways.deliveries(), key=lambda d: d.since, reverse=True)
    return [(d, takeaways.get(d.takeaway_id), shelf.channels.get(d.channel_id)) for d in deliveries]
