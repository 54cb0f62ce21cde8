"""The slide on the screen: on its page, and alone on a full screen."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from companion.desktop.card.picture import HIGH, WIDE, Line, draw, lay_out
from companion.desktop.look import Look
from companion.takeaways.slide import Slide
from companion.words.language import t

ONWARDS = (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_N)
BACK = (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_P)
LARGE = (Qt.Key.Key_F, Qt.Key.Key_F11)


class SlideView(QWidget):
    """Shows a slide as large as there is room; the arrow keys ask for another, F for the full screen."""

    stepped = Signal(int)  # 1 for the next, -1 for the one before
    enlarged = Signal()

    def __init__(self, look: Look, *, framed: bool = True) -> None:
        super().__init__()
        self._look = look
        self._framed = framed
        self._slide: Slide | None = None
        self._lines: list[Line] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(320, 180))
        look.switched.connect(self.update)

    @property
    def slide(self) -> Slide | None:
        """What is shown."""
        return self._slide

    def show_slide(self, slide: Slide) -> None:
        """Show a slide; a screen reader hears all of it."""
        self._slide = slide
        self._lines = lay_out(slide)
        self.setAccessibleName("\n".join(slide.lines))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, or ask for the full screen."""
        if event.key() in ONWARDS:
            self.stepped.emit(1)
        elif event.key() in BACK:
            self.stepped.emit(-1)
        elif event.key() in LARGE:
            self.enlarged.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the full screen."""
        self.enlarged.emit()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the slide; on a page with a frame, a ring where it has the keyboard."""
        if self._slide is None:
            return
        scale = min(self.width() / WIDE, self.height() / HIGH)
        wide, high = WIDE * scale, HIGH * scale
        left, top = (self.width() - wide) / 2, 0 if self._framed else (self.height() - high) / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._framed:
            painter.fillRect(self.rect(), QColor(self._look.tokens.panel))
        painter.save()
        painter.translate(left, top)
        painter.scale(scale, scale)
        draw(painter, self._lines, self._look.tokens)
        painter.restore()
        if self._framed:
            held = self.hasFocus()
            painter.setPen(QPen(self.palette().accent() if held else self.palette().mid(), 2 if held else 1))
            painter.drawRect(QRectF(left, top, wide, high).adjusted(1, 1, -1, -1))
        painter.end()


class FullScreen(QWidget):
    """The slide alone on the whole screen; Escape or F goes back."""

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(t("Opening card"))
        self.setAccessibleName(t("Opening card"))
        self.view = SlideView(look, framed=False)
        self.view.enlarged.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def begin(self, slide: Slide) -> None:
        """Fill the screen."""
        self.view.show_slide(slide)
        self.showFullScreen()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
