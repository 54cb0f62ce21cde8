"""How much may stand on a page: from plenty to the least, so that what we know never makes a brief longer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """The most words of each text, and how many of each kind."""

    text: int  # of a fact
    line: int  # of one of the five lines
    source: int
    goals: int
    promises: int
    avoid: int
    touches: int
    front_line: int
    room: int
    quote: int  # its words, 0 for none
    name: int = 8  # of a person, a firm, a place


LEVELS = (
    Level(40, 32, 9, 3, 4, 4, 2, 3, 8, 44),
    Level(34, 28, 8, 3, 4, 3, 2, 2, 8, 38),
    Level(30, 26, 8, 3, 3, 3, 2, 2, 8, 34),
    Level(28, 26, 7, 3, 3, 2, 2, 1, 7, 30),
    Level(26, 24, 6, 3, 2, 2, 2, 1, 6, 26),
    Level(24, 22, 6, 3, 2, 2, 2, 1, 6, 24),
    Level(22, 20, 5, 3, 2, 2, 2, 1, 6, 22),
    Level(20, 18, 5, 3, 2, 2, 2, 1, 5, 20),
    Level(18, 16, 5, 3, 2, 2, 2, 1, 5, 18),
    Level(16, 14, 5, 3, 2, 2, 2, 1, 5, 0, 7),
    Level(14, 12, 4, 3, 2, 2, 2, 1, 5, 0, 7),
    Level(12, 10, 4, 3, 2, 2, 2, 1, 4, 0, 6),
    Level(10, 8, 4, 3, 1, 1, 2, 0, 4, 0, 5),
    Level(8, 6, 3, 2, 1, 1, 1, 0, 3, 0, 4),
    Level(5, 4, 2, 2, 1, 1, 1, 0, 2, 0, 3),
)
EXPECTED = 16  # words of what the listener expects to hear: a line by hand
WIDENED = (  # what gets the room that is left, and up to how much: first enough of each, then more
    ("avoid", 2), ("promises", 2), ("front_line", 1), ("text", 22), ("line", 20), ("quote", 20), ("source", 6),
    ("promises", 3), ("avoid", 3), ("text", 40), ("line", 32), ("quote", 44), ("source", 9), ("front_line", 2),
)  # fmt: skip
