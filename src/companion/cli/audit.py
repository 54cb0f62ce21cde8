"""audit: who changed what people are counted by, when, from what to what, and why."""

import argparse
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

from companion.basics.clock import read_day
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json, table
from companion.programme.audits import Audit, entries, rows
from companion.words.audit import from_to, reason, stands, what
from companion.words.language import t, tn

_FEW = 100  # lines on a terminal


def add(commands: Commands) -> None:
    """The command of this file."""
    made = verb(commands, "audit", _audit, t("who changed what people are counted by, and why"))
    made.add_argument("--since", metavar="DAY")
    made.add_argument("--until", metavar="DAY", help=t("the last day"))
    made.add_argument("--who", default="", metavar="EMAIL", help=t("who did it, or whom it is about"))
    made.add_argument("--what", default="", metavar="CODE", help=t("seat, target, leave, person, programme, …"))
    made.add_argument("--all", action="store_true", help=t("all of it, not only the last hundred lines"))
    made.add_argument("--csv", default="", metavar="F", help=t("all of it as a table"))


def _audit(options: argparse.Namespace) -> int:
    since = read_day(options.since, "--since") if options.since else None
    until = read_day(options.until, "--until") if options.until else None
    with house_of(options) as house:
        found = entries(house, since, until, options.who, options.what)
        if options.csv:
            head, made = rows(found, what)
            house.write_csv(Path(options.csv), head, made)
    if options.json:
        say_json({"hidden": found.hidden, "lines": [asdict(one) for one in found.lines]})
        return 0
    if options.csv:
        say(tn("{count} line written to {path}.", "{count} lines written to {path}.", len(found.lines),
               path=options.csv))  # fmt: skip
    else:
        _say(found, len(found.lines) if options.all else _FEW)
    if found.mine:
        say(stands(len(found.lines), mine=True))
    if found.hidden:
        say(hidden(found.hidden))
    return 0


def _say(found: Audit, most: int) -> None:
    shown = [
        (f"{one.at.astimezone(ZoneInfo(found.zone)):%Y-%m-%d %H:%M}", one.who or "—", what(one.what),
         "; ".join(one.about), from_to(one.what, one.old, one.new), reason(one.why))
        for one in found.lines[:most]
    ]  # fmt: skip
    if not shown:
        say(t("No change is noted here."))
        return
    table(shown, (t("When"), t("Who"), t("What"), t("About"), t("From and to"), t("Why")))
    left = len(found.lines) - most
    if left > 0:
        say(tn("{count} earlier line: --all shows it.", "{count} earlier lines: --all shows them.", left))


def hidden(count: int) -> str:
    """What is said of lines that are about people whose figures may not be shown by name."""
    return tn(
        "{count} more line is about somebody else; it shows once the agreement on names is recorded.",
        "{count} more lines are about other people; they show once the agreement on names is recorded.",
        count,
    )
