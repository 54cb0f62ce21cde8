"""Closed years: figures that stay as they were told, and what changed since beside them."""

from companion.attendance.closing import Closing
from companion.programme.model import House


def closed(house: House) -> list[Closing]:
    """The closed periods, oldest first."""
    with house.workspace(write=False) as tx:
        return tx.closings.all()
