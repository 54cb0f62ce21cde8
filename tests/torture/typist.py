"""Opens the real window on a note and types without end, saying after each key how many there were.

With `full` as a third argument the disk takes nothing between the 60th and the 200th key (no file may grow); then it
types no more, says `told` once the page says that it is not saved, and `saved` once it is.
"""

import itertools
import resource
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from companion.basics.paths import open_home
from companion.basics.settings import read_settings
from companion.bootstrap import build
from companion.desktop import session as sessions
from companion.desktop.crash import Crashes

home, note_id = Path(sys.argv[1]), sys.argv[2]
full = sys.argv[3:] == ["full"]
WORDS = itertools.cycle("They stock up before Easter and then they wait. ")
FULL_AT, ROOM_AT = 60, 200


def room(yes: bool) -> None:
    """Whether files may grow."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if yes else 0, hard))


def type_one(editor, count: int) -> None:
    """Mostly a letter; now and then the next line, sometimes within the note."""
    if count % 200:
        QTest.keyClicks(editor, next(WORDS))
        return
    if count % 600 == 0:
        cursor = QTextCursor(editor.document().firstBlock())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        editor.setTextCursor(cursor)
    QTest.keyClick(editor, Qt.Key.Key_Return)


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
        if full and count == FULL_AT:
            room(False)
        if full and count >= ROOM_AT:
            timer.stop()
            look.start(20)
            return
        type_one(editor, count)
        print(count, flush=True)

    def look_at_it() -> None:
        said = session.window.page("listen").laid.saved.text()
        if said == "Not saved yet" and resource.getrlimit(resource.RLIMIT_FSIZE)[0] == 0:
            print("told", flush=True)
            room(True)
        elif said == "Saved on this computer":
            look.stop()
            print("saved", flush=True)

    def opened(_value: object) -> None:
        session.window.show_page("listen", note_id)
        timer.start(15)

    timer, look = QTimer(), QTimer()
    timer.timeout.connect(key)
    look.timeout.connect(look_at_it)
    session.start(sessions.Purpose())
    session.window.painted.connect(lambda: session.tasks.read(lambda house, ticket: None, opened))
    app.setQuitOnLastWindowClosed(False)
    return app.exec()


sys.exit(main())
