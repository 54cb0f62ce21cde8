"""Backups of both stores, and bringing them back."""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion import __version__
from companion.basics.clock import now
from companion.basics.errors import Problem
from companion.basics.paths import Paths
from companion.notes.merge import Kept
from companion.storage.device import tables as device_tables
from companion.storage.engine import open_device
from companion.storage.faults import mending
from companion.storage.health import look
from companion.storage.migrate import copy_whole
from companion.storage.workspace import tables as workspace_tables

_FORM = 1  # of the manifest
_MANIFEST = "manifest.json"
_KNOWN = {
    "device.db": (*device_tables.PAST, device_tables.HEAD),
    "workspace.db": (*workspace_tables.PAST, workspace_tables.HEAD),
}
# Without its seal a device store knows no member of a calendar again; without the settings nobody knows whose it is.
_BESIDE = ("seal.key", "settings.json")
_NOT_OURS = (
    OSError, zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, EOFError, RuntimeError,
)  # fmt: skip
_MOST = 20 * 2**30  # bytes of one store; no manifest may ask for more


@dataclass(frozen=True)
class Entry:
    """One store, or a small file beside it, in a backup, as its manifest tells."""

    name: str
    revision: str  # "" for what is no store
    size: int  # bytes
    sha256: str


def backup(paths: Paths, target: Path) -> list[Path]:
    """Write both stores (a workspace on a server is not among them) into one zip file; which stores are in it.

    The seal and the settings go along; passwords do not, they stay in the keyring or the sealed file.
    The stores may be in use. Problems: store_damaged, store_locked, disk_full, file_not_written, nothing_to_back_up,
    backup_exists.
    """
    stores = [path for path in (paths.device, paths.workspace) if path.exists()]
    if not stores:
        raise Problem("nothing_to_back_up", path=str(paths.home))
    if target.exists():
        raise Problem("backup_exists", path=str(target))
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    with _workshop(paths) as folder, _writing(target, temporary):
        entries = []
        for store in stores:
            revision = look(store).revision
            copy_whole(store, folder / store.name)
            copied = folder / store.name
            entries.append(Entry(store.name, revision, copied.stat().st_size, _digest(copied)))
        for small in (paths.home / name for name in _BESIDE):
            if small.exists():
                copied = folder / small.name
                copied.write_bytes(small.read_bytes())
                entries.append(Entry(small.name, "", copied.stat().st_size, _digest(copied)))
        _write_zip(temporary, folder, entries)
        temporary.replace(target)
    return stores


def restore(source: Path, paths: Paths) -> list[Path]:
    """Put the stores of a backup in place. What was there stays beside them as `….before-<time>.db`: these files.

    Nothing is touched before the whole backup was checked, and each store is replaced in one step.
    Problems: backup_unreadable, backup_newer, store_locked (the app is open), disk_full.
    """
    with _workshop(paths) as folder:
        entries = _unpack(source, folder)
        places = _places(paths)
        stamp = f"{now():%Y%m%dT%H%M%S%fZ}"
        with mending(str(paths.home)):
            kept = [before for entry in entries if (before := _set_aside(places[entry.name], stamp))]
        for entry in entries:
            with _writing(places[entry.name]):
                (folder / entry.name).replace(places[entry.name])
                _settle(places[entry.name].parent)
    return kept


def notes_of(store: Path, paths: Paths) -> dict[str, Kept]:
    """All that a device store, of this or another profile, knows of notes; it stays as it is.

    Problems: file_missing, store_damaged, store_foreign, disk_full.
    """
    if not store.is_file():
        raise Problem("file_missing", path=str(store))
    if look(store).revision not in _KNOWN["device.db"]:
        raise Problem("store_foreign", path=str(store))
    with _workshop(paths) as folder:
        copy_whole(store, folder / "device.db")
        opened = open_device(folder / "device.db", now)
        try:
            with opened.begin(write=False) as device:
                return device.versions.kept()
        finally:
            opened.close()


