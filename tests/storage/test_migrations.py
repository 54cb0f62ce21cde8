"""Revisions: the constants, the tables and the scripts agree; old files come up, newer ones are respected."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData

from companion.basics.clock import now
from companion.basics.errors import Problem
from companion.notes.merge import Version
from companion.programme.model import Programme
from companion.storage import engine, migrate
from companion.storage.connecting import open_file, open_server, read_url
from companion.storage.device import tables as device_tables
from companion.storage.engine import DEVICE, WORKSPACE, open_device, open_workspace
from companion.storage.migrate import KEPT, Lineage, copy_before
from companion.storage.workspace import tables as workspace_tables
from servers.postgres import Server
from storage.made import NOON, note

STORES = [(DEVICE, device_tables.metadata), (WORKSPACE, workspace_tables.metadata)]


@pytest.mark.parametrize("lineage", [DEVICE, WORKSPACE], ids=lambda item: item.name)
def test_the_constants_are_the_scripts(lineage: Lineage) -> None:
    config = Config()
    config.set_main_option("script_location", str(lineage.folder))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [lineage.head]
    assert [one.revision for one in scripts.walk_revisions()] == [lineage.head, *reversed(lineage.past)]


def differences(opened: Engine, metadata: MetaData) -> list[Any]:
    """What Alembic would still change; the tables with the words of a search are SQLite's and PostgreSQL's own."""
    with opened.connect() as connection:
        options = {
            "compare_type": True,
            "include_name": lambda name, kind, _parents: (
                not (kind == "table" and name.startswith(("takeaway_text", "search_text")))
            ),
        }
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


@pytest.mark.parametrize(("lineage", "metadata"), STORES, ids=["device", "workspace"])
def test_the_scripts_lay_the_tables_in_a_file(lineage: Lineage, metadata: MetaData, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    migrate.migrate_file(path, lineage, "", NOON, 1)
    opened = open_file(path, 1)
    assert differences(opened, metadata) == []
    assert differences(opened, MetaData()) != []
    opened.dispose()


@pytest.mark.parametrize(("lineage", "metadata"), STORES, ids=["device", "workspace"])
def test_the_scripts_lay_the_tables_on_a_server(lineage: Lineage, metadata: MetaData, server: Server) -> None:
    with server.database() as url:
        opened = open_server(read_url(url), 5)
        migrate.migrate_server(opened, lineage)
        assert differences(opened, metadata) == []
        opened.dispose()


def test_a_normal_open_loads_no_alembic(tmp_path: Path, remote: str) -> None:
    places = [str(tmp_path / "device.db"), str(tmp_path / "workspace.db"), remote]
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from companion.basics.clock import now\n"
        "from companion.storage.engine import open_device, open_workspace\n"
        f"for store in (open_device(Path({places[0]!r}), now), open_workspace({places[1]!r}, now),"
        f" open_workspace({places[2]!r}, now)):\n"
        "    with store.begin(): pass\n"
        "    store.close()\n"
        "print('alembic' in sys.modules)\n"
    )
    said = [
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.strip()
        for _ in range(2)
    ]
    assert said == ["True", "False"]


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lineage:
    """The device's revisions with one more, as a later version would have them."""
    folder = tmp_path / "migrations"
    shutil.copytree(DEVICE.folder, folder)
    (folder / "versions" / "r9999_colour.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = 'device_9999'\ndown_revision = '{DEVICE.head}'\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('note') as batch:\n"
        "        batch.add_column(sa.Column('colour', sa.Text(), nullable=False, server_default='grey'))\n"
        "        batch.alter_column('title', new_column_name='heading')\n"
    )
    lineage = Lineage("device", (*DEVICE.past, DEVICE.head), "device_9999", folder)
    monkeypatch.setattr(engine, "DEVICE", lineage)
    return lineage


def laid(path: Path) -> Path:
    """A device store with one note and a line."""
    with closing(open_device(path, now)) as store, store.begin() as tx:
        tx.notes.put(note())
        heard = Version("heard", (), "q", NOON)
        tx.versions.put("n1", "line:l1", (heard,), NOON)
    return path


def line() -> Any:
    """One line."""
    from companion.notes.model import Line

    return Line("l1", NOON, "q", "heard")


def columns(path: Path, table: str) -> set[str]:
    """Names of a table's columns."""
    with closing(sqlite3.connect(path)) as connection:
        return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


