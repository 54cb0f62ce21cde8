"""Work away from the window: one thread for the stores, a few for the network, results by a queued signal."""

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket

if TYPE_CHECKING:  # the window paints before the rooms are imported
    from companion.programme.model import House

T = TypeVar("T")
_REPORT_EVERY = 0.05  # seconds; a report costs the window a wake-up


@dataclass(frozen=True)
class Step:
    """Where a piece of long work stands: a word key, and how many of how many (0: not known)."""

    task: "Task"
    what: str
    done: int
    total: int


class Task:
    """One piece of work on its way: cancel it, or ask whether it is over."""

    def __init__(
        self, owner: QObject | None, report: Callable[["Task", str, int, int], None], *, must_end: bool = False
    ) -> None:
        self.ticket = Ticket(self._pass_on)
        self.owner = owner
        self.finished = False  # set in the window's thread, after its result was handed over
        self.must_end = must_end  # what the user wrote is kept, even where the window closes
        self._over: list[Callable[[], None]] = []
        self._report = report
        self._last: dict[str, float] = {}  # when each word key was reported: the first of a kind is never lost

    def cancel(self) -> None:
        """Ask the work to stop at its next step; its result is then not handed over."""
        self.ticket.cancel()

    def when_over(self, act: Callable[[], None]) -> None:
        """Do something in the window's thread once the work is over, however it ended."""
        self._over.append(act)

    def end(self) -> None:
        """Note that the work is over; only `Tasks` calls this."""
        self.finished = True
        for act in self._over:
            act()

    def _pass_on(self, what: str, done: int, total: int) -> None:
        if not what:  # only a place to stop at
            return
        at = time.monotonic()
        if at - self._last.get(what, 0.0) >= _REPORT_EVERY or (total and done >= total):
            self._last[what] = at
            self._report(self, what, done, total)


@dataclass(frozen=True)
class _Arrival:
    task: Task
    value: Any
    error: BaseException | None
    rooms: Changes
    done: Callable[[Any], None] | None
    failed: Callable[[Problem], None] | None


