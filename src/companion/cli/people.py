"""people: leaders, staff and hosts."""

import argparse
from dataclasses import asdict
from pathlib import Path

from companion.basics.clock import read_day
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.imported import add_table, said_imported
from companion.cli.out import say_json, table
from companion.programme import leaves
from companion.programme import people as verbs
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    people = group(commands, "people", t("leaders, staff and hosts"))
    add_table(verb(people, "import", _people_import, t("take people in from a table")))
    verb(people, "list", _people_list, t("everybody"))
    leave = verb(people, "leave", _leave, t("a time in which nothing is expected"))
    leave.add_argument("email", metavar="EMAIL")
    leave.add_argument("--from", dest="first", required=True, metavar="DAY")
    leave.add_argument("--to", dest="last", required=True, metavar="DAY")
    leave.add_argument("--kind", default="leave", metavar="WORD", help=t("a category, never a diagnosis"))


def _people_import(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        done = verbs.import_people(house, house.read_table(Path(options.file)), dry_run=options.dry_run)
    return said_imported(options, done)


def _people_list(options: argparse.Namespace) -> int:
    with house_of(options) as house, house.workspace(write=False) as tx:
        people = sorted(tx.people.all(), key=lambda person: (person.team, person.name))
    if options.json:
        say_json([asdict(person) for person in people])
    else:
        rows = [(p.name, p.email, p.team, p.role, "" if p.target is None else str(p.target)) for p in people]
        table(rows, (t("Name"), t("Address"), t("Team"), t("Role"), t("Target")))
    return 0


def _leave(options: argparse.Namespace) -> int:
    first, last = read_day(options.first, "--from"), read_day(options.last, "--to")
    with house_of(options) as house:
        leaves.put(house, options.email, first, last, options.kind)
    if options.json:
        say_json({"id": options.email})
    return 0
