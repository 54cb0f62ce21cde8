"""The texts that are found in the workspace, and who may see them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, select

from companion.programme.sight import PAGE, Found, FoundKind, author_scope, scopes_of
from companion.storage.rows import chunks
from companion.storage.workspace.memory_tables import fact
from companion.storage.workspace.tables import contact, customer
from companion.storage.workspace.takeaways import Takeaways
from companion.takeaways.model import Takeaway

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SPREAD = 28  # bits that keep apart what is of one second
_YEARS = 10
_LATEST = (1 << 34) - 1  # seconds
_NAMES = {"contact": 1 << 62, "customer": 3 << 61}  # whom one looks for by name stands before what was said when


@dataclass(frozen=True)
class Text:
    """A row with its words, who sees it, and from when until when."""

    found: Found
    scopes: tuple[str, ...] = (PAGE,)
    author_id: str = ""
    live: bool = True
    out_at: datetime | None = None
    expires: date | None = None

    @property
    def key(self) -> tuple[FoundKind, str]:
        """Which row it is."""
        return self.found.kind, self.found.id

    @property
    def parts(self) -> tuple[str, ...]:
        """Its words, piece by piece."""
        return (self.found.title, *self.found.texts, self.found.customer)

    @property
    def seen(self) -> tuple[str, ...]:
        """Its scopes, and the year up to which it is shown: what is long over costs a search nothing."""
        begin = self.found.at.year if self.found.at else 0
        far = self.expires is None or self.expires.year > begin + _YEARS
        return (*self.scopes, until(None if far or self.expires is None else self.expires.year))

    @property
    def place(self) -> int:
        """The place it wants among all, by time."""
        return place_of(*self.key, self.found.at)


def until(year: int | None) -> str:
    """The scope of what is shown until some day of a year; None: for good, or for longer than anybody looks ahead."""
    return f"until:{year or 'always'}"


def until_now(today: date) -> list[str]:
    """The scopes of all that may be shown on a day."""
    return [until(None), *(until(today.year + at) for at in range(_YEARS + 1))]


def place_of(kind: str, key: str, at: datetime | None) -> int:
    """The place of a row among all: names first, then by time, what has none last."""
    digest = int.from_bytes(hashlib.sha256(f"{kind}:{key}".encode()).digest()[:8], "big")
    if kind in _NAMES:
        return _NAMES[kind] | (digest >> 4)
    seconds = min(max(0, int((at - _EPOCH).total_seconds())), _LATEST) if at else 0
    return (seconds << _SPREAD) | (digest >> (64 - _SPREAD))


def texts_of(connection: Connection, keys: Iterable[tuple[str, str]]) -> list[Text]:
    """The rows with these keys that are there and may be found at all."""
    wanted: dict[str, list[str]] = {}
    for kind, key in keys:
        wanted.setdefault(kind, []).append(key)
    return [text for kind, ids in wanted.items() for text in _READERS[kind](connection, ids)]


def _takeaways(connection: Connection, ids: Sequence[str]) -> list[Text]:
    return [_takeaway(one) for one in Takeaways(connection).some(ids) if _is_text(one)]


def _is_text(one: Takeaway) -> bool:
    return one.told_on is None and one.published is not None and one.withdrawn is None


def _takeaway(one: Takeaway) -> Text:
    texts = (one.quote, one.scene, one.goal, one.matters, one.will_do, one.question)
    live = not (one.held or one.needs_yes or one.unannounced)
    scopes = scopes_of(one) if live else (author_scope(one.author_id),)  # what waits costs others' searches nothing
    return Text(
        Found("takeaway", one.id, one.customer_id, one.customer_name, one.headline, texts, one.published),
        scopes, one.author_id, live, one.out_at, one.expires,
    )  # fmt: skip


def _facts(connection: Connection, ids: Sequence[str]) -> list[Text]:
    found = []
    for some in chunks(ids):
        for row in connection.execute(select(fact).where(fact.c.id.in_(some))):
            at = datetime.combine(row.heard_on, time(), UTC) if row.heard_on else row.changed
            texts = (row.text, row.topic if row.kind == "touch" else "", row.role, row.source, row.result)
            found.append(Text(Found("fact", row.id, row.customer_id, "", row.kind, texts, at)))
    return found


def _customers(connection: Connection, ids: Sequence[str]) -> list[Text]:
    columns = (customer.c.id, customer.c.name, customer.c.aliases, customer.c.segment)
    return [
        Text(Found("customer", row.id, row.id, "", row.name, (*row.aliases, row.segment), None))
        for some in chunks(ids)
        for row in connection.execute(select(*columns).where(customer.c.id.in_(some)))
    ]


def _stories(connection: Connection, ids: Sequence[str]) -> list[Text]:
    return [
        Text(Found("story", row.id, row.id, "", "", (row.story,), None))
        for some in chunks(ids)
        for row in connection.execute(select(customer.c.id, customer.c.story).where(customer.c.id.in_(some)))
        if row.story.strip()
    ]


def _contacts(connection: Connection, ids: Sequence[str]) -> list[Text]:
    columns = (contact.c.id, contact.c.customer_id, contact.c.name, contact.c.role, contact.c.last_met)
    return [
        Text(Found("contact", row.id, row.customer_id, "", row.name, (row.role,), row.last_met))
        for some in chunks(ids)
        for row in connection.execute(select(*columns).where(contact.c.id.in_(some)))
    ]


_READERS: Mapping[str, Callable[[Connection, Sequence[str]], list[Text]]] = {
    "takeaway": _takeaways,
    "fact": _facts,
    "customer": _customers,
    "story": _stories,
    "contact": _contacts,
}
