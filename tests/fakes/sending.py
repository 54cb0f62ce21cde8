"""Channels that do what a test wants next, and a house that sends through them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from companion.programme import channels
from companion.programme.model import House
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Channel, Delivery, Parcel, Shown, Takeaway, Unsure

OLD = datetime(2026, 11, 20, 9, tzinfo=UTC)


@dataclass
class Way:
    """One channel: what went through it, and what goes wrong next."""

    sent: list[tuple[str, int]] = field(default_factory=list)
    written: list[LetterParcel] = field(default_factory=list)
    shown: list[tuple[str, ...]] = field(default_factory=list)  # headlines of each whole content of a place
    next: list[Exception] = field(default_factory=list)
    always: Exception | None = None
    each: Callable[[], None] = lambda: None
    asked: int = 0

    def send(self, parcel: Parcel) -> None:
        self._go((parcel.recipient, parcel.takeaway.revision))

    def retract(self, parcel: Parcel) -> None:
        self._go((parcel.recipient, 0))

    def publish(self, parcels: Iterable[Parcel]) -> None:
        self.shown.append(tuple(sorted(parcel.takeaway.headline for parcel in parcels)))

    def write(self, parcel: LetterParcel) -> None:
        self._go((parcel.letter.recipient, -1))
        self.written.append(parcel)

    def preview(self, parcel: Parcel) -> Shown:
        return Shown(f"{parcel.takeaway.headline} for {parcel.recipient or 'all'}")

    def test(self) -> None:
        return

    def _go(self, what: tuple[str, int]) -> None:
        self.asked += 1
        self.each()
        trouble = self.always or (self.next.pop(0) if self.next else None)
        if trouble is None or isinstance(trouble, Unsure):
            self.sent.append(what)
        if trouble is not None:
            raise trouble


class Ways(dict[str, Way]):
    """Each channel's way by its name, made when first asked for."""

    def __missing__(self, name: str) -> Way:
        self[name] = Way()
        return self[name]

    def open(self, channel: Channel) -> Way:
        """As `House.open_channel`."""
        return self[channel.name]


def house_with(house: House, ways: Ways, *mails: str) -> House:
    """The house that sends by these ways, with a mail channel of each name."""
    house = replace(house, open_channel=ways.open)
    for name in mails:
        channels.add_smtp(house, name, "mail.example:587", "starttls", "", "desk@ferro.example")
    return house


def told(house: House, takeaway_id: str = "t1", **news: object) -> Takeaway:
    """A takeaway of Dana's about Kestrel, out since yesterday, in the workspace; or another revision of it."""
    takeaway = Takeaway(
        takeaway_id, 1, "dana", "", "kestrel", "company", f"Headline {takeaway_id}", scene="A scene.",
        quote="We lose a crew day.", customer_name="Kestrel", published=OLD,
    )  # fmt: skip
    takeaway = replace(takeaway, **news)  # type: ignore[arg-type]
    with house.workspace() as tx:
        tx.takeaways.put(takeaway)
    return takeaway


def promised(house: House, takeaway: Takeaway, channel: str, *to: str, **news: object) -> None:
    """Deliveries of it that wait, through the channel of that name."""
    key = {item.name: item.id for item in channels.all_of(house)}[channel]
    with house.workspace() as tx:
        for recipient in to:
            made = Delivery(takeaway.id, takeaway.revision, key, recipient, "pending", OLD)
            tx.takeaways.put_delivery(replace(made, **news))  # type: ignore[arg-type]
