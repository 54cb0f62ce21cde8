"""Opens the window: the frame paints first, then the house is built in the stores' thread."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from companion.basics.errors import Problem
from companion.basics.paths import Paths, open_home
from companion.basics.settings import Settings, read_settings
from companion.desktop.display import check_display
from companion.words.language import t
from companion.words.problems import sentence

if TYPE_CHECKING:  # Qt is imported once there is a display for it, the rooms once the window stands
    from PySide6.QtWidgets import QApplication

    from companion.desktop.frame import PageInfo
    from companion.programme.model import House

    Build = Callable[[Path], House]


def run(
    home: Path,
    *,
    shots: Path | None = None,
    quit_after_paint: bool = False,
    quit_after_rows: bool = False,
    docs: bool = False,
    build: Build | None = None,
    pages: Sequence[PageInfo] | None = None,
) -> int:
    """Open the window on a profile and stay until it is closed; 0, or 1 after a problem told on stderr.

    `shots`: write a picture of every page into that folder and close; with `docs` those of the documentation.
    `quit_after_paint` and `quit_after_rows` close after the first frame, or when the first page shows what it read.
    `build` makes the house of a home.
    """
    try:
        check_display()
        paths = open_home(home)
        settings, _dropped = read_settings(paths.settings)
        wanted = (shots, quit_after_paint, quit_after_rows, docs)
        return _open(paths, settings, wanted, build or _build, pages)
    except ImportError as error:
        if "PySide6" not in str(error.name) and ".so" not in str(error):
            raise
        print(sentence(Problem("qt_unusable", reason=str(error))), file=sys.stderr)
        return 1
    except Problem as problem:
        print(sentence(problem), file=sys.stderr)
        return 1


def _build(home: Path) -> House:
    from companion import bootstrap

    return bootstrap.build(home)


def _open(
    paths: Paths,
    settings: Settings,
    wanted: tuple[Path | None, bool, bool, bool],
    build: Build,
    pages: Sequence[PageInfo] | None,
) -> int:
    from companion.desktop.crash import Crashes
    from companion.desktop.instance import Instance
    from companion.desktop.session import Purpose, Session

    app = _application(settings)
    instance = Instance(paths.home)
    if not instance.claim():
        answered = instance.knock()
        print(
            t("Companion is already open with this profile; its window is in front now.")
            if answered
            else t("Companion is already open with this profile, but its window does not answer.")
        )
        return 0
    crashes = Crashes(paths.log)
    crashes.install()
    try:
        session = Session(app, paths, settings, crashes, build, pages)
        instance.knocked.connect(session.window.come_forward)
        session.window.painted.connect(instance.listen)
        session.start(Purpose(*wanted))
        code = app.exec()
        session.shut_down()
        return code
    finally:
        crashes.restore()
        instance.release()


def _application(settings: Settings) -> QApplication:
    from PySide6.QtGui import QGuiApplication, QIcon
    from PySide6.QtWidgets import QApplication

    from companion.basics.resources import resource
    from companion.desktop.session import speak_as

    speak_as(settings)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["companion"])
    app.setApplicationName("companion")
    app.setApplicationDisplayName("Companion")
    QGuiApplication.setDesktopFileName("companion")
    app.setWindowIcon(QIcon(str(resource("icons/companion.svg"))))
    return app
