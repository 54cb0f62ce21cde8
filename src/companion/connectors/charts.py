"""Charts of our own, as SVG and as a table of simple HTML: from nothing on, each bar with its number beside it."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from markupsafe import Markup

from companion.programme.document import Chart

WIDTH, LABELS, SAID, ROW, THICK = 720, 200, 150, 26, 15  # of the drawing's own units
INKS = ("#0b5e52", "#7db8ad", "#ffffff")  # dark, middle, paper: told apart without colour too
OUTLINE = "#0b5e52"
LONGEST_LABEL = 30


@dataclass(frozen=True)
class Drawn:
    """A chart in both forms, with what its inks mean."""

    svg: Markup
    rows: tuple["Row", ...]
    legend: tuple[tuple[str, str], ...]  # (ink, what it is); none where there is but one
    about: str


@dataclass(frozen=True)
class Row:
    """One bar for `House.render_pdf`: parts as (ink, width in percent of the room for bars)."""

    label: str
    parts: tuple[tuple[str, int], ...]
    said: str

    @property
    def left(self) -> int:
        """What of the room stays empty, in percent."""
        return max(0, 100 - sum(share for _, share in self.parts))


def draw(chart: Chart, numbers: Iterator[int] | None = None) -> Drawn:
    """The chart as SVG and as rows. `numbers` keeps the ids of several drawings on one page apart."""
    key = f"c{next(numbers or count())}"
    inks = tuple(zip(INKS, chart.series, strict=False))
    rows = tuple(
        Row(bar.label, tuple(_share(ink, part, chart) for ink, part in zip(INKS, bar.parts, strict=False) if part),
            bar.said)
        for bar in chart.bars
    )  # fmt: skip
    return Drawn(_svg(chart, key), rows, inks if len(inks) > 1 else (), chart.about)


def _share(ink: str, part: int, chart: Chart) -> tuple[str, int]:
    return ink, max(1, round(100 * part / chart.longest))


def _svg(chart: Chart, key: str) -> Markup:
    height = ROW * len(chart.bars) + 8
    scale = (WIDTH - LABELS - SAID) / chart.longest
    made = [
        Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="{}" '
               'font-size="13" width="100%">').format(WIDTH, height, key),
        Markup('<title id="{}">{}</title>').format(key, chart.about),
    ]  # fmt: skip
    for number, bar in enumerate(chart.bars):
        top = 4 + ROW * number
        middle = top + ROW / 2 + 4.5
        made.append(Markup('<text class="ink" x="{}" y="{}" text-anchor="end">{}</text>').format(
            LABELS - 10, middle, cut(bar.label)))  # fmt: skip
        at = float(LABELS)
        for ink, part in zip(INKS, bar.parts, strict=False):
            if part:
                made.append(Markup(
                    '<rect x="{:.1f}" y="{}" width="{:.1f}" height="{}" fill="{}" stroke="{}"/>'
                ).format(at, top + (ROW - THICK) / 2, part * scale, THICK, ink, OUTLINE))  # fmt: skip
            at += part * scale
        made.append(Markup('<text class="ink" x="{:.1f}" y="{}">{}</text>').format(at + 8, middle, bar.said))
    made.append(Markup('<line x1="{0}" y1="0" x2="{0}" y2="{1}" stroke="{2}"/></svg>').format(LABELS, height, OUTLINE))
    return Markup("").join(made)


def cut(label: str) -> str:
    """A label that fits beside its bar; a letter keeps its accents."""
    if len(label) <= LONGEST_LABEL:
        return label
    kept = label[: LONGEST_LABEL - 1]
    while kept and unicodedata.combining(label[len(kept)]):
        kept = kept[:-1]
    return kept.rstrip() + "…"
