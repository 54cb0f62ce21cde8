"""Asks twice a minute what is to be shown, shows it once, and takes it away when its time is over."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from companion.basics.clock import Clock, now
from companion.basics.errors import Problem
from companion.desktop.frame import Frame
from companion.desktop.reminder.panel import ReminderPanel, ReminderVerbs
from companion.programme import reminding
from companion.programme.moments import AFTER
from companion.programme.reminding import Due

TICK = 30_000  # milliseconds


class Watch(QObject):
    """One panel at a time; the next comes when the last was closed, or with the next tick."""

    def __init__(self, frame: Frame, clock: Clock = now) -> None:
        super().__init__()
        self._frame = frame
        self._clock = clock
        self._panel: ReminderPanel | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    @property
    def panel(self) -> ReminderPanel | None:
        """What is shown just now."""
        return self._panel if self._panel is not None and self._panel.isVisible() else None

    def stop(self) -> None:
        """The window is going, and what it showed with it."""
        self._timer.stop()
        self._drop()

    @Slot()
    def tick(self) -> None:
        """Look what is due."""
        panel = self.panel
        if panel is not None:
            about = panel.reminder.about
            if panel.reminder.moment == "before" and self._clock() >= min(about.start + AFTER, about.end):
                self._drop()
            elif panel.reminder.moment == "before":
                return
        self._frame.tasks.read(
            lambda house, _ticket: reminding.due(house), self._show, failed=lambda _problem: None, owner=self
        )

    def _show(self, found: Due) -> None:
        if not found.reminders:
            return
        # What is about to begin cannot wait for what is over.
        first = next((one for one in found.reminders if one.moment == "before"), found.reminders[0])
        if self.panel is not None and first.moment == "after":
            return
        self._drop()
        verbs = ReminderVerbs(self._frame.follow, partial(self._go, "brief"), partial(self._go, "listen"))
        self._panel = ReminderPanel(first, found.zone, verbs, self._frame.look.px)
        self._panel.come()
        self._frame.tasks.write(
            lambda house, _ticket: reminding.shown(house, first), failed=self._on_failed, owner=self
        )

    def _go(self, page: str, meeting: str) -> None:
        self._frame.go(page, meeting)
        self._frame.come_forward()

    def _on_failed(self, _problem: Problem) -> None:
        """It could not be noted that it was shown: it may come once more, which is better than never."""

    def _drop(self) -> None:
        if self._panel is not None:
            self._panel.close()
            self._panel.deleteLater()
            self._panel = None
