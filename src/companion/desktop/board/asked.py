"""What the board is asked to show: whose rows, which columns, which time; kept by name on this device."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from companion.programme.model import House
from companion.words.board import ORDERS

KIND = "board_view"  # on the shelf
_LAST = "board_last"  # what the page remembers by itself


@dataclass(frozen=True)
class Asked:
    """A view of the board. `span` as `attendance.days.period` reads it, "" the programme's own."""

    span: str = ""
    as_of: str = ""  # a day, ISO 8601; "" today
    text: str = ""
    team: str = ""
    state: str = ""  # a key of `words.board.STATES`
    order: str = "team"
    more: bool = False  # all columns

    @property
    def day(self) -> date | None:
        """The day whose knowledge holds, None for today's."""
        return date.fromisoformat(self.as_of) if self.as_of else None

    @property
    def narrows(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self.text.strip() or self.team or self.state)

    def whole(self) -> "Asked":
        """The same with nobody left out."""
        return replace(self, text="", team="", state="")


@dataclass(frozen=True)
class Views:
    """The views that are kept, by name, and which one the board opens with ("" none)."""

    kept: Mapping[str, Asked]
    first: str = ""


def read_views(house: House) -> Views:
    """The views kept on this device."""
    with house.device(write=False) as tx:
        found = tx.shelf.all(KIND)
    first = next((name for name, body in found.items() if body.get("first")), "")
    return Views({name: _asked(body) for name, body in sorted(found.items())}, first)


def keep_view(house: House, name: str, asked: Asked) -> Views:
    """Keep a view under a name, in place of what stood there."""
    with house.device() as tx:
        before = tx.shelf.get(KIND, name) or {}
        tx.shelf.put(KIND, name, {**asdict(asked), "first": bool(before.get("first"))})
    return read_views(house)


def open_with(house: House, name: str) -> Views:
    """Let the board open with a view from now on; "" with everybody."""
    with house.device() as tx:
        for other, body in tx.shelf.all(KIND).items():
            if bool(body.get("first")) != (other == name):
                tx.shelf.put(KIND, other, {**body, "first": other == name})
    return read_views(house)


def drop_view(house: House, name: str) -> Views:
    """Let go of a view."""
    with house.device() as tx:
        tx.shelf.drop(KIND, name)
    return read_views(house)


def at_first(house: House) -> Asked:
    """What the board opens with: the view that was chosen for it, or everybody, with the columns of last time."""
    views = read_views(house)
    if views.first:
        return views.kept[views.first]
    with house.device(write=False) as tx:
        last = tx.shelf.get(_LAST, "columns") or {}
    return Asked(more=bool(last.get("more")))


def remember_columns(house: House, *, more: bool) -> None:
    """Note whether all columns were shown."""
    with house.device() as tx:
        tx.shelf.put(_LAST, "columns", {"more": more})


def _asked(body: Mapping[str, Any]) -> Asked:
    known = {item.name: item.type for item in fields(Asked)}
    made = Asked(**{key: value for key, value in body.items() if key in known})
    return made if made.order in ORDERS else replace(made, order="team")
