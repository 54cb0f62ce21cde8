"""years: closed years, and what changed in them since."""

import argparse
from typing import Any

from companion.attendance.amending import Amendment
from companion.attendance.board import Board
from companion.attendance.closing import Closing
from companion.basics.clock import day_of
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.out import say, say_json, table
from companion.programme import years as verbs
from companion.programme.model import House
from companion.words.attendance import directors, standing_word, why
from companion.words.language import t, tn
from companion.words.years import amended, closed_line, period_name


def add(commands: Commands) -> None:
    """The commands of this file."""
    years = group(commands, "years", t("closed years, and what changed in them since"))
    closing = verb(years, "close", _close, t("freeze the figures of a year that is over"))
    closing.add_argument("period", metavar="P", help="2026 | 2026-04..2027-03 | last")
    closing.add_argument("--reason", required=True, metavar="R")
    closing.add_argument("--early", action="store_true", help=t("though it still runs"))
    verb(years, "list", _list, t("the closed years"))
    for name, run, text in (
        ("show", _show, t("the figures as they were told")),
        ("amendments", _amendments, t("what is another figure now, and because of what")),
    ):
        verb(years, name, run, text).add_argument("period", metavar="P")


def _close(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.close(house, options.period, options.reason, early=options.early)
    if options.json:
        say_json({"id": made.label, "sentence": made.body["sentence"]})
    else:
        say(t("{year} is closed. {sentence}", year=made.label, sentence=made.body["sentence"]))
    return 0


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found, people, zone = verbs.closed(house), _names(house), _zone(house)
    if options.json:
        say_json([_closing_json(one) for one in found])
    elif not found:
        say(t("No year is closed yet."))
    for one in () if options.json else found:
        name = period_name(one.label, one.first, one.last)
        say(closed_line(name, day_of(one.at, zone), people.get(one.by, one.by), one.reason))
        say(f"  {one.body['sentence']}")
    return 0


def _show(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found, seen = verbs.shown(house, options.period), verbs.seen(house)
        customers, people, zone = _customers(house), _names(house), _zone(house)
    rows = [row for row in found.rows if seen(row.person.id)]
    closing = found.closing
    if closing is None:
        return 1
    if options.json:
        say_json({
            **_closing_json(closing), "rules": closing.body["rules"],
            "rows": [
                {"person": row.person.name, "email": row.person.email, "team": row.person.team,
                 "target": row.standing.target, "expected": row.standing.expected, "done": row.standing.heard,
                 "completed": row.standing.completed, "flag": row.standing.flag}
                for row in rows
            ],
            "amendments": _amended_json(found, seen, customers),
        })  # fmt: skip
        return 0
    name = period_name(closing.label, closing.first, closing.last)
    say(closed_line(name, day_of(closing.at, zone), people.get(closing.by, closing.by), closing.reason))
    say(directors(found.facts))
    say("")
    cells = [
        (row.person.team, row.person.name or t("somebody who is gone"),
         t("{heard} of {expected}", heard=row.standing.heard, expected=row.standing.expected),
         str(row.standing.completed), standing_word(row.standing, over=True))
        for row in rows
    ]  # fmt: skip
    table(cells, (t("Team"), t("Leader"), t("Heard"), t("Completed"), t("State")))
    _say_amended(found, rows=[one for one in found.amendments if seen(one.person_id)], customers=customers)
    return 0


def _amendments(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found, seen, customers = verbs.shown(house, options.period), verbs.seen(house), _customers(house)
    if options.json:
        say_json(_amended_json(found, seen, customers))
        return 0
    changes = [one for one in found.amendments if seen(one.person_id)]
    if not changes:
        say(t("Nothing changed since {year} was closed.", year=found.period.label))
    _say_amended(found, changes, customers)
    return 0


def _say_amended(found: Board, rows: list[Amendment], customers: dict[str, str]) -> None:
    names = {row.person.id: row.person.name for row in found.rows}
    if rows:
        say("")
        say(tn("{count} figure is amended:", "{count} figures are amended:", len(rows)))
    for one in rows:
        because = " ".join(why(reason.code, reason.facts, customers) for reason in one.because)
        say(f"  {names.get(one.person_id) or t('somebody')}: {amended(one.cell, one.old, one.new)}. {because}")


def _amended_json(found: Board, seen: verbs.Seen, customers: dict[str, str]) -> list[dict[str, Any]]:
    names = {row.person.id: row.person.name for row in found.rows}
    return [
        {"person": names.get(one.person_id, ""), "id": one.person_id, "figure": one.cell, "old": one.old,
         "new": one.new, "because": [why(reason.code, reason.facts, customers) for reason in one.because]}
        for one in found.amendments if seen(one.person_id)
    ]  # fmt: skip


def _closing_json(one: Closing) -> dict[str, Any]:
    return {"id": one.label, "first": one.first, "last": one.last, "at": one.at, "by": one.by, "reason": one.reason,
            "sentence": one.body["sentence"]}  # fmt: skip


def _customers(house: House) -> dict[str, str]:
    with house.workspace(write=False) as tx:
        return {one.id: one.name for one in tx.customers.all()}


def _names(house: House) -> dict[str, str]:
    with house.workspace(write=False) as tx:
        return {address: person.name for person in tx.people.all() for address in person.addresses}


def _zone(house: House) -> str:
    with house.workspace(write=False) as tx:
        return tx.programme.get().zone
