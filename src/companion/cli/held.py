"""held: what is held about me."""

import argparse
from pathlib import Path

from companion.basics.paths import write_whole
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json, table
from companion.programme.held import HeldAboutPerson, document, held_about, limits
from companion.words.language import t


def add(commands: Commands) -> None:
    """The command of this file."""
    made = verb(commands, "held", _held, t("what is held about me, in the workspace and on this computer"))
    made.add_argument("--for", dest="person", default="", metavar="PERSON", help=t("somebody else; how much, for ops"))
    made.add_argument("--html", metavar="F", help=t("as a page to keep"))


def _held(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = held_about(house, options.person)
        with house.workspace(write=False) as tx:
            zone = tx.programme.get().zone
        if options.html:
            write_whole(Path(options.html), house.render_report(document(found, zone)).html.encode())
    if options.json:
        say_json(as_json(found))
    else:
        say(t("What is held about {name}", name=found.person.name))
        rows = [(section.title, str(section.count), section.about) for section in found.sections]
        table(rows, (t("What"), t("Entries"), ""))
        for line in limits(found):
            say(line)
    return 0


def as_json(found: HeldAboutPerson) -> dict[str, object]:
    """All of it for programs."""
    return {
        "person": {"name": found.person.name, "email": found.person.email}, "at": found.at,
        "sections": [
            {
                "key": section.key, "title": section.title, "device": section.here, "count": section.count,
                "tables": [
                    {"table": one.table, "count": one.count, "rows": [dict(row) for row in one.raw]}
                    for one in section.tables if one.count
                ],
            }
            for section in found.sections
        ],
        "nothing_in": list(found.nothing_in), "limits": limits(found),
    }  # fmt: skip
