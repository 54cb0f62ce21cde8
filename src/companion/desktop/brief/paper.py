"""Prints simple HTML as a PDF: a page, and where it asks for one a ruled back. A program of its own, without a window.

`python -m companion.desktop.brief.paper [A4|Letter]`: HTML on standard input, the PDF on standard output.
"""

import html as entities
import re
import sys

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
    QTextDocument,
    QTextLayout,
)

INCH, MARGIN, RULE = 96, 53, 30  # all measures are in 1/96 inch: margins of 14 mm, a line every 8
TEXT = 14  # 10.5 points
LEAST = 0.4
FAMILIES = ["Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue", "Arial", "sans-serif"]
_BACK = re.compile(r"<!--back (.*?)-->", re.DOTALL)
_LACKING = re.compile(r"<!--lacking (.*?)-->", re.DOTALL)  # what the page says where a letter has no font


class Sheet(QTextDocument):
    """A document that fetches nothing."""

    def loadResource(self, _kind: int, _name: object) -> None:
        """Pictures and styles of elsewhere are not read."""


def pdf(html: str, size: str = "A4") -> bytes:
    """The PDF: what does not fit on one page at 10.5 points is set smaller until it does."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(INCH * 12)
    page = QPageSize(QPageSize.PageSizeId.Letter if size.lower() == "letter" else QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    sheet, share = laid_out(html, room_of(page).size())
    writer.setTitle(sheet.metaInformation(QTextDocument.MetaInformation.DocumentTitle))
    painter = QPainter(writer)
    painter.scale(12, 12)
    _paint(painter, writer, html, sheet, share)
    painter.end()
    return bytes(buffer.data().data())


def paint_on(painter: QPainter, device: QPagedPaintDevice, html: str) -> None:
    """Paint the page and, where it asks for one, its ruled back on a device, in 1/96 inch."""
    room = room_of(device.pageLayout().pageSize())
    _paint(painter, device, html, *laid_out(html, room.size()))


def _paint(painter: QPainter, device: QPagedPaintDevice, html: str, sheet: QTextDocument, share: float) -> None:
    room = room_of(device.pageLayout().pageSize())
    _draw(painter, sheet, room, share)
    back = _BACK.search(html)
    if back:
        device.newPage()
        _rule(painter, room, entities.unescape(back[1]))


def room_of(page: QPageSize) -> QRectF:
    """Where on the paper something may stand."""
    whole = page.size(QPageSize.Unit.Point)
    scale = INCH / 72
    return QRectF(MARGIN, MARGIN, whole.width() * scale - 2 * MARGIN, whole.height() * scale - 2 * MARGIN)


def laid_out(html: str, room: QSizeF) -> tuple[QTextDocument, float]:
    """The text as it stands on the page, and how much smaller than 10.5 points it is set (1.0: not at all).

    A letter that no font of this computer draws is a box, and the page says so.
    """
    sheet = Sheet()
    font = QFont(FAMILIES)
    font.setPixelSize(TEXT)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    sheet.setDefaultFont(font)
    sheet.setUseDesignMetrics(True)
    sheet.setDocumentMargin(0)
    sheet.setHtml(html)
    if missing(sheet):
        sheet.setHtml(_LACKING.sub(r'<p class="small">\1</p>', html))
    share = 1.0
    while True:
        sheet.setTextWidth(room.width() / share)
        if sheet.size().height() * share <= room.height() or share <= LEAST:
            return sheet, share
        share -= 0.02


def missing(sheet: QTextDocument) -> str:
    """The letters that no font of this computer draws."""
    letters = sorted({letter for letter in sheet.toPlainText() if letter.isalpha() and not letter.isascii()})
    return "".join(letter for letter in letters if not _is_drawn(letter, sheet.defaultFont()))


def _is_drawn(letter: str, font: QFont) -> bool:
    layout = QTextLayout(letter, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    return bool(runs) and all(0 not in run.glyphIndexes() for run in runs)


def _draw(painter: QPainter, sheet: QTextDocument, room: QRectF, share: float) -> None:
    painter.save()
    painter.translate(room.topLeft())
    painter.scale(share, share)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, QColor("black"))  # whatever the screen's colours are
    sheet.documentLayout().draw(painter, context)
    painter.restore()


def _rule(painter: QPainter, room: QRectF, head: str) -> None:
    font = QFont(FAMILIES)
    font.setPixelSize(12)
    painter.setFont(font)
    painter.setPen(QColor("black"))
    painter.drawText(QRectF(room.left(), room.top(), room.width(), RULE), head)
    painter.setPen(QPen(QColor("#8a8a8a"), 0.6))
    at = room.top() + 2 * RULE
    while at <= room.bottom():
        painter.drawLine(QPointF(room.left(), at), QPointF(room.right(), at))
        at += RULE


def main() -> int:
    """Print what comes on standard input."""
    html = sys.stdin.buffer.read().decode("utf-8")
    app = QGuiApplication([])
    sys.stdout.buffer.write(pdf(html, sys.argv[1] if len(sys.argv) > 1 else "A4"))
    sys.stdout.buffer.flush()
    app.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
