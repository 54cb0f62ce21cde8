"""The desk: the one machine that does, just now, what is due for everybody."""

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from companion.basics.errors import Problem
from companion.programme.model import House

LEASE = "desk"
MINUTES = timedelta(minutes=15)


@dataclass(frozen=True)
class Holder:
    """Who is the desk, and until when if nothing more is heard of it."""

    name: str  # of the machine
    until: datetime


class Lease:
    """This machine's right to be the desk; it is prolonged between steps."""

    def __init__(self, house: House, holder: str) -> None:
        self._house, self._holder = house, holder

    def prolong(self) -> None:
        """Fifteen minutes more. Problem `desk_lost` where another machine took over meanwhile."""
        if not _take(self._house, self._holder):
            raise Problem("desk_lost")


@contextmanager
def at_the_desk(house: House) -> Iterator[Lease | Holder]:
    """The lease for the length of a block, or who has it.

    A run that was killed leaves its lease behind: the next run of the same profile goes on under it at once, other
    machines when its time is over.
    """
    holder = f"{platform.node() or '?'} {house.seal(LEASE)[:12]}"
    with house.secrets.alone(LEASE, 0.0) as alone:
        if not alone or not _take(house, holder):
            yield held_by(house) or Holder(platform.node(), house.clock())
            return
        try:
            yield Lease(house, holder)
        finally:
            with house.workspace() as tx:
                tx.leases.drop(LEASE, holder)


def held_by(house: House) -> Holder | None:
    """Who is the desk just now."""
    with house.workspace(write=False) as tx:
        found = tx.leases.held(LEASE, house.clock())
    return Holder(found[0].rpartition(" ")[0], found[1]) if found else None


def _take(house: House, holder: str) -> bool:
    now = house.clock()
    with house.workspace() as tx:
        return tx.leases.take(LEASE, holder, now, now + MINUTES)
