"""A long list of two-line items under headings; only what is seen is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from companion.desktop.look import Look

Index = QModelIndex | QPersistentModelIndex
_ITEM = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Item:
    """One entry; without a key it is a heading."""

    key: str
    title: str
    below: str = ""
    tag: str = ""  # a word at the right
    strong: bool = False

    @property
    def says(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join(part for part in (self.title, self.below, self.tag) if part)


class ItemModel(QAbstractListModel):
    """Items as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Item] = ()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show other items."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The item, its title, or what a screen reader says."""
        item = self.items[index.row()]
        if role == _ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        return item.says if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if not self.items[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ItemDelegate(QStyledItemDelegate):
    """Draws an item: title above, soft text below, a word at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and their room, or a heading and the room above it."""
        item: Item = index.data(_ITEM)
        line = option.fontMetrics.lineSpacing()
        px = self._look.px
        if not item.key:
            return QSize(px(120), line + px(10 if index.row() == 0 else 26))
        return QSize(px(120), line * (2 if item.below else 1) + px(20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one."""
        item: Item = index.data(_ITEM)
        tokens, px = self._look.tokens, self._look.px
        box: QRect = option.rect
        font: QFont = option.font
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not item.key:
            self._text(painter, box.adjusted(0, 0, 0, -px(6)), font, 13, tokens.soft, item.title, bold=True, low=True)
            painter.restore()
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_back if chosen else tokens.over))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(6), px(6))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), px(6), px(6))
        inner = box.adjusted(px(14), px(9), -px(14), -px(9))
        wide = self._tag(painter, inner, font, item.tag)
        half = inner.height() // 2 if item.below else inner.height()
        title = QRect(inner.left(), inner.top(), inner.width() - wide, half)
        self._text(painter, title, font, 14, tokens.text, item.title, bold=item.strong)
        if item.below:
            below = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
            self._text(painter, below, font, 12, tokens.soft, item.below)
        painter.restore()

    def _tag(self, painter: QPainter, box: QRect, font: QFont, tag: str) -> int:
        if not tag:
            return 0
        small = self._font(font, 12, bold=False)
        wide = QFontMetrics(small).horizontalAdvance(tag) + self._look.px(4)
        half = box.height() // 2
        right = QRect(box.right() - wide, box.top(), wide, half)
        self._text(painter, right, font, 12, self._look.tokens.soft, tag, right=True)
        return wide + self._look.px(8)

    def _font(self, font: QFont, size: int, *, bold: bool) -> QFont:
        made = QFont(font)
        made.setPixelSize(self._look.px(size))
        made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return made

    def _text(
        self,
        painter: QPainter,
        box: QRect,
        font: QFont,
        size: int,
        colour: str,
        text: str,
        *,
        bold: bool = False,
        right: bool = False,
        low: bool = False,
    ) -> None:
        made = self._font(font, size, bold=bold)
        painter.setFont(made)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        down = Qt.AlignmentFlag.AlignBottom if low else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(across | down | Qt.TextFlag.TextSingleLine), shown)


class ItemList(QListView):
    """The list; `chosen` carries the key of the item the reader is on."""

    chosen = Signal(str)

    def __init__(self, look: Look, says: str) -> None:
        super().__init__()
        self.setProperty("part", "items")
        self.setAccessibleName(says)
        self._items = ItemModel()
        self._draws = ItemDelegate(look)
        self._quiet = False
        self.setModel(self._items)
        self.setItemDelegate(self._draws)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._on_current)
        look.switched.connect(self._on_look)

    @property
    def items(self) -> Sequence[Item]:
        """What is listed, headings too."""
        return self._items.items

    @property
    def current(self) -> str:
        """The key of the item the reader is on, "" for none."""
        index = self.currentIndex()
        return self._items.items[index.row()].key if index.isValid() else ""

    def show_items(self, items: Sequence[Item], key: str = "") -> None:
        """List other items and stand on one of them, without a word about it."""
        at = self.verticalScrollBar().value()
        before = self.current
        self._quiet = True
        self._items.show_items(items)
        self._stand_on(key or before, scroll=bool(key))
        self._quiet = False
        if not key:
            self.verticalScrollBar().setValue(at)

    def choose(self, key: str) -> None:
        """Stand on an item as if the reader had gone there."""
        self._stand_on(key, scroll=True)

    def _stand_on(self, key: str, *, scroll: bool) -> None:
        for row, item in enumerate(self._items.items):
            if key and item.key == key:
                index = self._items.index(row)
                self.setCurrentIndex(index)
                if scroll:
                    self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
                return

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and now.isValid():
            self.chosen.emit(self._items.items[now.row()].key)

    @Slot()
    def _on_look(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
