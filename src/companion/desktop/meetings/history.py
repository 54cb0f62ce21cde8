"""What was said of a seat, as a list to look at."""

from PySide6.QtWidgets import QLabel, QWidget

from companion.attendance.model import Evidence
from companion.basics.clock import day_of
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.history import History
from companion.words.dates import clock_time, day_month
from companion.words.joined import statement
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
    """One statement with its time of day."""
    name = found.names.get(item.by, item.by)
    said = statement(item.source, item.says, name, day_of(item.at, found.zone), reason=item.reason)
    if item.to and item.to in found.names:
        said = t("{said}: {name} went", said=said, name=found.names[item.to])
    return t("{time} · {said}", time=clock_time(item.at, found.zone), said=said)


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
