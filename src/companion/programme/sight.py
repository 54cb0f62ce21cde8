"""What may be found by whom: the eyes that look, the scopes a text is seen in, and the stores that find."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from companion.basics.errors import Problem
from companion.basics.query import Query
from companion.takeaways.audience import COMPANY, LISTENERS, parse, team_of
from companion.takeaways.model import Takeaway

FoundKind = Literal["takeaway", "fact", "customer", "story", "contact"]
PAGE = "page"  # what stands on a customer's page


@dataclass(frozen=True)
class Eyes:
    """Who looks, and when. A text is seen by who has one of its scopes; one's own is always among them."""

    person_id: str  # "" where nobody said who works here
    scopes: tuple[str, ...]
    now: datetime
    today: date  # the programme's


@dataclass(frozen=True)
class Found:
    """A row that was found, as it stands now."""

    kind: FoundKind
    id: str
    customer_id: str
    customer: str  # the name a takeaway calls its customer by; "" for everything else
    title: str
    texts: tuple[str, ...]
    at: datetime | None


@dataclass(frozen=True)
class FoundNote:
    """A note of this device, and those of its texts that hold one of the words."""

    id: str
    meeting_id: str
    customer_id: str
    title: str
    made: datetime
    texts: tuple[str, ...]


class SearchStore(Protocol):
    """The slice of a workspace transaction that finds. Newest first; what nobody with these eyes sees is not there."""

    def find(self, query: Query, eyes: Eyes, most: int, kinds: Collection[FoundKind] = ()) -> list[Found]: ...
    def behind(self, *, thorough: bool = False) -> int: ...  # rows not found as they are now; thorough: may write
    def rebuild(self) -> int: ...  # makes the index anew; how many rows


class NoteSearchStore(Protocol):
    """The slice of a device transaction that finds my notes. `keys`: questions whose answers are not private."""

    def find(self, query: Query, keys: Collection[str], most: int) -> list[FoundNote]: ...
    def behind(self, *, thorough: bool = False) -> int: ...
    def wipe(self) -> None: ...  # leaves no word of what was deleted
    def rebuild(self) -> int: ...


def scopes_of(takeaway: Takeaway) -> tuple[str, ...]:
    """The scopes in which a takeaway is seen, as `takeaways.audience.may_read` says."""
    own = author_scope(takeaway.author_id)
    try:
        audience = parse(takeaway.audience)
    except Problem:
        return (own,)
    if audience == COMPANY:
        return (own, COMPANY)
    if audience == LISTENERS:
        return (own, listener_scope(takeaway.customer_id))
    return (own, team_scope(team_of(audience))) if team_of(audience) else (own,)


def author_scope(person_id: str) -> str:
    """Where somebody's own words are seen."""
    return f"author:{person_id}"


def listener_scope(customer_id: str) -> str:
    """Where is seen what is for who sat with a customer."""
    return f"listeners:{customer_id}"


def team_scope(team: str) -> str:
    """Where is seen what is for a team, however it is spelt."""
    return f"team:{' '.join(team.split()).casefold()}"
