"""The command line: parse, open the house, run one verb, say what came of it."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import companion
from companion.basics.errors import Problem
from companion.basics.paths import find_home
from companion.basics.progress import Cancelled
from companion.cli.out import end_progress, tell
from companion.words.language import t

Verb = Callable[[argparse.Namespace], int]
GROUPS = {  # module of this room -> the nouns it adds, in the order of --help
    "me": ("me",),
    "people": ("people",),
    "customers": ("customers",),
    "programme": ("programme",),
    "calendars": ("accounts", "sync", "inspect"),
    "rules": ("rules",),
    "meetings": ("meetings",),
    "seats": ("seats",),
    "board": ("board",),
    "targets": ("targets",),
    "years": ("years",),
    "plan": ("plan",),
    "worklist": ("worklist",),
    "audit": ("audit",),
    "brief": ("brief",),
    "notes": ("notes",),
    "templates": ("templates", "retention"),
    "channels": ("channels",),
    "takeaways": ("takeaways",),
    "outbox": ("outbox",),
    "due": ("due",),
    "digest": ("digest",),
    "answers": ("answers", "actions"),
    "inboxes": ("inboxes",),
    "card": ("card",),
    "search": ("search",),
    "time": ("time",),
    "report": ("report", "statement"),
    "held": ("held",),
    "privacy": ("privacy",),
    "demo": ("demo",),
    "keep": ("doctor", "backup", "restore"),
}


def parser(arguments: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """The grammar; every sub-command names its verb in `run`. Of what `arguments` need, or the whole of it (None)."""
    top = argparse.ArgumentParser(
        prog="companion", description=t("Keeps back-office leaders in touch with real customers.")
    )
    top.add_argument("--home", metavar="DIR", help=t("the profile's folder (else COMPANION_HOME, else your own)"))
    top.add_argument("--version", action="version", version=f"companion {companion.__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name in GROUPS if arguments is None else needed(arguments):
        import_module(f"companion.cli.{name}").add(commands)
    return top


def needed(arguments: Sequence[str]) -> list[str]:
    """The modules that a command needs, so that a short one starts soon: none to open the window, one for its noun.

    Whatever is not plainly `[--home DIR] NOUN …` needs all of them: help and a refusal name every command.
    """
    left = list(arguments)
    while left and (left[0].startswith("--home=") or (left[0] == "--home" and len(left) > 1)):
        del left[: 1 if "=" in left[0] else 2]
    if not left:
        return []
    return [name for name, nouns in GROUPS.items() if left[0] in nouns] or list(GROUPS)


def run(arguments: Sequence[str]) -> int:
    """Run one command: 0 done, 1 a problem the user can mend, 2 usage, 130 interrupted."""
    _speak_utf8()
    options = parser(arguments).parse_args(arguments)
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
    except Exception as error:  # a journal may keep what is printed here: where it happened, and nobody's words
        from companion.basics.faults import account_of

        end_progress()
        print(t("Something went wrong that nobody foresaw. What was saved stays. Please report these lines:"),
              account_of(error), sep="\n", file=sys.stderr)  # fmt: skip
        return 1


def home_of(options: argparse.Namespace) -> Path:
    """The profile a command works in."""
    return find_home(options.home)


def _speak_utf8() -> None:
    # A pipe under LANG=C would otherwise refuse the first Vietnamese name.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
