"""Floors: `scroll` is Qt's own C++ model of the same rows; `filter` asks SQL for the ids of a text, paints a page."""

import sqlite3
import statistics
import sys
from functools import partial
from pathlib import Path

from frames import keystrokes, scrolled, summed
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QTableView
from told import told

COLUMNS = ("id", "title", "customer_id", "start", "end", "status", "uid")
TYPED = ("k", "kes", "kestrel r", "nobody", "marine")
PAGE = 200


class Paged(QAbstractTableModel):
    """Ids, and the rows of a page of them at a time."""

    def __init__(self, store: sqlite3.Connection) -> None:
        super().__init__()
        self._store = store
        self._ids: list[str] = []
        self._pages: dict[int, list[tuple[object, ...]]] = {}
        self._query = f"select {', '.join(COLUMNS)} from meeting where id in ({', '.join('?' * PAGE)})"
        self.choose("")

    def choose(self, text: str) -> None:
        self.beginResetModel()
        query = "select id from meeting where title like ? or uid like ? order by start"
        self._ids = [row[0] for row in self._store.execute(query, (f"%{text}%",) * 2)]
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return len(COLUMNS)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        page, at = divmod(index.row(), PAGE)
        if page not in self._pages:
            ids = self._ids[page * PAGE : (page + 1) * PAGE]
            rows = {row[0]: row for row in self._store.execute(self._query, [*ids, *[""] * (PAGE - len(ids))])}
            self._pages[page] = [rows[one] for one in ids]
        return str(self._pages[page][at][index.column()])


def table_of(model: QAbstractTableModel | QSqlTableModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.resize(1024, 600)
    table.show()
    QApplication.processEvents()
    return table


file, mode = Path(sys.argv[1]), sys.argv[2]
app = QApplication(sys.argv[:1])
if mode == "scroll":
    base = QSqlDatabase.addDatabase("QSQLITE")
    base.setDatabaseName(str(file))
    assert base.open(), base.lastError().text()
    rows = QSqlTableModel(None, base)
    rows.setTable("meeting")
    rows.select()
    while rows.canFetchMore():
        rows.fetchMore()
    table = table_of(rows)
    for column in range(rows.columnCount()):
        table.setColumnHidden(column, rows.headerData(column, Qt.Orientation.Horizontal) not in COLUMNS)
    with told(listed=rows.rowCount()) as figures:
        figures.update(summed(scrolled(table)))
else:
    paged = Paged(sqlite3.connect(file))
    table = table_of(paged)
    with told(listed=paged.rowCount()) as figures:
        taken = keystrokes(table, [partial(paged.choose, text) for text in TYPED])
        figures["keystroke"], figures["slowest"] = statistics.median(taken), max(taken)
