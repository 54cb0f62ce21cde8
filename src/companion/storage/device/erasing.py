"""What this device keeps of one customer, walked to find somebody or to take them out."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, Table, func, union
from sqlalchemy import select as select_

from companion.customers.erased import Found
from companion.storage.device.search import settle
from companion.storage.device.tables import brief, draft, event, metadata, note
from companion.storage.erasing import Clean, Place, deep, walk, wipe

_NAMES = frozenset({  # columns that hold no words of anybody
    "id", "note_id", "meeting_id", "customer_id", "person_id", "key", "unit", "why", "template", "mark",
})  # fmt: skip
_MET = ("title", "place", "link", "guests", "organiser", "why")
_DRAFT, _ID = len("takeaway:") + 1, 36  # where a draft's key names its meeting, and how long an id is


class DeviceErasing:
    """Implements `customers.erased.DeviceErasingStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, customers: Sequence[str], address: str, clean: Clean, *, notes: bool) -> Found:
        """Where somebody of a customer is named."""
        return self._walk(_places(customers, notes=notes), address, _in_json(clean), write=False)

    def clean(self, customers: Sequence[str], address: str, clean: Clean, *, notes: bool) -> Found:
        """Take them out; where they were."""
        return self._walk(_places(customers, notes=notes), address, _in_json(clean), write=True)

    def wipe(self) -> None:
        """Let search forget what no row says any more."""
        settle(self._connection)
        wipe(self._connection)

    def _walk(self, places: list[Place], address: str, clean: Clean, *, write: bool) -> Found:
        counts: dict[str, int] = {}
        for place in places:
            rows = walk(self._connection, place, address, clean, write=write)
            if rows:
                counts[place.name] = counts.get(place.name, 0) + len(rows)
        return Found(counts)


def _in_json(clean: Clean) -> Clean:
    """As `clean`, which also knows a draft, kept as JSON in a text, from a sentence."""

    def cleaned(text: str) -> str:
        if not text.startswith("{"):
            return clean(text)
        try:
            body = json.loads(text)
        except ValueError:
            return clean(text)
        made = deep(body, "", clean)
        return text if made == body else json.dumps(made, ensure_ascii=False)

    return cleaned


def _places(customers: Sequence[str], *, notes: bool) -> list[Place]:
    mine = select_(note.c.id).where(note.c.customer_id.in_(customers))
    met = union(
        select_(event.c.meeting_id).where(event.c.customer_id.in_(customers)),
        select_(note.c.meeting_id).where(note.c.customer_id.in_(customers)),
    )
    theirs = brief.c.body["customer_id"].as_string()
    if notes:
        written = [table for table in metadata.sorted_tables if "note_id" in table.c]  # lines, answers, revisions, …
        return [
            Place("notes", note, note.c.customer_id.in_(customers), ("title", "expected")),
            *(Place("notes", table, table.c.note_id.in_(mine), _words(table)) for table in written),
            Place("notes", draft, func.substr(draft.c.key, _DRAFT, _ID).in_(met), ("body",)),
        ]
    return [
        Place("events", event, event.c.customer_id.in_(customers), _MET),
        Place("briefs", brief, brief.c.meeting_id.in_(met) | theirs.in_(customers), ("body",)),
    ]


def _words(table: Table) -> tuple[str, ...]:
    """The columns of a table of notes that may hold words."""
    keys = {column.name for column in table.primary_key} | _NAMES
    texts = (column.name for column in table.columns if column.type.python_type in (str, dict))
    return tuple(name for name in texts if name not in keys)
