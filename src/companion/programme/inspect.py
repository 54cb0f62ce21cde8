"""Inspect: read any calendar in memory and tell what would be kept, and why. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.basics.errors import Problem
from companion.basics.ids import canonical_uid, meeting_id
from companion.basics.progress import Ticket
from companion.calendars.model import Account, Inspected, Ledger, Window
from companion.programme.accounts import named
from companion.programme.model import House
from companion.programme.rules import rules_of


@dataclass(frozen=True)
class Item:
    """One occurrence with the id it would have as a meeting, "" where it is private."""

    id: str
    row: Inspected


@dataclass(frozen=True)
class Looked:
    """What a calendar holds and what the gate would do with it."""

    ledger: Ledger
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    threshold: int = 50  # points that an entry needs
    names: Mapping[str, str] = field(default_factory=dict)  # customer id -> name
    name: str = ""  # what sentences call the calendar


def inspect(house: House, path: str, window: Window, ticket: Ticket | None = None) -> Looked:
    """Look through a file, a folder or an address; Problem where nothing can be had."""
    return _look(house, Account("", _name(path), "ics", path), window, ticket or Ticket())


def inspect_account(house: House, name: str, window: Window, ticket: Ticket | None = None) -> Looked:
    """Look through a connected account; Problem `account_unknown`, or where nothing can be had."""
    return _look(house, named(house, name), window, ticket or Ticket())


def entry(looked: Looked, uid: str, rec_key: str = "") -> tuple[Item, ...]:
    """The occurrences of one entry, by its UID and, where one is meant, its recurrence key."""
    wanted = canonical_uid(uid)
    found = (item for item in looked.items if canonical_uid(item.row.uid) == wanted)
    return tuple(item for item in found if not rec_key or item.row.recurrence_id == rec_key)


def _look(house: House, account: Account, window: Window, ticket: Ticket) -> Looked:
    with house.workspace(write=False) as tx:
        rules = rules_of(tx)
    source = house.open_source(account, window)
    reader = house.open_reader()
    ledger = Ledger()
    items: list[Item] = []
    problems: list[Problem] = []
    try:
        for page in source.pages("", lambda _key: "", ticket):
            problems += page.problems
            for reading in reader.read([blob.data for blob in page.blobs], rules, window, inspect=True):
                ledger += reading.ledger
                problems += reading.problems
                items += [Item(_id(row), row) for row in reading.inspected]
    finally:
        reader.close()
        source.close()
    items.sort(key=lambda item: (item.row.start is None, item.row.start, item.row.uid))
    names = {rule.id: rule.name for rule in rules.customers}
    return Looked(ledger, tuple(items), tuple(problems), rules.threshold, names, account.name)


def _name(path: str) -> str:
    """What sentences call it: a file by its name, an address by its server, since the rest may be a secret."""
    if "://" in path:
        return path.partition("://")[2].partition("/")[0].partition("?")[0].rpartition("@")[2]
    return path.rsplit("/", 1)[-1] or path


def _id(row: Inspected) -> str:
    return "" if row.judgement.decision == "private" else meeting_id(row.uid, row.recurrence_id)
