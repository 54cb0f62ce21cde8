"""Ours, the whole way from Graph: mailbox to device store to workspace, with a token nobody had to sign in for.

`first` on a profile that has never synced, `settled` once more after a first round in the same process.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.homes import build
from counting import requests, rows, written
from told import told

from companion.basics.progress import Ticket
from companion.calendars.model import Account, Known, Page, Window
from companion.calendars.signin import Registration
from companion.connectors.microsoft.graph.gate import Gate
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.microsoft.graph.source import GraphSource
from companion.programme.sync import sync


class Tokens:
    """One token for everything."""

    def token(self, person_id: str, scopes: Sequence[str], account: str, claims: str = "") -> str:
        """It."""
        return "bench"


class Watched(GraphSource):
    """The source, which says when its first page is there."""

    came: Callable[[], None]

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        """The same pages."""
        for number, page in enumerate(super().pages(cursor, known, ticket)):
            if number == 0:
                self.came()
            yield page


def main(home: Path, mode: str, log: str) -> None:
    """Sync the one account of a profile."""
    first: list[int] = []
    with rows() as opened:
        house = build(home)
        with house.device() as device:
            (account,) = device.accounts.all()
        registration = Registration("bench", graph_url=account.url.partition("/v1.0")[0])
        gate = Gate(registration, house.device, house.clock)

        def open_source(account: Account, days: Window) -> Watched:
            source = Watched(account, days, GraphLine(account, registration, Tokens(), gate))
            source.came = lambda: first.append(requests(log))
            return source

        house = replace(house, open_source=open_source)
        if mode == "settled":
            sync(house)
        before = requests(log), written(opened)
        with told() as figures:
            (done,) = sync(house)
            figures["events"], figures["added"] = done.ledger.seen, done.added
            figures["requests"] = requests(log) - before[0]
            if mode == "first":
                figures["first"] = first[0] - before[0]
            else:
                figures["rows"] = written(opened) - before[1]
        house.close()
    assert not done.problems, done.problems
    assert (mode == "first") == bool(done.added), done


if __name__ == "__main__":  # the reading process imports this file, too
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
