"""targets: how many meetings a year are expected, and what is carried into the next one."""

import argparse

from companion.basics.clock import read_day
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.out import say, say_json, table
from companion.programme import targets as verbs
from companion.words.dates import short_day
from companion.words.language import t
from companion.words.targets import whose


def add(commands: Commands) -> None:
    """The commands of this file."""
    targets = group(commands, "targets", t("how many meetings a year are expected"))
    setting = verb(targets, "set", _set, t("from a day on, for a person or a role"))
    setting.add_argument("who", metavar="WHO", help=t("an address, a name, or role:NAME"))
    setting.add_argument("count", type=int, metavar="N")
    setting.add_argument("--from", dest="first", required=True, metavar="DAY")
    setting.add_argument("--reason", required=True, metavar="R")
    verb(targets, "list", _list, t("every target ever set, and what was carried"))
    carrying = verb(targets, "carry", _carry, t("what somebody is short of, into the next year; once in five years"))
    carrying.add_argument("who", metavar="WHO", help=t("an address or a name"))
    carrying.add_argument("count", type=int, nargs="?", metavar="N", help=t("how many; all they are short of"))
    carrying.add_argument("--period", default="last", metavar="P", help=t("the year they are short in (the last one)"))
    carrying.add_argument("--approver", required=True, metavar="EMAIL", help=t("who agreed to it"))
    carrying.add_argument("--reason", required=True, metavar="R")


def _set(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        first = read_day(options.first, "--from")
        target = verbs.set_target(house, options.who, options.count, first, options.reason)
    say_json({"id": target.who}) if options.json else say(t("Noted."))
    return 0


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        lines, carried = verbs.of_all(house), verbs.carried(house)
    if options.json:
        say_json({
            "targets": [
                {"who": line.target.who, "person": line.name, "role": line.role, "count": line.target.count,
                 "from": line.target.since, "reason": line.target.reason, "entered": line.target.entered,
                 "in_force": line.in_force}
                for line in lines
            ],
            "carried": [
                {"person": line.name, "count": line.carried.count, "from": line.carried.first,
                 "approver": line.carried.approver, "reason": line.carried.reason, "at": line.carried.at}
                for line in carried
            ],
        })  # fmt: skip
        return 0
    rows = [(whose(line.name, line.role), str(line.target.count), line.target.since.isoformat(),
             t("now") if line.in_force else "", line.target.reason) for line in lines]  # fmt: skip
    if not rows:
        say(t("No target of a role or a person is set. What the whole programme expects: companion programme show."))
    else:
        table(rows, (t("Who"), t("A year"), t("From"), "", t("Reason")))
    if carried:
        say("")
        more = [(line.name, str(line.carried.count), line.carried.first.isoformat(), line.carried.approver,
                 line.carried.reason) for line in carried]  # fmt: skip
        table(more, (t("Carried"), t("Meetings"), t("Into the year from"), t("Agreed by"), t("Reason")))
    return 0


def _carry(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.carry(house, options.who, options.period, options.approver, options.reason, options.count)
    if options.json:
        say_json({"id": made.person_id, "count": made.count, "from": made.first})
    else:
        say(t("{count} carried into the year from {day}.", count=made.count, day=short_day(made.first)))
    return 0
