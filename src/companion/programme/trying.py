"""Trying a channel before readers hear of it: what it would send, and a harmless message of our own."""

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.programme import channels, composing
from companion.programme.model import House
from companion.programme.parcels import parcel_of
from companion.takeaways.model import MAILS, PLACES, Parcel, Shown, Takeaway
from companion.words.language import t


def preview(house: House, name: str, takeaway_id: str) -> Shown:
    """What a channel would send of a takeaway, letter by letter; nothing is sent. A mail is shown as mine."""
    channel = channels.named(house, name)
    takeaway = composing.find(house, takeaway_id)
    recipient = house.me if channel.kind in MAILS else ""
    return house.open_channel(channel).preview(parcel_of(house, takeaway, recipient))


def send_test(house: House, name: str) -> str:
    """Send a message that says it is a test: a mail to myself, a post to the channel; the address, "" for a post.

    Problems: `test_of_place`, `test_needs_me`; `Unsure` where nobody can know whether it arrived.
    """
    channel = channels.named(house, name)
    if channel.kind in PLACES:
        raise Problem("test_of_place", name=name)
    recipient = house.me if channel.kind in MAILS else ""
    if channel.kind in MAILS and not recipient:
        raise Problem("test_needs_me", name=name)
    house.open_channel(channel).send(_harmless(house, channel.audience or "company", recipient))
    return recipient


def _harmless(house: House, audience: str, recipient: str) -> Parcel:
    with house.workspace(write=False) as tx:
        author = tx.people.by_address(house.me) if house.me else None
    takeaway = Takeaway(
        new_id(), 1, "", "", "", audience, t("A test of this channel"),
        scene=t("Nobody needs to do anything. Takeaways for you will arrive here."),
        will_do=t("Nothing: it is only a test."), published=house.clock(),
    )  # fmt: skip
    return Parcel(takeaway, author.name if author else "", author.team if author else "", recipient)
