"""One takeaway told through seven channels, against posting ready bodies with the same libraries."""

from pathlib import Path

from bench.channels import Servers
from bench.measure import Variant, python
from bench.report import Goal, Trial
from bench.trials import PATH

_NOTE = (
    "Site, folder, mail by SMTP and by Graph, Teams by webhook and by Graph, Slack; canned servers on loopback, plain, "
    "which answer at once. Ours makes every text, card and page anew and checks addresses and answers; the floor sends "
    "bodies that lie ready, over new connections too, and writes two files; it cleans and flushes nothing."
)


def channels(servers: Servers, folder: Path, rounds: int) -> Trial:
    """Ours against the floor."""
    ports = (servers.web, servers.mail)
    floor = Variant("posting what lies ready", "floor", python("channels_floor", *ports, folder / "floor"))
    ours = Variant("Companion", "ours", python("channels_ours", *ports, folder / "ours"), environment=PATH)
    goals = (Goal("cpu", floor.name, 10),)
    return Trial("", "one takeaway to seven channels", (ours, floor), goals, rounds, _NOTE)
