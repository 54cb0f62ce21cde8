"""A list of rows, each a text and its buttons, walked with the arrow keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from companion.desktop.widgets.card import divider
from companion.desktop.widgets.flow import Flow

NARROW = 46  # average characters: below this the buttons stand under the text


class Row(QFrame):
    """One row: content at the left, buttons at the right or, where it is narrow, below."""

    pressed = Signal()
    moved = Signal(int)  # -1 up, +1 down

    def __init__(self, says: str, content: QWidget, buttons: Sequence[QWidget] = (), *, press: bool = False) -> None:
        super().__init__()
        self.setProperty("part", "row")
        self.setProperty("press", press)
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if press else Qt.FocusPolicy.NoFocus)
        if press:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._press = press
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 5, 0, 5)
        self._line.setSpacing(12)
        self._line.addWidget(content, 1)
        self.buttons = list(buttons)
        self._beside = 0
        if buttons:
            box = Flow(buttons)
            self._beside = box.sizeHint().width()
            self._line.addWidget(box, 0, Qt.AlignmentFlag.AlignVCenter)

    def choose(self, *, chosen: bool) -> None:
        """Show the row as the chosen one."""
        self.setProperty("chosen", chosen)
        self.setAccessibleDescription("")
        self.style().unpolish(self)
        self.style().polish(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below, whatever the width allows."""
        super().resizeEvent(event)
        room = event.size().width() - self._beside
        narrow = bool(self.buttons) and room < self.fontMetrics().averageCharWidth() * NARROW // 2
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != way:
            self._line.setDirection(way)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A row that can be pressed is pressed."""
        inside = self.rect().contains(event.position().toPoint())
        if self._press and inside and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space press, the arrows walk."""
        key = event.key()
        if self._press and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class RowList(QWidget):
    """Rows below one another with thin lines between; up and down go from row to row."""

    def __init__(self, *, lines: bool = True, spacing: int = 2) -> None:
        super().__init__()
        self._lines = lines
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)
        self.rows: list[Row] = []

    def add(self, row: Row, pressed: Callable[[], None] | None = None) -> Row:
        """Put a row at the end."""
        if self.rows and self._lines:
            between = divider()
            between.setProperty("between", True)
            self._column.addWidget(between)
        self._column.addWidget(row)
        at = len(self.rows)
        self.rows.append(row)
        row.moved.connect(lambda step, at=at: self.step_from(at, step))
        for one in row.buttons:
            one.installEventFilter(self)
        if pressed is not None:
            row.pressed.connect(pressed)
        return row

    def heading(self, widget: QWidget) -> None:
        """Put a heading between rows."""
        self._column.addWidget(widget)

    def step_from(self, at: int, step: int) -> None:
        """Move the focus to the next row, or to its first button."""
        target = at + step
        if 0 <= target < len(self.rows):
            row = self.rows[target]
            goal: QWidget = row if row.focusPolicy() != Qt.FocusPolicy.NoFocus or not row.buttons else row.buttons[0]
            goal.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Up and down on a button walk the rows; left and right the buttons of the row."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            for at, row in enumerate(self.rows):
                if watched in row.buttons:
                    return self._walk(at, row, watched, event.key())
        return False

    def _walk(self, at: int, row: Row, watched: QWidget, key: int) -> bool:
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_from(at, 1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            beside = row.buttons.index(watched) + (1 if key == Qt.Key.Key_Right else -1)
            if 0 <= beside < len(row.buttons):
                row.buttons[beside].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False


@dataclass(frozen=True)
class Place:
    """Where the focus was: the names of the widget and its row, and which it was of the rows and of all."""

    name: str
    row: str
    at_row: int  # -1 where it was in no row
    at: int

    def found_in(self, ground: QWidget) -> QWidget | None:
        """What has that place in what is shown now; None where nothing takes the focus."""
        able = focusable(ground)
        same = next((one for one in able if self.name and one.accessibleName() == self.name), None)
        if same is not None or not able:
            return same
        return self._among(ground.findChildren(Row)) or able[min(self.at, len(able) - 1)]

    def _among(self, rows: Sequence[Row]) -> QWidget | None:
        """The first that takes the focus in the same row, else in the one in its place, below it, above it."""
        if self.at_row < 0:
            return None
        named = [row for row in rows if row.accessibleName() == self.row]
        for row in (*named, *rows[self.at_row :], *reversed(rows[: self.at_row])):
            able = [row] if row.focusPolicy() != Qt.FocusPolicy.NoFocus else focusable(row)
            if able:
                return able[0]
        return None


def place_of(focus: QWidget, ground: QWidget) -> Place:
    """The place of what has the focus in `ground`."""
    rows, able = ground.findChildren(Row), focusable(ground)
    at = next((at for at, row in enumerate(rows) if row is focus or row.isAncestorOf(focus)), -1)
    return Place(
        focus.accessibleName(), rows[at].accessibleName() if at >= 0 else "", at,
        able.index(focus) if focus in able else 0,
    )  # fmt: skip


def walked(ground: QWidget) -> list[QWidget]:
    """All below `ground` that Tab would come to were it shown, as they were added."""
    window = ground.window()  # a menu is a window of its own
    return [
        one for one in ground.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.window() == window
    ]  # fmt: skip


def focusable(ground: QWidget) -> list[QWidget]:
    """All below `ground` that Tab comes to now, as they were added."""
    return [one for one in walked(ground) if one.isEnabled() and one.isVisibleTo(ground)]
