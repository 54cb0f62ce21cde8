"""board."""

import argparse
from typing import Any

from companion.attendance.board import Board
from companion.basics.clock import read_day
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.out import say, say_json, table
from companion.programme.reports import board_tables, save
from companion.programme.targets import set_target
from companion.programme.views.board import board
from companion.words.attendance import directors, flag, why
from companion.words.dates import short_day
from companion.words.language import t, tn


def add(commands: Commands) -> None:
    """The command of this file."""
    made = verb(commands, "board", _board, t("who has heard a customer, who is coming, what is needed"))
    made.add_argument("--period", default="", metavar="P", help="2026 | 2026-04..2027-03 | rolling")
    made.add_argument("--as-of", metavar="DAY", help=t("as it was known on that day"))
    made.add_argument("--csv", default="", metavar="F", help=t("the rows; what they mean is written beside it"))
    made.add_argument("--xlsx", default="", metavar="F", help=t("with teams, customers, and what they mean"))
    targets = group(commands, "targets", t("how many meetings a year are expected"))
    setting = verb(targets, "set", _target, t("from a day on, for a person or a role"))
    setting.add_argument("who", metavar="WHO", help=t("an address, a name, or role:NAME"))
    setting.add_argument("count", type=int, metavar="N")
    setting.add_argument("--from", dest="first", required=True, metavar="DAY")
    setting.add_argument("--reason", required=True, metavar="R")


def _target(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        target = set_target(house, options.who, options.count, read_day(options.first, "--from"), options.reason)
    say_json({"id": target.who}) if options.json else say(t("Noted."))
    return 0


def _board(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = board(house, options.period, read_day(options.as_of, "--as-of") if options.as_of else None)
        with house.workspace(write=False) as tx:
            customers = {customer.id: customer.name for customer in tx.customers.all()}
        if options.csv or options.xlsx:
            as_of = read_day(options.as_of, "--as-of") if options.as_of else None
            save(house, board_tables(house, options.period, as_of), csv=options.csv, xlsx=options.xlsx)
    if options.json:
        say_json(board_json(found, customers))
    else:
        _print(found, customers)
    return 0


def board_json(found: Board, customers: dict[str, str]) -> dict[str, Any]:
    """The board as the command answers it."""
    return {
        "period": {"first": found.period.first, "last": found.period.last, "label": found.period.label},
        "as_of": found.as_of, "target": found.totals.expected, "sentence": directors(found.facts),
        "unknown": found.unknown_count, "open_reviews": [meeting.id for meeting in found.open_reviews],
        "rows": [
            {
                "person": row.person.name, "email": row.person.email, "team": row.person.team,
                "target": row.standing.target, "expected": row.standing.expected, "done": row.standing.heard,
                "completed": row.standing.completed, "coming": row.standing.coming, "needs": row.standing.needs,
                "flag": row.standing.flag, "why": [why(r.code, r.facts, customers) for r in row.standing.why],
            }
            for row in found.rows
        ],
    }  # fmt: skip


def _print(found: Board, customers: dict[str, str]) -> None:
    say(t("Board, {period}", period=found.period.label))
    say(directors(found.facts))
    say("")
    rows = []
    for row in found.rows:
        s = row.standing
        last = f"{customers.get(s.last.customer_id, '')}, {short_day(s.last.start.date())}" if s.last else t("not yet")
        coming = f"{customers.get(s.next.customer_id, '')}, {short_day(s.next.start.date())}" if s.next else t("none")
        heard = t("{heard} of {expected}", heard=s.heard, expected=s.expected)
        rows.append((row.person.team, row.person.name, heard, last, coming, flag(s.flag)))
    table(rows, (t("Team"), t("Leader"), t("Heard"), t("Last heard"), t("Next"), t("What is needed")))
    if found.unknown_count:
        say("")
        say(tn("{count} past seat has no record and counts for nobody.",
               "{count} past seats have no record and count for nobody.", found.unknown_count))  # fmt: skip
