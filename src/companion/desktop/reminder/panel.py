"""One reminder: a small window of our own, at the screen's corner, that takes nobody's keyboard away."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.programme.moments import Reminder
from companion.words.dates import clock_time
from companion.words.language import t

MARGIN, WIDE = 20, 380  # pixels at 100 %


@dataclass(frozen=True)
class ReminderVerbs:
    """What can be done from a reminder."""

    join: Callable[[str], None]  # a link
    brief: Callable[[str], None]  # a meeting's id
    listen: Callable[[str], None]  # a meeting's id


class ReminderPanel(QWidget):
    """Says which meeting and offers what is wanted now; closed by a button, Escape, or when its time is over."""

    def __init__(self, reminder: Reminder, zone: str, verbs: ReminderVerbs, scale: Callable[[int], int]) -> None:
        super().__init__(
            None, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setProperty("part", "reminder")
        self.reminder = reminder
        self._verbs = verbs
        about = reminder.about
        self._said = said(reminder, zone)
        self.setWindowTitle(t("Companion"))
        self.setAccessibleName(self._said)
        card = Card(margin=18, spacing=6)
        for number, line in enumerate(self._said.split("\n")):
            card.add(PlainLabel(line, "strong" if number == 0 else "soft"))
        card.add(Flow(self._buttons(about.link), spacing=8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self.setFixedWidth(scale(WIDE))

    def come(self, screen: QScreen | None = None) -> None:
        """Show at the lower right of a screen, above its bar; screen readers hear it."""
        screen = screen or QGuiApplication.primaryScreen()
        self.adjustSize()
        room, size = screen.availableGeometry(), self.sizeHint().expandedTo(QSize(self.width(), 0))
        self.resize(size)
        self.move(room.bottomRight() - QPoint(size.width() + MARGIN, size.height() + MARGIN))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is not now."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _buttons(self, link: str) -> list[QWidget]:
        after = self.reminder.moment == "after"
        made: list[QWidget] = []
        if after:
            made.append(button(t("Write three lines"), self._on_listen, filled=True))
        else:
            if link:
                made.append(button(t("Join"), self._on_join, filled=True))
            made += [button(t("Brief"), self._on_brief, filled=not link), button(t("Listen"), self._on_listen)]
        return [*made, button(t("Not now"), self._on_close)]

    @Slot()
    def _on_join(self) -> None:
        self._verbs.join(self.reminder.about.link)  # it stays: the brief is wanted with it

    @Slot()
    def _on_brief(self) -> None:
        self.close()
        self._verbs.brief(self.reminder.about.meeting_id)

    @Slot()
    def _on_listen(self) -> None:
        self.close()
        self._verbs.listen(self.reminder.about.meeting_id)

    @Slot()
    def _on_close(self) -> None:
        self.close()


def said(reminder: Reminder, zone: str) -> str:
    """What a reminder says, in two lines."""
    about = reminder.about
    who = about.customer or about.title
    if reminder.moment == "after":
        return "\n".join((t("{customer}: three lines while it is fresh", customer=who), t("It takes two minutes.")))
    at = clock_time(about.start, zone)
    where = about.place or (t("by video") if about.link else "")
    return "\n".join((
        t("{customer} at {time}", customer=who, time=at), f"{about.title} · {where}" if where else about.title,
    ))  # fmt: skip
