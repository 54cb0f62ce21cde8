"""A line as a block of the document: its id and mark are its format, so that undo brings them back with the words."""

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextDocument, QTextFormat
from PySide6.QtWidgets import QPlainTextDocumentLayout

from companion.basics.ids import new_id
from companion.notes.model import MARKS, Mark

_ID = QTextFormat.Property.UserProperty + 1
_MARK = QTextFormat.Property.UserProperty + 2
WITHIN = "\u2028"  # a line break within one line, as the document has it


class Spaced(QPlainTextDocumentLayout):
    """Plain lines with room below each, and more below the last; in pixels."""

    def __init__(self, document: QTextDocument, gap: int, end: int) -> None:
        super().__init__(document)
        self._gap = gap
        self._end = end

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """The line, however often it wraps, and the room."""
        room = self._gap if block.next().isValid() else self._gap + self._end
        return super().blockBoundingRect(block).adjusted(0, 0, 0, room)

    def documentSize(self) -> QSizeF:
        """Nothing to the side: a space at the end of a full row would push all the lines to the left."""
        return QSizeF(0, super().documentSize().height())


def form(mark: Mark = "", line_id: str = "") -> QTextBlockFormat:
    """The format of a line, of a new one where it has no id yet."""
    made = QTextBlockFormat()
    made.setProperty(_ID, line_id or new_id())
    made.setProperty(_MARK, mark)
    return made


def id_of(block: QTextBlock) -> str:
    """The id of the line, "" where it has none yet."""
    value = block.blockFormat().property(_ID)
    return value if isinstance(value, str) else ""


def mark_of(block: QTextBlock) -> Mark:
    """The mark of the line."""
    value = block.blockFormat().property(_MARK)
    return next((mark for mark in MARKS if mark == value), "")


def words_of(block: QTextBlock) -> str:
    """What the line says; what an input method is still composing is not in it."""
    return block.text().replace(WITHIN, "\n").strip()
