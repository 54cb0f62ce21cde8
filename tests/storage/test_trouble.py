"""Damage, locks, a full disk and wrong rights: a Problem, and the file as it was."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from companion.basics.clock import now
from companion.basics.errors import Problem
from companion.notes.merge import Version
from companion.programme.model import DeviceTx, Programme
from companion.storage.engine import Store, check, open_device, open_workspace
from companion.words.problems import sentence
from servers.postgres import Server
from storage.made import NOON, note


def filled(path: Path) -> Path:
    """A device store with some notes, closed."""
    with closing(open_device(path, now)) as store, store.begin() as tx:
        for number in range(200):
            tx.notes.put(note(f"n{number}", expected="word " * 100))
    return path


def digest(path: Path) -> str:
    """The file's content as a hash."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(os.urandom(4096 * 4))


def garbage(path: Path) -> None:
    path.write_bytes(b"BEGIN:VCALENDAR\r\n" * 500)


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


@pytest.mark.parametrize("harm", [overwrite, garbage, cut, short])
def test_a_damaged_file_is_refused_and_untouched(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    path = filled(tmp_path / "device.db")
    harm(path)
    before = digest(path)
    with pytest.raises(Problem) as told:
        open_device(path, now)
    assert (told.value.code, told.value.facts) == ("store_damaged", {"path": str(path)})
    assert str(path) in sentence(told.value)
    assert digest(path) == before
    assert [problem.code for problem in check(path)] == ["store_damaged"]


def test_a_damaged_file_with_a_log_beside_it_is_untouched(tmp_path: Path) -> None:
    path, killed = filled(tmp_path / "device.db"), tmp_path / "killed.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE note SET title = 'late'")
        for end in ("", "-wal"):
            shutil.copy(f"{path}{end}", f"{killed}{end}")
    overwrite(killed)
    log = tmp_path / "killed.db-wal"
    before = (digest(killed), digest(log))
    assert log.stat().st_size > 0
    with pytest.raises(Problem, match="store_damaged"):
        open_device(killed, now)
    assert (digest(killed), digest(log)) == before


def test_damage_met_later_is_told_too(tmp_path: Path) -> None:
    path = filled(tmp_path / "device.db")
    with closing(open_device(path, now)) as store:
        with path.open("r+b") as file:
            file.seek(4096 * 30)
            file.write(b"\xa5" * (path.stat().st_size - 4096 * 30))
        with pytest.raises(Problem, match="store_damaged"), store.begin() as tx:
            tx.notes.all()


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "device.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (title)")
    before = digest(path)
    with pytest.raises(Problem, match="store_foreign"):
        open_device(path, now)
    assert digest(path) == before


def test_a_locked_store_is_told_after_a_while(tmp_path: Path) -> None:
    path = filled(tmp_path / "device.db")
    with closing(open_device(path, now, wait=0.1)) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Problem) as told, store.begin() as tx:
            tx.notes.put(note())
        assert (told.value.code, told.value.facts) == ("store_locked", {"path": str(path)})
        with store.begin(write=False) as tx:
            assert len(tx.notes.all()) == 200
        other.rollback()
        with store.begin() as tx:
            tx.notes.put(note("after"))


def test_a_store_locked_by_a_migration_is_told(tmp_path: Path) -> None:
    path = tmp_path / "device.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Problem, match="store_locked"):
            open_device(path, now, wait=0.1)


def test_a_full_store_keeps_what_was_committed(tmp_path: Path) -> None:
    path = filled(tmp_path / "device.db")
    with closing(open_device(path, now)) as store:
        with store.begin() as tx:
            connection = tx.notes._connection  # type: ignore[attr-defined]
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")

        def much() -> None:
            with store.begin() as tx:
                tx.notes.put(note("kept-out", expected="word " * 10_000))

        with pytest.raises(Problem) as told:
            much()
        assert (told.value.code, told.value.facts) == ("disk_full", {"path": str(path)})
        with store.begin() as tx:
            assert len(tx.notes.all()) == 200


def test_a_limit_on_the_size_of_files_is_told(tmp_path: Path) -> None:
    path = filled(tmp_path / "device.db")
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from companion.basics.clock import now\n"
        "from companion.basics.errors import Problem\n"
        "from companion.storage.engine import open_device\n"
        f"path = Path({str(path)!r})\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "store = open_device(path, now)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "try:\n"
        "    for number in range(1000):\n"
        "        with store.begin() as tx:\n"
        "            tx.notes.put_draft(str(number), 'word ' * 2000, now())\n"
        "except Problem as problem:\n"
        "    print(problem.code, number)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    code, number = done.stdout.split()
    assert code in ("store_unwritable", "disk_full")
    with closing(open_device(path, now)) as store, store.begin() as tx:
        assert len(tx.notes.all()) == 200
        assert [bool(tx.notes.draft(str(n))) for n in range(int(number) + 1)] == [True] * int(number) + [False]