def _places(paths: Paths) -> dict[str, Path]:
    beside = {name: paths.home / name for name in _BESIDE}
    return {"device.db": paths.device, "workspace.db": paths.workspace, **beside}


@contextmanager
def _workshop(paths: Paths) -> Iterator[Path]:
    # Beside the stores, so that a finished file can be moved in one step and nobody else can look in.
    with _writing(paths.home):
        folder = Path(tempfile.mkdtemp(prefix=".copies-", dir=paths.home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _writing(path: Path, temporary: Path | None = None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Problem("file_not_written", path=str(path), reason=error.strerror or str(error)) from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def _write_zip(target: Path, folder: Path, entries: list[Entry]) -> None:
    manifest = {"form": _FORM, "app": __version__, "made": now().isoformat(), "stores": [vars(e) for e in entries]}
    handle = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=2))
            for entry in entries:
                archive.write(folder / entry.name, entry.name)
        file.flush()
        os.fsync(file.fileno())


def _unpack(source: Path, folder: Path) -> list[Entry]:
    try:
        with zipfile.ZipFile(source) as archive:
            entries = _read_manifest(json.loads(archive.read(_MANIFEST)))
            for entry in entries:
                with archive.open(entry.name) as packed:
                    _write_checked(packed, folder / entry.name, entry)
    except _NOT_OURS as error:
        raise Problem("backup_unreadable", path=str(source)) from error
    for entry in (entry for entry in entries if entry.name in _KNOWN):
        try:
            revision = look(folder / entry.name).revision
        except Problem as problem:
            raise Problem("backup_unreadable", path=str(source)) from problem
        if revision not in _KNOWN[entry.name]:
            raise Problem("backup_newer", path=str(source))
        if entry.name == "device.db":
            _as_another_device(folder / entry.name)
        _without_wal(folder / entry.name)
    return entries


def _as_another_device(path: Path) -> None:
    """What is counted from here on is not what was counted since the backup: it gets another name at first use."""
    with closing(sqlite3.connect(path)) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'this_device'").fetchone()
        if known:
            connection.execute("DELETE FROM this_device")
            connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def _read_manifest(manifest: Any) -> list[Entry]:
    entries = [Entry(**item) for item in manifest["stores"]]
    if (
        manifest["form"] != _FORM
        or not entries
        or any(e.name not in (*_KNOWN, *_BESIDE) or e.size > _MOST for e in entries)
    ):
        raise ValueError("not a manifest of ours")
    return entries


def _write_checked(packed: Any, target: Path, entry: Entry) -> None:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while block := packed.read(1 << 20):
            size += len(block)
            if size > entry.size:
                break
            digest.update(block)
            with _writing(target):
                file.write(block)
        with _writing(target):
            file.flush()
            os.fsync(file.fileno())
    if size != entry.size or digest.hexdigest() != entry.sha256:
        raise ValueError("the store in the backup is not the one that was written")


def _set_aside(path: Path, stamp: str) -> Path | None:
    """Keep a store under another name, None where there is none; Problem `store_locked` where somebody has it open."""
    if not path.exists():
        return None
    before = path.with_name(f"{path.stem}.before-{stamp}{path.suffix}")
    if path.name in _BESIDE:
        with _writing(before):
            shutil.copy2(path, before)
        return before
    try:
        # Leaving WAL takes the only lock there is and puts all of the store into its one file.
        with closing(sqlite3.connect(path, timeout=1.0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").close()
    except sqlite3.DatabaseError as error:
        if (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        # It is damaged: every piece is kept as it is, for somebody who can mend it.
    for end in ("", "-wal", "-shm"):
        piece = path.with_name(path.name + end)
        if piece.exists():
            with _writing(before):
                shutil.copy2(piece, before.with_name(before.name + end))
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    return before


def _without_wal(path: Path) -> None:
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
