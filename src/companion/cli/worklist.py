"""worklist: what waits for whoever looks after the programme, oldest first."""

import argparse

from companion.basics.clock import day_of
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json
from companion.programme.ops import only_ops
from companion.programme.views.worklist import worklist
from companion.words.dates import short_day
from companion.words.language import t
from companion.words.worklist import kind


def add(commands: Commands) -> None:
    """The command of this file."""
    made = verb(commands, "worklist", _worklist, t("what waits for whoever looks after the programme"))
    made.add_argument("--kind", default="", metavar="K", help=t("only these: unknown, disputed, untold, …"))


def _worklist(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        with house.workspace(write=False) as tx:
            only_ops(house, tx)
        found = worklist(house)
        today = day_of(house.clock(), found.zone)
    items = [one for one in found.items if options.kind in ("", one.kind)]
    if options.json:
        say_json({"counts": found.counts, "names": found.names, "items": items})
        return 0
    if not items:
        say(t("Nothing waits for you."))
    for code in dict.fromkeys(one.kind for one in items):
        group = [one for one in items if one.kind == code]
        say(f"{kind(code)}: {len(group)}")
        for one in group:
            told = "  ".join(filter(None, (short_day(day_of(one.since, found.zone), today), one.title, one.about)))
            say(f"  {told}")
            if one.command:
                say(f"      {one.command}")
        say(f"  {group[0].what_to_do}")
    if not found.names and any(one.kind in ("unknown", "disputed", "untold") for one in items):
        say(t("Names show once the agreement on them is recorded: companion privacy agree."))
    return 0
