"""What Plan can be told to do."""

from collections.abc import Callable
from dataclasses import dataclass

from companion.desktop.plan.facts import RuleLine, SeatLine


@dataclass(frozen=True)
class Verbs:
    """What the page can be told to do."""

    keep: Callable[[SeatLine], None]
    somebody_else: Callable[[SeatLine], None]
    not_here: Callable[[SeatLine], None]
    nobody: Callable[[SeatLine], None]
    ask_one: Callable[[SeatLine], None]
    take_back: Callable[[RuleLine], None]
    meeting: Callable[[str], None]
