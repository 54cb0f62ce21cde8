"""doctor, backup, restore."""

import argparse
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.paths import find_home
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import problem_json, say, say_json, tell_all
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    verb(commands, "doctor", _doctor, t("look the profile over"))
    verb(commands, "backup", _backup, t("copy both stores into one file")).add_argument("file", metavar="F")
    verb(commands, "restore", _restore, t("put a copy back; what was there is kept beside")).add_argument(
        "file", metavar="F"
    )


def _doctor(options: argparse.Namespace) -> int:
    from companion.programme.health import examine

    with house_of(options) as house:
        found = examine(house)
    if options.json:
        say_json({**found.facts, "problems": [problem_json(problem) for problem in found.problems]})
    else:
        for line in found.lines:
            say(line)
        if not found.problems:
            say(t("Nothing is wrong."))
    tell_all(problem for problem in found.problems if problem not in house.notices)  # those were told already
    return 1 if found.problems else 0


def _backup(options: argparse.Namespace) -> int:
    from companion.bootstrap import backup

    copied = backup(find_home(options.home), Path(options.file).absolute())
    say_json({"id": options.file, "copied": [path.name for path in copied]}) if options.json else say(
        t("Both stores are in {file}. Keep it where only you can read it: your notes are in it.", file=options.file)
    )
    return 0


def _restore(options: argparse.Namespace) -> int:
    from companion.bootstrap import restore

    source = Path(options.file).absolute()
    if not source.exists():
        raise Problem("file_missing", path=str(source))
    kept = restore(find_home(options.home), source)
    if options.json:
        say_json({"id": options.file, "kept": [str(path) for path in kept]})
        return 0
    say(t("Restored. What was there is kept beside it."))
    for path in kept:
        if path.name.startswith("device.before-"):
            say(t("What your notes say more there comes in with: companion notes take-from {file}", file=path))
    return 0
