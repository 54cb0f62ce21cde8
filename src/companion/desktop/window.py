"""The shell: the list of pages, the page, the message bar and the progress strip."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.desktop import progress
from companion.desktop.actions import ACTIONS, help_text
from companion.desktop.ask import Ask
from companion.desktop.dialogs import QtAsk
from companion.desktop.frame import Frame, Page, PageInfo
from companion.desktop.look import Look
from companion.desktop.navigation import Navigation
from companion.desktop.tasks import Step, Task, Tasks
from companion.desktop.widgets.countdown import CountDownBar
from companion.desktop.widgets.message import MessageBar
from companion.desktop.widgets.progress import ProgressStrip
from companion.words.language import t
from companion.words.problems import sentence

if TYPE_CHECKING:
    from companion.calendars.model import Account

SMALLEST = QSize(900, 560)
NAVIGATION, SHARE = 176, 0.27  # pixels at 100 %, and the most of the window it takes
USUAL = QSize(1240, 780)


class Window(QMainWindow):
    """Knows pages by a list. `painted` comes once, after the first frame stood on the screen."""

    painted = Signal()
    closing = Signal()
    shown = Signal(str)  # the key of the page that is shown now

    def __init__(
        self,
        look: Look,
        tasks: Tasks,
        pages: Sequence[PageInfo],
        state: QSettings,
        *,
        sync: Callable[[], None],
        restart: Callable[[bool], None] = lambda _reopen: None,
        ask: Ask | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle(t("Companion"))
        self._infos = {page.key: page for page in pages}
        self._made: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._current = ""
        self._role = "leader"
        self._state = state
        self._running: dict[Task, Step] = {}
        self._first_paint = True
        self._sync = sync
        self.ask: Ask = ask or QtAsk(self)
        self.messages = MessageBar()
        self.counting = CountDownBar()
        self.frame = Frame(
            tasks, self.ask, look, self.show_page, self.messages.say, sync, restart, unsay=self.messages.unsay,
            count_down=self.counting.begin, sign_in=self._sign_in, come_forward=self.come_forward,
        )  # fmt: skip
        self.navigation = Navigation(pages, self._from_list, self._calendars)
        self.strip = ProgressStrip(self._on_cancel)
        self._stack = QStackedWidget()
        self._lay_out(look)
        self._listen(tasks, look)
        self._restore()

    @property
    def current(self) -> str:
        """The key of the page that is shown, "" before the first."""
        return self._current

    def page(self, key: str) -> Page:
        """The page of that key, made now if it was not yet."""
        if key not in self._made:
            made = self._infos[key].make(self.frame)
            made.setAccessibleName(t(self._infos[key].title))
            self._made[key] = made
            self._stale.add(key)
            self._stack.addWidget(made)
        return self._made[key]

    def show_page(self, key: str, item: str = "") -> None:
        """Show a page, for one thing where `item` names it."""
        page = self.page(key)
        if self._current and self._current != key:
            self._made[self._current].leave()
            self.messages.clear()
        self._current = key
        info = self._infos[key]
        self.navigation.setVisible(info.place != "bare")
        self._remember_used(info)
        self.navigation.show_current(info.under or key)
        self._stack.setCurrentWidget(page)
        if item:
            page.arrive(item)
        if key in self._stale:
            self._stale.discard(key)
            page.reload()
        self.shown.emit(key)

    def drop_pages(self) -> str:
        """Take every page away, to be made anew; the key of the one that was shown."""
        if self._current:
            self._made[self._current].leave()
        held = [key for key, page in self._made.items() if not page.settled]
        for page in self._made.values():
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._made = {}
        self._stale = set()
        again, self._current = self._current, ""
        for key in held:  # it is asked before the window closes
            self.page(key)
        return again

    def arrange(self, role: str) -> None:
        """List the pages of a role: leader or ops."""
        self._role = role
        self.navigation.arrange(role, self._used())

    def sync(self) -> None:
        """Read the calendars now."""
        self._sync()

    def search(self) -> None:
        """Search everything that may be seen."""
        if "search" in self._infos and not self._bare:
            self.show_page("search")
            self.page("search").look_up()

    def look_up(self) -> None:
        """Search on the page that is shown, or everything where it has no search of its own."""
        page = self._made.get(self._current)
        if page is not None and type(page).look_up is not Page.look_up and not self._bare:
            page.look_up()
        else:
            self.search()

    def settings(self) -> None:
        """Open Settings."""
        if "settings" in self._infos and not self._bare:
            self.show_page("settings")

    def _sign_in(self, account: "Account") -> None:
        from companion.desktop.signin import sign_in_again  # late: the window paints before the rooms are imported

        sign_in_again(self.frame, account)

    @Slot()
    def _calendars(self) -> None:
        if "calendars" in self._infos and not self._bare:
            self._from_list("calendars")

    def keys(self) -> None:
        """Tell the keys."""
        self.ask.tell(t("Keys"), help_text())

    def close_window(self) -> None:
        """Close; everything is saved."""
        self.close()

    def come_forward(self) -> None:
        """Be the front window."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the first time."""
        super().paintEvent(event)
        if self._first_paint:
            self._first_paint = False
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list of pages gives way to the page."""
        super().resizeEvent(event)
        self._fit_navigation()

    @Slot()
    def _fit_navigation(self) -> None:
        self.navigation.setFixedWidth(min(self.frame.look.px(NAVIGATION), round(self.width() * SHARE)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is not saved, and where the window stood."""
        if not all(page.may_close() for page in self._made.values()):
            event.ignore()
            return
        if self._current:
            self._made[self._current].leave()
        self._state.setValue("geometry", self.saveGeometry())
        self._state.sync()
        self.closing.emit()
        super().closeEvent(event)

    @property
    def _bare(self) -> bool:
        return bool(self._current) and self._infos[self._current].place == "bare"

    def _lay_out(self, look: Look) -> None:
        centre = self._ground = QWidget()
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # holds the keyboard without a ring until Tab is pressed
        line = QHBoxLayout(centre)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.navigation)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.counting)
        right.addWidget(self.messages)
        right.addWidget(self._stack, 1)
        right.addWidget(self.strip)
        line.addLayout(right, 1)
        self.setCentralWidget(centre)
        centre.setFocus()

    def _listen(self, tasks: Tasks, look: Look) -> None:
        tasks.changed.connect(self._on_changed)
        tasks.problem.connect(self._on_problem)
        tasks.step.connect(self._on_step)
        tasks.ended.connect(self._on_ended)
        look.switched.connect(self._fit_navigation)
        for action in ACTIONS:
            verb = getattr(self, action.verb)
            for keys in action.keys:
                QShortcut(QKeySequence(keys), self).activated.connect(verb)
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda number=number: self._go_to(number))

    def _from_list(self, key: str) -> None:
        focus = self.focusWidget()
        if focus is None or not self.navigation.isAncestorOf(focus):  # chosen with the mouse: no ring anywhere
            self._ground.setFocus()
        self.show_page(key)

    def _go_to(self, number: int) -> None:
        keys = self.navigation.keys
        if number <= len(keys) and not self._bare:
            self.show_page(keys[number - 1])
            self._made[keys[number - 1]].take_keyboard()

    def _restore(self) -> None:
        room = self.screen().availableSize()
        self.setMinimumSize(SMALLEST.boundedTo(room))
        self.resize(USUAL.boundedTo(room))
        geometry = self._state.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.arrange("leader")

    def _used(self) -> frozenset[str]:
        return frozenset(filter(None, str(self._state.value("used", "")).split(",")))

    def _remember_used(self, info: PageInfo) -> None:
        if info.place in ("ops", "more") and info.key not in self.navigation.keys:
            self._state.setValue("used", ",".join(sorted(self._used() | {info.key})))
            self.arrange(self._role)

    @Slot(object)
    def _on_changed(self, rooms: Changes) -> None:
        for key in self._made:
            if self._infos[key].rooms & rooms:
                self._stale.add(key)
        if self._current in self._stale:
            self._stale.discard(self._current)
            self._made[self._current].reload()

    @Slot(object)
    def _on_problem(self, problem: Problem) -> None:
        self.messages.say(sentence(problem, "window"), "bad")

    @Slot(object)
    def _on_step(self, step: Step) -> None:
        self._running[step.task] = step
        self.strip.tell(progress.sentence(step.what, step.done, step.total), step.done, step.total)

    @Slot(object)
    def _on_ended(self, task: Task) -> None:
        if self._running.pop(task, None) is not None and not self._running:
            self.strip.over()

    @Slot()
    def _on_cancel(self) -> None:
        for task in self._running:
            task.cancel()
        self.strip.tell(t("Stopping"), 0, 0)
