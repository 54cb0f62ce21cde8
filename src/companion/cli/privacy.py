"""privacy: the data sheet, and the agreement behind names."""

import argparse

from companion.basics.clock import read_day
from companion.basics.errors import Problem
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.documents import hand_on
from companion.cli.out import say, say_json
from companion.programme.ageing import aged
from companion.programme.agreement import Agreement, agreement, record, take_back
from companion.programme.data_sheet import data_sheet
from companion.words.held import old
from companion.words.language import LANGUAGES, t
from companion.words.privacy import agreement as said


def add(commands: Commands) -> None:
    """The commands of this file."""
    privacy = group(commands, "privacy", t("what the programme holds about people, and under which agreement"))
    sheet = verb(privacy, "sheet", _sheet, t("the data sheet for a works council, from the settings in force"))
    sheet.add_argument("--language", choices=LANGUAGES, default="en")
    for form in ("html", "pdf", "md"):
        sheet.add_argument(f"--{form}", metavar="F", default="")
    verb(privacy, "retention", _retention, t("what is older than the policy keeps it; nothing is deleted"))
    agree = verb(privacy, "agree", _agree, t("record the agreement or policy under which ops see names"))
    agree.add_argument("--text", default="", metavar="NAME", help=t("as your firm calls it: Works agreement 12/2026"))
    agree.add_argument("--on", default="", metavar="DAY", help=t("since when it holds"))
    agree.add_argument("--take-back", action="store_true", help=t("nobody sees others by name from now on"))
    agree.add_argument("--reason", default="", metavar="R", help=t("why it is taken back"))


def _sheet(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        return hand_on(house, data_sheet(house, options.language), options)


def _retention(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = aged(house)
    if options.json:
        say_json(found)
        return 0
    for one in found:
        say(old(one.what, one.before, one.count, one.people))
    say(t("Nothing was deleted: this only counts."))
    return 0


def _agree(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        if options.take_back:
            take_back(house, options.reason)
        elif options.text or options.on:
            if not options.on:
                raise Problem("agreement_dayless")
            record(house, options.text, read_day(options.on, "--on"))
        found: Agreement = agreement(house)
    if options.json:
        say_json({"text": found.text, "on": found.on, "by": found.by, "needed": found.needed})
    else:
        say(said(shared=found.needed, agreed=found.text, on=found.on, by=found.by))
    return 0
