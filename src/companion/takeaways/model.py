"""A takeaway, where it goes and what comes back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

ChannelKind = Literal["site", "folder", "smtp", "graph_mail", "teams", "graph_channel", "slack"]
PLACES = frozenset({"site", "folder"})  # they hold what is published, and are brought up to date as a whole
MAILS = frozenset({"smtp", "graph_mail"})  # one message for each recipient
Origin = Literal["verbatim", "heard", "observed", "interpretation"]
WITHDRAWAL = 0  # the number of the revision that tells those it went to that it was withdrawn
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
    revised: datetime | None = None  # when this revision was told, where `published` is the day of the first
    pillars: tuple[str, ...] = ()  # "integrity+", "resolution-": heard to be well or badly kept
    origins: tuple[tuple[str, str], ...] = ()  # (field, origin): where each text comes from, see `Origin`
    may_quote: str = ""  # yes, ask or no, as the speaker said; "" where nobody was asked
    expires: date | None = None  # the last day it is shown
    out_at: datetime | None = None  # readers and channels wait until then; None: at once
    needs_yes: bool = False  # waits until the host, or ops, said yes
    held: datetime | None = None  # stopped by the host or ops, until they let it go
    held_by: str = ""  # their name, as others see it
    held_by_id: str = ""  # person id
    held_why: str = ""
    correction: str = ""  # what this revision puts right, in the author's words, for readers
    withdrawn_why: str = ""
    unannounced: bool = False  # waits until the host's notice has gone; `out_at` is then only foreseen


@dataclass(frozen=True)
class Answer:
    """What a reader answered. `kind`: changes, question, already, differently, more."""

    id: str
    takeaway_id: str
    kind: str
    text: str
    at: datetime
    name: str = ""  # "" where even the author is not to know
    team: str = ""
    reply: str = ""  # the author's answer back
    replied: datetime | None = None
    person_id: str = ""  # of ours; "" where not known
    address: str = ""  # where the author's answer is sent; shown to nobody
    only_author: bool = False  # others see neither name nor text
    came: Literal["app", "mail", "file"] = "app"
    external_id: str = ""  # of the mail it came in: the same mail is never taken in twice
    state: Literal["taken", "review", "dismissed"] = "taken"


@dataclass(frozen=True)
class Action:
    """What an answer set going: who does what until when, and what came of it."""

    id: str
    takeaway_id: str
    text: str
    owner_id: str  # person id
    made: datetime
    due: date | None = None
    answer_ids: tuple[str, ...] = ()
    done: datetime | None = None
    result: str = ""  # "we did", in one sentence


@dataclass(frozen=True)
class Channel:
    """A way out. `config` holds no secret: passwords and webhook addresses are in the keyring."""

    id: str
    name: str
    kind: ChannelKind
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
    link: str = ""  # its page, for a channel that has no room for the whole text; "" where there is none


@dataclass(frozen=True)
class Shown:
    """What a channel would send, to look at: text, and the same as HTML where it sends that too."""

    text: str
    html: str = ""


class Unsure(Exception):  # noqa: N818 - neither sent nor not sent
    """The connection ended after the message was handed over: ask, never resend blindly."""


class TakeawayStore(Protocol):
    """The slice of a workspace transaction that holds takeaways."""

    def all(self) -> list[Takeaway]: ...  # newest revision of each, newest first
    def get(self, takeaway_id: str) -> Takeaway | None: ...
    def put(self, takeaway: Takeaway) -> None: ...  # a revision
    def lock(self, takeaway_id: str) -> None: ...  # alone with it until the transaction ends; before it is read
    def of_meetings(self, meeting_ids: Iterable[str]) -> list[Takeaway]: ...
    def of_customer(self, customer_id: str) -> list[Takeaway]: ...
    def some(self, takeaway_ids: Iterable[str]) -> list[Takeaway]: ...  # newest revision of each, newest first
    def published(self) -> dict[str, datetime]: ...  # when each takeaway was first told
    def answers(self, takeaway_ids: Iterable[str] | None = None) -> list[Answer]: ...  # those taken in
    def to_review(self) -> list[Answer]: ...  # of senders nobody knows
    def answer(self, answer_id: str) -> Answer | None: ...
    def answered(self, external_id: str) -> bool: ...  # whether that mail was taken in before, whatever became of it
    def put_answer(self, answer: Answer) -> None: ...
    def actions(self, takeaway_ids: Iterable[str] | None = None) -> list[Action]: ...
    def put_action(self, action: Action) -> None: ...
    def openings(self) -> dict[str, int]: ...  # takeaway id -> how many devices opened it
    def count_opening(self, takeaway_id: str) -> None: ...
    def channels(self) -> list[Channel]: ...
    def put_channel(self, channel: Channel) -> None: ...
    def remove_channel(self, channel_id: str) -> None: ...
    def deliveries(self, takeaway_id: str | None = None) -> list[Delivery]: ...
    def delivery_states(self) -> list[tuple[str, DeliveryState, int, datetime]]: ...  # of each takeaway: how many, last
    def put_delivery(self, delivery: Delivery) -> None: ...  # insert, or move to another state
    def claim(self, delivery: Delivery, at: datetime) -> bool: ...  # pending|failed -> sending, once
