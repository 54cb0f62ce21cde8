"""Deliveries: each revision reaches each recipient of each channel once, whatever dies in between."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.programme import places, postbag
from companion.programme.asking_again import ask_again
from companion.programme.ends import ABANDONED, End, attempt, may_try
from companion.programme.model import House, WorkspaceTx
from companion.programme.parcels import Shelf, shelf_of
from companion.programme.parcels import parcel_of as parcel_of
from companion.programme.rights import why_not
from companion.takeaways.driver import ChannelDriver
from companion.takeaways.model import PLACES, WITHDRAWAL, Channel, Delivery, DeliveryState, Takeaway
from companion.takeaways.state import State

LONGEST = timedelta(minutes=5)  # of one run; what is left goes with the next
WAITING = ("pending", "failed")
EXPIRED = "expired_before"  # the trouble of what waited for longer than it was to be shown


@dataclass(frozen=True)
class Due:
    """What one run has before it."""

    shelf: Shelf
    takeaways: dict[str, Takeaway]
    drop: list[tuple[Delivery, Delivery]]  # before and after: what changes without being sent
    places: dict[str, list[Delivery]]  # by channel id
    messages: list[Delivery]


def run(house: House, ticket: Ticket | None = None, *, retry: bool = False, about: str = "") -> list[Delivery]:
    """Deliver what is due, then the programme's letters; what became of each delivery.

    `retry` ignores the back-off, with `about` that of one takeaway. `unknown` is never sent again by itself.
    """
    done = deliver(house, ticket, retry=retry, about=about)
    postbag.send(house, ticket, retry=retry, about=about)
    return done


def deliver(house: House, ticket: Ticket | None = None, *, retry: bool = False, about: str = "") -> list[Delivery]:
    """Deliver what is due; what became of each. `retry` ignores the back-off, with `about` that of one takeaway."""
    ticket = ticket or Ticket()
    ask_again(house)
    due = look(house, retry=retry, about=about)
    done = _put(house, due.drop)
    for channel_id in sorted(due.places):
        ticket.step("publishing", 0, 0)
        done += _put(house, places.bring(house, channel_id, due.places[channel_id]))
    return done + _Round(house, due, ticket).send_all()


def look(house: House, *, retry: bool = False, about: str = "") -> Due:
    """What is due; nothing is written."""
    now = house.clock()
    with house.workspace(write=False) as tx:
        deliveries = tx.takeaways.deliveries()
        takeaways = {item.id: item for item in tx.takeaways.all()}
        open_ = {d.takeaway_id for d in deliveries if d.state != "sent"}
        shelf = shelf_of(tx, [item for item in takeaways.values() if item.id in open_], now)
    due = Due(shelf, takeaways, [], defaultdict(list), [])
    for delivery in deliveries:
        takeaway = takeaways.get(delivery.takeaway_id)
        if takeaway is not None:
            _sort(due, delivery, takeaway, now, retry and about in ("", delivery.takeaway_id))
    return due


def _sort(due: Due, delivery: Delivery, takeaway: Takeaway, now: datetime, retry: bool) -> None:
    state = due.shelf.state(takeaway, now)
    turn = may_try(delivery.state, delivery.tries, delivery.since, delivery.facts, now, retry=retry)
    if delivery.channel_id not in due.shelf.channels and takeaway.withdrawn and not delivery.recipient:
        if delivery.state == "sent":
            due.drop.append((delivery, _cannot_clear(delivery, now)))
    elif places.is_place(due.shelf, delivery):
        if places.wants(delivery, takeaway, state) and (turn or delivery.state not in WAITING):
            due.places[delivery.channel_id].append(delivery)
    elif delivery.state == "sending" and now - delivery.since > ABANDONED:
        # The machine died while this one was out; nobody can know, so a person is asked.
        due.drop.append((delivery, replace(delivery, state="unknown", trouble="", since=now)))
    elif delivery.trouble == EXPIRED and state == "out" and delivery.revision == takeaway.revision:
        again = replace(delivery, state="pending", trouble="", tries=0, since=now)  # it is shown for longer now
        due.drop.append((delivery, again))
        due.messages.append(again)
    elif delivery.state in WAITING:
        word = _moot(delivery, takeaway, state)
        if word:
            due.drop.append((delivery, replace(delivery, state="withdrawn", trouble=word, since=now)))
        elif turn and (state == "out" or delivery.revision == WITHDRAWAL):
            due.messages.append(delivery)


def _moot(delivery: Delivery, takeaway: Takeaway, state: State) -> str:
    """Why it will never go out, "" where it will."""
    if delivery.revision == WITHDRAWAL:
        return "" if takeaway.withdrawn else "superseded_before"
    if takeaway.withdrawn:
        return "withdrawn_before"
    if delivery.revision < takeaway.revision:
        return "superseded_before"
    return EXPIRED if state == "expired" else ""


def _cannot_clear(delivery: Delivery, now: datetime) -> Delivery:
    """Withdrawn, and still standing where a removed channel put it: told, never called taken back."""
    return replace(
        delivery, state="failed", tries=delivery.tries + 1, trouble="channel_gone_standing", facts={}, since=now
    )


class _Round:
    """One run over the messages. Who has used the least time so far goes next: a slow channel holds up no other."""

    def __init__(self, house: House, due: Due, ticket: Ticket) -> None:
        self._house, self._due, self._ticket = house, due, ticket
        self._lines: dict[str, list[Delivery]] = defaultdict(list)
        for delivery in due.messages:
            self._lines[delivery.channel_id].append(delivery)
        self._used = dict.fromkeys(self._lines, timedelta(0))
        self._drivers: dict[str, ChannelDriver] = {}

    def send_all(self) -> list[Delivery]:
        """Send what the time allows; what became of each."""
        done: list[Delivery] = []
        began = self._house.clock()
        while self._lines and self._house.clock() - began < LONGEST:
            self._ticket.step("delivering", len(done), len(self._due.messages))
            channel_id = min(self._lines, key=lambda key: (self._used[key], key))
            line, at = self._lines[channel_id], self._house.clock()
            delivery = line.pop(0)
            ended, end = self._send(delivery)
            done.append(ended)
            if end.rests:
                done += _share(self._house, line, end)
                line.clear()
            if not line:
                del self._lines[channel_id]
            self._used[channel_id] += self._house.clock() - at
        return done

    def _send(self, delivery: Delivery) -> tuple[Delivery, End]:
        claimed, takeaway = self._claim(delivery)
        if takeaway is None:
            return claimed, End()  # another machine has it, or it is no longer to go
        parcel = self._due.shelf.parcel(takeaway, delivery.recipient)

        def send() -> None:
            driver = self._driver(delivery.channel_id)
            driver.retract(parcel) if delivery.revision == WITHDRAWAL else driver.send(parcel)

        end = attempt(self._house, send)
        after = _ended(claimed, end, self._house.clock())
        return _put(self._house, [(claimed, after)])[0], end

    def _claim(self, delivery: Delivery) -> tuple[Delivery, Takeaway | None]:
        """Take it for sending, with what it shows, as both stand now.

        None with it where somebody else has it, or it was held, withdrawn or corrected meanwhile, or whoever was to
        get it may not read it any more.
        """
        now = self._house.clock()
        with self._house.workspace() as tx:
            tx.takeaways.lock(delivery.takeaway_id)
            takeaway = tx.takeaways.get(delivery.takeaway_id)
            at = next((d for d in tx.takeaways.deliveries(delivery.takeaway_id) if _key(d) == _key(delivery)), delivery)
            if takeaway is None or not self._goes(at, takeaway, now):
                return at, None
            word = self._not_for(tx, at, takeaway, now)
            if word and at.state in WAITING:
                at = replace(at, state="withdrawn", trouble=word, facts={}, since=now)
                tx.takeaways.put_delivery(at)
            if word or not tx.takeaways.claim(at, now):
                return at, None
        # Whoever withdraws it from here on sees that it is on its way, and tells its recipient; so one more look,
        # and it is either told or never sent.
        with self._house.workspace() as tx:
            tx.takeaways.lock(delivery.takeaway_id)
            takeaway = tx.takeaways.get(delivery.takeaway_id)
            if takeaway is None or not self._goes(at, takeaway, now):
                tx.takeaways.put_delivery(at)
                return at, None
        return replace(at, state="sending", since=now), takeaway

    def _not_for(self, tx: WorkspaceTx, delivery: Delivery, takeaway: Takeaway, now: datetime) -> str:
        if delivery.revision == WITHDRAWAL or not delivery.recipient:
            return ""  # that it was withdrawn tells nothing of it
        return why_not(tx, takeaway, delivery.recipient, day_of(now, self._due.shelf.zone))

    def _goes(self, delivery: Delivery, takeaway: Takeaway, now: datetime) -> bool:
        if delivery.revision == WITHDRAWAL:
            return takeaway.withdrawn is not None
        return takeaway.revision == delivery.revision and self._due.shelf.state(takeaway, now) == "out"

    def _driver(self, channel_id: str) -> ChannelDriver:
        if channel_id not in self._drivers:
            channel = self._due.shelf.channels.get(channel_id)
            if channel is None:
                raise Problem("channel_gone", final="1")
            self._drivers[channel_id] = self._house.open_channel(channel)
        return self._drivers[channel_id]


def _ended(delivery: Delivery, end: End, now: datetime) -> Delivery:
    return replace(
        delivery, state=end.state, tries=end.tries(delivery.tries), trouble=end.trouble, facts=end.facts, since=now
    )


def _share(house: House, line: Sequence[Delivery], end: End) -> list[Delivery]:
    """The rest of a channel's line ends as the one before it did, without being tried: it would meet the same."""
    now = house.clock()
    done = []
    with house.workspace() as tx:
        for delivery in line:
            if tx.takeaways.claim(delivery, now):
                tx.takeaways.put_delivery(_ended(delivery, end, now))
                done.append(_ended(delivery, end, now))
    return done


