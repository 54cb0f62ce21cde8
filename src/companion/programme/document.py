"""A document for people without the app: sentences, tables and bars, already in their reader's language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One row of a chart. `parts`: whole numbers, as many as the chart has `series`; `said`: the same in words."""

    label: str
    parts: tuple[int, ...]
    said: str


@dataclass(frozen=True)
class Chart:
    """Bars that begin at nothing and share one scale. `about` says what they show to who cannot see them."""

    series: tuple[str, ...]  # what each part is, one to three
    bars: tuple[Bar, ...]
    about: str
    whole: int = 0  # what all of the room stands for, where the bars are parts of it

    @property
    def longest(self) -> int:
        """What the whole width stands for; never less than one, or than the longest bar."""
        return max([1, self.whole, *(sum(bar.parts) for bar in self.bars)])


@dataclass(frozen=True)
class Grid:
    """A table. `numbers`: the columns that are set to the right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Section:
    """A heading, and what stands under it, in this order; any of it may be empty."""

    heading: str
    lines: tuple[str, ...] = ()
    chart: Chart | None = None
    items: tuple[str, ...] = ()
    grid: Grid | None = None
    key: str = ""  # what it is about, for programs
    notes: tuple[str, ...] = ()  # in small letters


@dataclass(frozen=True)
class Document:
    """One whole page or more, as it is printed, saved or shown."""

    title: str
    about: str  # the firm, the period, the day it is of
    lead: tuple[str, ...]  # what it says in a sentence or two
    sections: tuple[Section, ...]
    foot: tuple[str, ...] = ()
    language: str = "en"
