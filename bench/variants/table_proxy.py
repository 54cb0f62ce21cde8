"""Peer: the usual way, a QSortFilterProxyModel over a model in Python that holds every row."""

import sqlite3
import statistics
import sys
from functools import partial
from pathlib import Path

from frames import keystrokes, scrolled, summed
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QTableView
from told import told

COLUMNS = ("id", "title", "customer_id", "start", "end", "status", "uid")


class Rows(QAbstractTableModel):
    def __init__(self, rows: list[tuple[object, ...]]) -> None:
        super().__init__()
        self._rows = [tuple(map(str, row)) for row in rows]

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return len(COLUMNS)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


app = QApplication(sys.argv[:1])
store = sqlite3.connect(Path(sys.argv[1]))
rows = Rows(store.execute(f"select {', '.join(COLUMNS)} from meeting order by start").fetchall())
proxy = QSortFilterProxyModel()
proxy.setSourceModel(rows)
proxy.setFilterKeyColumn(-1)
table = QTableView()
table.setModel(proxy)
table.resize(1024, 600)
table.show()
app.processEvents()
with told(listed=rows.rowCount()) as figures:
    figures.update(summed(scrolled(table)))
    taken = keystrokes(table, [partial(proxy.setFilterFixedString, text) for text in ("k", "kes", "kestrel r")])
    figures["keystroke"], figures["slowest"] = statistics.median(taken), max(taken)
