"""The drill: back up in the middle of work, lose everything, bring it back."""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from companion.basics.clock import now
from companion.basics.errors import Problem
from companion.basics.paths import Paths, open_home
from companion.storage.copies import backup, restore
from companion.storage.engine import DEVICE, WORKSPACE, check, open_device, open_workspace
from storage.made import meeting, note


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A profile with a note and a meeting."""
    paths = open_home(tmp_path / "home")
    write(paths, "n1", "u1")
    return paths


def write(paths: Paths, note_id: str, uid: str) -> None:
    """Put a note and a meeting into a profile."""
    with closing(open_device(paths.device, now)) as store, store.begin() as device:
        device.notes.put(note(note_id))
    with closing(open_workspace(paths.workspace, now)) as store, store.begin() as tx:
        tx.meetings.put(meeting(uid))


def held(paths: Paths) -> tuple[set[str], set[str]]:
    """Ids of the notes and uids of the meetings of a profile."""
    with closing(open_device(paths.device, now)) as store, store.begin() as device:
        notes = {item.id for item in device.notes.all()}
    with closing(open_workspace(paths.workspace, now)) as store, store.begin() as tx:
        return notes, {item.uid for item in tx.meetings.everything()}


def test_a_backup_made_while_working_holds_what_was_committed(paths: Paths, tmp_path: Path) -> None:
    with closing(open_device(paths.device, now)) as store:
        with store.begin() as tx:
            tx.notes.put(note("n2"))
        with store.begin() as tx:
            tx.notes.put(note("n3"))
            assert backup(paths, tmp_path / "b.zip") == [paths.device, paths.workspace]
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    restore(tmp_path / "b.zip", Paths(open_home(tmp_path / "new").home))
    assert held(Paths(tmp_path / "new")) == ({"n1", "n2"}, {"u1"})
    assert held(paths) == ({"n1", "n2", "n3"}, {"u1"})
    assert [item.name for item in paths.home.iterdir() if item.name.startswith(".")] == []


def test_the_manifest_tells_versions_and_hashes(paths: Paths, tmp_path: Path) -> None:
    backup(paths, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for entry in manifest["stores"]:
            data = archive.read(entry["name"])
            assert (entry["size"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert [entry["revision"] for entry in manifest["stores"]] == [DEVICE.head, WORKSPACE.head]


def test_restoring_keeps_what_was_there(paths: Paths, tmp_path: Path) -> None:
    backup(paths, tmp_path / "b.zip")
    write(paths, "n2", "u2")
    with sqlite3.connect(paths.device) as left_open:  # killed: its log was never put into the file
        left_open.execute("PRAGMA wal_autocheckpoint = 0")
        left_open.execute("UPDATE note SET title = 'late'")
    left_open.close()
    restore(tmp_path / "b.zip", paths)
    assert held(paths) == ({"n1"}, {"u1"})
    assert check(paths.device) == check(paths.workspace) == []
    before = {item.name.partition(".before-")[0]: item for item in paths.home.glob("*.before-*.db")}
    assert held(SimplePaths(before["device"], before["workspace"])) == ({"n1", "n2"}, {"u1", "u2"})
    with closing(sqlite3.connect(before["device"])) as connection:
        assert connection.execute("SELECT DISTINCT title FROM note").fetchall() == [("late",)]


class SimplePaths(Paths):
    """Two stores wherever they are."""

    def __init__(self, device: Path, workspace: Path) -> None:
        object.__setattr__(self, "home", device.parent)
        object.__setattr__(self, "two", (device, workspace))

    @property
    def device(self) -> Path:
        return self.two[0]  # type: ignore[attr-defined,no-any-return]

    @property
    def workspace(self) -> Path:
        return self.two[1]  # type: ignore[attr-defined,no-any-return]


def test_a_damaged_store_is_set_aside_as_it_is(paths: Paths, tmp_path: Path) -> None:
    backup(paths, tmp_path / "b.zip")
    paths.device.write_bytes(b"not a database at all" * 400)
    restore(tmp_path / "b.zip", paths)
    assert held(paths) == ({"n1"}, {"u1"})
    (before,) = paths.home.glob("device.before-*.db")
    assert before.read_bytes().startswith(b"not a database")


def test_a_store_in_use_is_not_replaced(paths: Paths, tmp_path: Path) -> None:
    backup(paths, tmp_path / "b.zip")
    write(paths, "n2", "u2")
    with closing(open_workspace(paths.workspace, now)) as store:
        with store.begin(write=False) as tx:
            tx.meetings.everything()
        with pytest.raises(Problem, match="store_locked"):
            restore(tmp_path / "b.zip", paths)
    assert held(paths) == ({"n1", "n2"}, {"u1", "u2"})


def repack(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """A backup with some of its parts changed, or left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)


