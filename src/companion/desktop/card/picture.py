"""Paints the opening card, one slide of 1920 by 1080, also where there is no screen."""

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QImageWriter, QPainter

from companion.programme.card import Card
from companion.words.card import asks, said, who
from companion.words.language import t

WIDE, HIGH, EDGE = 1920, 1080, 120
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
PARTS = (("headline", 76, 250, True), ("said", 56, 300, False), ("role", 32, 50, False), ("who", 32, 50, False),
         ("asks", 44, 130, True))  # fmt: skip


def write_picture(card: Card, path: Path, *, dark: bool = False) -> bool:
    """Write the card as a PNG; whether it could be written. A text too long is set smaller, at last cut."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        app = QGuiApplication([])
        written = QImageWriter(str(path), QByteArray(b"PNG")).write(paint(card, dark=dark))
        app.shutdown()
        return written
    return QImageWriter(str(path), QByteArray(b"PNG")).write(paint(card, dark=dark))


def paint(card: Card, *, dark: bool = False) -> QImage:
    """The card as a picture."""
    story = card.takeaway
    texts = {
        "headline": story.headline, "said": said(story), "who": who(story, card.about), "asks": asks(story),
        "role": t("— {role}", role=story.quote_role) if story.quote and story.quote_role else "",
    }  # fmt: skip
    ground, ink, soft, accent = (
        ("#17191b", "#eceeef", "#a8b0b6", "#5cc4b1") if dark else ("#ffffff", "#1d2329", "#5d666f", "#0b6e5f")
    )
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.fillRect(QRectF(0, 0, 24, HIGH), QColor(accent))
    top = float(EDGE)
    for name, size, room, bold in PARTS:
        if texts[name]:
            painter.setPen(QColor(soft if name in ("role", "who") else ink))
            top += _text(painter, texts[name], QRectF(EDGE, top, WIDE - 2 * EDGE, room), size, bold=bold) + 36
    painter.end()
    return image


def _text(painter: QPainter, text: str, box: QRectF, size: int, *, bold: bool) -> float:
    """Write it as large as it fits; the height it took."""
    font = QFont(QGuiApplication.font())
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    for pixels in range(size, size // 2, -2):
        font.setPixelSize(pixels)
        if _high(font, text, box) <= box.height():
            break
    else:
        text = _cut(font, text, box)
    painter.setFont(font)
    painter.drawText(box, WRAP, text)
    return _high(font, text, box)


def _high(font: QFont, text: str, box: QRectF) -> float:
    needed = QFontMetricsF(font).boundingRect(QRectF(0, 0, box.width(), 100_000), int(WRAP), text)
    return needed.height() if needed.width() <= box.width() else 100_000.0


def _cut(font: QFont, text: str, box: QRectF) -> str:
    """The longest beginning that fits, with an ellipsis."""
    fits, beyond = 0, len(text)
    while beyond - fits > 1:
        middle = (fits + beyond) // 2
        if _high(font, f"{text[:middle].rstrip()}…", box) <= box.height():
            fits = middle
        else:
            beyond = middle
    return f"{text[:fits].rstrip()}…"
