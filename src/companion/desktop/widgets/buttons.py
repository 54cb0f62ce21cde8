"""Buttons: a page has one filled one at most."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QSizePolicy

from companion.desktop.widgets.flow import Flow
from companion.words.language import t

Act = Callable[[], None]


def button(text: str, act: Act, *, filled: bool = False, says: str = "", tip: str = "") -> QPushButton:
    """A button; `says` is what a screen reader speaks where the text alone would not tell."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("filled", filled)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAccessibleName(says or text)
    made.setAutoDefault(False)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the ring is for those who use the keyboard
    if tip:
        made.setToolTip(tip)
    made.clicked.connect(lambda _checked=False: act())
    return made


def link(text: str, act: Act, *, says: str = "", soft: bool = False) -> QPushButton:
    """A button that looks like a link within text; `soft` for what is done rarely."""
    made = button(text, act, says=says)
    made.setProperty("link", True)
    made.setProperty("soft", soft)
    return made


def menu_button(text: str, choices: Sequence[tuple[str, Act]], *, says: str = "") -> QPushButton:
    """A button that opens a menu of choices."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("menu", True)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAccessibleName(says or text)
    made.setAutoDefault(False)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    menu = QMenu(made)
    for label, act in choices:
        menu.addAction(label.replace("&", "&&")).triggered.connect(lambda _checked=False, act=act: act())
    made.setMenu(menu)
    return made


class Choice(QPushButton):
    """One of several; wide enough for the bold letters it has when it is on."""

    def sizeHint(self) -> QSize:
        """Room for bold letters, whether it is on or not."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        text = self.text().replace("&&", "&")
        more = QFontMetrics(bold).horizontalAdvance(text) - QFontMetrics(self.font()).horizontalAdvance(text)
        hint = super().sizeHint()
        return QSize(hint.width() + max(0, more), hint.height())


def _reach(one: QPushButton, on: bool) -> None:
    """Tab lands on the one that is on; the arrow keys walk the others."""
    one.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)


class Choices(Flow):
    """Buttons of which one is on, as (key, label); the first at the start. The arrow keys walk them."""

    def __init__(self, choices: Sequence[tuple[str, str]], chosen: Callable[[str], None], says: str) -> None:
        super().__init__()
        self._chosen = chosen
        self._says = says
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        group.setExclusive(True)
        for key, label in choices:
            one = self._buttons[key] = self._one(label, says)
            one.clicked.connect(lambda _checked=False, key=key: chosen(key))
            one.toggled.connect(partial(_reach, one))
            group.addButton(one)
            self.add(one)
        next(iter(self._buttons.values())).setChecked(True)

    def show_choice(self, key: str) -> None:
        """Show another one as on; the keyboard goes with it."""
        held = any(one.hasFocus() for one in self._buttons.values())
        self._buttons[key].setChecked(True)
        if held:
            self._buttons[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, key: str) -> None:
        """Choose as if it had been pressed."""
        self.show_choice(key)
        self._chosen(key)

    def rename(self, key: str, label: str) -> None:
        """Let one of them say something else, such as how many there are."""
        self._buttons[key].setText(label.replace("&", "&&"))
        self._buttons[key].setAccessibleName(t("{what}: {choice}", what=self._says, choice=label))

    def offer(self, key: str, *, there: bool) -> None:
        """Show one of them, or not."""
        self._buttons[key].setVisible(there)

    @staticmethod
    def _one(label: str, says: str) -> QPushButton:
        one = Choice(label.replace("&", "&&"))
        one.setProperty("choice", True)
        one.setCheckable(True)
        one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        one.setAccessibleName(t("{what}: {choice}", what=says, choice=label))
        one.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return one
