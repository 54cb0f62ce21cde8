"""What we remember of a customer: one fact at a time, each with who said it, when, and where it is known from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

FactKind = Literal[
    "who",  # one of the five lines; its topic is one of WHO
    "goal",  # what they want, in their words
    "quote",  # exact words
    "bought",  # what something they bought changed for them
    "touch",  # how one of our teams touches them; its topic is the team
    "promise",  # promised to them, as overheard
    "avoid",  # what a listener does not bring up
    "front_line",  # what colleagues who serve them add
]
FactState = Literal["open", "kept", "broken", "dropped", "reached", "changed"]
KINDS: tuple[FactKind, ...] = ("who", "goal", "quote", "bought", "touch", "promise", "avoid", "front_line")
WHO = ("does", "customers", "from_us", "year", "mood")  # what they do, whom they serve, what they get from us, …
ENDS: dict[FactKind, tuple[FactState, ...]] = {  # how a fact of a kind may end; every other kind is "dropped"
    "goal": ("reached", "changed", "dropped"),
    "promise": ("kept", "broken", "dropped"),
}


@dataclass(frozen=True)
class Fact:
    """One thing that is known of a customer. A fact is never overwritten: each change is its next revision.

    `follows`: the id of the goal that this one came in place of, so that goals have a history.
    """

    id: str
    customer_id: str
    kind: FactKind
    text: str = field(repr=False)
    topic: str = ""
    role: str = ""  # of who said it, as it may be printed; never a name
    contact_id: str = ""  # the customer's person who said it, "" where nobody is known
    heard_on: date | None = None  # None: nobody knows when
    source: str = ""  # where it is known from, in words: "Rosa, at the spring review"
    meeting_id: str = ""
    takeaway_id: str = ""
    may_quote: str = ""  # yes, ask or no; "" where nobody was asked
    owner_id: str = ""  # of a promise: who of ours made it
    due: date | None = None  # of a promise
    state: FactState = "open"
    ended: date | None = None
    result: str = ""  # what became of it
    follows: str = ""
    by: str = ""  # person id of who wrote it down
    changed: datetime | None = None
    changed_by: str = ""  # person id
    revision: int = 1
    unseen: int = 0  # the first revision that whoever wrote this one had not seen, 0 where they had seen all


@dataclass(frozen=True)
class Version:
    """A fact as it once was, and who wrote it so."""

    fact: Fact
    at: datetime
    by: str  # person id


class FactStore(Protocol):
    """The slice of a workspace transaction that holds what is remembered of customers."""

    def lock(self, fact_id: str) -> None: ...  # alone with it until the transaction ends; before it is read
    def all(self) -> list[Fact]: ...
    def of(self, customer_id: str) -> list[Fact]: ...  # newest heard first, those without a day last
    def promised_by(self, person_id: str) -> list[Fact]: ...  # open ones, soonest due first, without a day last
    def get(self, fact_id: str) -> Fact | None: ...
    def put(self, fact: Fact) -> None: ...  # what was there stays as a version
    def remove(self, fact_id: str) -> None: ...  # with its versions
    def versions(self, fact_id: str) -> list[Version]: ...  # oldest first, without the one that counts
    def versions_of(self, customer_id: str) -> dict[str, list[Version]]: ...  # by fact, as `versions`
