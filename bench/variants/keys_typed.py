"""How long a key holds the window up in a note of so many lines: `ours`, or a bare text field with the same text.

In the middle of the note and at its end; the first keys of each place are thrown away.
"""

import statistics
import sys
import time
from datetime import UTC, datetime

from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from told import told

KEYS, FIRST = 200, 10
HEARD = "They stock up before Easter and then they wait for pallets. "


def bare(app: QApplication, texts: list[str]) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setPlainText("\n".join(texts))
    field.resize(900, 600)
    field.show()
    return field


def ours(app: QApplication, texts: list[str]) -> QPlainTextEdit:
    from companion.desktop.listen.sheet import Sheet
    from companion.desktop.look import Look
    from companion.notes.model import Line

    now = datetime.now(UTC)
    sheet = Sheet(Look(app, "light"), lambda: datetime.now(UTC))
    sheet.show_lines(tuple(Line(f"l{at}", now, "", text) for at, text in enumerate(texts)), "UTC")
    sheet.resize(900, 600)
    sheet.show()
    sheet.editor.kept = sheet  # it lives as long as its editor
    return sheet.editor


def typed(app: QApplication, field: QPlainTextEdit) -> tuple[list[float], list[float]]:
    """Milliseconds of the clock and of the processor for each key."""
    walls, processors = [], []
    for number in range(KEYS + FIRST):
        began, used = time.perf_counter(), time.thread_time()
        QTest.keyClick(field, "ab c"[number % 4])
        app.processEvents()
        walls.append((time.perf_counter() - began) * 1000)
        processors.append((time.thread_time() - used) * 1000)
    return walls[FIRST:], processors[FIRST:]


app = QApplication(sys.argv[:1])
lines = int(sys.argv[2])
texts = [HEARD * (1 + at % 3) for at in range(lines)]
with told() as figures:
    field = {"ours": ours, "bare": bare}[sys.argv[1]](app, texts)
    app.processEvents()
    walls, processors = [], []
    for place in (lines // 2, field.document().blockCount() - 1):
        cursor = QTextCursor(field.document().findBlockByNumber(place))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        field.setTextCursor(cursor)
        app.processEvents()
        some = typed(app, field)
        walls += some[0]
        processors += some[1]
    figures["worst_ms"], figures["key_ms"] = max(walls), statistics.median(walls)
    figures["worst_cpu_ms"], figures["key_cpu_ms"] = max(processors), statistics.median(processors)
