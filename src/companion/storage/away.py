"""A workspace on a server that may be away: whoever asks is told at once, and it is looked for in the background."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path
from threading import Event, Lock, Thread

from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.programme.model import WorkspaceTx
from companion.storage.engine import Store, open_workspace

AWAY = "workspace_unreachable"
LOOKS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds until it is looked for again; the last goes on


def workspace_at(url: str, path: Path, clock: Clock) -> "tuple[Store[WorkspaceTx] | MayBeAway, bool]":
    """The workspace of that address, else the file there; and whether it is a server, which others write to as well."""
    if "://" not in url or url.startswith("sqlite:"):
        return open_workspace(url or path, clock), False
    return MayBeAway(lambda: open_workspace(url, clock)), True


class MayBeAway:
    """Implements `programme.model.Begin` for a workspace on a server.

    A server that is out of reach lets every connection wait for its time-out, and one thread serves both stores: a note
    would wait with it. So after the first time nobody waits any more; a thread of its own looks until it answers.
    """

    def __init__(self, open_it: Callable[[], Store[WorkspaceTx]], looks: Sequence[float] = LOOKS) -> None:
        self._open = open_it
        self._looks = looks
        self._store: Store[WorkspaceTx] | None = None
        self._away: Problem | None = None
        self._lock = Lock()
        self._over = Event()
        self._looker: Thread | None = None
        try:
            self._store = open_it()
        except Problem as problem:
            if problem.code != AWAY:
                raise
            self._gone(problem)

    @contextmanager
    def begin(self, *, write: bool = True) -> Iterator[WorkspaceTx]:
        """One transaction. Problem `workspace_unreachable` at once while it is away."""
        store = self._store
        if store is None or self._away is not None:
            raise self._told()
        try:
            with store.begin(write=write) as tx:
                yield tx
        except Problem as problem:
            if problem.code == AWAY:
                self._gone(problem)
            raise

    def _told(self) -> Problem:
        away = self._away
        return Problem(away.code, **away.facts) if away else Problem(AWAY)

    def close(self) -> None:
        """Look no more, and let go of every connection."""
        self._over.set()
        looker = self._looker
        if looker is not None:
            looker.join()
        if self._store is not None:
            self._store.close()

    def _gone(self, problem: Problem) -> None:
        with self._lock:
            self._away = problem
            if self._over.is_set() or (self._looker is not None and self._looker.is_alive()):
                return
            self._looker = Thread(target=self._look, name="companion-workspace", daemon=True)
            self._looker.start()

    def _look(self) -> None:
        for seconds in chain(self._looks, repeat(self._looks[-1])):
            if self._over.wait(seconds):
                return
            try:
                store = self._store or self._open()
                with store.begin(write=False) as tx:
                    tx.programme.get()
            except Problem as problem:
                if problem.code != AWAY:  # it answers, and says something else: whoever asks next is told that
                    self._away = problem
                continue
            with self._lock:
                self._store, self._away = store, None
                self._looker = None
            return
