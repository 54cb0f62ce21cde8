"""Opens the real window on a note and types without end, saying after each key how many there were."""

import itertools
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from companion.basics.paths import open_home
from companion.basics.settings import read_settings
from companion.bootstrap import build
from companion.desktop import session as sessions
from companion.desktop.crash import Crashes

home, note_id = Path(sys.argv[1]), sys.argv[2]
WORDS = itertools.cycle("They stock up before Easter and then they wait. ")


def main() -> int:
    app = QApplication(["typist"])
    paths = open_home(home)
    session = sessions.Session(app, paths, read_settings(paths.settings)[0], Crashes(paths.log), build)
    count = 0

    def key() -> None:
        nonlocal count
        editor = session.window.page("listen").sheet.editor
        if QApplication.focusWidget() is not editor:
            return
        count += 1
        if count % 200 == 0:
            QTest.keyClick(editor, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(editor, next(WORDS))
        print(count, flush=True)

    def opened(_value: object) -> None:
        session.window.show_page("listen", note_id)
        timer.start(15)

    timer = QTimer()
    timer.timeout.connect(key)
    session.start(sessions.Purpose())
    session.window.painted.connect(lambda: session.tasks.read(lambda house, ticket: None, opened))
    app.setQuitOnLastWindowClosed(False)
    return app.exec()


sys.exit(main())
