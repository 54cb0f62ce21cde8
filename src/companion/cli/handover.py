"""people hand-over: what goes to whom when somebody leaves."""

import argparse
from dataclasses import asdict

from companion.basics.clock import read_day
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import problem_json, say, say_json, tell_all
from companion.programme import handover
from companion.words.handover import line
from companion.words.language import t


def add(people: Commands) -> None:
    """The command of this file."""
    handing = verb(people, "hand-over", _hand_over, t("what goes to whom when somebody leaves"))
    handing.add_argument("email", metavar="EMAIL")
    handing.add_argument("--to", default="", metavar="EMAIL", help=t("who follows; without, only seats are offered on"))
    handing.add_argument("--on", required=True, metavar="DAY", help=t("their last day"))
    handing.add_argument("--dry-run", action="store_true", help=t("only say what would be done"))


def _hand_over(options: argparse.Namespace) -> int:
    day = read_day(options.on, "--on")
    with house_of(options) as house:
        done = handover.hand_over(house, options.email, options.to, on=day, dry_run=options.dry_run)
    tell_all(done.problems)
    if options.json:
        say_json({
            "id": done.person.id, "to": done.to.id if done.to else "", "on": done.on, "dry_run": options.dry_run,
            "steps": [asdict(one) for one in done.steps], "problems": [problem_json(one) for one in done.problems],
        })  # fmt: skip
        return 0
    for one in done.steps:
        say(line(one.what, one.about, one.to, one.day))
    if not done.steps:
        say(t("{name} leaves nothing open.", name=done.person.name))
    say(t("Private notes are theirs alone: they take them along (companion notes export --all DIR) or delete them."))
    if options.dry_run:
        say(t("Nothing was changed."))
    return 0
