"""Who imports whom: the contracts of pyproject.toml, and what a plain import really loads."""

import subprocess
import sys

import pytest

from architecture.tree import ROOT, SOURCE

EDGES = ("PySide6", "sqlalchemy", "alembic", "psycopg", "icalendar", "httpx", "keyring", "openpyxl", "sqlite3")
ROOMS = (
    "basics", "words", "crossing", "people", "customers", "calendars", "meetings", "attendance", "notes", "takeaways",
    "briefs", "decisions", "reflection", "programme",
)  # fmt: skip
LOADED = "print(*(name for name in {edges!r} if name in sys.modules))"
WHOLE_ROOM = """
import importlib, pkgutil, sys
room = importlib.import_module("companion.{room}")
for found in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    importlib.import_module(found.name)
"""


def loaded_by(script: str, edges: tuple[str, ...]) -> str:
    """Which of the edges a fresh interpreter has loaded after the script."""
    program = f"import sys\n{script}\n{LOADED.format(edges=edges)}"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_contracts_hold() -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_loads_no_edge(room: str) -> None:
    assert loaded_by(WHOLE_ROOM.format(room=room), EDGES) == ""


@pytest.mark.parametrize("door", ["companion.cli", "companion.__main__"])
def test_the_command_line_starts_light(door: str) -> None:
    assert loaded_by(f"import {door}", EDGES) == ""


def test_every_folder_is_a_room_with_a_purpose() -> None:
    for folder in SOURCE.iterdir():
        if folder.is_dir() and any(folder.glob("*.py")):
            purpose = (folder / "__init__.py").read_text("utf-8")
            assert purpose.startswith('"""'), f"{folder.name}/__init__.py says in one sentence what the room is for"
