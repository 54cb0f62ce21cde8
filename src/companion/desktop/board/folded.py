"""What gives way on the board: sentences about its figures in a low window, and the table where nobody is listed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from companion.desktop.widgets.buttons import link
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

LOW = 660  # pixels at 100 % of the page below which it is low


class Folded:
    """Sentences that stand open where there is room, else behind the link `more`."""

    def __init__(self, sentences: Sequence[PlainLabel]) -> None:
        self._there = dict.fromkeys(sentences, True)
        self._low = False
        self._open = False
        self.more = link(t("More about these figures"), self._turn)
        self.more.hide()  # the sentences are left as they are: shown before they stand in a page, each is a window

    def show_one(self, sentence: PlainLabel, *, there: bool) -> None:
        """Whether one of them has anything to say."""
        self._there[sentence] = there
        self._show()

    def fold(self, *, low: bool) -> None:
        """Fold them, or not: whether the window is low."""
        if low != self._low:
            self._low = low
            self._show()

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        self.more.setText(t("Less about these figures") if self._open else t("More about these figures"))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(self._low)
        for one, there in self._there.items():
            one.setVisible(there and (self._open or not self._low))


class Nobody(QWidget):
    """What stands in place of the table where nobody is listed. `everybody`: leave out what narrows it."""

    def __init__(self, everybody: Callable[[], None]) -> None:
        super().__init__()
        self.everybody = link(t("Show everybody"), everybody)
        self.said = PlainLabel("", "soft")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 24, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.said)
        box.addWidget(self.everybody, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        self.hide()

    def stand_for(self, table: QTableView, *, shown: bool, narrowed: bool) -> None:
        """Stand in for the table, or give it its place back; the keyboard goes along."""
        held = table.hasFocus() or self.everybody.hasFocus()
        self.said.setText(t("Nobody is found by that.") if narrowed else t("No leaders yet."))
        self.everybody.setVisible(narrowed)
        self.setVisible(not shown)
        table.setVisible(shown)
        if held:
            (table if shown else self.everybody).setFocus(Qt.FocusReason.OtherFocusReason)
