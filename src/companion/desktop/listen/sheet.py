"""The sheet of lines: what differs from what was handed over to be saved, and what others changed meanwhile."""

from datetime import datetime

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QTextBlock, QTextCursor

from companion.basics.clock import Clock
from companion.basics.ids import new_id
from companion.desktop.listen.blocks import WITHIN, form, id_of, mark_of, words_of
from companion.desktop.listen.editor import LineEditor
from companion.desktop.listen.places import Places
from companion.desktop.look import Look
from companion.desktop.widgets.card import Card
from companion.notes.model import Line, Mark
from companion.words.dates import clock_time

Said = tuple[Mark, str, int]  # mark, text, place: what was handed over last


class Sheet(Card):
    """Lines below one another; a key costs the same in a note of five thousand as in an empty one."""

    changed = Signal()

    def __init__(self, look: Look, clock: Clock) -> None:
        super().__init__(margin=24)
        self._clock = clock
        self._zone = "UTC"
        self._places = Places()
        self._times: dict[str, datetime] = {}
        self._told: dict[str, Said] = {}
        self._touched: dict[str, None] = {}
        self._taking = False  # what others wrote is being taken in
        self.differing: frozenset[str] = frozenset()  # lines of which there are two texts
        self.editor = LineEditor(look, self._time_of, lambda line_id: line_id in self.differing)
        self.editor.renewed.connect(self._on_renewed)
        self.column.addWidget(self.editor, 1)
        self.show_lines((), "UTC")

    def show_lines(self, lines: tuple[Line, ...], zone: str) -> None:
        """Show a note's lines and an empty one."""
        self._zone = zone
        self._times = {line.id: line.at for line in lines}
        self._told = {line.id: (line.mark, line.text, line.position) for line in lines}
        self._touched = {}
        self._places = Places((line.id, line.position) for line in lines)
        self.editor.show_lines(lines)

    def in_zone(self, zone: str) -> None:
        """Show the times by that zone's clock."""
        if zone != self._zone:
            self._zone = zone
            self.editor.gutter.update()

    def put_before(self, lines: tuple[Line, ...], zone: str) -> None:
        """Show a note's lines before those that were typed while it was being read."""
        typed = self.lines()
        self.show_lines(lines, zone)
        for line in typed:
            self._times[line.id] = line.at
            cursor = self.editor.textCursor()
            cursor.setBlockFormat(form(line.mark, line.id))
            cursor.insertText(line.text.replace("\n", WITHIN))
            self.editor.setTextCursor(cursor)

    def begin_writing(self) -> None:
        """Put the cursor into the empty line, unless something is being written into the last one."""
        if id_of(self.editor.document().lastBlock()) not in self._touched:
            self.editor.to_end()
        self.editor.setFocus()

    def mark_current(self, mark: Mark) -> None:
        """Mark the line the cursor is in, or was in last."""
        self.editor.mark(mark)
        self.editor.setFocus()

    @property
    def dirty(self) -> bool:
        """Whether something differs from what was handed over."""
        return bool(self._touched)

    @property
    def written(self) -> int:
        """How many lines say something."""
        return len(self._told)

    def lines(self) -> list[Line]:
        """Every line that says something, as it stands."""
        found, block = [], self.editor.document().begin()
        while block.isValid():
            if words_of(block):
                found.append(self._line(block, 0))
            block = block.next()
        return found

    def take(self) -> list[Line]:
        """The lines that differ from what was handed over, with "" for those that went."""
        touched, self._touched = set(self._touched), {}
        found: dict[str, Line] = {}
        document, rows = self.editor.document(), self._places.where(touched)
        for line_id in sorted(touched, key=lambda one: rows.get(one, -1)):
            row = rows.get(line_id)
            block = document.findBlockByNumber(row) if row is not None else None
            if row is None or block is None or not words_of(block):
                if self._told.pop(line_id, None) is not None:
                    found[line_id] = Line(line_id, self._times.get(line_id, self._clock()), "", "")
                continue
            place, moved = self._places.place(row)
            found.update(self._hand_over(self._line(block, place)))
            for at in moved:  # they make room; told as they were, for there may be thousands
                other = self._places.ids[at]
                if other in self._told:
                    mark, text, _place = self._told[other]
                    line = Line(other, self._times[other], mark, text, position=self._places.placed(at))
                    found.update(self._hand_over(line))
        return list(found.values())

    def refresh(self, lines: tuple[Line, ...], busy: frozenset[str]) -> bool:
        """Take in what others wrote, save where this window has something newer; whether it could be done now."""
        if self.editor.composing:
            return False
        self._taking = True
        before = ""
        for line in lines:
            if line.id not in busy and line.id not in self._touched:
                self._take_in(line, before)
            before = line.id
        stored = {line.id for line in lines}
        for line_id in [one for one in self._told if one not in stored | busy and one not in self._touched]:
            del self._told[line_id]
            self._put_text(self._places.ids.index(line_id), "")
        self._taking = False
        return True

    def _take_in(self, line: Line, before: str) -> None:
        told = self._told.get(line.id)
        if told is None or told[:2] != (line.mark, line.text):
            if line.id not in self._places.ids:
                row = self._places.ids.index(before) if before in self._places.ids else -1
                self._insert_after(row, line)
            self._put_text(self._places.ids.index(line.id), line.text, line.mark)
        self._told[line.id] = (line.mark, line.text, line.position)
        self._places.put(line.id, line.position)
        self._times[line.id] = line.at

    def _insert_after(self, row: int, line: Line) -> None:
        document = self.editor.document()
        if row < 0:
            cursor = QTextCursor(document.begin())
            first = cursor.blockFormat()
            cursor.insertBlock(first)
            QTextCursor(document.begin()).setBlockFormat(form(line.mark, line.id))
            return
        cursor = QTextCursor(document.findBlockByNumber(row))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertBlock(form(line.mark, line.id))

    def _put_text(self, row: int, text: str, mark: Mark = "") -> None:
        cursor = QTextCursor(self.editor.document().findBlockByNumber(row))
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text.replace("\n", WITHIN))
        cursor.setBlockFormat(form(mark, self._places.ids[row]))
        cursor.endEditBlock()

    def _hand_over(self, line: Line) -> dict[str, Line]:
        said = (line.mark, line.text, line.position)
        if self._told.get(line.id) == said:
            return {}
        self._told[line.id] = said
        return {line.id: line}

    def _line(self, block: QTextBlock, place: int) -> Line:
        line_id = id_of(block)
        at = self._times.setdefault(line_id, self._clock())
        return Line(line_id, at, mark_of(block), words_of(block), position=place)

    def _time_of(self, line_id: str) -> str:
        at = self._times.get(line_id)
        return clock_time(at, self._zone) if at else ""

    @Slot()
    def _on_renewed(self) -> None:
        document, block = self.editor.document(), self.editor.document().begin()
        ids = []
        while block.isValid():
            ids.append(id_of(block))
            block = block.next()
        self._places.ids = ids
        document.contentsChange.connect(self._on_contents)

    @Slot(int, int, int)
    def _on_contents(self, position: int, _removed: int, added: int) -> None:
        document = self.editor.document()
        block = document.findBlock(position)
        first = block.blockNumber()
        last = document.findBlock(min(position + added, document.characterCount() - 1)).blockNumber()
        length = last + 1 - first + len(self._places.ids) - document.blockCount()
        now: list[str] = []
        elsewhere = set(self._places.ids[:first]).union(self._places.ids[first + length :]) if first != last else set()
        for _row in range(first, last + 1):
            line_id = id_of(block)
            if not line_id or line_id in elsewhere:  # came by a way that knows nothing of lines
                line_id = new_id()
                QTimer.singleShot(0, self, self._mend)
            elsewhere.add(line_id)
            now.append(line_id)
            if block.text() and line_id not in self._times:
                self._times[line_id] = self._clock()
            block = block.next()
        gone = self._places.splice(first, length, now)
        if not self._taking:
            self._touched.update(dict.fromkeys((*now, *gone)))
            self.changed.emit()

    @Slot()
    def _mend(self) -> None:
        """Give lines the ids they are saved under."""
        block = self.editor.document().begin()
        for line_id in tuple(self._places.ids):
            if id_of(block) != line_id:
                QTextCursor(block).setBlockFormat(form(mark_of(block), line_id))
            block = block.next()
