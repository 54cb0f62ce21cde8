"""notes copy: the encrypted copy for the other computer."""

import argparse
import sys
from pathlib import Path
from typing import Any

from companion.basics.errors import Problem
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.out import problem_json, say, say_json, tell_all
from companion.cli.passwords import ask, tell_fleeting
from companion.programme import notes_copy as verbs
from companion.programme.model import House
from companion.programme.notes_copy import CopyState
from companion.words.language import t, tn


def add(notes: Commands) -> None:
    """The verbs of the copy."""
    copy = group(notes, "copy", t("an encrypted copy of your notes, in a folder your computers share"))
    verb(copy, "on", _on, t("begin it; its recovery words are shown once")).add_argument("folder", metavar="DIR")
    text = t("take part in the copy of your other computer; the recovery words come on standard input")
    verb(copy, "join", _join, text).add_argument("folder", metavar="DIR")
    verb(copy, "off", _off, t("end it here; takes away only this computer's file"))
    verb(copy, "run", _run, t("bring both up to date now"))
    verb(copy, "status", _status, t("how it stands"))
    verb(copy, "words", _words, t("other recovery words in place of the old ones"))


def _on(options: argparse.Namespace) -> int:
    folder = Path(options.folder).expanduser().absolute()
    with house_of(options) as house:
        state, words = verbs.turn_on(house, folder)
        tell_fleeting(house, t("the key of your notes' copy"))
    if options.json:
        say_json({"id": str(folder), "words": list(words)})
    else:
        _say_words(words)
        _say(state)
    return 0


def _join(options: argparse.Namespace) -> int:
    folder = Path(options.folder).expanduser().absolute()
    words = ask(t("The 24 recovery words: ")) if sys.stdin.isatty() else sys.stdin.read()
    with house_of(options) as house:
        state = verbs.join(house, folder, words)
        tell_fleeting(house, t("the key of your notes' copy"))
    say_json({"id": str(folder), **_json(state)}) if options.json else _say(state)
    tell_all(state.problems)
    return 0


def _off(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        folder = _kept(house).folder
        verbs.turn_off(house)
    done = t("No copy is kept from here on. Your notes stay on this computer.")
    say_json({"id": folder}) if options.json else say(done)
    return 0


def _run(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        _kept(house)
        state = verbs.run(house)
    say_json(_json(state)) if options.json else _say(state)
    tell_all(state.problems)
    return 0


def _kept(house: House) -> CopyState:
    """How the copy stands. Problem `copy_off`: whoever runs it by a schedule would never know."""
    state = verbs.state_of(house)
    if not state.on:
        raise Problem("copy_off")
    return state


def _status(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        state = verbs.state_of(house)
    say_json(_json(state)) if options.json else _say(state)
    return 0


def _words(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        words = verbs.new_words(house)
    say_json({"words": list(words)}) if options.json else _say_words(words)
    return 0


def _say_words(words: tuple[str, ...]) -> None:
    if not words:
        return
    say(t("Your recovery words. Write them on paper now: they are shown this once and kept nowhere."))
    for first in range(0, len(words), 6):
        say("  " + "  ".join(f"{number + 1:2}. {words[number]:9}" for number in range(first, first + 6)).rstrip())


def _say(state: CopyState) -> None:
    if not state.on:
        say(t("No copy is kept: your notes exist only on this computer."))
        return
    say(t("Your notes are copied, encrypted, to {folder}.", folder=state.folder))
    if state.written:
        say(t("Written last on {day} (UTC).", day=f"{state.written:%Y-%m-%d %H:%M}"))
    if state.away_since:
        say(t("Waiting for the folder since {day} (UTC).", day=f"{state.away_since:%Y-%m-%d %H:%M}"))
    if state.others:
        say(t("With those of {computers}.", computers=", ".join(state.others)))
    if state.taken_in:
        say(tn("{count} note changed here.", "{count} notes changed here.", state.taken_in))


def _json(state: CopyState) -> dict[str, Any]:
    return {
        "on": state.on, "folder": state.folder, "written": state.written, "away_since": state.away_since,
        "others": list(state.others), "taken_in": state.taken_in,
        "problems": [problem_json(problem) for problem in state.problems],
    }  # fmt: skip
