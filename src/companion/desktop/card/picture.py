"""Paints the opening card, one slide of 1920 by 1080, also where there is no screen."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QImageWriter, QPainter

from companion.basics.errors import Problem
from companion.desktop.tokens import DARK, LIGHT, Tokens
from companion.takeaways.slide import Slide

WIDE, HIGH, EDGE = 1920, 1080, 112
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
GAP, BAR, LEAST = 30, 10, 0.5
STORY = (("headline", 88, 280), ("said", 68, 300), ("role", 34, 96), ("who", 34, 50))  # size, and the most of height
BELOW = (("asked", 30, 44), ("question", 50, 140))
BOLD, SOFT = ("headline", "asked", "question"), ("role", "who", "foot", "answer")
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
    draw(painter, lay_out(slide), DARK if dark else LIGHT)
    painter.end()
    return image


def lay_out(slide: Slide) -> list["Line"]:
    """Where each line stands in a field of 1920 by 1080: the story, below it the question, and a foot."""
    foot = [_Text(name, getattr(slide, name), SMALL, 66) for name in ("foot", "answer") if getattr(slide, name)]
    rule = HIGH - 44 - sum(one.high for one in foot) - 16
    asked = [_Text(name, getattr(slide, name), size, room) for name, size, room in BELOW if getattr(slide, name)]
    question = rule - 32 - _high(asked, 8)
    room = question - EDGE - 36
    story = _story(slide, 1.0)
    share = 0.95
    while _high(story, GAP * share) > room and share > LEAST:  # all of it a little smaller, until it fits
        story = _story(slide, share)
        share -= 0.05
    gap = GAP * share
    top = EDGE + max(0.0, (room - _high(story, gap)) / 2)
    return [*_stacked(story, top, gap), *_stacked(asked, question, 8), *_stacked(foot, rule + 16, 0)]


def draw(painter: QPainter, lines: Sequence["Line"], tokens: Tokens) -> None:
    """Draw what was laid out in a field of 1920 by 1080."""
    painter.fillRect(QRectF(0, 0, WIDE, HIGH), QColor(tokens.panel))
    painter.fillRect(QRectF(0, 0, 24, HIGH), QColor(tokens.accent))
    for line in lines:
        if line.name == "said":
            painter.fillRect(QRectF(EDGE, line.box.top() + 4, BAR, line.box.height() - 8), QColor(tokens.accent))
        painter.setFont(line.font)
        painter.setPen(QColor(tokens.accent if line.name == "asked" else tokens.soft if line.name in SOFT
                              else tokens.text))  # fmt: skip
        painter.drawText(line.box, WRAP, line.text)
    foot = next((line.box.top() for line in lines if line.name in ("foot", "answer")), HIGH - 60.0)
    painter.fillRect(QRectF(EDGE, foot - 16, WIDE - 2 * EDGE, 2), QColor(tokens.line))


@dataclass(frozen=True)
class Line:
    """A text where it stands, and how it is set."""

    name: str
    text: str
    font: QFont
    box: QRectF


def _story(slide: Slide, share: float) -> list["_Text"]:
    """Its texts; what is set large gives way first."""
    shares = [(name, size, room, 1.0 if name in SOFT else share) for name, size, room in STORY if getattr(slide, name)]
    return [_Text(name, getattr(slide, name), round(size * part), room * part) for name, size, room, part in shares]


def _high(texts: Sequence["_Text"], gap: float) -> float:
    return sum(one.high for one in texts) + gap * max(0, len(texts) - 1)


def _stacked(texts: Sequence["_Text"], top: float, gap: float) -> list[Line]:
    found = []
    for one in texts:
        found.append(Line(one.name, one.text, one.font, QRectF(EDGE + one.left, top, one.wide, one.high + 2)))
        top += one.high + gap
    return found


class _Text:
    """A text as large as it fits into its room; one that never fits is cut."""

    def __init__(self, name: str, text: str, size: int, room: float) -> None:
        self.name, self.text = name, text
        self.left = 36.0 if name == "said" else 0.0
        self.wide = WIDE - 2 * EDGE - self.left
        self.font = QFont(QGuiApplication.font())
        self.font.setWeight(QFont.Weight.DemiBold if name in BOLD else QFont.Weight.Normal)
        for pixels in range(size, min(size, max(18, size // 2)) - 1, -2):
            self.font.setPixelSize(pixels)
            if self._height(text) <= room:
                break
        else:
            self.text = self._cut(text, room)
        self.high = self._height(self.text)

    def _height(self, text: str) -> float:
        """Its height, beyond all rooms where a word is wider than the line."""
        needed = QFontMetricsF(self.font).boundingRect(QRectF(0, 0, self.wide, 100_000), int(WRAP), text)
        return needed.height() if needed.width() <= self.wide else 100_000.0

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