class Inline(Executor):
    """Runs work at once in the calling thread; for tests of pages."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> "Future[T]":
        """The finished future of a call."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Tasks(QObject):
    """Runs plain functions on a house. Lives in the window's thread; every signal is sent from there.

    `changed` carries Changes, `problem` a Problem, `crash` an exception, `step` a Step, `ended` a Task.
    """

    changed = Signal(object)
    problem = Signal(object)
    crash = Signal(object)
    step = Signal(object)
    ended = Signal(object)
    _arrived = Signal(object)
    _stepped = Signal(object)

    def __init__(self, database: Executor | None = None, network: Executor | None = None) -> None:
        super().__init__()
        self._database = database or ThreadPoolExecutor(1, "stores")
        self._network = network or ThreadPoolExecutor(3, "network")
        self._house: Future[House] = Future()
        self._open: set[Task] = set()
        self._closing = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> int:
        """How many pieces of work are not over."""
        return len(self._open)

    def open(
        self, build: Callable[[], "House"], done: Callable[["House"], None], failed: Callable[[Problem], None]
    ) -> Task:
        """Build the house in the stores' thread; work given before that waits for it, in order."""

        def work(_ticket: Ticket) -> "House":
            before = self._house
            try:
                house = build()
            except BaseException:
                if not before.done():
                    self._house = Future()  # a second try may follow
                    before.set_exception(Cancelled())
                raise
            if before.done():  # the profile is another one now
                self._house = Future()
                self._house.set_result(house)
                before.result().close()
            else:
                before.set_result(house)
            return house

        return self._start(self._database, work, Changes.NOTHING, done, failed, None)

    def read(
        self,
        fn: Callable[["House", Ticket], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Problem], None] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Read in the stores' thread; `done` is called in the window's, unless `owner` is gone or it was cancelled."""
        return self._start(self._database, self._in_house(fn, wait=False), Changes.NOTHING, done, failed, owner)

    def write(
        self,
        fn: Callable[["House", Ticket], T],
        done: Callable[[T], None] | None = None,
        *,
        rooms: Changes = Changes.NOTHING,
        failed: Callable[[Problem], None] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Write in the stores' thread; then `changed` says `rooms`, or the Changes the work returned.

        What was given before the window closed is done before the app ends.
        """
        work = self._in_house(fn, wait=False)
        return self._start(self._database, work, rooms, done, failed, owner, must_end=True)

    def fetch(
        self,
        fn: Callable[["House", Ticket], T],
        done: Callable[[T], None] | None = None,
        *,
        rooms: Changes = Changes.NOTHING,
        failed: Callable[[Problem], None] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """As `write`, for work that waits for the network: in threads of its own, so that reading goes on."""
        return self._start(self._network, self._in_house(fn, wait=True), rooms, done, failed, owner)

    def adopt(self, house: "House") -> None:
        """Work in this house from here on: the same one, for somebody else."""
        self._house = Future()
        self._house.set_result(house)

    def close_house(self) -> None:
        """Close what the house holds open, after `shut_down`."""
        if self._house.done() and self._house.exception() is None:
            self._house.result().close()

    def shut_down(self) -> None:
        """Cancel what reads or fetches, finish what writes, then join; nothing is handed over any more."""
        self._closing = True
        for task in self._open:
            if not task.must_end:
                task.cancel()
        self._network.shutdown(wait=False, cancel_futures=True)
        self._database.shutdown(wait=True)
        if not self._house.done():
            self._house.set_exception(Cancelled())  # whoever waits for a house that never came
        self._network.shutdown(wait=True)
        self._open.clear()

    def _in_house(self, fn: Callable[["House", Ticket], T], *, wait: bool) -> Callable[[Ticket], T]:
        def work(ticket: Ticket) -> T:
            ticket.step()
            house = self._house
            if not wait and not house.done():  # the building of it failed, and was told
                raise Cancelled
            return fn(house.result(), ticket)

        return work

    def _start(
        self,
        executor: Executor,
        work: Callable[[Ticket], T],
        rooms: Changes,
        done: Callable[[T], None] | None,
        failed: Callable[[Problem], None] | None,
        owner: QObject | None,
        *,
        must_end: bool = False,
    ) -> Task:
        task = Task(owner, self._report, must_end=must_end)
        if self._closing:
            task.finished = True
            return task
        self._open.add(task)

        def run() -> None:
            value, error = None, None
            try:
                value = work(task.ticket)
            except BaseException as raised:
                error = raised
            if not self._closing:
                self._arrived.emit(_Arrival(task, value, error, rooms, done, failed))

        executor.submit(run)
        return task

    def _report(self, task: Task, what: str, done: int, total: int) -> None:
        if not self._closing:
            self._stepped.emit(Step(task, what, done, total))

    @Slot(object)
    def _on_stepped(self, step: Step) -> None:
        if not self._closing and not step.task.finished:
            self.step.emit(step)

    @Slot(object)
    def _on_arrived(self, arrival: _Arrival) -> None:
        if self._closing:
            return
        task = arrival.task
        self._open.discard(task)
        task.end()
        self.ended.emit(task)
        if arrival.error is None:
            rooms = arrival.value if isinstance(arrival.value, Changes) else arrival.rooms
            if arrival.done is not None and self._wanted(task):
                arrival.done(arrival.value)
            if rooms:  # after done: what the work did is told even where nobody waits for its result
                self.changed.emit(rooms)
        elif isinstance(arrival.error, Problem):
            self._tell(arrival, arrival.error)
        elif isinstance(arrival.error, Cancelled):
            self._tell_rooms(arrival)
        else:
            self.crash.emit(arrival.error)

    def _tell(self, arrival: _Arrival, problem: Problem) -> None:
        self._tell_rooms(arrival)
        if arrival.failed is None:
            self.problem.emit(problem)
        elif self._wanted(arrival.task):
            arrival.failed(problem)

    def _tell_rooms(self, arrival: _Arrival) -> None:
        if arrival.rooms:  # what was committed before it ended stays, so pages read again
            self.changed.emit(arrival.rooms)

    def _wanted(self, task: Task) -> bool:
        if task.ticket.cancelled:
            return False
        return task.owner is None or shiboken6.isValid(task.owner)
