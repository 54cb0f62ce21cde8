"""Notes in a file are sealed one by one: an unchanged one is taken over, and none fits where another was."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.connectors.notes_copy import NotesCopyFiles
from companion.notes.copying import Copied, Part, Sheet
from companion.notes.merge import Kept, Version

AT = datetime(2026, 11, 12, tzinfo=UTC)
BOX = NotesCopyFiles()
KEY = BOX.new_key()


def kept(meeting: str, text: str) -> Kept:
    units = {"line:l1": (Version(text, (("a", 1),), "", AT),)}
    return Kept(meeting, frozenset({f"n-{meeting}"}), AT, AT, units=units)


def write(folder: Path, **parts: Part) -> None:
    BOX.write(folder, KEY, {}, Sheet("a", "desk", 1, parts))


def read(folder: Path, known: dict[str, str] | None = None) -> Copied:
    return BOX.read(folder, BOX.look(folder)[0], KEY, known or {})


def test_only_notes_with_another_mark_are_read(tmp_path: Path) -> None:
    crew, tide = kept("m1", "crew"), kept("m2", "tide")
    write(tmp_path, m1=BOX.seal(KEY, crew, "x"), m2=BOX.seal(KEY, tide, "y"))
    assert read(tmp_path) == Copied("a", "desk", 1, {"m1": crew, "m2": tide}, {"m1": "x", "m2": "y"})
    assert read(tmp_path, {"m1": "x", "m2": "older"}) == Copied("a", "desk", 1, {"m2": tide}, {"m1": "x", "m2": "y"})


def test_an_older_text_and_another_meetings_fit_nowhere(tmp_path: Path) -> None:
    older, newer = BOX.seal(KEY, kept("m1", "crew"), "x"), BOX.seal(KEY, kept("m1", "a crew day"), "y")
    for wrong in ({"m1": replace(older, mark="y")}, {"m2": newer}):
        write(tmp_path, **wrong)
        with pytest.raises(Problem, match="copy_damaged"):
            read(tmp_path)


def test_what_lies_damaged_in_the_own_file_is_not_taken_over(tmp_path: Path) -> None:
    crew, tide = BOX.seal(KEY, kept("m1", "crew"), "x"), BOX.seal(KEY, kept("m2", "tide"), "y")
    write(tmp_path, m1=crew, m2=tide)
    assert BOX.parts(tmp_path, "a", KEY) == {"m1": crew, "m2": tide}
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert BOX.parts(tmp_path, "a", KEY) == {"m1": crew}
    path.write_bytes(whole[:-1])
    assert BOX.parts(tmp_path, "a", KEY) == BOX.parts(tmp_path, "b", KEY) == {}
    path.write_bytes(whole)
    assert BOX.parts(tmp_path, "a", BOX.new_key()) == {}
