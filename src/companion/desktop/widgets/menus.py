"""A button whose menu is made as it opens, so that it says what holds now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from companion.words.language import t


@dataclass(frozen=True)
class Entry:
    """One line of a menu; without a label it is a line across. `on`: ticked or not, None where there is no tick."""

    label: str = ""
    act: Callable[[], None] | None = None
    on: bool | None = None


class MenuButton(QPushButton):
    """A button that says what is chosen, and opens the menu that `fill` makes."""

    def __init__(self, label: str, fill: Callable[[], Sequence[Entry]], *, widest: int = 18) -> None:
        super().__init__(label.replace("&", "&&"))
        self._label = label
        self._fill = fill
        self._widest = widest  # average characters
        self.setProperty("menu", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(label)
        self.list_of = QMenu(self)
        self.list_of.aboutToShow.connect(self.refill)
        self.setMenu(self.list_of)

    def show_choice(self, choice: str) -> None:
        """Say what is chosen in place of the label, "" for nothing."""
        metrics = self.fontMetrics()
        wide = metrics.averageCharWidth() * self._widest
        self.setText((metrics.elidedText(choice, Qt.TextElideMode.ElideRight, wide) or self._label).replace("&", "&&"))
        self.setAccessibleName(t("{what}: {choice}", what=self._label, choice=choice) if choice else self._label)
        self.setToolTip(choice)

    def refill(self) -> None:
        """Make the menu's lines anew."""
        self.list_of.clear()
        for entry in self._fill():
            if not entry.label:
                self.list_of.addSeparator()
                continue
            action: QAction = self.list_of.addAction(entry.label.replace("&", "&&"))
            action.setEnabled(entry.act is not None)
            if entry.on is not None:
                action.setCheckable(True)
                action.setChecked(entry.on)
            if entry.act is not None:
                action.triggered.connect(lambda _checked=False, act=entry.act: act())
