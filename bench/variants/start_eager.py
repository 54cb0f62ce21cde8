"""Peer: the same table the usual way, with everything imported before the window and rows through an ORM."""

import sys

import httpx  # noqa: F401
import icalendar  # noqa: F401
import keyring  # noqa: F401
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "row"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


class Table(QTableView):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
model = QStandardItemModel()
with Session(engine) as session:
    session.add_all(Row(title=f"Row {number}") for number in range(50))
    session.commit()
    for row in session.scalars(select(Row)):
        model.appendRow(QStandardItem(row.title))
app = QApplication(sys.argv)
window = QMainWindow()
table = Table()
table.setModel(model)
window.setCentralWidget(table)
window.resize(1024, 600)
window.show()
sys.exit(app.exec())
