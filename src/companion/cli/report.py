"""report and statement."""

import argparse

from companion.basics.clock import read_day
from companion.cli.asking import Commands, house_of, verb
from companion.cli.documents import hand_on
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
        return hand_on(house, programme_report(house, options.period, as_of), options)


def _statement(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        return hand_on(house, statement(house, options.person, options.period), options)
