"""What was found, under quiet headings by kind; in each line the hit stands out by its weight, not by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter

from companion.basics.clock import day_of
from companion.desktop.look import Look
from companion.desktop.widgets.items import Item, ItemDelegate, ItemList
from companion.programme.search import Excerpt, Hit, HitKind, Results
from companion.words.dates import short_day
from companion.words.language import mark, t

KINDS: tuple[tuple[HitKind, str], ...] = (
    ("customer", mark("Customers")),
    ("contact", mark("Their people")),
    ("fact", mark("What is known of customers")),
    ("takeaway", mark("Takeaways")),
    ("note", mark("My notes, on this computer only")),
)
BEFORE = 0.5  # of the line: a hit farther right than this is moved to the left


@dataclass(frozen=True)
class Found(Item):
    """An item whose second line has marks."""

    marks: tuple[tuple[int, int], ...] = ()


def items(results: Results, zone: str, today: date) -> list[Item]:
    """The hits under their headings, each kind newest first as they came."""
    listed: list[Item] = []
    for kind, heading in KINDS:
        hits = [hit for hit in results.hits if hit.kind == kind]
        if hits:
            listed.append(Item("", t(heading)))
            listed += [_item(hit, zone, today) for hit in hits]
    return listed


def key_of(hit: Hit) -> str:
    """By which key a hit is found again."""
    return f"{hit.kind}:{hit.id}"


def _item(hit: Hit, zone: str, today: date) -> Found:
    when = short_day(day_of(hit.at, zone), today) if hit.at else ""
    title, beside = hit.title or hit.customer, hit.customer
    if hit.kind == "fact" and hit.customer:  # whose it is comes before what it is
        title, beside = hit.customer, hit.title
    tag = " · ".join(part for part in (beside if beside != title else "", when) if part)
    return Found(key_of(hit), title, hit.excerpt.text, tag, marks=hit.excerpt.marks)


def shift(excerpt: Excerpt, metrics: QFontMetrics, width: int) -> Excerpt:
    """The excerpt so that its first hit can be seen in a line of that width: words before it make room."""
    if not excerpt.marks:
        return excerpt
    begins, ends = excerpt.marks[0]
    text, at = excerpt.text, 0
    if metrics.horizontalAdvance(text[:ends]) <= width * BEFORE or metrics.horizontalAdvance(text) <= width:
        return excerpt
    while at < begins and metrics.horizontalAdvance(text[at:ends]) > width * BEFORE:
        at = text.find(" ", at + 1, begins) + 1 or begins
    if at == 0:
        return excerpt
    moved = tuple((first - at + 2, last - at + 2) for first, last in excerpt.marks if first >= at)
    return Excerpt(f"… {text[at:]}", moved)


class FoundDelegate(ItemDelegate):
    """Draws the second line with its hits in heavier letters."""

    def draw_below(self, painter: QPainter, box: QRect, font: QFont, item: Item) -> None:
        """The second line in pieces."""
        self._line(painter, box, font, Excerpt(item.below, item.marks if isinstance(item, Found) else ()))

    def _line(self, painter: QPainter, box: QRect, font: QFont, whole: Excerpt) -> None:
        plain, heavy = self._font(font, 13, bold=False), self._font(font, 13, bold=True)
        excerpt = shift(whole, QFontMetrics(heavy), box.width())
        across = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        x = box.left()
        for text, hit in pieces(excerpt):
            metrics = QFontMetrics(heavy if hit else plain)
            room = box.right() - x
            if room <= 0:
                break
            painter.setFont(heavy if hit else plain)
            painter.setPen(QColor(self._look.tokens.text if hit else self._look.tokens.soft))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(x, box.top(), room, box.height()), across, shown)
            x += metrics.horizontalAdvance(shown)
            if shown != text:
                break


def pieces(excerpt: Excerpt) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a hit."""
    found: list[tuple[str, bool]] = []
    at = 0
    for first, last in sorted(excerpt.marks):
        if first > at:
            found.append((excerpt.text[at:first], False))
        if last > max(first, at):
            found.append((excerpt.text[max(first, at) : last], True))
        at = max(at, last)
    if at < len(excerpt.text):
        found.append((excerpt.text[at:], False))
    return found


class FoundList(ItemList):
    """The list of what was found; `opened` carries the key of what is to be shown."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, t("What was found"))
        self._draws = FoundDelegate(look, self._items)
        self.setItemDelegate(self._draws)
        self.clicked.connect(lambda _index: self._open())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def show_found(self, listed: Sequence[Item]) -> None:
        """List other things, and stand on the first of them."""
        first = next((item.key for item in listed if item.key), "")
        self.show_items(listed, first)

    def _open(self) -> None:
        if self.current:
            self.opened.emit(self.current)
