"""The encrypted copy's own file: damaged, not to be written, or written by a copied profile of the same name."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.connectors import notes_copy as files
from companion.programme import listening, notes_copy
from companion.programme.model import House
from programme.test_notes_copy import (  # noqa: F401 - fixtures
    Two,
    exchange,
    joined,
    listening_device,
    opened,
    said,
    two,
    write,
)


def own_file(side: Two) -> Path:
    return side.folder / f"companion-{listening_device(side.here)}.notes"


def test_a_damaged_own_file_is_written_again(joined: Two) -> None:  # noqa: F811
    write(joined.here, "l1", "crew")
    exchange(joined)
    own = own_file(joined)
    whole = own.read_bytes()
    own.write_bytes(whole[: len(whole) - 20])
    assert notes_copy.run(joined.here).problems == ()
    joined.there.notes_copy.read(joined.folder, found(joined, own), key_of(joined.here))
    before = own.stat().st_mtime_ns
    notes_copy.run(joined.here)
    assert own.stat().st_mtime_ns == before


def test_a_whole_own_file_of_another_time_is_left_as_it_is(joined: Two) -> None:  # noqa: F811
    write(joined.here, "l1", "crew")
    exchange(joined)
    own = own_file(joined)
    data = own.read_bytes()
    own.write_bytes(data)
    exchange(joined)
    assert own.read_bytes() == data, "sealed anew it would be another"


def test_writes_that_fail_leave_no_file_behind(joined: Two, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    note = write(joined.here, "l1", "CREW WORDS")
    exchange(joined)
    before = joined.files()

    def full(path: Path, data: bytes) -> None:
        raise Problem("file_not_written", path=str(path), reason="No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(files, "write_whole", full)
        for text in ("one", "two", "three"):
            write(joined.here, "l2", text)
            assert [one.code for one in notes_copy.run(joined.here).problems] == ["file_not_written"]
    exchange(joined)
    listening.let_go(joined.here, [note.id])
    exchange(joined)
    assert joined.files() == before
    for path in before:
        copied = joined.here.notes_copy.read(joined.folder, found(joined, path), key_of(joined.here))
        texts = [v.text for kept in copied.notes.values() for versions in kept.units.values() for v in versions]
        assert not any(texts), path.name


@pytest.mark.parametrize("first", [0, 1])
def test_a_copied_profile_loses_nothing_that_was_written_before_it_had_a_name(
    joined: Two,  # noqa: F811
    tmp_path: Path,
    first: int,
) -> None:
    note = write(joined.here, "l1", "crew")
    listening.write_answer(joined.here, note.id, "said", "base")
    exchange(joined)
    key = key_of(joined.here)
    joined.here.close()
    shutil.copytree(tmp_path / "home", tmp_path / "clone")
    pair = [opened(tmp_path / name, joined.here.clock) for name in ("home", "clone")]
    for house in pair:
        house.secrets.put("notes copy", key)
    one, other = pair
    listening.write_answer(one, note.id, "said", "one", "base")
    listening.write_answer(one, note.id, "said", "one, again", "one")
    listening.write_answer(other, note.id, "said", "the other", "base")
    for house in (pair[first], pair[1 - first], joined.there) * 3:
        assert notes_copy.run(house).problems == ()
    for house in (*pair, joined.there):
        (differs,) = listening.conflicts(house, note.id)
        assert {differs.here, differs.other} == {"one, again", "the other"}
        assert said(house) == ["crew"], "what neither changed stands alone"
    for house in pair:
        house.close()
    assert len(joined.files()) == 3


def found(side: Two, path: Path) -> files.Found:
    return replace(next(one for one in side.here.notes_copy.look(side.folder) if one.name == path.name))


def key_of(house: House) -> str:
    return house.secrets.get("notes copy") or ""
