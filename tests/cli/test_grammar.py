"""A command loads what it needs: its own noun's module, and no edge it does not touch; what it says stays the same."""

import argparse
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from companion.cli.main import GROUPS, needed, parser
from fakes.commands import Cli

EDGES = ("PySide6", "httpx", "icalendar", "alembic", "jinja2", "openpyxl", "keyring", "msal", "recurring_ical_events")


def loaded(*arguments: str) -> tuple[set[str], str]:
    """What a process of its own has imported after one command, and what the command said."""
    program = (
        "import sys\nfrom companion.cli.main import run\n"
        f"try:\n    code = run({list(arguments)!r})\nexcept SystemExit as left:\n    code = left.code\n"
        "print('LOADED', *sys.modules)\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    said, _, names = done.stdout.rpartition("LOADED ")
    assert names, done.stderr
    return set(names.split()), said + done.stderr


@pytest.mark.parametrize("module", GROUPS)
def test_each_module_adds_the_nouns_it_is_named_for(module: str) -> None:
    commands = argparse.ArgumentParser().add_subparsers()
    import_module(f"companion.cli.{module}").add(commands)
    assert tuple(commands.choices) == GROUPS[module]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), []),
        (("--home", "meetings"), []),
        (("meetings", "--json"), ["meetings"]),
        (("--home", "board", "meetings"), ["meetings"]),
        (("--home=board", "outbox"), ["outbox"]),
        (("--help",), list(GROUPS)),
        (("--version",), list(GROUPS)),
        (("--ho", "x", "meetings"), list(GROUPS)),
        (("meeting",), list(GROUPS)),
        (("--home",), list(GROUPS)),
        (("--", "meetings"), list(GROUPS)),
    ],
)
def test_a_noun_needs_its_module_and_anything_else_all(arguments: tuple[str, ...], expected: list[str]) -> None:
    assert needed(arguments) == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ("meetings", "--nonsense"), ("meetings", "nonsense"), ("meetings", "--help"), ("seats", "set"), ("people",),
        ("nonsense",), ("--nonsense",), ("--home",), ("--help",), ("targets", "set", "a", "b"),
    ],
)  # fmt: skip
def test_what_is_said_of_wrong_words_is_said_by_the_whole_grammar_too(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    told = []
    for grammar in (parser(arguments), parser()):
        with pytest.raises(SystemExit) as left:
            grammar.parse_args(arguments)
        told.append((left.value.code, capsys.readouterr()))
    assert told[0] == told[1]


def test_listing_meetings_loads_neither_other_commands_nor_edges(ferro: Cli, tmp_path: Path) -> None:
    names, said = loaded("--home", str(ferro.home), "meetings", "--from", "2026-11-01", "--to", "2026-11-08")
    assert "Seats" in said
    roots = {name.partition(".")[0] for name in names}
    assert [edge for edge in EDGES if edge in roots] == []
    assert {name for name in names if name.startswith("companion.cli.")} == {
        "companion.cli.main", "companion.cli.asking", "companion.cli.out", "companion.cli.meetings",
    }  # fmt: skip
    for spared in ("programme.apply", "programme.meetings", "programme.sync", "programme.seats", "attendance.board"):
        assert f"companion.{spared}" not in names


def test_help_loads_no_edge() -> None:
    names, _said = loaded("--help")
    roots = {name.partition(".")[0] for name in names}
    assert [edge for edge in (*EDGES, "sqlalchemy", "sqlite3") if edge in roots] == []
    assert [f"companion.cli.{module}" for module in GROUPS if f"companion.cli.{module}" not in names] == []
