"""The lines of the audit as a table: a line each, walked by the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from companion.desktop.audit.facts import Shown
from companion.desktop.look import Look
from companion.desktop.widgets.table import Index, LinesModel
from companion.words import audit as words
from companion.words.language import mark, t

COLUMNS = (mark("When"), mark("Who"), mark("What"), mark("About"), mark("From and to"), mark("Why"))
_SHARES = (0, 16, 22, 27, 20, 15)  # of a hundred of what the first leaves
_WHEN = 124  # pixels at 100 %
_TEXT = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
LINE_HEIGHT = 32  # pixels at 100 %


class AuditModel(LinesModel[Shown]):
    """Lines in their order."""

    def __init__(self) -> None:
        super().__init__(COLUMNS)

    def show_lines(self, lines: Sequence[Shown]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text; a screen reader says the whole line."""
        one = self.lines[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return one.told
        if role in _TEXT:
            why = words.reason(one.line.why)
            return (one.when, one.line.who or t("the programme"), one.what, one.about, one.change, why)[index.column()]
        return None


class _Cells(QStyledItemDelegate):
    """Draws a cell's text below its heading."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one: the ground as ever, its words a little to the right."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        text, ground.text = ground.text, ""
        style = ground.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, ground.widget)
        left = self._look.px(16 if index.column() == 0 else 8)
        inner = option.rect.adjusted(left, 0, -self._look.px(4), 0)
        shown = ground.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.save()
        painter.setPen(ground.palette.color(QPalette.ColorRole.Text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class AuditTable(QTableView):
    """The table. `chosen`: another line is the current one, None where there is none. `wanted`: Enter on a line."""

    chosen, wanted = Signal(object), Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.lines = AuditModel()
        self._look = look
        self.setModel(self.lines)
        self.setItemDelegate(_Cells(look, self))
        self.setAccessibleName(t("Audit"))
        self.setAccessibleDescription(
            t("A line for each change; the arrow keys go from line to line, and Enter goes to the whole line.")
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setHighlightSections(False)
        across.setAccessibleName(t("Columns"))
        self.selectionModel().currentChanged.connect(self._on_current)
        look.switched.connect(self._fit)
        self._fit()

    def show_lines(self, lines: Sequence[Shown]) -> None:
        """List others, and stand on the first."""
        self.lines.show_lines(lines)
        if lines:
            self.setCurrentIndex(self.lines.index(0, 0))
        else:
            self.chosen.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share what room there is."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the line as it is told whole."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _fit(self) -> None:
        when = self._look.px(_WHEN)
        wide = self.viewport().width() - when
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, wide * share // 100 if share else when)
        self.verticalHeader().setDefaultSectionSize(self._look.px(LINE_HEIGHT))

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.lines.lines[now.row()] if now.isValid() else None)
