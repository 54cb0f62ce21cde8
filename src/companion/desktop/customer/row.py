"""One thing known of a customer: its words, where they are from, what became of it, and what can be done with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from companion.desktop.widgets.quote import quoted
from companion.desktop.widgets.rows import Row
from companion.desktop.widgets.text import PlainLabel, Tone
from companion.words.language import t


@dataclass(frozen=True)
class Shown:
    """One row as it is shown; equal rows are not built anew."""

    key: str
    text: str
    lead: str = ""  # a label before the words: what they do, a team, a day
    small: tuple[str, ...] = ()  # lines below, in small letters
    before: tuple[str, ...] = ()  # what it said before, newest first
    others: tuple[tuple[str, str], ...] = ()  # (who, text) of those who changed it at the same time
    quote: bool = False
    soft: bool = False  # old, ended or unknown: quieter
    waits: bool = False  # written while the workspace was away
    edits: bool = False
    opens: str = ""  # the page it leads to, "" for none
    item: str = ""
    menu: tuple[tuple[str, str], ...] = ()  # (what to do, its label)

    @property
    def says(self) -> str:
        """All of it, for a screen reader."""
        words = quoted(self.text) if self.quote else self.text
        return ". ".join(part for part in (self.lead, words, *self.small) if part)


class SmallButton(QPushButton):
    """A pencil or three dots, drawn; for the mouse, since the keyboard has the row itself."""

    def __init__(self, sign: str, says: str, act: Callable[[], None]) -> None:
        super().__init__()
        self._sign = sign
        self.setProperty("part", "whisper")
        self.setAccessibleName(says)
        self.setToolTip(says)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: act())

    def sizeHint(self) -> QSize:
        """A square as high as two lines of small letters."""
        side = round(self.fontMetrics().height() * 1.7)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sign over the button's own ground."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().placeholderText().color()
        side = min(self.width(), self.height())
        painter.translate(self.rect().center())
        painter.scale(side / 28, side / 28)
        painter.setPen(QPen(colour, 1.6))
        if self._sign == "pencil":
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ((-6, 6), (-5, 2), (4, -7), (7, -4), (-2, 5))]))
            painter.drawLine(QPointF(1.6, -4.6), QPointF(4.6, -1.6))
        else:
            painter.setBrush(colour)
            for x in (-5, 0, 5):
                painter.drawEllipse(QPointF(x, 0), 0.9, 0.9)
        painter.end()


class KnownRow(Row):
    """Enter and F2 change it or open it, Delete takes it away, the menu key shows the rest."""

    wanted = Signal(str, str)  # (what to do, the row's key)

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        buttons: list[QWidget] = []
        if shown.edits:
            buttons.append(SmallButton("pencil", t("Change: {what}", what=shown.text), lambda: self._want("edit")))
        if shown.menu:
            buttons.append(SmallButton("dots", t("More about: {what}", what=shown.text), self._show_menu))
        super().__init__(shown.says, _content(shown, self), buttons, press=True)
        self.setCursor(Qt.CursorShape.PointingHandCursor if shown.opens else Qt.CursorShape.ArrowCursor)
        if shown.edits:
            self.setAccessibleDescription(t("Enter changes it, the menu key shows what else can be done."))
        self.pressed.connect(self._on_pressed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens what leads somewhere; words are changed by a double click or the pencil."""
        if self.shown.opens:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Change it."""
        if self.shown.edits:
            self._want("edit")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 changes, Delete takes away."""
        if event.key() == Qt.Key.Key_F2 and self.shown.edits:
            self._want("edit")
        elif event.key() == Qt.Key.Key_Delete and "remove" in dict(self.shown.menu):
            self._want("remove")
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu, for the menu key and the right button."""
        if self.shown.menu:
            self._show_menu()
        event.accept()

    def menu(self) -> QMenu:
        """What can be done with it."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.shown.edits:
            made.addAction(t("Change…")).triggered.connect(lambda _checked=False: self._want("edit"))
        for key, label in self.shown.menu:
            made.addAction(label.replace("&", "&&")).triggered.connect(lambda _c=False, key=key: self._want(key))
        return made

    def _show_menu(self) -> None:
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_pressed(self) -> None:
        if self.shown.opens:
            self._want("open")
        elif self.shown.edits:
            self._want("edit")

    def _want(self, what: str) -> None:
        self.wanted.emit(what, self.shown.key)


def _content(shown: Shown, row: "KnownRow") -> QWidget:
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(4, 0, 0, 0)
    lines.setSpacing(1)
    if shown.lead:
        lines.addWidget(PlainLabel(shown.lead, "section"))
    tone: Tone = "soft" if shown.soft else ""
    lines.addWidget(PlainLabel(quoted(shown.text) if shown.quote else shown.text, tone))
    for small in shown.small:
        lines.addWidget(PlainLabel(small, "small"))
    for told in shown.before:
        lines.addWidget(PlainLabel(t("before: {what}", what=told), "small"))
    if shown.others:
        lines.addWidget(_both(shown, row))
    if shown.waits:
        lines.addWidget(PlainLabel(t("Will be shared when the network is back."), "accent"))
    return box


def _both(shown: Shown, row: "KnownRow") -> QWidget:
    """What two people wrote at once: which one counts now, and the other, to be chosen from."""
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 6, 0, 2)
    lines.setSpacing(4)
    lines.addWidget(PlainLabel(t("Changed by two people. The words above count until somebody chooses."), "warning"))
    choices: Sequence[tuple[str, str, str]] = [
        ("keep", t("Keep the words above"), ""),
        *((f"take:{at}", t("Take these"), t("{who}: {text}", who=who or t("somebody"), text=text))
          for at, (who, text) in enumerate(shown.others)),
    ]  # fmt: skip
    for what, label, text in choices:
        if text:
            lines.addWidget(PlainLabel(text))
        choose = QPushButton(label)
        choose.setProperty("link", True)
        choose.setAccessibleName(f"{label}: {text or shown.text}")
        choose.setAutoDefault(False)
        choose.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        choose.clicked.connect(lambda _checked=False, what=what: row.wanted.emit(what, shown.key))
        lines.addWidget(choose)
    return box