def test_an_old_file_comes_up_with_a_copy_of_what_was(
    tmp_path: Path, tomorrow: Lineage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as today:
        today.setattr(engine, "DEVICE", DEVICE)
        path = laid(tmp_path / "device.db")
    open_device(path, now).close()
    assert {"colour", "heading"} <= columns(path, "note")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT heading, colour FROM note").fetchall() == [("Kestrel, spring", "grey")]
        assert connection.execute("SELECT text FROM line").fetchall() == [("heard",)]
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.startswith(f"pre-{DEVICE.head}-")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert "title" in columns(copy, "note")
    open_device(path, now).close()
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_a_failed_migration_leaves_the_file_as_it_was(
    tmp_path: Path, tomorrow: Lineage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as today:
        today.setattr(engine, "DEVICE", DEVICE)
        path = laid(tmp_path / "device.db")
    with (tomorrow.folder / "versions" / "r9999_colour.py").open("a") as script:
        script.write("    op.execute('DELETE FROM line')\n    op.execute('INSERT INTO nowhere VALUES (1)')\n")
    with pytest.raises(Exception, match="nowhere"):
        open_device(path, now)
    assert "title" in columns(path, "note")
    monkeypatch.setattr(engine, "DEVICE", DEVICE)
    with closing(open_device(path, now)) as store, store.begin() as tx:
        assert tx.notes.all()[0].lines == (line(),)


def test_a_migration_that_orphans_rows_is_taken_back(
    tmp_path: Path, tomorrow: Lineage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as today:
        today.setattr(engine, "DEVICE", DEVICE)
        path = laid(tmp_path / "device.db")
    with (tomorrow.folder / "versions" / "r9999_colour.py").open("a") as script:
        script.write("    op.execute('DELETE FROM note')\n")
    with pytest.raises(Problem, match="store_orphans"):
        open_device(path, now)
    assert "title" in columns(path, "note")


def test_a_new_file_needs_no_copy(tmp_path: Path) -> None:
    laid(tmp_path / "device.db")
    assert not (tmp_path / "backups").exists()


def test_the_last_copies_of_each_store_are_kept(tmp_path: Path) -> None:
    path = laid(tmp_path / "device.db")
    folder = tmp_path / "backups"
    other = copy_before(path, folder, "workspace_0001", NOON)
    made = [copy_before(path, folder, f"device_{n:04}", NOON.replace(minute=59 - n)) for n in range(KEPT + 3)]
    assert set(folder.iterdir()) == {other, *made[:KEPT]}


def claim(path: Path, revision: str) -> None:
    """Let a file say it is of this revision."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_a_newer_device_store_is_refused(tmp_path: Path) -> None:
    path = laid(tmp_path / "device.db")
    claim(path, "device_99999")
    with pytest.raises(Problem, match="store_newer"):
        open_device(path, now)


def ask_for(place: str | Path, client: int) -> None:
    """Let a workspace ask for a client."""
    with closing(open_workspace(place, now)) as store, store.begin() as tx:
        tx.programme.put(Programme(name="Kiln", min_client=client))


def test_a_workspace_can_ask_for_a_newer_client(place: str | Path) -> None:
    ask_for(place, workspace_tables.CLIENT)
    ask_for(place, workspace_tables.CLIENT + 1)
    with pytest.raises(Problem, match="client_too_old"):
        open_workspace(place, now)


def test_a_newer_workspace_is_worked_with_while_it_allows_it(tmp_path: Path, server: Server) -> None:
    path = tmp_path / "workspace.db"
    ask_for(path, 1)
    claim(path, "workspace_9999")
    with server.database("model") as url:
        server.run("UPDATE alembic_version SET version_num = 'workspace_9999'", url.rpartition("/")[2])
        for place in (path, url):
            with closing(open_workspace(place, now)) as store, store.begin() as tx:
                tx.programme.put(Programme(name="Still here"))
            with closing(open_workspace(place, now)) as store, store.begin() as tx:
                assert tx.programme.get().name == "Still here"
            ask_for(place, 2)
            with pytest.raises(Problem, match="client_too_old"):
                open_workspace(place, now)


def test_who_may_not_migrate_is_told_so(tmp_path: Path, server: Server) -> None:
    with server.database() as url:
        for place in (tmp_path / "workspace.db", url):
            with pytest.raises(Problem, match="store_older"):
                open_workspace(place, now, may_migrate=False)
            open_workspace(place, now).close()
            open_workspace(place, now, may_migrate=False).close()
