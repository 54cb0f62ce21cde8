"""Buttons: a page has one filled one at most."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QSizePolicy, QWidget

from companion.desktop.widgets.flow import Flow

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


def choice_buttons(choices: Sequence[tuple[str, str]], chosen: Callable[[str], None], says: str) -> QWidget:
    """Buttons of which one is on, as (key, label); the first at the start. The arrow keys walk them."""
    made = []
    for _key, label in choices:
        one = QPushButton(label.replace("&", "&&"))
        one.setProperty("choice", True)
        one.setCheckable(True)
        one.setAccessibleName(f"{says}: {label}")
        one.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        made.append(one)
    box = Flow(made)
    group = QButtonGroup(box)
    group.setExclusive(True)
    for one in made:
        group.addButton(one)
    made[0].setChecked(True)
    for (key, _label), one in zip(choices, made, strict=True):
        one.clicked.connect(lambda _checked=False, key=key: chosen(key))
    return box
