"""A workspace of an older release comes up whole, in a file and on a server."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData

from companion.basics.clock import now
from companion.people.model import Person
from companion.storage.connecting import open_file, open_server, read_url
from companion.storage.engine import WORKSPACE, open_workspace
from companion.storage.migrate import Lineage, upgrade
from companion.takeaways.letters import Letter
from companion.takeaways.model import Answer, Delivery, Takeaway
from servers.postgres import Server
from storage.made import NOON

_TICKS = int(NOON.timestamp()) * 1_000_000 + NOON.microsecond
TOLD: dict[str, Any] = {
    "id": "t1", "revision": 1, "author_id": "p1", "meeting_id": "m1", "customer_id": "c1", "audience": "company",
    "headline": "Łódź", "scene": "At six", "quote": "A crew day", "quote_role": "the owner", "goal": "", "matters": "",
    "will_do": "", "question": "", "customer_name": "Kestrel", "published": _TICKS, "told_on": None, "withdrawn": None,
}  # fmt: skip
ROWS: list[tuple[str, dict[str, Any]]] = [
    ("programme", {
        "id": 1, "name": "Kiln", "zone": "Europe/Warsaw", "start": None, "our_domains": ["kiln.example"],
        "review_words": [], "hold_words": [], "threshold": 50, "targets": {"leader": 2}, "shared": True,
        "names_agreed": "", "min_client": 1,
    }),
    ("person", {
        "id": "p1", "email": "rosa@kiln.example", "name": "Rosa", "aliases": [], "team": "Sales", "role": "host",
        "target": None, "start": None, "end": None, "language": "pl",
    }),
    ("customer", {
        "id": "c1", "name": "Kestrel", "domains": [], "addresses": [], "aliases": ["K"], "host_email": "", "tier": "",
        "segment": "", "story": "", "public_name": "",
    }),
    ("contact", {
        "id": "k1", "customer_id": "c1", "address": "jan@kestrel.example", "name": "Jan", "role": "", "last_met": _TICKS
    }),
    ("takeaway", TOLD),
    ("answer", {
        "id": "x1", "takeaway_id": "t1", "kind": "question", "text": "Why?", "at": _TICKS, "name": "", "team": "Sales",
        "reply": "", "replied": None,
    }),
    ("delivery", {
        "takeaway_id": "t1", "revision": 1, "channel_id": "ch1", "recipient": "a@kiln.example", "state": "sent",
        "since": _TICKS, "tries": 1, "trouble": "", "facts": {},
    }),
]  # fmt: skip


def as_before(folder: Path, revision: str) -> Lineage:
    """The workspace's revisions up to an older one."""
    shutil.copytree(WORKSPACE.folder, folder)
    wanted = (*WORKSPACE.past, WORKSPACE.head).index(revision) + 1
    for script in (folder / "versions").glob("r*.py"):
        if int(script.name[1:5]) > wanted:
            script.unlink()
    return Lineage("workspace", (), revision, folder)


def fill(opened: Engine, lineage: Lineage) -> None:
    """Lay the old tables and put a row into each that changes."""
    with opened.begin() as connection:
        upgrade(connection, lineage)
        known = MetaData()
        known.reflect(connection)
        for name, row in ROWS:
            connection.execute(known.tables[name].insert(), row)
    opened.dispose()


@contextmanager
def old_workspace(engine: str, revision: str, folder: Path, server: Server) -> Iterator[str | Path]:
    """Where a filled workspace of that revision is."""
    lineage = as_before(folder / "migrations", revision)
    if engine == "sqlite":
        fill(open_file(folder / "workspace.db", 5), lineage)
        yield folder / "workspace.db"
        return
    with server.database() as url:
        fill(open_server(read_url(url), 5), lineage)
        yield url


@pytest.mark.parametrize("revision", WORKSPACE.past)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_what_was_published_before_is_as_it_was(engine: str, revision: str, tmp_path: Path, server: Server) -> None:
    told = {**TOLD, "published": NOON}
    with (
        old_workspace(engine, revision, tmp_path, server) as place,
        closing(open_workspace(place, now)) as store,
    ):
        with store.begin() as tx:
            assert tx.takeaways.all() == [Takeaway(**told)]
            assert tx.takeaways.answers() == [Answer("x1", "t1", "question", "Why?", NOON, "", "Sales")]
            assert tx.takeaways.deliveries() == [Delivery("t1", 1, "ch1", "a@kiln.example", "sent", NOON, 1)]
            programme = tx.programme.get()
            assert (programme.host_hours, programme.expiry_months, programme.post, programme.ops_words) == (
                24, 12, "", ()
            )  # fmt: skip
            assert tx.people.all() == [Person("p1", "rosa@kiln.example", "Rosa", (), "Sales", "host", language="pl")]
            customer = tx.customers.get("c1")
            assert customer is not None
            assert (customer.nda, customer.off_limits, tx.customers.contacts("c1")[0].may_quote) == (False, (), "")
        with store.begin() as tx:  # and what is new can be written at once
            tx.takeaways.put(Takeaway(**{**told, "revision": 2, "pillars": ("integrity+",), "needs_yes": True}))
            assert tx.letters.add([Letter("l1", "digest", "a@kiln.example", "w", NOON, NOON)]) == 1
            tx.takeaways.count_opening("t1")
        with store.begin(write=False) as tx:
            newest = tx.takeaways.get("t1")
            assert newest is not None
            assert (newest.revision, newest.pillars, tx.takeaways.openings()) == (2, ("integrity+",), {"t1": 1})
