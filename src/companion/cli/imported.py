"""Tables that come in and go out: what a command says of them."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from companion.cli.out import problem_json, say, say_json, tell_all
from companion.programme.model import House
from companion.words.language import t, tn


def add_table(parser: argparse.ArgumentParser) -> None:
    """F.csv and --dry-run."""
    parser.add_argument("file", metavar="F.csv")
    parser.add_argument("--dry-run", action="store_true", help=t("say what would change, change nothing"))


def said_imported(options: argparse.Namespace, done: Any) -> int:
    """What a table brought in; 1 where nothing could be taken from it. Has `added`, `changed`, `same`, `problems`."""
    nothing = bool(done.problems) and not (done.added or done.changed or done.same)
    tell_all(done.problems)
    if options.json:
        problems = [problem_json(item) for item in done.problems]
        say_json({"added": done.added, "changed": done.changed, "same": done.same, "problems": problems,
                  "dry_run": options.dry_run})  # fmt: skip
    elif not nothing:
        if options.dry_run:
            for label in done.added:
                say(f"+ {label}")
            for label in done.changed:
                say(f"~ {label}")
        count = len(done.added)
        say(tn("{count} added", "{count} added", count) + t(", {changed} changed, {same} as before",
            changed=len(done.changed), same=done.same))  # fmt: skip
    return 1 if nothing else 0


def write_table(options: argparse.Namespace, house: House, header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Write a table and say how many rows it has."""
    house.write_csv(Path(options.file), header, rows)
    if options.json:
        say_json({"file": options.file, "rows": len(rows)})
    else:
        say(tn("{count} row in {file}", "{count} rows in {file}", len(rows), file=options.file))
    return 0
