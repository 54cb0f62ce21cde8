"""What several commands take: days, a password on standard input, files of text."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from companion.basics.clock import read_day
from companion.basics.errors import Problem
from companion.basics.paths import find_home
from companion.calendars.model import Window
from companion.cli.out import tell_all
from companion.programme.model import House
from companion.words.language import t

Commands = Any  # argparse keeps the type of sub-parsers to itself


@contextmanager
def house_of(options: argparse.Namespace, *, collector: bool = False) -> Iterator[House]:
    """The opened profile of this command; `collector`: with the mailboxes that the firm's app reads as itself."""
    from companion.bootstrap import opened

    with opened(find_home(options.home), collector=collector) as house:
        refused: Problem | None = None
        try:
            yield house
        except Problem as problem:
            refused = problem
            raise
        finally:
            tell_all(notice for notice in house.notices if notice is not refused)


def verb(commands: Commands, name: str, run: Any, text: str, *, json: bool = True) -> argparse.ArgumentParser:
    """One sub-command."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    made.set_defaults(run=run)
    if json:
        made.add_argument("--json", action="store_true", help=t("answer in JSON"))
    return made


def group(commands: Commands, name: str, text: str) -> Commands:
    """A noun whose verbs follow it."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    return made.add_subparsers(dest="verb", metavar="VERB", required=True)


def add_days(parser: argparse.ArgumentParser) -> None:
    """--from and --to."""
    parser.add_argument("--from", dest="first", metavar="DAY", help=t("first day, as 2026-11-21"))
    parser.add_argument("--to", dest="last", metavar="DAY", help=t("last day"))


def days_of(options: argparse.Namespace, default: Window) -> Window:
    """The days asked for; what was left out comes from `default`."""
    first: date = read_day(options.first, "--from") if options.first else default.first
    last: date = read_day(options.last, "--to") if options.last else default.last
    if last < first:
        raise Problem("days_reversed", start=first.isoformat(), end=last.isoformat())
    return Window(first, last)


def text_of(path: str) -> str:
    """A text file, or standard input for "-"; Problem `file_missing`, `file_unreadable`."""
    if path == "-":
        return sys.stdin.read()
    try:
        return Path(path).read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise Problem("file_missing", path=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("file_unreadable", path=path, reason=type(error).__name__) from error
