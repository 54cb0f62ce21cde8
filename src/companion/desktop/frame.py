"""What a page is, and what the window lends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from companion.basics.changes import Changes
from companion.basics.progress import Ticket
from companion.desktop.ask import Ask, SignInPanel
from companion.desktop.look import Look
from companion.desktop.tasks import Task, Tasks
from companion.words.language import t

if TYPE_CHECKING:  # the window paints before the rooms are imported
    from companion.calendars.model import Account
    from companion.programme.model import House

T = TypeVar("T")
Tone = Literal["", "warning", "bad"]
Place = Literal["main", "ops", "more", "bottom", "hidden", "bare"]


class Say(Protocol):
    """Shows a sentence in the message bar, with one thing to do about it where there is one."""

    def __call__(
        self, sentence: str, tone: Tone = "", label: str = "", act: Callable[[], None] | None = None
    ) -> None: ...


class CountDown(Protocol):
    """Counts seconds down above the page, with one thing to do until then; Ctrl+Z does it too.

    `tells` makes the sentence of the seconds that are left; what is returned takes it away.
    """

    def __call__(
        self, seconds: int, tells: Callable[[int], str], label: str, act: Callable[[], None]
    ) -> Callable[[], None]: ...


def open_link(link: str) -> bool:
    """Open a link in the browser, and whether there is one; only the web, whatever a calendar says."""
    url = QUrl(link)
    return url.scheme() in ("http", "https") and QDesktopServices.openUrl(url)


@dataclass(frozen=True)
class Frame:
    """What the window lends its pages."""

    tasks: Tasks
    ask: Ask
    look: Look
    go: Callable[[str, str], None]  # (page key, item or "")
    say: Say
    sync: Callable[[], None]
    restart: Callable[[bool], None] = lambda _reopen: None  # settings changed; True: the house is another one
    open_link: Callable[[str], bool] = open_link
    unsay: Callable[[str], bool] = lambda _sentence: False  # take a sentence back; whether it still stood there
    reading: set[str] = field(default_factory=set)  # names of the calendars that are being read
    count_down: CountDown = lambda _seconds, _tells, _label, _act: lambda: None
    come_forward: Callable[[], None] = lambda: None  # the window, in front of all others
    sign_in: Callable[[Account], None] = lambda _account: None  # once more, at Microsoft
    signing: list[SignInPanel] = field(default_factory=list)  # the sign-in that is on its way, if any

    def follow(self, link: str) -> None:
        """Open a link in the browser, and say so where that cannot be."""
        if not self.open_link(link):
            self.say(t("The link could not be opened: {link}", link=link), "warning")


OPEN_SEATS = "open seats"  # the item that Meetings shows its open seats for
TO_DECIDE = "to decide"  # the item that Meetings shows the seats for that wait for a decision


class Page(QWidget):
    """One page. It reads when told to, shows what it read, and never waits."""

    filled = Signal()  # what was read stands on the page

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self._reading: Task | None = None
        self._shown: object = None

    def reload(self) -> None:
        """Read again; called when the page is shown first and when facts it shows changed."""

    def arrive(self, item: str) -> None:
        """Come here for one thing: a meeting, a note, a takeaway."""

    def leave(self) -> None:
        """Another page is shown, or the window closes: save what is not saved."""

    @property
    def settled(self) -> bool:
        """Whether nothing it took is still to be written."""
        return True

    def may_close(self) -> bool:
        """Whether the window may close; a page that holds what is not saved says no, and asks."""
        return True

    def look_up(self) -> None:
        """Put the cursor into the page's search field, where it has one."""

    def take_keyboard(self) -> None:
        """Let the next key go to the page: to its list, or else to what Tab reaches first."""
        focus = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            lists: list[QWidget] = [
                one for one in self.findChildren(QAbstractItemView) if not isinstance(one, QHeaderView)
            ]
            reached = [one for one in (*lists, *self.findChildren(QWidget)) if _reached(one) and one.isVisibleTo(self)]
            if reached:
                reached[0].setFocus(Qt.FocusReason.TabFocusReason)

    def read(self, fn: Callable[[House, Ticket], T], show: Callable[[T], None]) -> None:
        """Read away from the window and show the answer, unless it is what stands there already.

        An older reading still under way is dropped.
        """
        if self._reading is not None:
            self._reading.cancel()

        def shown(value: T) -> None:
            if value != self._shown:  # building a page costs 20 ms and more; a sync often changes nothing on it
                self._shown = value
                show(value)
            self.filled.emit()

        self._reading = self.frame.tasks.read(fn, shown, owner=self)


def _reached(widget: QWidget) -> bool:
    return widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


@dataclass(frozen=True)
class PageInfo:
    """A page the window can show. It is made when it is shown first."""

    key: str
    title: str  # marked for translation
    make: Callable[[Frame], Page]
    rooms: Changes  # it reads again when facts of these change
    place: Place = "main"  # ops: in the list for ops, else under More; bare: alone in the window
    under: str = ""  # the page shown as current in the list while this one is open
