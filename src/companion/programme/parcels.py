"""Parcels: takeaways with everything a channel needs of them, names resolved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from companion.basics.clock import day_of
from companion.people.model import Person
from companion.programme.authors import author_name, is_gone
from companion.programme.model import House, WorkspaceTx
from companion.takeaways.model import Answer, Channel, Parcel, Takeaway
from companion.takeaways.state import State, state_of
from companion.words.language import speaking


@dataclass(frozen=True)
class Shelf:
    """What is read once for many parcels."""

    channels: dict[str, Channel]
    people: dict[str, Person]  # by id
    heard: dict[str, date]  # meeting id -> the programme's day
    readers: dict[str, Person]  # by address
    first: dict[str, datetime]  # takeaway id -> when its first revision was told
    answers_to: str
    zone: str
    pages: dict[str, str]  # takeaway id -> the address of its page, of those that stand on a site with an address
    today: date | None = None  # the programme's: who left by then is named by what they were

    def parcel(self, takeaway: Takeaway, recipient: str = "", answers: Iterable[Answer] = ()) -> Parcel:
        """The takeaway for one recipient. Of the answers it holds those that others may see, by name."""
        author, reader = self.people.get(takeaway.author_id), self.readers.get(recipient)
        language, gone = reader.language if reader else "en", is_gone(author, self.today)
        with speaking(language):
            name = author_name(author, self.today)
        return Parcel(
            takeaway, name, author.team if author and not gone else "", recipient, language,
            tuple(answer for answer in answers if answer.name and not answer.only_author),
            answer_to=self.answers_to or (author.email if author and not gone else ""),
            heard_on=self.heard.get(takeaway.meeting_id),
            first_published=self.first.get(takeaway.id) if takeaway.revision > 1 else None,
            link=self.pages.get(takeaway.id, ""),
        )  # fmt: skip

    def state(self, takeaway: Takeaway, now: datetime) -> State:
        """How the takeaway stands, by the programme's day."""
        return state_of(takeaway, now, day_of(now, self.zone))


def shelf_of(tx: WorkspaceTx, takeaways: Iterable[Takeaway], now: datetime | None = None) -> Shelf:
    """What parcels of these takeaways need; `now`: to tell who has left."""
    people = tx.people.all()
    programme = tx.programme.get()
    told = {item.meeting_id for item in takeaways}
    meetings = [meeting for meeting in map(tx.meetings.get, sorted(told)) if meeting]
    return Shelf(
        {channel.id: channel for channel in tx.takeaways.channels()},
        {person.id: person for person in people},
        {m.id: m.start.date() if m.all_day else day_of(m.start, programme.zone) for m in meetings},
        {address: person for person in people for address in person.addresses},
        tx.takeaways.published(),
        programme.answers_to,
        programme.zone,
        _pages(tx),
        day_of(now, programme.zone) if now else None,
    )


def _pages(tx: WorkspaceTx) -> dict[str, str]:
    """Where the pages of sites that are served are read, by takeaway."""
    served = {
        channel.id: address_of(channel, "t/")
        for channel in tx.takeaways.channels() if channel.kind == "site" and channel.config.get("url")
    }  # fmt: skip
    if not served:
        return {}
    return {
        d.takeaway_id: f"{served[d.channel_id]}{d.takeaway_id}.html"
        for d in tx.takeaways.deliveries() if d.channel_id in served and d.state != "withdrawn"
    }  # fmt: skip


def address_of(channel: Channel, path: str = "") -> str:
    """Where something of a served site is read."""
    return channel.config["url"].rstrip("/") + "/" + path


def parcel_of(house: House, takeaway: Takeaway, recipient: str = "") -> Parcel:
    """The takeaway as a reader would get it, for preview and copy."""
    with house.workspace(write=False) as tx:
        return shelf_of(tx, [takeaway], house.clock()).parcel(takeaway, recipient)
