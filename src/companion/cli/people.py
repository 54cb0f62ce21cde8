"""people: leaders, staff and hosts."""

import argparse
from dataclasses import asdict
from pathlib import Path

from companion.basics.clock import read_day
from companion.cli import handover
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.imported import add_table, said_imported
from companion.cli.out import say, say_json, table
from companion.programme import leaves
from companion.programme import people as verbs
from companion.programme.policy import set_share
from companion.words.language import t
from companion.words.targets import leave_kind


def add(commands: Commands) -> None:
    """The commands of this file."""
    people = group(commands, "people", t("leaders, staff and hosts"))
    handover.add(people)
    add_table(verb(people, "import", _people_import, t("take people in from a table")))
    verb(people, "list", _people_list, t("everybody"))
    leave = verb(people, "leave", _leave, t("a time in which nothing is expected"))
    leave.add_argument("email", metavar="EMAIL")
    leave.add_argument("--from", dest="first", required=True, metavar="DAY")
    leave.add_argument("--to", dest="last", metavar="DAY")
    leave.add_argument("--kind", default="leave", metavar="WORD",
                       help=t("leave, role change or other; never a diagnosis"))  # fmt: skip
    leave.add_argument("--drop", action="store_true", help=t("take back the one that begins on that day"))
    verb(people, "leaves", _leaves, t("the times of leave you may see"))
    share = verb(people, "share", _share, t("what part of full time somebody works"))
    share.add_argument("email", metavar="EMAIL")
    share.add_argument("percent", type=int, metavar="PERCENT")
    share.add_argument("--reason", required=True, metavar="R")


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
    first = read_day(options.first, "--from")
    with house_of(options) as house:
        if options.drop:
            leaves.drop(house, options.email, first)
        else:
            last = read_day(options.last or "", "--to")
            leaves.put(house, options.email, first, last, options.kind)
    if options.json:
        say_json({"id": options.email})
    return 0


def _leaves(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        lines = leaves.all_of(house)
    if options.json:
        say_json([{"person": line.person.name, "email": line.person.email, "from": line.leave.start,
                   "to": line.leave.end, "kind": line.leave.kind} for line in lines])  # fmt: skip
    else:
        rows = [(line.person.name, line.leave.start.isoformat(), line.leave.end.isoformat(),
                 leave_kind(line.leave.kind)) for line in lines]  # fmt: skip
        table(rows, (t("Name"), t("From"), t("To"), t("Kind")))
    return 0


def _share(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        person = set_share(house, options.email, options.percent, options.reason)
        with house.workspace(write=False) as tx:
            counts = tx.programme.get().part_time
    if options.json:
        say_json({"id": person.id, "share": person.share, "counts": counts})
    elif not counts:
        say(t("Noted. It changes nothing that is expected: the programme does not count part time."))
    else:
        say(t("Noted."))
    return 0
