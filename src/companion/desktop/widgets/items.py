"""A long list of two-line items under headings; only what is seen is made and drawn."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from companion.desktop.look import Look

Index = QModelIndex | QPersistentModelIndex
_ITEM = Qt.ItemDataRole.UserRole
PAGE = 100  # entries that are listed at once; the list grows as somebody goes down in it


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


@dataclass(frozen=True)
class Later:
    """An item of two lines that is made when it is looked at: a long list costs what is seen of it."""

    key: str
    title: str
    make: Callable[[], Item]


class ItemModel(QAbstractListModel):
    """Items in their order, listed a part at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Item | Later] = []
        self._coming: Iterator[Item | Later] = iter(())
        self._whole = True
        self._rows: dict[str, int] = {}

    @property
    def items(self) -> list[Item]:
        """What is listed so far."""
        return [self.item(row) for row in range(len(self._entries))]

    def item(self, row: int) -> Item:
        """The item of a row."""
        entry = self._entries[row]
        if isinstance(entry, Later):
            entry = self._entries[row] = entry.make()
        return entry

    def key(self, row: int) -> str:
        """The key of a row, "" for a heading."""
        return self._entries[row].key

    def lines(self, row: int) -> int:
        """How many lines an entry takes, 0 for a heading."""
        entry = self._entries[row]
        if not entry.key:
            return 0
        return 2 if isinstance(entry, Later) or entry.below else 1

    def show_items(self, items: Iterable[Item | Later]) -> None:
        """Show other items, and as many of them as were listed before."""
        before = len(self._entries)
        self.beginResetModel()
        self._entries, self._coming, self._rows = [], iter(items), {}
        self._take(max(PAGE, before))
        self.endResetModel()

    def find(self, key: str) -> int:
        """The row of a key, listing as far as it is; -1 where there is none."""
        while key and key not in self._rows and not self._whole:
            self.fetchMore()
        return self._rows.get(key, -1) if key else -1

    def first(self) -> int:
        """The row of the first item, -1 where there is none."""
        return next(iter(self._rows.values()), -1)

    def fetch_all(self) -> None:
        """List what is left."""
        while not self._whole:
            self.fetchMore()

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008 - Qt's own default
        """Whether there may be more than is listed."""
        return not parent.isValid() and not self._whole

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008 - Qt's own default
        """List as many again as are listed: the view lays all of them out anew each time."""
        if parent.isValid():
            return
        held = len(self._entries)
        more = self._taken(max(PAGE, held))
        if more:
            self.beginInsertRows(QModelIndex(), held, held + len(more) - 1)
            self._hold(more)
            self.endInsertRows()

    def _take(self, most: int) -> None:
        self._hold(self._taken(most))

    def _taken(self, most: int) -> list[Item | Later]:
        more = list(islice(self._coming, most))
        self._whole = len(more) < most
        return more

    def _hold(self, more: Iterable[Item | Later]) -> None:
        for row, entry in enumerate(more, len(self._entries)):
            if entry.key:
                self._rows.setdefault(entry.key, row)
            self._entries.append(entry)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many are listed so far."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The item, its title, or what a screen reader says."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._entries[index.row()].title
        if role == _ITEM:
            return self.item(index.row())
        return self.item(index.row()).says if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if not self._entries[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ItemDelegate(QStyledItemDelegate):
    """Draws an item: title above, soft text below, a word at the right."""

    def __init__(self, look: Look, items: ItemModel) -> None:
        super().__init__()
        self._look = look
        self._items = items

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and their room, or a heading and the room above it."""
        row = index.row()
        lines = self._items.lines(row)
        line, px = option.fontMetrics.lineSpacing(), self._look.px
        return QSize(px(120), line * (lines or 1) + px(20 if lines else 10 if row == 0 else 26))

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
        half = inner.height() // 2 if item.below else inner.height()
        wide = self._tag(painter, inner, font, item.tag, half)
        title = QRect(inner.left(), inner.top(), inner.width() - wide, half)
        self._text(painter, title, font, 14, tokens.text, item.title, bold=item.strong)
        if item.below:
            below = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
            self.draw_below(painter, below, font, item)
        painter.restore()

    def draw_below(self, painter: QPainter, box: QRect, font: QFont, item: Item) -> None:
        """Draw the second line of an item."""
        self._text(painter, box, font, 12, self._look.tokens.soft, item.below)

    def _tag(self, painter: QPainter, box: QRect, font: QFont, tag: str, high: int) -> int:
        if not tag:
            return 0
        small = self._font(font, 12, bold=False)
        wide = QFontMetrics(small).horizontalAdvance(tag) + self._look.px(4)
        right = QRect(box.right() - wide, box.top(), wide, high)
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
        self._draws = ItemDelegate(look, self._items)
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
        """What is listed so far, headings too."""
        return self._items.items

    @property
    def current(self) -> str:
        """The key of the item the reader is on, "" for none."""
        index = self.currentIndex()
        return self._items.key(index.row()) if index.isValid() else ""

    def show_items(self, items: Iterable[Item | Later], key: str = "") -> None:
        """List other items and stand on one of them ("": on the same as before), without a word about it."""
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

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads: Home to the first item under the first heading, End to the last of all."""
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self._items.index(self._items.first())
        if action == QAbstractItemView.CursorAction.MoveEnd:
            self._items.fetch_all()
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next item that begins so, wherever it stands."""
        self._items.fetch_all()
        super().keyboardSearch(search)

    def _stand_on(self, key: str, *, scroll: bool) -> None:
        row = self._items.find(key)
        if row >= 0:
            index = self._items.index(row)
            self.setCurrentIndex(index)
            if scroll:
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and now.isValid():
            self.chosen.emit(self._items.key(now.row()))

    @Slot()
    def _on_look(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
