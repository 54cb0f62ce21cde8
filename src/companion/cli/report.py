"""report and statement."""

import argparse
from dataclasses import asdict
from pathlib import Path

from companion.basics.clock import read_day
from companion.basics.paths import write_whole
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json
from companion.programme.document import Document
from companion.programme.model import House
from companion.programme.programme_report import programme_report
from companion.programme.statement import statement
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    report = verb(commands, "report", _report, t("the programme on one page, for directors and auditors"))
    report.add_argument("--period", default="", metavar="P", help="2026 | 2026-04..2027-03 | rolling")
    report.add_argument("--as-of", default="", metavar="DAY", help=t("as it was known on that day"))
    own = verb(commands, "statement", _statement, t("my meetings, what counted, what did not, and why"))
    own.add_argument("person", nargs="?", default="", metavar="PERSON", help=t("somebody else, where names are shown"))
    own.add_argument("--period", default="", metavar="P", help="2026 | 2026-04..2027-03 | rolling")
    for made in (report, own):
        made.add_argument("--html", default="", metavar="F")
        made.add_argument("--pdf", default="", metavar="F")
        made.add_argument("--md", default="", metavar="F")


def _report(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        as_of = read_day(options.as_of, "--as-of") if options.as_of else None
        return _hand_on(house, programme_report(house, options.period, as_of), options)


def _statement(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        return _hand_on(house, statement(house, options.person, options.period), options)


def _hand_on(house: House, made: Document, options: argparse.Namespace) -> int:
    """Write the forms that were asked for; where none was, say it as text."""
    page = house.render_report(made)
    if options.html:
        write_whole(Path(options.html), page.html.encode())
    if options.md:
        write_whole(Path(options.md), page.markdown.encode())
    if options.pdf:
        write_whole(Path(options.pdf), house.render_pdf(page.paper))
    if options.json:
        say_json(asdict(made))
    elif not (options.html or options.pdf or options.md):
        say(page.markdown.rstrip())
    return 0
