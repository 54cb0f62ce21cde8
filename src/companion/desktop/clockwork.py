"""What happens by the clock while the window is open: calendars are read, deliveries tried again, ages told."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Slot

from companion.basics.changes import Changes
from companion.basics.clock import Clock, now
from companion.desktop.chrome import Chrome
from companion.desktop.tasks import Tasks
from companion.programme import outbox
from companion.takeaways.model import Delivery
from companion.words.dates import ago
from companion.words.language import t

TICK = 30_000  # milliseconds
READ_EVERY = timedelta(minutes=15)
SEND_EVERY = timedelta(minutes=5)


def synced_sentence(chrome: Chrome, at: datetime) -> str:
    """Synced 2 minutes ago; "" where there is no calendar."""
    if not chrome.calendars:
        return ""
    if chrome.last_sync is None:
        return t("Not synced yet")
    return t("Synced {ago}", ago=ago(chrome.last_sync, at))


class Clockwork(QObject):
    """Ticks twice a minute; does nothing that would disturb."""

    def __init__(self, say: Callable[[str], None], sync: Callable[[], None], tasks: Tasks, clock: Clock = now) -> None:
        super().__init__()
        self._say = say
        self._sync = sync
        self._tasks = tasks
        self._clock = clock
        self._chrome: Chrome | None = None
        self._asked: datetime | None = None
        self._sent: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def show(self, chrome: Chrome) -> None:
        """Take the latest facts."""
        first = self._chrome is None
        self._chrome = chrome
        if first:
            self.tick()

    @Slot()
    def tick(self) -> None:
        """Do what is due."""
        at = self._clock()
        chrome = self._chrome
        if chrome is None:
            return
        self._say(synced_sentence(chrome, at))
        last = max((time for time in (chrome.last_sync, self._asked) if time), default=None)
        if chrome.calendars and (last is None or at - last >= READ_EVERY):
            self._asked = at  # a calendar that cannot be read is not asked every tick
            self._sync()
        if self._sent is None or at - self._sent >= SEND_EVERY:
            self._sent = at
            self._tasks.fetch(outbox.run, self._on_sent, failed=lambda _problem: None)

    def _on_sent(self, delivered: list[Delivery]) -> None:
        if delivered:
            self._tasks.changed.emit(Changes.TAKEAWAYS)
