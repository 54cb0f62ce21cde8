"""Walking a server's pages: a guard against those that repeat themselves or never end."""

import hashlib
from collections.abc import Mapping
from typing import Any

from companion.basics.errors import Problem

_MOST = 2000  # pages; of 10,000 events there are some 20
_BARREN = 50  # empty pages in a row; a few are normal


class LoopError(Problem):
    """The pages go round in circles: what was read of them is no answer."""

    def __init__(self, account: str, host: str) -> None:
        super().__init__("pages_endless", account=account, host=host)


class Walk:
    """What was seen on one walk."""

    def __init__(self, account: str, host: str) -> None:
        self._account, self._host = account, host
        self._places: set[str] = set()
        self._pages: set[str] = set()
        self._barren = 0

    def step(self, page: Mapping[str, Any], place: str) -> None:
        """Take note of a page and where it was; LoopError where it was seen before, or where there are too many."""
        items = page.get("value")
        mark = hashlib.sha256(repr(list(map(_mark, items))).encode()).hexdigest() if items else ""
        self._barren = 0 if items else self._barren + 1
        if place in self._places or mark in self._pages or len(self._places) >= _MOST or self._barren > _BARREN:
            raise LoopError(self._account, self._host)
        self._places.add(place)
        if mark:
            self._pages.add(mark)


def _mark(item: Any) -> object:
    """What tells an item from another one, and from itself after a change."""
    if not isinstance(item, dict):
        return item
    return [item.get(key) for key in ("id", "start", "end", "subject", "attendees", "@removed")]
