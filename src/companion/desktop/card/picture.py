"""Paints the opening card, one slide of 1920 by 1080, also where there is no screen."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QImageWriter, QPainter

from companion.basics.errors import Problem
from companion.desktop.tokens import DARK, LIGHT, Tokens
from companion.takeaways.slide import Slide

WIDE, HIGH, EDGE = 1920, 1080, 112
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
GAP, BAR = 30, 10
STORY = (("headline", 88, 280, True), ("said", 68, 300, False), ("role", 34, 90, False), ("who", 34, 50, False))
BELOW = (("asked", 30, 44, True), ("question", 50, 134, True))
SMALL = 25


def write_picture(slide: Slide, path: Path, *, dark: bool = False) -> None:
    """Write the card as a PNG, also where no window is open. Problem `file_not_written`."""
    if QGuiApplication.instance() is not None:
        keep_picture(paint(slide, dark=dark), path)
        return
    if sys.platform.startswith("linux"):  # elsewhere there always is a screen, and letters come with it
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    try:
        keep_picture(paint(slide, dark=dark), path)
    finally:
        app.shutdown()


def keep_picture(image: QImage, path: Path) -> None:
    """Write a picture as a PNG. Problem `file_not_written`."""
    writer = QImageWriter(str(path), b"PNG")
    if not writer.write(image):
        raise Problem("file_not_written", path=str(path), reason=writer.errorString())


def paint(slide: Slide, *, dark: bool = False) -> QImage:
    """The card as a picture. A text too long is set smaller, at last cut."""
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    draw(painter, slide, DARK if dark else LIGHT)
    painter.end()
    return image


def draw(painter: QPainter, slide: Slide, tokens: Tokens) -> None:
    """Draw the card in a field of 1920 by 1080: the story, below it the question, and a foot."""
    painter.fillRect(QRectF(0, 0, WIDE, HIGH), QColor(tokens.panel))
    painter.fillRect(QRectF(0, 0, 24, HIGH), QColor(tokens.accent))
    foot = _foot(painter, slide, tokens)
    asked = [_Text(getattr(slide, name), size, room, bold=bold, ink=tokens.accent if name == "asked" else tokens.text)
             for name, size, room, bold in BELOW if getattr(slide, name)]  # fmt: skip
    high = sum(one.high for one in asked) + 8 * max(0, len(asked) - 1)
    top = foot - 40 - high
    question = top
    for one in asked:
        one.draw(painter, EDGE, top)
        top += one.high + 8
    soft = ("role", "who")
    story = [_Text(getattr(slide, name), size, room, bold=bold, ink=tokens.soft if name in soft else tokens.text,
                   bar=name == "said") for name, size, room, bold in STORY if getattr(slide, name)]  # fmt: skip
    room = question - EDGE - 40
    taken = sum(one.high for one in story) + GAP * max(0, len(story) - 1)
    top = EDGE + max(0.0, (room - taken) / 2)
    for one in story:
        one.draw(painter, EDGE, top, QColor(tokens.accent))
        top += one.high + GAP


def _foot(painter: QPainter, slide: Slide, tokens: Tokens) -> float:
    """Draw the foot; where it begins."""
    lines = [_Text(line, SMALL, 66, ink=tokens.soft) for line in (slide.foot, slide.answer) if line]
    top = begin = HIGH - 44 - sum(one.high for one in lines)
    for one in lines:
        one.draw(painter, EDGE, top)
        top += one.high
    painter.fillRect(QRectF(EDGE, begin - 16, WIDE - 2 * EDGE, 2), QColor(tokens.line))
    return begin - 16


class _Text:
    """A text as large as it fits into its room; one that never fits is cut."""

    def __init__(self, text: str, size: int, room: int, *, ink: str, bold: bool = False, bar: bool = False) -> None:
        self._left = 36.0 if bar else 0.0
        self._wide = WIDE - 2 * EDGE - self._left
        self._ink = QColor(ink)
        self._font = QFont(QGuiApplication.font())
        self._font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self.text = text
        for pixels in range(size, max(20, size // 2), -2):
            self._font.setPixelSize(pixels)
            if self._height(text) <= room:
                break
        else:
            self.text = self._cut(text, room)
        self.high = self._height(self.text)

    def draw(self, painter: QPainter, left: float, top: float, bar: QColor | None = None) -> None:
        """Write it, with a bar before it where it is a quotation."""
        if self._left and bar is not None:
            painter.fillRect(QRectF(left, top + 4, BAR, self.high - 8), bar)
        painter.setFont(self._font)
        painter.setPen(self._ink)
        painter.drawText(QRectF(left + self._left, top, self._wide, self.high + 2), WRAP, self.text)

    def _height(self, text: str) -> float:
        """Its height, beyond all rooms where a word is wider than the line."""
        needed = QFontMetricsF(self._font).boundingRect(QRectF(0, 0, self._wide, 100_000), int(WRAP), text)
        return needed.height() if needed.width() <= self._wide else 100_000.0

    def _cut(self, text: str, room: float) -> str:
        """The longest beginning that fits, with an ellipsis."""
        fits, beyond = 0, len(text)
        while beyond - fits > 1:
            middle = (fits + beyond) // 2
            if self._height(f"{text[:middle].rstrip()}…") <= room:
                fits = middle
            else:
                beyond = middle
        return f"{text[:fits].rstrip()}…"
