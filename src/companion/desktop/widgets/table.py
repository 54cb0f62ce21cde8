"""A table of lines: how many there are, and what its columns are called."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from companion.words.language import t

Index = QModelIndex | QPersistentModelIndex
L = TypeVar("L")


class LinesModel(QAbstractTableModel, Generic[L]):
    """Lines below one another; who derives from it says what stands in a cell."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__()
        self._columns = columns  # marked for translation
        self.lines: Sequence[L] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As many as have a name."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a column is called."""
        if way != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return t(self._columns[section]) if role == Qt.ItemDataRole.DisplayRole else None