def _put(house: House, changes: Sequence[tuple[Delivery, Delivery]]) -> list[Delivery]:
    """Write what became of deliveries, where nobody else wrote meanwhile; how they stand."""
    if not changes:
        return []
    now, done = house.clock(), []
    with house.workspace() as tx:
        for takeaway_id in dict.fromkeys(before.takeaway_id for before, _ in changes):
            standing = {_key(item): item for item in tx.takeaways.deliveries(takeaway_id)}
            for before, after in changes:
                if before.takeaway_id != takeaway_id:
                    continue
                at = standing.get(_key(before))
                if at == before != after:
                    at = replace(after, since=now)
                    tx.takeaways.put_delivery(at)
                done.append(at or after)
    return done


def _key(delivery: Delivery) -> tuple[str, int, str, str]:
    return delivery.takeaway_id, delivery.revision, delivery.channel_id, delivery.recipient


def it_arrived(house: House, takeaway_id: str, to: str, revision: int | None = None) -> Delivery:
    """Somebody looked, and it is there: a delivery of which nobody knew is done.

    `to`: a recipient, a channel's name, or both, `NAME:RECIPIENT`.

    Problems: `delivery_not_unknown`, `delivery_which` where nobody knows of several and no revision says which.
    """
    return _answered(house, takeaway_id, to, revision, "sent")


