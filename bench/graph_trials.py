"""What is measured of a mailbox at Microsoft Graph: read for the first time, and with nothing new in it."""

from pathlib import Path

from bench.graph import Server
from bench.measure import Variant, python
from bench.report import Goal, Trial
from bench.trials import PATH, again

CANNED = (
    "One canned server on loopback, plain http, no sign-in: it answers at once, so that what is left is the app's own "
    "work. Against a real tenant the server's time decides."
)


def first(server: Server, laid: Path, work: Path, count: int, rounds: int) -> Trial:
    """A mailbox read for the first time."""
    floor = Variant("parse, hash, insert", "floor", python("graph_floor", server.url, work.with_suffix(".db")))
    ours = Variant(
        "Companion", "ours", python("sync_graph", work, "first", server.log), again(laid, work), PATH
    )  # fmt: skip
    goals = (Goal("cpu", floor.name, 5), Goal("first", "", 2))
    note = (
        f"{CANNED} Ours is the whole sync with its reading process, the gate and both stores, and a delta round that "
        "buys the link for later. `first`: requests until the nearest weeks can be shown."
    )
    return Trial("", f"Graph, first sync of {count:,} events", (floor, ours), goals, rounds, note, warm=0)


def no_change(server: Server, laid: Path, work: Path, count: int, rounds: int) -> Trial:
    """A mailbox in which nothing has changed."""
    again(laid, work)()
    floor = Variant("one delta request", "floor", python("graph_floor", server.url, "-"))
    ours = Variant("Companion", "ours", python("sync_graph", work, "settled", server.log), environment=PATH)
    goals = (Goal("requests", "", 1), Goal("rows", "", 2))
    return Trial("", f"Graph, {count:,} events, nothing changed", (floor, ours), goals, rounds, CANNED)
