"""What a customer heard us keep well or badly: six small buttons, each says nothing, + or −."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from companion.desktop.widgets.buttons import Choice
from companion.desktop.widgets.flow import Flow
from companion.words.language import t

_NEXT = {"": "+", "+": "-", "-": ""}


class PillarButton(Choice):
    """One pillar; pressing it goes round, + and − choose at once."""

    def __init__(self, key: str, name: str, meaning: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self.key = key
        self._name = name
        self._meaning = meaning
        self._changed = changed
        self.sign = ""
        self.setProperty("choice", True)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: self._put(_NEXT[self.sign]))
        self.show_sign("")

    def show_sign(self, sign: str) -> None:
        """Show +, − or nothing."""
        self.sign = sign
        self.setChecked(bool(sign))
        label = self._name.replace("&", "&&")
        self.setText({"": label, "+": f"{label} +", "-": f"{label} −"}[sign])
        told = {"": t("not spoken of"), "+": t("kept well"), "-": t("kept badly")}[sign]
        self.setAccessibleName(t("{what}: {choice}", what=self._name, choice=told))
        self.setToolTip(f"{self._meaning}: {told}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − choose, Backspace takes it back."""
        signs = {Qt.Key.Key_Plus: "+", Qt.Key.Key_Minus: "-", Qt.Key.Key_Backspace: "", Qt.Key.Key_Delete: ""}
        key = Qt.Key(event.key())
        if key in signs:
            self._put(signs[key])
        else:
            super().keyPressEvent(event)

    def _put(self, sign: str) -> None:
        self.show_sign(sign)
        self._changed()


class Pillars(Flow):
    """The pillars beside one another, as (key, name, meaning)."""

    def __init__(self, names: tuple[tuple[str, str, str], ...], changed: Callable[[], None]) -> None:
        super().__init__(spacing=4)
        self.buttons = [PillarButton(key, name, meaning, changed) for key, name, meaning in names]
        for one in self.buttons:
            self.add(one)

    def show_pillars(self, pillars: tuple[str, ...]) -> None:
        """Show which are named: "integrity+", "resolution-"."""
        signs = {item[:-1]: item[-1] for item in pillars if item[-1:] in ("+", "-")}
        for one in self.buttons:
            one.show_sign(signs.get(one.key, ""))

    @property
    def pillars(self) -> tuple[str, ...]:
        """Those that say something."""
        return tuple(f"{one.key}{one.sign}" for one in self.buttons if one.sign)
