"""Ours: a takeaway sent through seven channels by their drivers; ten takeaways."""

import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.stories import parcels
from told import told

from companion.calendars.model import Account
from companion.calendars.signin import Registration
from companion.connectors.channels import open_channel, open_sender
from companion.connectors.microsoft.graph.gate import Gate
from companion.connectors.microsoft.graph.line import GraphLine
from companion.takeaways.model import Channel

web, mail, folder = f"http://127.0.0.1:{sys.argv[1]}", sys.argv[2], Path(sys.argv[3])
TIMES = 10
NOW = datetime.now(UTC)
USER = "ines@ferro.example"


class Gates:
    """Nobody wants to be left alone."""

    gates = property(lambda self: self)

    def until(self, _name):
        return None


@contextmanager
def begin(*, write=True):
    yield Gates()


class Tokens:
    """A token, already there."""

    def token(self, *_asked):
        return "t"


registration = Registration(client_id="x", graph_url=web)
account = Account("c", USER, "microsoft365", f"{web}/v1.0/me", "p", USER, False, NOW)
gate = Gate(registration, begin, lambda: NOW)


def line():
    return GraphLine(account, registration, Tokens(), gate)


def sender(kind):
    return open_sender(Channel(kind, kind, kind, {"user": USER, "team": "t", "channel": "c"}), line, lambda: NOW)


smtp = {"host": "127.0.0.1", "port": mail, "security": "none", "from": USER}
drivers = [
    open_channel(Channel("m", "Mail", "smtp", smtp)),
    open_channel(Channel("t", "Teams", "teams", {}), f"{web}/workflows/x?sig=x"),
    open_channel(Channel("s", "Slack", "slack", {}), f"{web}/services/x"),
    sender("graph_mail"),
    sender("graph_channel"),
]
places = [
    open_channel(Channel(kind, kind, kind, {"dir": str(folder / kind)}, "company")) for kind in ("site", "folder")
]
shown = [replace(one, recipient="agnes@ferro.example") for one in parcels(TIMES + 1)]


def once(number):
    for driver in drivers:
        driver.send(shown[number])
    for place in places:
        place.publish([replace(one, recipient="") for one in shown[: number + 1]])


folder.mkdir(parents=True, exist_ok=True)
once(0)  # libraries and templates are loaded
with told() as figures:
    for number in range(1, TIMES + 1):
        once(number)
    figures["takeaways"] = TIMES
