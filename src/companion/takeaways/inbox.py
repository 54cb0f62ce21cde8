"""Answers that come in by mail: where they are read, and what is taken from a message."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from companion.basics.progress import Ticket


@dataclass(frozen=True)
class Inbox:
    """A mailbox that takes readers' answers. `config` holds no secret; the desk reads it, nothing in it is changed."""

    id: str
    name: str
    kind: Literal["imap", "graph"]
    config: dict[str, str] = field(default_factory=dict)
    cursor: str = ""  # up to where it was read, as its source understands it


@dataclass(frozen=True)
class Reply:
    """A message with one of our codes in it, as far as it concerns us."""

    external_id: str  # SHA-256 of its sender and Message-ID, or of the whole where it has none
    code: str  # of the takeaway or letter, see `takeaways.code`
    kind: str  # what its subject says, "" where it says nothing
    token: str  # what only the letter's recipient knows, "" for none
    sender: str  # normalised address
    sender_name: str
    at: datetime
    text: str = field(repr=False)  # what the person wrote, without what they quoted
    automatic: bool = False  # an out-of-office note, a bounce, a mass mailing
    only_author: bool = False
    aside: bool = False  # to be looked at first: forged, from a list, or with something in it that cannot be read
    below: str = field(default="", repr=False)  # of a reply to the three questions: what it quotes without a sign


@dataclass(frozen=True)
class Swept:
    """What one look into an inbox found: replies with a code, how many messages were left alone, and what was wrong."""

    replies: tuple[Reply, ...]
    left: int
    cursor: str
    problems: tuple[Exception, ...] = ()  # Problems: one bad message never hides the others


class ReplySource(Protocol):
    """A mailbox, read page by page; bodies only of messages that carry a code. Nothing is marked, moved or deleted."""

    def sweep(self, ticket: Ticket) -> Generator[Swept, None, None]: ...
    def test(self) -> None: ...


class InboxStore(Protocol):
    """The slice of a workspace transaction that holds inboxes."""

    def all(self) -> list[Inbox]: ...
    def put(self, inbox: Inbox) -> None: ...
    def remove(self, inbox_id: str) -> None: ...


OpenInbox = Callable[[Inbox], ReplySource]
