"""A house that dies at any point: in a source, before a transaction commits, or right after it did."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from companion.basics.errors import Problem
from companion.calendars.model import Reading, Window
from companion.connectors.ics.worker import InlineReader
from companion.programme.model import House

_UNREAD = Reading(problems=(Problem("calendar_unreadable", reason="memory"),))


class KilledError(BaseException):
    """The process ended here; nothing that runs in it hears of it."""


@dataclass
class Fate:
    """At which point the process ends, and from which transaction on the workspace is away; 0 for never."""

    dies_at: int = 0
    away_from: int = 0
    points: int = 0
    asked: int = 0

    def tick(self, where: str) -> None:
        """One point passed."""
        self.points += 1
        if self.points == self.dies_at:
            raise KilledError(f"{where}, point {self.points}")


class FailingReader(InlineReader):
    """A reader that has no memory or time for every second (or every, or every third) blob."""

    def __init__(self, every: int) -> None:
        self.every, self.count = every, 0

    def read(
        self,
        data: list[bytes],
        rules: Any,
        window: Window,
        *,
        inspect: bool = False,
        busy_of: frozenset[str] = frozenset(),
    ) -> list[Reading]:
        """As the real one, but for those."""
        readings = super().read(data, rules, window, inspect=inspect)
        return [reading if self._has_time() else _UNREAD for reading in readings]

    def _has_time(self) -> bool:
        self.count += 1
        return self.count % self.every != 0


def fated(house: House, fate: Fate) -> House:
    """The house whose stores follow a fate."""
    return replace(house, device=_begin(house.device, fate, "device"), workspace=_begin(house.workspace, fate, "work"))


def _begin(real: Any, fate: Fate, name: str) -> Any:
    @contextmanager
    def block(write: bool) -> Iterator[Any]:
        with real(write=write) as tx:
            yield tx
            fate.tick(f"{name}: before the commit")
        fate.tick(f"{name}: after the commit")

    def begin(*, write: bool = True) -> AbstractContextManager[Any]:
        if name == "work":
            fate.asked += 1
            if fate.away_from and fate.asked >= fate.away_from:
                raise Problem("store_locked", path="workspace")
        return block(write)

    return begin