def test_stores_are_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = filled(tmp_path / "device.db")
        with closing(open_device(path, now)) as store, store.begin() as tx:
            tx.notes.put(note())
            files = {item.name: item.stat().st_mode & 0o777 for item in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert files == {"device.db": 0o600, "device.db-wal": 0o600, "device.db-shm": 0o600}


def test_a_store_open_to_others_is_told_and_mended(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    path = filled(tmp_path / "device.db")
    path.chmod(0o644)
    told = check(path)
    assert [(problem.code, problem.facts["path"]) for problem in told] == [
        ("store_open_to_others", str(path)),
        ("store_open_to_others", str(tmp_path)),
    ]
    with closing(open_device(path, now)) as store, store.begin():
        assert path.stat().st_mode & 0o777 == 0o600
    tmp_path.chmod(0o700)
    assert check(path) == []
    assert check(tmp_path / "none.db") == []


def test_lost_parents_are_told(tmp_path: Path) -> None:
    path = filled(tmp_path / "device.db")
    tmp_path.chmod(0o700)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO line (note_id, id, position, at, mark, text) VALUES ('nobody', 'l1', 0, 0, '', '')"
        )
    assert [problem.code for problem in check(path)] == ["store_orphans"]


def test_a_folder_where_nothing_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="store_closed_to_us"):
        open_device(tmp_path / "none" / "device.db", now)
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(Problem, match="store_closed_to_us"):
        open_device(tmp_path / "folder.db", now)


def test_a_reader_can_change_nothing(device: Store[DeviceTx]) -> None:
    with pytest.raises(Problem), device.begin(write=False) as tx:
        tx.notes.put(note())
    with device.begin() as tx:
        assert tx.notes.all() == []
        tx.notes.put(note())


def test_files_are_kept_as_safely_as_sqlite_can(device: Store[DeviceTx]) -> None:
    with device.begin() as tx:
        connection = tx.notes._connection  # type: ignore[attr-defined]
        told = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert told == ["wal", 2, 1, 5000]


def test_a_line_needs_its_note(device: Store[DeviceTx]) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), device.begin() as tx:
        tx.versions.put("none", "line:l1", (Version("heard", (), "", NOON),), NOON)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda url, server: server.url("laid", password="wrong"), "workspace_refused"),
        (lambda url, server: server.url("laid", user="nobody"), "workspace_refused"),
        (lambda url, server: server.url("nowhere"), "workspace_unknown"),
        (lambda url, server: url.replace(f":{server.port}/", ":1/"), "workspace_unreachable"),
        (lambda url, server: "mysql://a@b/c", "workspace_url_wrong"),
        (lambda url, server: "postgresql://host.example", "workspace_url_wrong"),
        (lambda url, server: "postgresql://host:port/x", "workspace_url_wrong"),
    ],
)
def test_a_server_that_cannot_be_used_is_told(
    server: Server, remote: str, change: Callable[[str, Server], str], code: str
) -> None:
    with pytest.raises(Problem) as told:
        open_workspace(change(remote, server), now)
    assert told.value.code == code
    assert server.password not in f"{told.value} {sentence(told.value)}"
    assert "wrong" not in str(told.value.facts)


def test_a_server_needs_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Problem, match="postgres_missing"):
        open_workspace("postgresql://a@db.example/w", now)


def test_a_server_shows_no_password_and_is_shared(server: Server, remote: str) -> None:
    with closing(open_workspace(remote, now)) as store:
        assert store.shared
        assert store.url == f"postgresql://companion@127.0.0.1:{server.port}/laid"
        assert server.password not in repr(store._engine)


def test_a_connection_cut_off_is_told_and_the_next_one_works(server: Server, remote: str) -> None:
    with closing(open_workspace(remote, now)) as store:

        def cut_off() -> None:
            with store.begin() as tx:
                server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'laid'")
                tx.programme.put(Programme(name="lost"))

        with pytest.raises(Problem, match="workspace_unreachable"):
            cut_off()
        with store.begin() as tx:
            assert tx.programme.get().name == ""


def test_a_server_locked_by_others_is_told(remote: str) -> None:
    with closing(open_workspace(remote, now, wait=0.2)) as store, closing(open_workspace(remote, now)) as other:
        with other.begin() as busy:
            busy.programme.put(Programme())

            def wait() -> None:
                with store.begin() as tx:
                    tx.programme.put(Programme(name="late"))

            with pytest.raises(Problem, match="store_locked"):
                wait()
        with store.begin() as tx:
            assert tx.programme.get() == Programme()


def test_a_mistake_of_ours_is_no_problem_of_the_users(device: Store[DeviceTx]) -> None:
    with pytest.raises(OperationalError, match="no such table"), device.begin() as tx:
        tx.notes._connection.exec_driver_sql("SELECT * FROM nowhere")  # type: ignore[attr-defined]


def test_an_error_of_the_store_holds_nobodys_words(tmp_path: Path) -> None:
    path = tmp_path / "device.db"
    open_device(path, now).close()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TRIGGER stop BEFORE INSERT ON note BEGIN SELECT raise(ABORT, 'stopped'); END")
    with closing(open_device(path, now)) as store:
        with pytest.raises(IntegrityError) as raised, store.begin() as tx:
            tx.notes.put(note("new", title="Mara counts"))
        assert "stopped" in str(raised.value)
        assert "Mara" not in str(raised.value)
