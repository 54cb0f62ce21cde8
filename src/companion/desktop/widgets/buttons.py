"""Buttons: a page has one filled one at most."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

Act = Callable[[], None]


def button(text: str, act: Act, *, filled: bool = False, says: str = "", tip: str = "") -> QPushButton:
    """A button; `says` is what a screen reader speaks where the text alone would not tell."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("filled", filled)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAccessibleName(says or text)
    made.setAutoDefault(False)
    if tip:
        made.setToolTip(tip)
    made.clicked.connect(lambda _checked=False: act())
    return made


def link(text: str, act: Act, *, says: str = "") -> QPushButton:
    """A button that looks like a link within text."""
    made = button(text, act, says=says)
    made.setProperty("link", True)
    return made


def menu_button(text: str, choices: Sequence[tuple[str, Act]], *, says: str = "") -> QPushButton:
    """A button that opens a menu of choices."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("menu", True)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAccessibleName(says or text)
    made.setAutoDefault(False)
    menu = QMenu(made)
    for label, act in choices:
        menu.addAction(label.replace("&", "&&")).triggered.connect(lambda _checked=False, act=act: act())
    made.setMenu(menu)
    return made
