"""Reads calendars in a process of its own, so that the window never waits and no calendar can take the app down."""

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled
from companion.calendars.model import Reading, Window
from companion.connectors.ics.serving import READY, serve
from companion.meetings.recognise import Rules

DEADLINE = 60.0  # seconds for one blob, and a second more for each of its megabytes
_START = 30.0  # seconds a new process may take to come up
_HANDFUL = 4_000_000  # bytes that are sent at once, so that no page is in memory many times over


class Reader:
    """A `calendars.model.CalendarReader` whose work is done by one spawned process, started at the first reading
    or at `warm`.

    A blob that kills the process or takes too long gets a second, fresh process; if it does so again its
    reading holds `calendar_unreadable` and nothing else. `close` may come from any thread: a reading under
    way then raises Cancelled.
    """

    def __init__(self, deadline: float = DEADLINE, serve: Callable[[Connection], None] = serve) -> None:
        self._deadline = deadline
        self._serve = serve
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._sent = ""  # fingerprint of the rules the process holds
        self._closed = False

    def warm(self) -> None:
        """Start the process; its imports then run beside what the caller does until there is something to read."""
        with suppress(OSError):  # the first reading tries again, and tells
            self._open()

    def read(
        self, data: list[bytes], rules: Rules, window: Window, *, inspect: bool = False,
        busy_of: frozenset[str] = frozenset(),
    ) -> list[Reading]:  # fmt: skip
        """One reading for each of the bytes, in their order."""
        readings: list[Reading] = []
        lost = -1  # where the process was given up the last time
        while len(readings) < len(data):
            reason = self._ask(_handful(data, len(readings)), rules, (window, inspect, busy_of), readings)
            if reason:
                self._stop()
                at = len(readings)
                if at == lost:
                    readings.append(Reading(problems=(Problem("calendar_unreadable", reason=reason),)))
                lost = at
        return readings

    def close(self) -> None:
        """End the process at once; nothing of it needs saving."""
        self._closed = True
        self._stop()

    @property
    def pid(self) -> int | None:
        """The process that reads, None where there is none now."""
        process = self._process
        return process.pid if process else None

    def _ask(
        self, blobs: list[bytes], rules: Rules, asked: tuple[Window, bool, frozenset[str]], readings: list[Reading]
    ) -> str:
        """Add a reading for each of the bytes; where the process fails at one, stop there and say why."""
        try:
            pipe = self._open()
            if not self._sent and not (pipe.poll(_START) and pipe.recv() == READY):
                return "start"
            given = rules if self._sent != rules.fingerprint else None
            pipe.send((blobs, given, *asked))
            self._sent = rules.fingerprint
            for blob in blobs:
                if not pipe.poll(self._deadline + len(blob) / 1_000_000):
                    return "deadline"
                answer = pipe.recv()
                if not isinstance(answer, Reading):
                    return str(answer)
                readings.append(answer)
            return ""
        except (EOFError, OSError, TypeError) as error:  # TypeError: closed by another thread in mid-read
            if self._closed:
                raise Cancelled from None
            if isinstance(error, TypeError):
                raise
            return "died"

    def _open(self) -> Connection:
        with self._lock:
            if self._closed:
                raise Cancelled
            if self._pipe is None:
                # spawn, not fork: the app has threads, and the child needs neither its window nor its stores
                context = multiprocessing.get_context("spawn")
                self._pipe, theirs = context.Pipe()
                self._process = context.Process(target=self._serve, args=(theirs,), name="calendars", daemon=True)
                self._process.start()
                theirs.close()
            return self._pipe

    def _stop(self) -> None:
        with self._lock:
            process, pipe = self._process, self._pipe
            self._process, self._pipe, self._sent = None, None, ""
            if process is not None:
                process.kill()
                process.join(timeout=1)
            if pipe is not None:
                pipe.close()


class InlineReader:
    """The same reading in this process, for tests and small tools; nothing ends it from outside."""

    def warm(self) -> None:
        """Nothing to start."""

    def read(
        self, data: list[bytes], rules: Rules, window: Window, *, inspect: bool = False,
        busy_of: frozenset[str] = frozenset(),
    ) -> list[Reading]:  # fmt: skip
        """One reading for each of the bytes, in their order."""
        from companion.connectors.ics.reading import Question

        return list(map(Question(rules, window, inspect=inspect, busy_of=busy_of).read, data))

    def close(self) -> None:
        """Nothing to end."""


def _handful(data: list[bytes], begin: int) -> list[bytes]:
    """The next of the bytes: all that are left where they are few, at least one."""
    end, size = begin, 0
    while end < len(data) and (end == begin or size + len(data[end]) <= _HANDFUL):
        size += len(data[end])
        end += 1
    return data[begin:end]
