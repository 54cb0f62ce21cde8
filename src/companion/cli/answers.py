"""answers."""

import argparse
from dataclasses import asdict

from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.out import say, say_json, table
from companion.programme import answers as verbs
from companion.programme import outbox
from companion.takeaways.answering import KINDS
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    answers = group(commands, "answers", t("what readers answered"))
    verb(answers, "list", _list, t("all answers"))
    new = verb(answers, "add", _add, t("answer a takeaway"))
    new.add_argument("takeaway", metavar="TAKEAWAY")
    new.add_argument("--kind", default="question", choices=KINDS)
    new.add_argument("--text", required=True, metavar="TEXT")
    new.add_argument("--only-author", action="store_true", help=t("shown to the author alone"))


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house, house.workspace(write=False) as tx:
        found = tx.takeaways.answers()
    if options.json:
        say_json([asdict(answer) for answer in found])
    else:
        table([(a.takeaway_id[:8], a.kind, a.name, a.text) for a in found],
              (t("Takeaway"), t("Kind"), t("From"), t("Answer")))  # fmt: skip
    return 0


def _add(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.answer(house, options.takeaway, options.kind, options.text, named=not options.only_author)
        outbox.republish(house)
    say_json({"id": made.id}) if options.json else say(t("Answered."))
    return 0
