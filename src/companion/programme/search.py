"""Search over all that I may see: takeaways, what is remembered of customers, their people, and my own notes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from companion.programme.model import House

HitKind = Literal["takeaway", "fact", "customer", "contact", "note"]


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text round what was looked for. `marks`: where in it that begins and ends, in signs."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and the page it is opened on."""

    kind: HitKind
    id: str
    customer_id: str
    customer: str  # the name, as who looks may see it
    title: str
    excerpt: Excerpt
    at: datetime | None  # the day it is from; None where nobody knows
    page: str  # name of the window's page: read, customer, listen
    item: str  # what to open there: a takeaway's, a customer's or a meeting's id


@dataclass(frozen=True)
class Results:
    """The newest hits. `more`: there are others, of which who looks may see every one."""

    hits: tuple[Hit, ...] = ()
    more: bool = False


def search(house: House, text: str, *, most: int = 50) -> Results:
    """What holds every word of `text`, newest first; "several words" in quotes stand in that order, the last word may
    be unfinished. Nothing for a text without a word.
    """
    raise NotImplementedError
