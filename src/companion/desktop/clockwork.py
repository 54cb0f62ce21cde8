"""What happens by the clock while the window is open: calendars are read, deliveries tried again, ages told."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Slot

from companion.basics.changes import Changes
from companion.basics.clock import Clock, now
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.desktop.chrome import Chrome
from companion.desktop.tasks import Tasks
from companion.programme import mailed, notes_copy, outbox, preparing
from companion.programme.apply import cross
from companion.programme.model import House
from companion.programme.sync import due
from companion.programme.views.calendars import READ_EVERY, lately
from companion.takeaways.model import Delivery
from companion.words.dates import ago
from companion.words.health import not_lately, since, tag
from companion.words.language import t, tn

TICK = 30_000  # milliseconds
SEND_EVERY = timedelta(minutes=5)
LOOK_EVERY = timedelta(minutes=5)


def synced_sentence(chrome: Chrome, at: datetime) -> str:
    """Synced 2 minutes ago, or which calendar cannot be read or was not for a day; "" where there is no calendar."""
    if not chrome.calendars:
        return ""
    bad = troubled(chrome)
    if len(bad) > 1:
        return tn("{trouble}, and {count} more", "{trouble}, and {count} more", len(bad) - 1, trouble=bad[0])
    if bad:
        return bad[0]
    if chrome.last_sync is None:
        return t("Not synced yet")
    old = [item for item in chrome.calendars if not lately(item, at)]
    if not old:
        return t("Synced {ago}", ago=ago(chrome.last_sync, at))
    oldest = min(item.state.last_ok or at for item in old)
    if len(old) == 1:
        return not_lately(old[0].account.name, oldest, at, chrome.zone)
    day = since(oldest, at, chrome.zone)
    if len(old) == len(chrome.calendars):
        return t("Calendars not read since {day}", day=since(chrome.last_sync, at, chrome.zone))
    return tn("{count} calendar not read since {day}", "{count} calendars not read since {day}", len(old), day=day)


def troubled(chrome: Chrome) -> list[str]:
    """Dana: signed out; one for each calendar that cannot be read."""
    return [
        t("{name}: {what}", name=item.account.name, what=tag(item))
        for item in chrome.calendars if item.condition in ("signed_out", "failing")
    ]  # fmt: skip


class Clockwork(QObject):
    """Ticks twice a minute; does nothing that would disturb."""

    def __init__(
        self,
        say: Callable[[str, Sequence[str]], None],
        sync: Callable[[Sequence[str]], None],
        tasks: Tasks,
        clock: Clock = now,
    ) -> None:
        super().__init__()
        self._say = say
        self._sync = sync
        self._tasks = tasks
        self._clock = clock
        self._chrome: Chrome | None = None
        self._asked: dict[str, datetime] = {}  # by name of a calendar
        self._sent: datetime | None = None
        self._looked: datetime | None = None
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

    def stop(self) -> None:
        """Tick no more: the window is going, and what is said in it with it."""
        self._timer.stop()
        self._chrome = None

    @Slot()
    def tick(self) -> None:
        """Do what is due."""
        at = self._clock()
        chrome = self._chrome
        if chrome is None:
            return
        self._say(synced_sentence(chrome, at), troubled(chrome))
        if chrome.calendars:
            self._tasks.read(
                lambda house, _ticket: due(house, at, READ_EVERY),
                self._on_due,
                failed=lambda _problem: None,
                owner=self,
            )
        # What was published, and could still be taken back when the window closed, goes now.
        self._tasks.write(lambda house, _ticket: cross(house), self._on_crossed, failed=lambda _problem: None)
        self._deliver(at)
        self._look_after(at)

    def _look_after(self, at: datetime) -> None:
        """Briefs of the next two days, what was mailed to me, and the copy of my notes."""
        if self._looked is not None and at - self._looked < LOOK_EVERY:
            return
        self._looked = at
        tasks = self._tasks
        tasks.write(_make_briefs, failed=_let_pass)
        tasks.write(lambda house, _ticket: Changes.NOTES if mailed.fetch(house) else Changes.NOTHING, failed=_let_pass)
        tasks.fetch(_copy_notes, failed=_let_pass)

    def _on_due(self, names: list[str]) -> None:
        at = self._clock()
        # What somebody cancelled has no run to show for it, and would be due again at the next tick.
        turn = [name for name in names if name not in self._asked or at - self._asked[name] >= READ_EVERY]
        self._asked.update(dict.fromkeys(turn, at))
        if turn:
            self._sync(turn)

    def _on_crossed(self, count: int) -> None:
        if count and self._chrome is not None:
            self._sent = None
            self._tasks.changed.emit(Changes.TAKEAWAYS | Changes.ATTENDANCE)
            self._deliver(self._clock())

    def _deliver(self, at: datetime) -> None:
        if self._sent is None or at - self._sent >= SEND_EVERY:
            self._sent = at
            self._tasks.fetch(outbox.run, self._on_sent, failed=lambda _problem: None)

    def _on_sent(self, delivered: list[Delivery]) -> None:
        if delivered:
            self._tasks.changed.emit(Changes.TAKEAWAYS)


def _let_pass(_problem: Problem) -> None:
    """Tried again with the next look; whoever asks for it by hand is told."""


def _make_briefs(house: House, ticket: Ticket) -> Changes:
    return Changes.MEETINGS if preparing.prepare_all(house, ticket) else Changes.NOTHING


def _copy_notes(house: House, _ticket: Ticket) -> Changes:
    # Asked first: where the copy is off, nobody's keyring is opened.
    if not notes_copy.state_of(house).on:
        return Changes.NOTHING
    return Changes.NOTES if notes_copy.run(house).taken_in else Changes.NOTHING
