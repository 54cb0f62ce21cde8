"""seats import, imports, undo-import and export."""

import argparse
from pathlib import Path
from typing import Any

from companion.basics.clock import read_day
from companion.cli.asking import house_of, verb
from companion.cli.out import problem_json, say, say_json, table, tell_all
from companion.programme.attendance_import import Change, bring, imports, undo
from companion.programme.reports import save, seat_tables
from companion.words.desk import moment
from companion.words.language import t, tn


def add(seats: Any) -> None:
    """The commands of this file."""
    past = verb(seats, "import", _import, t("past attendance from a table"))
    past.add_argument("file", metavar="F.csv")
    past.add_argument("--dry-run", action="store_true", help=t("only say, row by row, what would change"))
    past.add_argument("--make-meetings", action="store_true", help=t("a past day without a known meeting becomes one"))
    verb(seats, "imports", _imports, t("what was brought in, and by whom"))
    back = verb(seats, "undo-import", _undo, t("take back what one import brought"))
    back.add_argument("batch", metavar="ID")
    back.add_argument("--reason", default="", metavar="R")
    out = verb(seats, "export", _export, t("every seat of a period with its evidence, as .csv or .xlsx"))
    out.add_argument("file", metavar="F")
    out.add_argument("--period", default="", metavar="P", help="2026 | 2026-04..2027-03 | rolling")
    out.add_argument("--as-of", default="", metavar="DAY", help=t("as it was known on that day"))


def _import(options: argparse.Namespace) -> int:
    path = Path(options.file)
    with house_of(options) as house:
        brought = bring(
            house, house.read_table(path), name=path.name, dry_run=options.dry_run, make_meetings=options.make_meetings
        )
    tell_all(brought.problems)
    if options.json:
        say_json({
            "id": [change.evidence.id for change in brought.fresh], "batch": brought.batch,
            "rows": [_row(change) for change in brought.changes],
            "new": brought.new, "known": brought.known, "by_name": brought.by_name,
            "problems": [problem_json(problem) for problem in brought.problems],
        })  # fmt: skip
    else:
        if options.dry_run and brought.changes:
            table([_told(change) for change in brought.changes],
                  (t("Row"), t("Person"), t("Customer"), t("Day"), t("Before"), t("After"), ""))  # fmt: skip
        say(tn("{count} new statement", "{count} new statements", brought.new))
        if not brought.by_name:
            say(tn("{count} row was known already.", "{count} rows were known already.", brought.known))
            say(t("What comes of each row is told once the agreement for names is recorded."))
        if brought.batch:
            say(t("To take it back: companion seats undo-import {batch}", batch=brought.batch[:8]))
    return 1 if brought.problems and not brought.new else 0


def _row(change: Change) -> dict[str, object]:
    return {
        "row": change.row, "person": change.person, "customer": change.customer, "day": change.day,
        "says": change.says, "before": change.old, "after": change.then, "new": change.new,
        "makes_meeting": change.makes_meeting,
    }  # fmt: skip


def _told(change: Change) -> tuple[str, ...]:
    note = t("known already") if not change.new else t("with a new meeting") if change.makes_meeting else ""
    return (str(change.row), change.person, change.customer, change.day.isoformat(), change.old, change.then, note)


def _imports(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = imports(house)
        with house.workspace(write=False) as tx:
            zone = tx.programme.get().zone
    if options.json:
        say_json(found)
    else:
        rows = [
            (one.id[:8], moment(one.at, zone), one.by, one.name, str(one.statements),
             t("taken back {moment}", moment=moment(one.withdrawn, zone)) if one.withdrawn else "")
            for one in found
        ]  # fmt: skip
        table(rows, (t("Id"), t("When"), t("By"), t("File"), t("Statements"), ""))
    return 0


def _undo(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        count = undo(house, options.batch, options.reason)
    if options.json:
        say_json({"id": options.batch, "withdrawn": count})
    else:
        say(tn("{count} statement taken back; it says nothing any more.",
               "{count} statements taken back; they say nothing any more.", count))  # fmt: skip
    return 0


def _export(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = seat_tables(house, options.period, read_day(options.as_of, "--as-of") if options.as_of else None)
        is_book = options.file.lower().endswith(".xlsx")
        written = save(house, made, xlsx=options.file if is_book else "", csv="" if is_book else options.file)
    if options.json:
        say_json({"files": [str(path) for path in written], "rows": len(made.sheets[0].rows)})
    else:
        for path in written:
            say(str(path))
    return 0
