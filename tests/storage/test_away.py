"""A workspace that is away holds nobody up, and comes back by itself."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.basics.clock import now
from companion.basics.errors import Problem
from companion.basics.paths import Paths
from companion.basics.settings import Settings, write_settings
from companion.bootstrap import build
from companion.programme import listening
from companion.programme.model import Programme, WorkspaceTx
from companion.storage.away import MayBeAway
from companion.storage.engine import Store, open_workspace

QUICK = (0.01,)


class Server:
    """A workspace that can be reached or not."""

    def __init__(self, path: Path) -> None:
        self.reached = False
        self.path = path
        self.asked = 0

    def open(self) -> Store[WorkspaceTx]:
        self.asked += 1
        if not self.reached:
            raise Problem("workspace_unreachable", path="db.example")
        return open_workspace(self.path, now)


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path / "workspace.db")


@pytest.fixture
def away(server: Server) -> Iterator[MayBeAway]:
    made = MayBeAway(server.open, QUICK)
    yield made
    made.close()


def until(fact: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not fact():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def answers(store: MayBeAway) -> bool:
    try:
        with store.begin(write=False) as tx:
            tx.programme.get()
    except Problem:
        return False
    return True


def test_it_says_so_at_once_and_comes_back_by_itself(server: Server, away: MayBeAway) -> None:
    with pytest.raises(Problem, match="workspace_unreachable") as told, away.begin():
        pass
    assert told.value.facts == {"path": "db.example"}
    server.reached = True
    until(lambda: answers(away))
    with away.begin() as tx:
        tx.programme.put(Programme(name="Ferro"))


def test_what_is_wrong_with_it_is_told_at_the_start(tmp_path: Path) -> None:
    def refused() -> Store[WorkspaceTx]:
        raise Problem("workspace_refused", path="db.example")

    with pytest.raises(Problem, match="workspace_refused"):
        MayBeAway(refused)


def test_a_connection_that_is_cut_is_back_soon(server: Server) -> None:
    server.reached = True
    store = MayBeAway(server.open, QUICK)
    try:

        def cut() -> None:
            with store.begin():
                raise Problem("workspace_unreachable", path="db.example")

        with pytest.raises(Problem, match="workspace_unreachable"):
            cut()
        until(lambda: answers(store))
    finally:
        store.close()


def test_nobody_looks_for_it_after_it_was_closed(server: Server, away: MayBeAway) -> None:
    until(lambda: server.asked > 1)
    away.close()
    asked = server.asked
    time.sleep(0.05)
    assert server.asked == asked


def test_a_profile_opens_without_its_workspace_and_notes_can_be_read(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    paths = Paths(home)
    write_settings(paths.settings, Settings("dana@ferro.example", "postgresql://dana@127.0.0.1:9/none"))
    house = build(home, secrets_mode="session")
    try:
        assert house.workspace_shared
        assert listening.all_of(house) == []
        with pytest.raises(Problem, match="workspace_unreachable"), house.workspace():
            pass
    finally:
        house.close()
