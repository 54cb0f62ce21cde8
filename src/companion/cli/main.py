"""The command line: parse, open the house, run one verb, say what came of it."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import companion
from companion.basics.errors import Problem
from companion.basics.paths import find_home
from companion.basics.progress import Cancelled
from companion.cli import board, calendars, channels, demo, keep, meetings, notes, people, rules, takeaways
from companion.cli.out import end_progress, tell
from companion.words.language import t

Verb = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """The whole grammar; every sub-command names its verb in `run`."""
    top = argparse.ArgumentParser(
        prog="companion", description=t("Keeps back-office leaders in touch with real customers.")
    )
    top.add_argument("--home", metavar="DIR", help=t("the profile's folder (else COMPANION_HOME, else your own)"))
    top.add_argument("--version", action="version", version=f"companion {companion.__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for group in (people, calendars, rules, meetings, board, notes, channels, takeaways, demo, keep):
        group.add(commands)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command: 0 done, 1 a problem the user can mend, 2 usage, 130 interrupted."""
    _speak_utf8()
    options = parser().parse_args(arguments)
    # Ctrl-C in the shell and a plain kill end work the same way: at a committed page.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if options.command is None:
            from companion.desktop.main import run as open_window

            return open_window(home_of(options))
        verb: Verb = options.run
        return verb(options)
    except Problem as problem:
        end_progress()
        tell(problem)
        return 1
    except (KeyboardInterrupt, Cancelled):
        end_progress()
        print(t("Stopped. What was taken in stays; the next run goes on from there."), file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def home_of(options: argparse.Namespace) -> Path:
    """The profile a command works in."""
    return find_home(options.home)


def _speak_utf8() -> None:
    # A pipe under LANG=C would otherwise refuse the first Vietnamese name.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
