"""What is measured over CalDAV, on one Radicale that all variants share, and the week that comes of it."""

import shutil
import sys
from datetime import date
from pathlib import Path

from bench.measure import Variant, python
from bench.peers import Peers
from bench.radicale import Server
from bench.report import Goal, Trial
from bench.trials import PATH as ROOTED
from bench.trials import again

COMPANION = ("-m", "companion", "--home")
PATH = {**ROOTED, "COMPANION_SECRETS": "session"}  # a keyring would be measured, too, and only on our side
SYNC = ("sync", "Bench", "--password-stdin")
SHARED = "One Radicale in a process of its own, its cache warm; no keyring is asked for the password."


def companion(home: Path, *arguments: str) -> tuple[str, ...]:
    """The command line of the app on a profile, the whole process."""
    return (sys.executable, *COMPANION, str(home), *arguments)


def first(server: Server, laid: Path, folder: Path, peers: Peers, rounds: int) -> list[Trial]:
    """Goals 8 and 9: a calendar read for the first time."""
    title = f"first sync of {server.objects:,} objects"
    floor = Variant("raw httpx, extract, insert", "floor", python("dav_first_floor", server.url, folder / "floor.db"))
    work, whole = folder / "first", folder / "first-whole"
    ours = Variant(
        "Companion", "ours", python("sync_ours", work, "first", server.log), again(laid, work), PATH
    )  # fmt: skip
    process = Variant(
        "Companion, whole process", "ours as well", companion(whole, *SYNC), again(laid, whole), PATH, "bench\n"
    )  # fmt: skip
    variants = [floor, ours, process]
    goals = [Goal("cpu", floor.name, 5), Goal("wall", floor.name, 1.5, number="9")]
    if peers.has("vdirsyncer") and peers.has("khal"):
        home = Peers(peers.bin, folder / "peers-first")
        name = "vdirsyncer, then khal"

        def empty() -> None:
            shutil.rmtree(home.home, ignore_errors=True)
            home.lay_out(server.url)
            home.run("vdirsyncer", "discover")

        command = python("peers_first", peers.bin / "vdirsyncer", peers.bin / "khal")
        variants.append(Variant(name, "peer", command, empty, home.environment))
        goals += [
            Goal("cpu", name, 0.15, process.name), Goal("wall", name, 1, process.name, "9"), Goal("rss", name, 1),
        ]  # fmt: skip
    command = python("dav_caldav", server.url, "first", interpreter=str(peers.bin / "python"))
    variants.append(Variant("python-caldav", "peer", command))
    goals += [Goal("cpu", "python-caldav", 0.3), Goal("rss", "python-caldav", 1)]
    note = (
        f"{SHARED} Ours is the whole sync with its reading process, the gate and both stores; it keeps the customer "
        "meetings alone. The clock of vdirsyncer and khal is vdirsyncer's alone. RSS of ours: both processes together."
    )
    return [Trial("8", title, tuple(variants), tuple(goals), rounds, note, warm=0)]


def no_change(server: Server, laid: Path, folder: Path, peers: Peers, rounds: int) -> list[Trial]:
    """Goals 10 and 11: a calendar in which nothing has changed, inside the app and as a whole process."""
    inside, whole = folder / "inside", folder / "whole"
    for work in (inside, whole):
        again(laid, work)()
    floor = Variant("raw sync-collection", "floor", python("dav_floor", server.url, "-"))
    ours = Variant(
        "Companion", "ours", python("sync_ours", inside, "settled", server.log), environment=PATH
    )  # fmt: skip
    source = Variant("Companion, its source alone", "ours as well", python("dav_ours", server.url, folder / "cursor"))
    caldav = python("dav_caldav", server.url, "again", interpreter=str(peers.bin / "python"))
    peer = Variant("python-caldav", "peer", caldav)
    goals = (
        Goal("wall", floor.name, 1.3), Goal("cpu", peer.name, 2), Goal("requests", "", 1), Goal("rows", "", 2),
    )  # fmt: skip
    note = (
        f"{SHARED} In-app: everything is imported. Ours opens its connection, asks, and writes what it did into both "
        "stores; floor and peer ask only. `requests` are counted at the server, `rows` by SQLite: one row for where "
        "the sync stands and one for the run in the list a person can read."
    )
    title = f"CalDAV, {server.objects:,} objects, nothing changed"
    trials = [Trial("10", title, (floor, ours, source, peer), goals, rounds, note)]
    process = Variant("Companion, whole process", "ours", companion(whole, *SYNC), environment=PATH, says="bench\n")
    variants, more = [process], []
    if peers.has("vdirsyncer"):
        home = Peers(peers.bin, folder / "peers-again")
        home.lay_out(server.url)
        home.run("vdirsyncer", "discover")
        home.run("vdirsyncer", "--verbosity", "ERROR", "sync")
        command = (str(peers.bin / "vdirsyncer"), "--verbosity", "ERROR", "sync")
        variants.append(Variant("vdirsyncer", "peer", command, environment=home.environment))
        more = [Goal("wall", "vdirsyncer", 0.6), Goal("cpu", "vdirsyncer", 1)]
    note = f"{SHARED} From the start of the process to its end."
    title = f"the same as a whole process, {server.objects:,} objects"
    return [*trials, Trial("11", title, tuple(variants), tuple(more), rounds, note)]


def listing(home: Path, events: int, week: tuple[date, date], peers: Peers, rounds: int) -> list[Trial]:
    """Goal 12: a week out of many events, as a whole process."""
    days = [day.isoformat() for day in week]
    ours = Variant("Companion", "ours", companion(home, "meetings", "--from", days[0], "--to", days[1]))
    variants, goals = [ours], []
    if peers.has("khal"):
        command = (str(peers.bin / "khal"), "list", days[0], "7d")
        variants.append(Variant("khal list", "peer", command, environment=peers.environment))
        goals = [Goal("wall", "khal list", 0.25), Goal("cpu", "khal list", 0.25), Goal("rss", "khal list", 1.5)]
    note = f"Ours holds {events:,} customer meetings, the peer {events:,} events, indexed before. No server."
    return [Trial("12", f"list a week of {events:,} events", tuple(variants), tuple(goals), rounds, note)]
