"""One opened window with its tasks, from the first paint to the last join."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtWidgets import QApplication

from companion.basics.errors import Problem
from companion.basics.paths import Paths
from companion.basics.settings import Settings
from companion.desktop.crash import Crashes
from companion.desktop.frame import PageInfo
from companion.desktop.look import Look
from companion.desktop.tasks import Tasks
from companion.desktop.window import Window
from companion.words.language import t
from companion.words.problems import sentence

if TYPE_CHECKING:
    from companion.programme.model import House


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
        if pages is None:
            from companion.desktop.pages import PAGES

            pages = PAGES
        self._app = app
        self._paths = paths
        self._build = build
        self._pages = pages
        self._shots: Path | None = None
        self._quit_after_rows = False
        self.look = Look(app, settings.look)
        self.tasks = Tasks()
        state = QSettings(str(paths.home / "window.ini"), QSettings.Format.IniFormat)
        self.window = Window(self.look, self.tasks, pages, state, sync=self.sync)
        self.window.arrange(settings.role)
        crashes.tell = self._tell_crash
        self.tasks.crash.connect(crashes.take)

    def start(self, *, shots: Path | None, quit_after_paint: bool, quit_after_rows: bool) -> None:
        """Show the window; everything else begins once it stands."""
        self._shots = shots
        self._quit_after_rows = quit_after_rows
        self.window.painted.connect(self._app.quit if quit_after_paint else self._on_painted)
        self.window.show()

    def shut_down(self) -> None:
        """Cancel what runs, wait for it, and let go of the window."""
        self.window.close()
        self.tasks.shut_down()
        self.tasks.close_house()
        self.window.deleteLater()

    def sync(self) -> None:
        """Read the calendars now."""

    @Slot()
    def _on_painted(self) -> None:
        self.tasks.open(lambda: self._build(self._paths.home), self._on_house, self._on_no_house)
        if self._pages:
            self.window.show_page(self._pages[0].key)

    def _on_house(self, _house: House) -> None:
        return

    def _on_no_house(self, problem: Problem) -> None:
        self.window.messages.say(sentence(problem), "bad", t("Try again"), self._on_painted)

    def _tell_crash(self) -> None:
        self.window.ask.tell(
            t("Something went wrong"),
            t(
                "It is not your doing, and what you wrote is saved. Where it happened is noted in {log}, "
                "without names or text. You can go on; if it happens again, please send that file.",
                log=str(self._paths.log),
            ),
        )
