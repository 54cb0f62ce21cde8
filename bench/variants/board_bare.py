"""Floors and peer: `bare` counts by SQL into Qt's own model; `proxy` narrows a model in Python by Qt's proxy."""

import sqlite3
import statistics
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from frames import keystrokes, scrolled, summed
from PySide6.QtCore import QSortFilterProxyModel
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtWidgets import QApplication, QTableView
from told import told

TYPED = ("p", "pe", "person", "person 7", "nobody", "team 3", "")
COUNTED = """select person.name, person.team,
  (select count(distinct evidence.meeting_id) from evidence join meeting on meeting.id = evidence.meeting_id
   where evidence.person_id = person.id and evidence.says = 'attended' and meeting.start >= {0}) as heard,
  (select min(meeting.start) from evidence join meeting on meeting.id = evidence.meeting_id
   where evidence.person_id = person.id and evidence.says = 'accepted' and meeting.start >= {1}) as coming
from person where lower(person.name || ' ' || person.team) like '%{2}%' order by person.team, person.name"""


def table_of(model: QSqlQueryModel | QSortFilterProxyModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.resize(1024, 600)
    table.show()
    QApplication.processEvents()
    return table


file, mode = Path(sys.argv[1]), sys.argv[2]
app = QApplication(sys.argv[:1])
now = datetime.now(UTC)
bounds = [int(at.timestamp() * 1_000_000) for at in (datetime(now.year, 1, 1, tzinfo=UTC), now)]
with told() as figures:
    began = time.perf_counter()
    if mode == "bare":
        base = QSqlDatabase.addDatabase("QSQLITE")
        base.setDatabaseName(str(file))
        assert base.open(), base.lastError().text()
        rows = QSqlQueryModel()

        def ask(text: str) -> None:
            rows.setQuery(COUNTED.format(*bounds, text), base)
            while rows.canFetchMore():
                rows.fetchMore()

        ask("")
        strokes = [partial(ask, text) for text in TYPED]
        table = table_of(rows)
    else:
        plain = QStandardItemModel()
        for row in sqlite3.connect(file).execute(COUNTED.format(*bounds, "")):
            plain.appendRow([QStandardItem(str(cell)) for cell in row])
        proxy = QSortFilterProxyModel()
        proxy.setSourceModel(plain)
        proxy.setFilterKeyColumn(-1)
        strokes = [partial(proxy.setFilterFixedString, text) for text in TYPED]
        table = table_of(proxy)
    table.viewport().repaint()
    figures["rows"] = time.perf_counter() - began
    figures["listed"] = table.model().rowCount()
    taken = keystrokes(table, strokes)
    figures["keystroke"], figures["slowest"] = statistics.median(taken), max(taken)
    figures.update(summed(scrolled(table)))
