"""What was said of a seat, as a list to look at."""

from PySide6.QtWidgets import QLabel, QWidget

from companion.attendance.model import Evidence
from companion.basics.clock import day_of
from companion.desktop.meetings.statements import dated
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.history import History
from companion.words.dates import day_month
from companion.words.language import t


def history_content(found: History) -> QWidget:
    """Oldest first; what was taken back is struck through, with when."""
    column = Column(margin=0, spacing=6)
    column.begin()
    for item in found.said:
        column.add(_line(item, found))
    if not found.said:
        column.add(PlainLabel(t("Nothing was said of it yet."), "soft"))
    column.end()
    return column


def told(item: Evidence, found: History) -> str:
    """One statement with its day and time."""
    said = dated(item, found.names.get(item.by, item.by), found.zone)
    if item.to and item.to in found.names:
        said = t("{said} · {name} went", said=said, name=found.names[item.to])
    return said


def _line(item: Evidence, found: History) -> QWidget:
    said = told(item, found)
    if item.withdrawn is None:
        return PlainLabel(said)
    when = day_month(day_of(item.withdrawn, found.zone), day_of(found.now, found.zone))
    label: QLabel = PlainLabel(t("{said} — taken back on {day}", said=said, day=when), "soft")
    font = label.font()
    font.setStrikeOut(True)
    label.setFont(font)
    label.setAccessibleName(t("Taken back on {day}: {said}", said=said, day=when))
    return label
