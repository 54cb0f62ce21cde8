"""How commands speak: rows of text or JSON on standard output, problems and progress on standard error."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.words.language import t
from companion.words.problems import sentence


def say(text: str) -> None:
    """One line for people."""
    print(text)


def say_json(value: Any) -> None:
    """One JSON document for programs."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=plain))


def plain(value: Any) -> Any:
    """A value as JSON: instants in ISO 8601 with offset."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def tell(problem: Problem, where: str = "") -> None:
    """A problem's sentence on standard error."""
    print(sentence(problem, where), file=sys.stderr)


def warn(text: str) -> None:
    """One line on standard error."""
    print(text, file=sys.stderr)


def tell_all(problems: Iterable[Problem], where: str = "") -> None:
    """Every problem's sentence on standard error; `where` as in `words.problems.sentence`."""
    for problem in problems:
        tell(problem, where)


def problem_json(problem: Problem, where: str = "") -> dict[str, Any]:
    """A problem as JSON: code, facts and its sentence."""
    return {"code": problem.code, "facts": problem.facts, "sentence": sentence(problem, where)}


def storing_nothing(verb: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """A command that only looks: stopped or refused, it does not speak of what stays."""

    def run(options: Namespace) -> int:
        try:
            return verb(options)
        except Problem as problem:
            end_progress()
            tell(problem, "look")
            return 1
        except (KeyboardInterrupt, Cancelled):
            end_progress()
            warn(t("Stopped. Nothing was stored."))
            return 130

    return run


def table(rows: Sequence[Sequence[str]], header: Sequence[str]) -> None:
    """Rows in columns as wide as their longest text; the last column is not padded."""
    everything = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(len(row[at]) for row in everything) for at in range(len(header))]
    for row in everything:
        cells = [text.ljust(width) for text, width in zip(row[:-1], widths, strict=False)]
        say("  ".join([*cells, row[-1]]).rstrip())


def progress() -> Ticket:
    """A ticket that reports on standard error where that is a terminal."""
    words = {
        "reading": t("Reading"), "crossing": t("Taking in"), "delivering": t("Delivering"),
        "publishing": t("Publishing"), "listing": t("Listing"), "joined": t("Looking for join reports"),
        "free": t("Asking who is free"), "weekly": t("Laying out the weekly mails"),
    }  # fmt: skip

    def report(what: str, done: int, total: int) -> None:
        if sys.stderr.isatty() and what:
            count = f"{done}/{total}" if total else (str(done) if done else "")
            print(f"\r\033[K{words.get(what, what)} {count}", end="", file=sys.stderr, flush=True)

    return Ticket(report)


def end_progress() -> None:
    """Clear the progress line."""
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
