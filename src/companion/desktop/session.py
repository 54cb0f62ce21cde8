"""One opened window with its tasks, from the first paint to the last join."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.basics.paths import Paths
from companion.basics.settings import Settings, read_settings
from companion.desktop.crash import Crashes
from companion.desktop.frame import PageInfo
from companion.desktop.look import Look
from companion.desktop.pages import PAGES
from companion.desktop.tasks import Tasks
from companion.desktop.window import Window
from companion.words.language import LANGUAGES, speak, t
from companion.words.problems import sentence

if TYPE_CHECKING:  # the window paints before the rooms are imported
    from companion.desktop.chrome import Chrome
    from companion.desktop.clockwork import Clockwork
    from companion.desktop.health.banner import Banner
    from companion.desktop.pictures import Pictures
    from companion.desktop.reminder.watch import Watch
    from companion.programme.model import House


CHROME_LATER = 250  # milliseconds
SWITCH = 0.001  # seconds a working thread keeps the interpreter while the window waits for it; 0.005 is Python's own


def speak_as(settings: Settings) -> None:
    """Speak the language that was chosen, else the system's, else English."""
    system = QLocale.system().name()[:2]
    speak(settings.language or (system if system in LANGUAGES else "en"))


@dataclass(frozen=True)
class Purpose:
    """What the window is opened for, where it is not for somebody to work in."""

    shots: Path | None = None  # write a picture of every page there and close
    paint: bool = False  # close after the first frame
    rows: bool = False  # close when the first page shows what it read
    docs: bool = False  # the pictures are for the documentation: one size, light, few colours

    @property
    def work(self) -> bool:
        """Whether somebody works in it."""
        return self == Purpose()


class Session(QObject):
    """Puts window, look and tasks together, builds the house after the first paint, and takes all of it down."""

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        settings: Settings,
        crashes: Crashes,
        build: Callable[[Path], House],
        pages: Sequence[PageInfo] | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._paths = paths
        self._build = build
        self._pages = PAGES if pages is None else pages
        self._purpose = Purpose()
        self._clockwork: Clockwork | None = None
        self._banner: Banner | None = None
        self._watch: Watch | None = None
        self._shots: Pictures | None = None
        self.look = Look(app, settings.look)
        self.tasks = Tasks()
        state = QSettings(str(paths.home / "window.ini"), QSettings.Format.IniFormat)
        self.window = Window(self.look, self.tasks, self._pages, state, sync=self.sync, restart=self.restart)
        self.window.arrange(settings.role)
        self._later = QTimer(self)  # the page comes first: two readings at once would hold up its drawing
        self._later.setSingleShot(True)
        self._later.setInterval(CHROME_LATER)
        self._later.timeout.connect(lambda: self._read_chrome(self._show_chrome))
        crashes.tell = self._tell_crash
        self.tasks.crash.connect(crashes.take)
        self.tasks.changed.connect(self._on_changed)

    def start(self, purpose: Purpose) -> None:
        """Show the window; everything else begins once it stands."""
        self._purpose = purpose
        sys.setswitchinterval(SWITCH)
        self.window.painted.connect(self._app.quit if purpose.paint else self._on_painted)
        self.window.show()

    def shut_down(self) -> None:
        """Cancel what runs, wait for it, and let go of the window."""
        self._later.stop()
        if self._clockwork is not None:
            self._clockwork.stop()
        if self._watch is not None:
            self._watch.stop()
        self.window.close()
        self.tasks.shut_down()
        self.tasks.close_house()
        self.window.deleteLater()

    def sync(self) -> None:
        """Read the calendars now; those that are being read are left to it."""
        from companion.desktop.rounds import sync

        sync(self.window.frame)

    def _sync_due(self, names: Sequence[str]) -> None:
        from companion.desktop.rounds import sync

        sync(self.window.frame, names, by_clock=True)

    def restart(self, reopen: bool) -> None:
        """Settings changed: speak, look and list anew; `reopen` builds the house again."""
        settings, _dropped = read_settings(self._paths.settings)
        speak_as(settings)
        self.look.choose(settings.look)
        self.window.arrange(settings.role)
        again = self.window.drop_pages()
        if reopen:
            self._open()
        else:
            self._read_chrome(self._show_chrome)
            self.window.show_page(again)

    @Slot()
    def _on_painted(self) -> None:
        self._open()

    def _open(self) -> None:
        self.tasks.open(lambda: self._build(self._paths.home), self._on_house, self._on_no_house)

    def _on_house(self, _house: House) -> None:
        speak_as(read_settings(self._paths.settings)[0])
        if self._pages:
            self._read_chrome(self._first_page)

    def _on_no_house(self, problem: Problem) -> None:
        self.window.messages.say(sentence(problem), "bad", t("Try again"), self._open)

    def _first_page(self, chrome: Chrome) -> None:
        self._show_chrome(chrome)
        bare = [page.key for page in self._pages if page.place == "bare"]
        key = bare[0] if chrome.fresh and bare else self._pages[0].key
        if self._purpose.rows:
            self.window.page(key).filled.connect(self._app.quit)
        self.window.show_page(key)
        if self._purpose.shots is not None:
            from companion.desktop.pictures import Pictures

            folder, docs = self._purpose.shots, self._purpose.docs
            self._shots = Pictures(self.window, self.look, self.tasks, folder, self._app.quit, docs=docs)
            self._shots.begin(chrome.fresh)
        elif self._purpose.work and self._clockwork is None:
            from companion.desktop.clockwork import Clockwork
            from companion.desktop.health.banner import Banner
            from companion.desktop.reminder.watch import Watch

            self._banner = Banner(self.window.frame)
            self._clockwork = Clockwork(self.window.navigation.say_synced, self._sync_due, self.tasks)
            self._watch = Watch(self.window.frame)
            self._watch.tick()
            self._show_chrome(chrome)

    def _read_chrome(self, done: Callable[[Chrome], None]) -> None:
        from companion.desktop.chrome import read_chrome

        self.tasks.read(lambda house, _ticket: read_chrome(house), done)

    def _show_chrome(self, chrome: Chrome) -> None:
        from companion.desktop.clockwork import synced_sentence, troubled

        self.window.navigation.show_count("read", chrome.unread)
        self.window.navigation.say_synced(synced_sentence(chrome, chrome.now), troubled(chrome))
        if self._clockwork is not None:
            self._clockwork.show(chrome)
        if self._banner is not None:
            self._banner.show(chrome)

    @Slot(object)
    def _on_changed(self, rooms: Changes) -> None:
        if rooms & (Changes.TAKEAWAYS | Changes.CALENDARS | Changes.NOTES | Changes.PEOPLE) and self._pages:
            self._later.start()

    def _tell_crash(self) -> None:
        self.window.ask.tell(
            t("Something went wrong"),
            t(
                "It is not your doing, and what you wrote is saved. Where it happened is noted in {log}, "
                "without names or text. You can go on; if it happens again, please send that file.",
                log=str(self._paths.log),
            ),
        )
