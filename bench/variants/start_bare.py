"""Floor: the least a PySide6 program with a table costs, from start to first paint."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class Table(QTableView):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)


app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(Table())
window.resize(1024, 600)
window.show()
sys.exit(app.exec())
