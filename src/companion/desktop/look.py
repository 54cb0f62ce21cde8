"""How the app looks: palette and style sheet from one table of colours, by the system or by choice."""

import re

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from companion.basics.resources import resource
from companion.desktop.tokens import DARK, LIGHT, Tokens, named

BODY = 14  # pixels at 100 %
_SIZE = re.compile(r"@(\d+)")
_NAME = re.compile(r"@([a-z_]+)")


def style_sheet(tokens: Tokens, scale: float) -> str:
    """The style sheet with sizes (@14, pixels at 100 %) scaled and names (@accent) turned into colours."""
    template = resource("style.qss.in").read_text("utf-8")
    night = "-dark" if tokens == DARK else ""
    icons = {name: resource(f"icons/{name}{night}.svg").as_posix() for name in ("tick", "down")}
    values = {**named(tokens), **icons}
    sized = _SIZE.sub(lambda found: f"{round(int(found[1]) * scale)}px", template)
    return _NAME.sub(lambda found: values[found[1]], sized)


def palette(tokens: Tokens) -> QPalette:
    """The palette; what paints itself takes lines from Mid and soft text from PlaceholderText."""
    made = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, tokens.window),
        (role.Base, tokens.panel),
        (role.AlternateBase, tokens.quote),
        (role.Button, tokens.panel),
        (role.ToolTipBase, tokens.panel),
        (role.WindowText, tokens.text),
        (role.Text, tokens.text),
        (role.ButtonText, tokens.text),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.soft),
        (role.BrightText, tokens.bad),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.Accent, tokens.accent),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Light, tokens.panel),
        (role.Midlight, tokens.over),
        (role.Mid, tokens.line),
        (role.Dark, tokens.edge),
        (role.Shadow, tokens.line),
    ):
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.soft))
    return made


class Look(QObject):
    """Keeps the application's look; `switched` says that light became dark, or the other way round."""

    switched = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__()
        self._app = app
        self._choice = choice
        app.setStyle("Fusion")  # the one style that follows a style sheet alike on every system
        default = QFontInfo(app.font()).pixelSize()
        self._scale = max(BODY, default) / BODY  # somebody who chose large text gets all of it larger
        self._body = QFont(app.font())
        self._body.setPixelSize(round(BODY * self._scale))
        self.tokens = self._wanted()
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._on_system_switch)

    @property
    def dark(self) -> bool:
        """Whether the app is dark now."""
        return self.tokens == DARK

    @property
    def scale(self) -> float:
        """How much larger than 14 pixels the body text is."""
        return self._scale

    def px(self, size: int) -> int:
        """A size of the 8-pixel grid in pixels of this screen's text size."""
        return round(size * self._scale)

    def choose(self, choice: str) -> None:
        """Follow the `system`, or stay `light` or `dark`."""
        self._choice = choice
        self._switch(self._wanted())

    def enlarge(self, scale: float) -> None:
        """Use another text size, 1.0 being 14 pixels."""
        self._scale = scale
        self._body.setPixelSize(round(BODY * scale))
        self._apply()
        self.switched.emit()

    def _wanted(self) -> Tokens:
        hints = self._app.styleHints()
        if self._choice == "system":
            hints.unsetColorScheme()
            return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
        dark = self._choice == "dark"
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)  # the window's own frame, too
        return DARK if dark else LIGHT

    def _switch(self, tokens: Tokens) -> None:
        if tokens == self.tokens:
            return
        self.tokens = tokens
        self._apply()
        self.switched.emit()

    def _apply(self) -> None:
        self._app.setFont(self._body)
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens, self._scale))

    @Slot(Qt.ColorScheme)
    def _on_system_switch(self, scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self._switch(DARK if scheme == Qt.ColorScheme.Dark else LIGHT)
