"""Inspect: read any calendar in memory and tell what would be kept, and why. Nothing is stored."""

from dataclasses import dataclass

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.basics.progress import Ticket
from companion.calendars.model import Account, Inspected, Ledger, Window
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


def inspect(house: House, path: str, window: Window, ticket: Ticket | None = None) -> Looked:
    """Look through a file, a folder or an address; Problem where nothing can be had."""
    ticket = ticket or Ticket()
    with house.workspace(write=False) as tx:
        rules = rules_of(tx)
    source = house.open_source(Account("", _name(path), "ics", path))
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
    return Looked(ledger, tuple(items), tuple(problems))


def _name(path: str) -> str:
    """What sentences call it: a file by its name, an address by its server, since the rest may be a secret."""
    if "://" in path:
        return path.partition("://")[2].partition("/")[0].partition("?")[0].rpartition("@")[2]
    return path.rsplit("/", 1)[-1] or path


def _id(row: Inspected) -> str:
    return "" if row.judgement.decision == "private" else meeting_id(row.uid, row.recurrence_id)