def send_again(house: House, takeaway_id: str, to: str, revision: int | None = None) -> Delivery:
    """Somebody looked, and it never came: it goes back into the queue. Otherwise as `it_arrived`."""
    return _answered(house, takeaway_id, to, revision, "pending")


def settle(house: House, delivery: Delivery, *, arrived: bool) -> Delivery:
    """What somebody found out of one delivery of which nobody knew. Problem `delivery_not_unknown`."""
    with house.workspace() as tx:
        standing = next((d for d in tx.takeaways.deliveries(delivery.takeaway_id) if _key(d) == _key(delivery)), None)
        if standing is None or standing.state != "unknown":
            raise Problem("delivery_not_unknown", recipient=delivery.recipient)
        return _settled(house, tx, standing, "sent" if arrived else "pending")


def _answered(house: House, takeaway_id: str, to: str, revision: int | None, state: DeliveryState) -> Delivery:
    with house.workspace() as tx:
        names = {channel.id: channel.name for channel in tx.takeaways.channels()}
        meant = [
            delivery for delivery in tx.takeaways.deliveries(takeaway_id)
            if delivery.state == "unknown" and revision in (None, delivery.revision)
            and to in _called(delivery, names.get(delivery.channel_id, ""))
        ]  # fmt: skip
        if not meant:
            raise Problem("delivery_not_unknown", recipient=to)
        if len(meant) > 1:
            revisions = ", ".join(str(delivery.revision) for delivery in sorted(meant, key=_key))
            raise Problem("delivery_which", recipient=to, revisions=revisions)
        return _settled(house, tx, meant[0], state)


def _called(delivery: Delivery, channel: str) -> tuple[str, ...]:
    return delivery.recipient, channel, f"{channel}:{delivery.recipient}"


def _settled(house: House, tx: WorkspaceTx, delivery: Delivery, state: DeliveryState) -> Delivery:
    answered = replace(delivery, state=state, since=house.clock(), trouble="", facts={}, tries=0)
    tx.takeaways.put_delivery(answered)
    return answered


def standing_at(house: House, channel_id: str) -> int:
    """How many takeaways stand in a place that have not been taken back."""
    with house.workspace(write=False) as tx:
        takeaways = {item.id: item for item in tx.takeaways.all()}
        there = {d.takeaway_id for d in tx.takeaways.deliveries() if (d.channel_id, d.state) == (channel_id, "sent")}
    return sum(1 for item in there if item in takeaways and not takeaways[item].withdrawn)


def republish(house: House, but: Collection[str] = ()) -> list[Delivery]:
    """Bring every place up to date, for instance after an answer came in or a day passed; what became of each.

    `but`: ids of channels that were brought just now. Where a place cannot be written what stands there still stands:
    its deliveries come back with the trouble, and are kept as they were.
    """
    with house.workspace(write=False) as tx:
        kinds = {channel.id: channel.kind for channel in tx.takeaways.channels()}
        sent = [d for d in tx.takeaways.deliveries() if d.state == "sent" and kinds.get(d.channel_id) in PLACES]
    done: list[Delivery] = []
    for channel_id in sorted({delivery.channel_id for delivery in sent}.difference(but)):
        there = [delivery for delivery in sent if delivery.channel_id == channel_id]
        changes = places.bring(house, channel_id, there)
        cut = [after for _, after in changes if after.trouble and after.state != "withdrawn"]
        done += cut or _put(house, changes)
    return done


def all_of(house: House) -> list[tuple[Delivery, Takeaway | None, Channel | None]]:
    """The visible queue: every delivery with its takeaway and channel, newest first."""
    with house.workspace(write=False) as tx:
        channels = {channel.id: channel for channel in tx.takeaways.channels()}
        takeaways = {item.id: item for item in tx.takeaways.all()}
        deliveries = sorted(tx.takeaways.deliveries(), key=lambda d: d.since, reverse=True)
    return [(d, takeaways.get(d.takeaway_id), channels.get(d.channel_id)) for d in deliveries]
