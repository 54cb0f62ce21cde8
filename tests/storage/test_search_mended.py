"""The words of a search, made anew: as migrations make them, and on both engines."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from companion.basics.clock import now
from companion.basics.errors import Problem
from companion.basics.query import parse
from companion.programme.model import WorkspaceTx
from companion.storage import search as engines
from companion.storage.engine import Store, open_device, open_workspace
from storage.made import takeaway
from storage.test_search import LEADER


def test_it_is_made_anew_as_migrations_make_it(tmp_path: Path) -> None:
    path = tmp_path / "device.db"

    def shape() -> str:
        with closing(sqlite3.connect(path)) as store:
            return str(store.execute("SELECT sql FROM sqlite_master WHERE name = 'search_text'").fetchone()[0])

    with closing(open_device(path, now)) as device:
        before = shape()
        with device.begin() as tx:
            tx.search.rebuild()
    assert before == shape() == engines.MADE


def test_a_workspace_on_either_engine_is_made_anew(workspace: Store[WorkspaceTx]) -> None:
    with workspace.begin() as tx:
        for at in range(5):
            tx.takeaways.put(takeaway(f"t{at}", told_on=None))
    with workspace.begin() as tx:
        connection = tx.search._connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("DELETE FROM search_text")
    with workspace.begin() as tx:
        assert tx.search.behind(thorough=True) == 5
        assert (tx.search.rebuild(), tx.search.behind(thorough=True)) == (5, 0)


def test_a_server_without_the_words_says_so(remote: str) -> None:
    with closing(open_workspace(remote, now)) as store:
        with pytest.raises(Problem) as told, store.begin() as tx:
            _looked(tx)
        assert told.value.code == "search_broken"


def _looked(tx: WorkspaceTx) -> None:
    tx.search._connection.exec_driver_sql("DROP TABLE search_text")  # type: ignore[attr-defined]
    assert tx.search.behind() == 1
    tx.search.find(parse("pallets"), LEADER, 50)
