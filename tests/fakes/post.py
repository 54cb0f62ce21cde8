"""Channels that keep what they were given, and a house with a meeting to tell of."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from companion.basics.ids import meeting_id
from companion.people.model import Person
from companion.programme import channels, listening
from companion.programme.model import House
from companion.programme.sync import sync
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Channel, Parcel, Shown
from fakes.house import Made
from fakes.ics import calendar, event

OPS = Person("ola", "ola@ferro.example", "Ola Lind", (), "Operations", "ops")
MEETING = meeting_id("a", "-")


@dataclass
class Post:
    """Every channel of a house at once; what left stands in lists."""

    sent: list[tuple[str, str, int]] = field(default_factory=list)  # channel, recipient, revision
    letters: list[tuple[str, str]] = field(default_factory=list)  # kind, recipient
    shown: dict[str, list[str]] = field(default_factory=dict)  # channel -> headlines that stand there
    trouble: list[Exception] = field(default_factory=list)  # what the next message meets

    def open(self, channel: Channel) -> "Driver":
        """The driver of one channel."""
        return Driver(self, channel.name)


@dataclass
class Driver:
    """One channel."""

    post: Post
    name: str

    def send(self, parcel: Parcel) -> None:
        if self.post.trouble:
            raise self.post.trouble.pop(0)
        self.post.sent.append((self.name, parcel.recipient, parcel.takeaway.revision))

    def publish(self, parcels: Iterable[Parcel]) -> None:
        self.post.shown[self.name] = [parcel.takeaway.headline for parcel in parcels]

    def retract(self, parcel: Parcel) -> None:
        if parcel.recipient:
            self.post.sent.append((self.name, parcel.recipient, 0))

    def write(self, parcel: LetterParcel) -> None:
        self.post.letters.append((parcel.letter.kind, parcel.letter.recipient))

    def preview(self, parcel: Parcel) -> Shown:
        return Shown(parcel.takeaway.headline)

    def test(self) -> None:
        return


def ready(made: Made, post: Post, **programme: Any) -> House:
    """A house where Dana heard Kestrel; it has a mail server, a site for everyone, somebody of ops, and a post."""
    made.account("Work", "dana@ferro.example").members = {"a": calendar(event("a", answer="ACCEPTED"))}
    sync(made.house)
    house = replace(made.house, open_channel=post.open)
    channels.add_smtp(house, "Mail", "mail.example:587", "starttls", "", "desk@ferro.example")
    channels.add_place(house, "site", "Site", str(house.paths.home / "site"), "company")
    channels.set_post(house, "Mail")
    with house.workspace() as tx:
        tx.people.put(OPS)
        tx.programme.put(replace(tx.programme.get(), **programme))
    listening.take_text(house, MEETING, "q We lose a crew day.\nf They plan by the tide.\n! she was tired")
    return house


def as_(house: House, address: str) -> House:
    """The same house with somebody else at it, in a workspace that several people write to."""
    return replace(house, me=address, workspace_shared=True)
