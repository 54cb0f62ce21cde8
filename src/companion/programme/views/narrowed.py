"""Read narrowed to a team, a customer or a pillar, with how many each choice would leave."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from companion.programme.views.reading import ReadRow, ReadView
from companion.takeaways.audience import team_of

Side = Literal["team", "customer", "pillar"]
SIDES: tuple[Side, ...] = ("team", "customer", "pillar")


@dataclass(frozen=True)
class Narrowing:
    """What Read is narrowed to; "" for all of it."""

    team: str = ""  # whose author it is, or for whom it is
    customer: str = ""  # its name as readers see it
    pillar: str = ""  # `integrity`, heard to be well or badly kept

    def chosen(self, side: Side) -> str:
        """What one side is narrowed to."""
        return {"team": self.team, "customer": self.customer, "pillar": self.pillar}[side]

    def choose(self, side: Side, key: str) -> "Narrowing":
        """Narrowed to another one on one side."""
        if side == "team":
            return replace(self, team=key)
        return replace(self, customer=key) if side == "customer" else replace(self, pillar=key)


def narrowed(view: ReadView, to: Narrowing) -> ReadView:
    """The same view with what is left of it; what was unread stays counted."""
    if to == Narrowing():
        return view
    rows, gone = (tuple(row for row in rows if _fits(row, to)) for rows in (view.rows, view.withdrawn))
    return replace(view, rows=rows, withdrawn=gone)


def choices(view: ReadView, to: Narrowing, side: Side) -> tuple[tuple[str, int], ...]:
    """What one side can be narrowed to while the others stay, by name, and how many that leaves."""
    others = to.choose(side, "")
    found = Counter(key for row in (*view.rows, *view.withdrawn) if _fits(row, others) for key in _keys(row, side))
    if to.chosen(side):
        found.setdefault(to.chosen(side), 0)
    return tuple(sorted(found.items(), key=lambda pair: pair[0].casefold()))


def _fits(row: ReadRow, to: Narrowing) -> bool:
    return all(not to.chosen(side) or to.chosen(side) in _keys(row, side) for side in SIDES)


def _keys(row: ReadRow, side: Side) -> frozenset[str]:
    """What a takeaway is listed under on one side."""
    takeaway = row.takeaway
    if side == "team":
        found = {row.team, team_of(takeaway.audience)}
    elif side == "customer":
        found = {takeaway.customer_name}
    else:
        found = {pillar[:-1] for pillar in takeaway.pillars}
    return frozenset(found - {""})
