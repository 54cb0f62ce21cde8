"""What came of mails, and who they say they are from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from companion.people.model import Person
from companion.programme.model import WorkspaceTx
from companion.programme.readers import listeners_of
from companion.takeaways.audience import may_read
from companion.takeaways.inbox import Reply
from companion.takeaways.model import Takeaway


@dataclass(frozen=True)
class Taken:
    """What became of some mails. `ids`: of answers; the rest are numbers of mails."""

    ids: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    acted: int = 0  # a host's yes or hold, an author's answer, lines for a note, no more mails of a kind
    known: int = 0  # taken in before
    automatic: int = 0  # out-of-office notes and bounces, dropped
    strange: int = 0  # with a code that is none of ours
    empty: int = 0  # nothing was written

    @property
    def count(self) -> int:
        """How many mails were ours."""
        return len(self.ids) + len(self.review) + self.acted + self.known + self.automatic + self.strange + self.empty

    def __add__(self, other: "Taken") -> "Taken":
        numbers = {
            key: value + getattr(other, key) for key, value in vars(self).items() if key not in ("ids", "review")
        }
        return Taken(self.ids + other.ids, self.review + other.review, **numbers)


class Sender:
    """Who a mail says it is from: nobody where the address is of none of our people, or of one who left."""

    def __init__(self, reply: Reply, people: Iterable[Person]) -> None:
        self.people = list(people)
        self.person = next(
            (p for p in self.people if reply.sender and reply.sender in p.addresses and p.kind != "group"), None
        )

    def may_read(self, tx: WorkspaceTx, takeaway: Takeaway, now: datetime) -> bool:
        """Whether it is for them; withdrawn since, they had it all the same."""
        if self.person is None or (self.person.end and self.person.end < now.date()):
            return False
        listeners = listeners_of(tx, takeaway.customer_id, self.people)
        return may_read(replace(takeaway, withdrawn=None), self.person, listeners)
