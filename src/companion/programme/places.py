"""Places: sites and folders are brought, as a whole, to what is out for those they are bound to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from companion.programme.ends import End, attempt
from companion.programme.model import House
from companion.programme.parcels import Shelf, shelf_of
from companion.takeaways.audience import fits
from companion.takeaways.driver import ChannelDriver
from companion.takeaways.model import PLACES, Answer, Delivery, Parcel, Takeaway
from companion.takeaways.state import State

EXPIRED = "expired"  # the trouble of what a place let go of when its day was over


@dataclass(frozen=True)
class Standing:
    """What is to stand in one place, and what is to go."""

    shown: list[Parcel]
    withdrawn: list[Parcel]
    states: dict[str, State]  # of every takeaway that was ever meant for the place
    newest: dict[str, Takeaway]


def is_place(shelf: Shelf, delivery: Delivery) -> bool:
    """Whether it goes to a site or a folder."""
    channel = shelf.channels.get(delivery.channel_id)
    return channel is not None and channel.kind in PLACES


def wants(delivery: Delivery, takeaway: Takeaway, state: State) -> bool:
    """Whether a place is not yet as this takeaway wants it: something new to show, or something to let go of."""
    if state == "withdrawn":
        return delivery.state != "withdrawn"
    if state == "out":
        over = delivery.state == "withdrawn" and delivery.trouble == EXPIRED  # and then shown for longer after all
        return delivery.revision == takeaway.revision and (over or delivery.state in ("pending", "failed", "sending"))
    return delivery.state == "sent"  # held, waiting for a yes, or past its day: the place lets go of it


def bring(house: House, channel_id: str, deliveries: Sequence[Delivery]) -> list[tuple[Delivery, Delivery]]:
    """Bring one place to what is out; each delivery before and after. Doing it twice changes nothing."""
    with house.workspace(write=False) as tx:
        everything = tx.takeaways.deliveries()
        ids = {item.takeaway_id for item in everything if item.channel_id == channel_id}
        takeaways = [item for item in tx.takeaways.all() if item.id in ids]
        shelf = shelf_of(tx, takeaways, house.clock())
        answers: dict[str, list[Answer]] = {}
        for item in tx.takeaways.answers(ids):
            answers.setdefault(item.takeaway_id, []).append(item)
    standing = _standing(house, shelf, channel_id, takeaways, answers)
    going = [parcel for parcel in standing.withdrawn if parcel.takeaway.id in {d.takeaway_id for d in deliveries}]

    def work(driver: ChannelDriver) -> None:
        for parcel in going:
            driver.retract(parcel)
        driver.publish(standing.shown)

    end = attempt(house, lambda: work(house.open_channel(shelf.channels[channel_id])))
    return [(delivery, _after(delivery, end, standing)) for delivery in deliveries]


def _standing(
    house: House, shelf: Shelf, channel_id: str, takeaways: Collection[Takeaway], answers: dict[str, list[Answer]]
) -> Standing:
    bound, now = shelf.channels[channel_id].audience or "company", house.clock()
    states = {item.id: shelf.state(item, now) for item in takeaways}
    shown = [
        shelf.parcel(item, answers=answers.get(item.id, ()))
        for item in takeaways if states[item.id] == "out" and fits(item.audience, bound)
    ]  # fmt: skip
    gone = [shelf.parcel(item) for item in takeaways if item.withdrawn]
    return Standing(shown, gone, states, {item.id: item for item in takeaways})


def _after(delivery: Delivery, end: End, standing: Standing) -> Delivery:
    """What a delivery has become once its place was brought up to date, or could not be."""
    if end.state != "sent":
        # A place holds the same however often it is written: what nobody can know is simply done again.
        state = "failed" if end.state == "unknown" else end.state
        return replace(delivery, state=state, tries=delivery.tries + 1, trouble=end.trouble, facts=end.facts)
    takeaway, state_ = standing.newest[delivery.takeaway_id], standing.states[delivery.takeaway_id]
    clean = replace(delivery, trouble="", facts={})
    if state_ == "withdrawn":
        return replace(clean, state="withdrawn")
    if state_ == "out":
        return replace(clean, state="sent")
    if delivery.revision != takeaway.revision:
        return replace(clean, state="withdrawn", trouble="superseded")
    if state_ == "expired":
        return replace(clean, state="withdrawn", trouble=EXPIRED)
    return replace(clean, state="pending", tries=0)  # it comes back when it is let go, or agreed to
