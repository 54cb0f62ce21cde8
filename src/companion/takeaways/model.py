"""A takeaway, where it goes and what comes back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

DeliveryState = Literal["pending", "sending", "sent", "failed", "unknown", "withdrawn"]


@dataclass(frozen=True)
class Takeaway:
    """A published (or to be published) story about a real customer; one revision of it.

    `audience`: company, team:NAME, listeners or me. A telling is a takeaway with `told_on`: told in a team
    meeting, with a headline and one quote, and no text for readers.
    """

    id: str
    revision: int
    author_id: str  # person id
    meeting_id: str
    customer_id: str
    audience: str
    headline: str
    scene: str = ""
    quote: str = ""  # verbatim, may be shortened with an ellipsis
    quote_role: str = ""  # "the owner"; never a name
    goal: str = ""  # what they are trying to do
    matters: str = ""  # why it matters to the team
    will_do: str = ""  # what we will do; "" reads "nothing yet"
    question: str = ""  # one question to the reader
    customer_name: str = ""  # as readers see it, the alias where there is one
    published: datetime | None = None
    told_on: date | None = None
    withdrawn: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What a reader answered. `kind`: changes, question, already, differently, more."""

    id: str
    takeaway_id: str
    kind: str
    text: str
    at: datetime
    name: str = ""  # "" where the reader answers only to the author
    team: str = ""
    reply: str = ""  # the author's answer back
    replied: datetime | None = None


@dataclass(frozen=True)
class Channel:
    """A way out. `config` holds no secret: passwords and webhook addresses are in the keyring."""

    id: str
    name: str
    kind: Literal["site", "smtp", "folder"]
    config: dict[str, str] = field(default_factory=dict)
    audience: str = ""  # a site is bound to one: company or team:NAME


@dataclass(frozen=True)
class Delivery:
    """One revision on its way through one channel to one recipient ("" for a channel that has none)."""

    takeaway_id: str
    revision: int
    channel_id: str
    recipient: str
    state: DeliveryState
    since: datetime
    tries: int = 0
    trouble: str = ""  # problem code
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Parcel:
    """Everything a channel needs for one delivery; names resolved, nothing private in it."""

    takeaway: Takeaway
    author: str
    team: str
    recipient: str = ""
    language: str = "en"
    answers: tuple[Answer, ...] = ()
    answer_to: str = ""  # address that takes readers' answers; "" leaves the answer links out
    heard_on: date | None = None  # the day of the meeting
    first_published: datetime | None = None  # of revision 1, where this is a later one


class ChannelDriver(Protocol):
    """One way out. `send` raises Problem where it surely did not go, `Unsure` where nobody can know."""

    def send(self, parcel: Parcel) -> None: ...
    def publish(self, parcels: Iterable[Parcel]) -> None: ...  # whole content, for channels that are a place
    def withdraw(self, takeaway_id: str) -> None: ...
    def test(self) -> None: ...


class Unsure(Exception):  # noqa: N818 - neither sent nor not sent
    """The connection ended after the message was handed over: ask, never resend blindly."""


class TakeawayStore(Protocol):
    """The slice of a workspace transaction that holds takeaways."""

    def all(self) -> list[Takeaway]: ...  # newest revision of each, newest first
    def get(self, takeaway_id: str) -> Takeaway | None: ...
    def put(self, takeaway: Takeaway) -> None: ...  # a revision
    def of_meetings(self, meeting_ids: Iterable[str]) -> list[Takeaway]: ...
    def search(self, text: str, most: int = 50) -> list[str]: ...
    def answers(self, takeaway_ids: Iterable[str] | None = None) -> list[Answer]: ...
    def put_answer(self, answer: Answer) -> None: ...
    def channels(self) -> list[Channel]: ...
    def put_channel(self, channel: Channel) -> None: ...
    def remove_channel(self, channel_id: str) -> None: ...
    def deliveries(self, takeaway_id: str | None = None) -> list[Delivery]: ...
    def put_delivery(self, delivery: Delivery) -> None: ...  # insert, or move to another state
    def claim(self, delivery: Delivery, at: datetime) -> bool: ...  # pending|failed -> sending, once


OpenChannel = Callable[[Channel], ChannelDriver]
Facts = dict[str, Any]
