"""One editor for all lines: Enter begins the next, a letter and a space mark one, undo brings both back."""

import math
from collections.abc import Callable, Iterator

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit

from companion.desktop.listen.blocks import WITHIN, Spaced, form, id_of, mark_of
from companion.desktop.listen.gutter import Gutter, Row
from companion.desktop.look import Look
from companion.notes.model import MARKS, Line, Mark
from companion.notes.text import mark_name
from companion.words.language import t

GAP = 14  # pixels between two lines at 100 %
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineEditor(QPlainTextEdit):
    """The words; what they are saved as is the sheet's. `renewed`: another document stands in it."""

    renewed = Signal()

    def __init__(self, look: Look, time_of: Callable[[str], str], differs: Callable[[str], bool]) -> None:
        super().__init__()
        self._look = look
        self._time_of = time_of
        self._differs = differs
        self._empty = True  # what to do is painted below the first line
        self.setProperty("bare", True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(t("What you heard"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.gutter = Gutter(self, self._rows, lambda: look.tokens)
        self.updateRequest.connect(self._on_update)
        self.cursorPositionChanged.connect(self.tell_mark)
        look.switched.connect(self._fit)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Begin anew with these and an empty one; the cursor stands in it."""
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(0)
        document.setDocumentLayout(Spaced(document, self._look.px(GAP), self._row))
        document.setUndoRedoEnabled(False)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for line in lines:
            cursor.setBlockFormat(form(line.mark, line.id))
            cursor.insertText(line.text.replace("\n", WITHIN))
            cursor.insertBlock()
        cursor.setBlockFormat(form())
        cursor.endEditBlock()
        document.setUndoRedoEnabled(True)
        old = self.document()
        ours = old.parent() is self  # the first one is Qt's, which deletes it
        self.setDocument(document)
        if ours:
            old.deleteLater()
        self._fit()
        self.renewed.emit()
        self.to_end()

    def to_end(self) -> None:
        """The cursor into the empty line at the end."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if cursor.block().text():
            cursor.insertBlock(form())
        self.setTextCursor(cursor)
        self.show_cursor()

    def show_cursor(self) -> None:
        """The cursor's row is wholly in sight, with the room of one more below it."""
        self.ensureCursorVisible()
        bar = self.verticalScrollBar()
        most = self.viewport().height() - self._row
        while (at := self.cursorRect()).bottom() > most and at.top() > 0 and bar.value() < bar.maximum():
            bar.setValue(bar.value() + 1)  # one row

    @property
    def _row(self) -> int:
        return math.ceil(QFontMetricsF(self.font()).lineSpacing())

    def mark(self, mark: Mark) -> None:
        """Mark the line the cursor is in, or the one before where it is the empty end; the same again takes it away."""
        QGuiApplication.inputMethod().commit()
        cursor = self.textCursor()
        block = cursor.block()
        if not block.text() and not block.next().isValid() and not mark_of(block) and not self.hasFocus():
            block = block.previous() if block.previous().isValid() else block
        self._put_mark(block, "" if mark_of(block) == mark else mark)

    @property
    def composing(self) -> bool:
        """Whether an input method has words under way that are not in the text yet."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends the line, backspace at its begin takes its mark away, a space may end a mark's letter."""
        cursor = self.textCursor()
        if event.key() in _ENDS:
            self._end_line(cursor)
        elif event.key() == Qt.Key.Key_Backspace and self._loses_mark(cursor):
            self._put_mark(cursor.block(), "")
        else:
            super().keyPressEvent(event)
            if event.text() == " ":
                self._take_letter()
            self.show_cursor()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A mark's letter may also come from an input method."""
        super().inputMethodEvent(event)
        if event.commitString().endswith(" ") and not event.preeditString():
            self._take_letter()
        self._tell_empty()
        self.show_cursor()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Several lines that are pasted are several lines."""
        parts = [" ".join(part.split()) for part in source.text().splitlines()]
        parts = [part for part in parts if part]
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        for at, part in enumerate(parts):
            if at:
                cursor.insertBlock(form())
            cursor.insertText(part)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.show_cursor()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and in the empty last line what belongs there."""
        super().paintEvent(event)
        last = self.document().lastBlock()
        if last.text() or last.layout().preeditAreaText():
            return
        box = self.blockBoundingGeometry(last).translated(self.contentOffset())
        if box.top() < self.viewport().height():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            painter.setFont(self.font())
            painter.drawText(QRectF(box.left() + 1, box.top(), box.width(), box.height()), t("What you hear"))
            if self._is_empty():
                below = QRectF(self.viewport().rect()).adjusted(1, box.top() + 2 * self._row, 0, 0)
                painter.drawText(below, Qt.TextFlag.TextWordWrap, first_words())
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter is as high as the sheet; where the cursor was in sight it still is."""
        at = self.cursorRect()
        seen = at.bottom() > 0 and (at.top() < event.oldSize().height() or event.oldSize().isEmpty())
        super().resizeEvent(event)
        self._place_gutter()
        if seen:
            self.show_cursor()

    @Slot()
    def tell_mark(self) -> None:
        """A screen reader says the mark and the time of the line the cursor is in."""
        block = self.textCursor().block()
        parts = (mark_name(mark_of(block)), self._time_of(id_of(block)))
        told = ", ".join(part for part in parts if part)
        if not told and self.document().isEmpty():
            told = first_words()
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)
        self._tell_empty()

    def _is_empty(self) -> bool:
        return self.document().isEmpty() and not self.composing and not mark_of(self.document().firstBlock())

    def _tell_empty(self) -> None:
        if self._empty != self._is_empty():  # Qt paints anew only the line that changed
            self._empty = not self._empty
            self.viewport().update()

    def _end_line(self, cursor: QTextCursor) -> None:
        block = cursor.block()
        following = block.next()
        if not cursor.hasSelection() and cursor.atBlockEnd() and (not block.text() or _is_free(following)):
            if following.isValid():
                cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        elif not cursor.hasSelection() and cursor.atBlockStart():  # the words stay what they are, a line comes above
            old = block.blockFormat()
            cursor.beginEditBlock()
            cursor.insertBlock(old)
            above = QTextCursor(cursor.block().previous())
            above.setBlockFormat(form())
            cursor.endEditBlock()
        else:
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            cursor.insertBlock(form())
            cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.show_cursor()

    @staticmethod
    def _loses_mark(cursor: QTextCursor) -> bool:
        return not cursor.hasSelection() and cursor.atBlockStart() and bool(mark_of(cursor.block()))

    def _take_letter(self) -> None:
        cursor = self.textCursor()
        block = cursor.block()
        letter = next((one for one in MARKS if block.text()[:2].lower() == f"{one} "), None)
        if letter is None or mark_of(block) or cursor.positionInBlock() != 2:  # just typed, the words follow
            return
        cursor.beginEditBlock()
        cursor.deletePreviousChar()
        cursor.deletePreviousChar()
        cursor.setBlockFormat(form(letter, id_of(block)))
        cursor.endEditBlock()
        self.tell_mark()

    def _put_mark(self, block: QTextBlock, mark: Mark) -> None:
        QTextCursor(block).setBlockFormat(form(mark, id_of(block)))
        self.tell_mark()
        self.gutter.update()

    def _rows(self, above: int, below: int) -> Iterator[Row]:
        block, top = self.firstVisibleBlock(), self.contentOffset().y()
        while block.isValid() and top <= below:
            if top >= above:
                line_id = id_of(block)
                yield Row(top, self._time_of(line_id), mark_of(block), self._differs(line_id))
            top += self.blockBoundingRect(block).height()  # its geometry would be summed up from the first one on
            block = block.next()

    @Slot(QRect, int)
    def _on_update(self, rect: QRect, dy: int) -> None:
        if dy:
            self.gutter.scroll(0, dy)
        else:
            self.gutter.update(0, rect.top(), self.gutter.width(), rect.height())

    @Slot()
    def _fit(self) -> None:
        self.gutter.setFont(self.font())
        self.setViewportMargins(self.gutter.wide(), 0, 0, 0)
        self._place_gutter()
        self.show_cursor()

    def _place_gutter(self) -> None:
        inner = self.contentsRect()
        self.gutter.setGeometry(QRect(QPoint(inner.left(), inner.top()), inner.size()))
        self.gutter.resize(self.gutter.wide(), inner.height())


def first_words() -> str:
    """What somebody does with an empty note."""
    return t(
        "Write what you hear, one line for each thing, in their own words where you can. "
        "Enter begins the next line. Everything is saved as you type."
    )


def _is_free(block: QTextBlock) -> bool:
    return block.isValid() and not block.text() and not mark_of(block)
