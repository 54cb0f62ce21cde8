"""Where a takeaway went: places and people, what stays with them, and what to tell the customer."""

from itertools import groupby

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.frame import Frame
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.chip import Chip
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.where import Went, WentRow
from companion.takeaways.audience import say
from companion.words.dates import short_day
from companion.words.language import t, tn
from companion.words.shared import sent_nowhere

MOST = 40  # recipients of one channel shown by name; more would not be read


class WhereList(QWidget):
    """All of it, to look at."""

    def __init__(self, frame: Frame, went: Went) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        column = Column(margin=0, widest=760)
        column.setMinimumHeight(frame.look.px(320))
        box.addWidget(column)
        column.begin()
        column.add(PlainLabel(went.takeaway.headline, "strong"))
        column.add(PlainLabel(" · ".join(_figures(went)), "soft"))
        if not went.rows:
            column.add(PlainLabel(sent_nowhere(was_out=went.was_out, stands=went.state == "out")), 8)
        for channel, rows in groupby(went.rows, lambda row: (row.channel, row.kind)):
            _channel(column, channel, list(rows), went.zone)
        column.section(t("What cannot be taken back"))
        for said in stays(went):
            column.add(PlainLabel(said))
        column.section(t("For the customer, if they ask"))
        column.add(PlainLabel(went.customer_text, "soft"))
        column.add(button(t("Copy the text for the customer"), lambda: copy_text(frame, went.customer_text)))
        column.end()


def stays(went: Went) -> list[str]:
    """What stays with those who have it, in sentences."""
    people = [row for row in went.stays if row.recipient]
    rooms = sorted({row.channel for row in went.stays if not row.recipient and row.channel})
    said = []
    if people:
        said.append(
            tn("{count} person has it by mail; that mail stays with them.",
               "{count} people have it by mail; those mails stay with them.", len({row.recipient for row in people}))
        )  # fmt: skip
    if rooms:
        said.append(
            t("What was posted in {channels} stays there until somebody deletes it.", channels=", ".join(rooms))
        )
    if not said:
        return [t("It can be cleared everywhere.")]
    if any(row.can_take_back for row in went.rows):
        said.append(t("Pages and folders of ours can be cleared."))
    return said


def copy_text(frame: Frame, text: str) -> None:
    """Put a text on the clipboard and say so."""
    QGuiApplication.clipboard().setText(text)
    frame.say(t("Copied."))


def _figures(went: Went) -> list[str]:
    said = [say(went.takeaway.audience)]
    if went.reached:
        said.append(tn("sent to {count} person", "sent to {count} people", went.reached))
    if went.answers:
        said.append(tn("{count} answer", "{count} answers", went.answers))
    if went.openings is not None:
        said.append(tn("opened on {count} computer", "opened on {count} computers", went.openings))
    return said


def _channel(column: Column, channel: tuple[str, str], rows: list[WentRow], zone: str) -> None:
    name, kind = channel
    title = t("Letter to the host") if kind.startswith("letter:host") else name or t("A channel that is gone")
    column.section(t("Letter of the programme") if kind.startswith("letter:") and "host" not in kind else title)
    for row in rows[:MOST]:
        who = f"{row.name}, {row.recipient}" if row.name else row.recipient
        told = t("{who}: {what}", who=who, what=row.sentence) if who else row.sentence[:1].upper() + row.sentence[1:]
        day = short_day(day_of(row.since, zone))
        tone = "bad" if row.state in ("failed", "unknown") else ""
        label = PlainLabel(f"{told} · {day}", "bad" if tone else "")
        chips = [Chip(t("withdrawal told"), "good")] if row.told_withdrawn else []
        if row.revision and not row.newest:
            chips.append(Chip(t("has version {number}", number=row.revision), "warning"))
        column.add(header(label, *chips) if chips else label)
    if len(rows) > MOST:
        column.add(PlainLabel(tn("And {count} more.", "And {count} more.", len(rows) - MOST), "small"))