def with_revision(name: str, data: bytes) -> bytes:
    return data.replace(DEVICE.head.encode(), b"device_9999")


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: None if name == "manifest.json" else data,
        lambda name, data: None if name == "device.db" else data,
        lambda name, data: data[:-1] + b"x" if name == "workspace.db" else data,
        lambda name, data: data + b"x" if name == "workspace.db" else data,
        lambda name, data: data.replace(b'"device.db"', b'"../device.db"'),
        lambda name, data: b"[]" if name == "manifest.json" else data,
        lambda name, data: b'{"form": 1, "stores": []}' if name == "manifest.json" else data,
        lambda name, data: data.replace(b'"form": 1', b'"form": 2'),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(
    paths: Paths, tmp_path: Path, change: Callable[[str, bytes], bytes | None]
) -> None:
    backup(paths, tmp_path / "b.zip")
    write(paths, "n2", "u2")
    repack(tmp_path / "b.zip", tmp_path / "c.zip", change)
    with pytest.raises(Problem, match="backup_unreadable"):
        restore(tmp_path / "c.zip", paths)
    assert held(paths) == ({"n1", "n2"}, {"u1", "u2"})
    assert list(paths.home.glob("*.before-*")) == []


def test_what_is_no_backup_is_refused(paths: Paths, tmp_path: Path) -> None:
    backup(paths, tmp_path / "b.zip")
    whole = (tmp_path / "b.zip").read_bytes()
    for data in (b"", b"BEGIN:VCALENDAR", whole[: len(whole) // 2], whole[:200] + bytes(300) + whole[500:]):
        (tmp_path / "c.zip").write_bytes(data)
        with pytest.raises(Problem, match="backup_unreadable"):
            restore(tmp_path / "c.zip", paths)
    with pytest.raises(Problem, match="backup_unreadable"):
        restore(tmp_path / "none.zip", paths)


def test_a_newer_backup_is_refused(paths: Paths, tmp_path: Path) -> None:
    with closing(sqlite3.connect(paths.device)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'device_9999'")
    backup(paths, tmp_path / "b.zip")
    with pytest.raises(Problem, match="backup_newer"):
        restore(tmp_path / "b.zip", paths)


def test_a_failed_backup_leaves_the_older_one(paths: Paths, tmp_path: Path) -> None:
    backup(paths, tmp_path / "b.zip")
    before = (tmp_path / "b.zip").read_bytes()
    paths.workspace.write_bytes(b"not a database at all" * 400)
    with pytest.raises(Problem, match="backup_exists"):
        backup(paths, tmp_path / "b.zip")
    with pytest.raises(Problem, match="store_damaged"):
        backup(paths, tmp_path / "c.zip")
    assert (tmp_path / "b.zip").read_bytes() == before
    assert {item.name for item in tmp_path.iterdir()} == {"home", "b.zip"}
    with pytest.raises(Problem, match="file_not_written"):
        back_up_to_nowhere(paths, tmp_path)


def back_up_to_nowhere(paths: Paths, tmp_path: Path) -> None:
    """Back up into a folder that is not there."""
    paths.workspace.unlink()
    backup(paths, tmp_path / "none" / "b.zip")


def test_an_empty_profile_has_nothing_to_back_up(tmp_path: Path) -> None:
    paths = open_home(tmp_path / "home")
    with pytest.raises(Problem, match="nothing_to_back_up"):
        backup(paths, tmp_path / "b.zip")
