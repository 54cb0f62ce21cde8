"""One gate for all requests of a profile: four at a time, and none while the server wants to be left alone."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.signin import Registration
from companion.connectors.answers import retry_after
from companion.connectors.http import Reply
from companion.programme.model import Begin, DeviceTx

AT_ONCE = 4  # requests of one app that Outlook serves at a time
BRIEF = 20  # seconds that are waited out on the spot
_TRIES = 3  # waits on one request before it is given up for now
_LONGEST = timedelta(days=1)  # what lies further ahead was written by a clock that has been put back since
_BUSY = frozenset({429, 503})
_SLICE = 0.1  # seconds between two looks at the ticket


def pause(seconds: float, ticket: Ticket) -> None:
    """Wait that long; Cancelled at once where the ticket is."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        ticket.step()
        time.sleep(min(left, _SLICE))
    ticket.step()


class Gate:
    """Lets requests through. Short waits are waited out; long ones are kept in the store and end in a Problem.

    What one account is told holds for all: the server counts by app. `begin` opens the device store.
    """

    def __init__(self, registration: Registration, begin: Begin[DeviceTx], clock: Clock) -> None:
        self.name = f"{registration.client_id}@{urlsplit(registration.graph_url).netloc.lower()}"
        self._told = f"{self.name}#told"  # when the wait was asked for
        self.clock = clock
        self._begin = begin
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._open_at = 0.0  # monotonic; the end of a short wait

    def through(
        self, account: str, host: str, ticket: Ticket, ask: Callable[[], Reply], *, busy: frozenset[int] = _BUSY
    ) -> Reply:
        """What `ask` gives when its turn has come; asked again after a short wait where the server is `busy`.

        Problem `server_busy_for` where the wait is too long to sit out, at once where it was told before.
        """
        for attempt in range(_TRIES + 1):
            self._wait(account, host, ticket)
            with self._slot(ticket):
                reply = ask()
            told = retry_after(reply.headers)
            if reply.status not in busy and not (reply.status == 504 and told and 503 in busy):
                return reply
            seconds = told or 2**attempt * (1 + random.random() / 2)
            if seconds > BRIEF or attempt == _TRIES:
                self._keep(seconds)
                raise _busy(account, host, seconds)
            with self._lock:
                self._open_at = max(self._open_at, time.monotonic() + seconds)
        raise AssertionError("the last attempt ends in an answer or a problem")

    def _wait(self, account: str, host: str, ticket: Ticket) -> None:
        left = self._left()
        if timedelta(0) < left <= _LONGEST:
            if left.total_seconds() > BRIEF:
                raise _busy(account, host, left.total_seconds())
            pause(left.total_seconds(), ticket)
        with self._lock:
            short = self._open_at - time.monotonic()
        if short > 0:
            pause(short, ticket)

    def _left(self) -> timedelta:
        """What is left of a long wait: never more than was asked for, also where the clock was put back since."""
        now = self.clock()
        with self._begin(write=False) as device:
            until, told = device.gates.until(self.name), device.gates.until(self._told)
        if until is None:
            return timedelta(0)
        if told is not None and now < told < until:
            self._keep((until - told).total_seconds())
            return until - told
        return until - now

    def _keep(self, seconds: float) -> None:
        now = self.clock().astimezone(UTC)
        with self._begin() as device:
            device.gates.put(self.name, now + timedelta(seconds=seconds))
            device.gates.put(self._told, now)

    @contextmanager
    def _slot(self, ticket: Ticket) -> Iterator[None]:
        ticket.step()
        while not self._slots.acquire(timeout=_SLICE):
            ticket.step()
        try:
            yield
        finally:
            self._slots.release()


def _busy(account: str, host: str, seconds: float) -> Problem:
    return Problem("server_busy_for", account=account, host=host, after=max(1, round(seconds)))
