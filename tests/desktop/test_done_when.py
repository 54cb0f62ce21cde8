"""Counted, with the workspace away: a click to the brief, two keys to a saved line, three answers to a draft."""

import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from companion.basics.errors import Problem
from companion.basics.paths import Paths
from companion.basics.settings import Settings
from companion.desktop.crash import Crashes
from companion.desktop.reminder.watch import Watch
from companion.desktop.session import Purpose, Session
from companion.programme import preparing
from desktop.made import NOW, build, meeting
from desktop.seen import find, press, texts

WAIT = 20_000
START = NOW.replace(day=26, hour=14)


@contextmanager
def away(*, write=True):
    raise Problem("workspace_unreachable", path="db.ferro.example")
    yield


class Offline:
    """The profile of somebody in the customer's building, the brief made two days before."""

    def __init__(self, home):
        self.home, self.hand = home, [START - timedelta(hours=40)]
        house = build(home)
        self.key = meeting(house, "Annual review", "Kestrel Plumbing Supply")
        preparing.prepare_all(replace(house, clock=lambda: self.hand[0]))
        house.close()
        self.hand[0] = START - timedelta(minutes=10)

    def build(self, home):
        return replace(build(home), clock=lambda: self.hand[0], workspace=away)

    def note(self):
        house = build(self.home)
        with house.device(write=False) as device:
            note = device.notes.of_meeting(self.key)
        house.close()
        return note


@pytest.fixture
def offline(laid_out, tmp_path):
    shutil.copytree(laid_out, tmp_path / "home")
    return Offline(tmp_path / "home")


@pytest.fixture
def session(qapp, offline, qtbot):
    paths, font = Paths(offline.home), qapp.font()
    made = Session(qapp, paths, Settings(), Crashes(paths.log), offline.build)
    made._app = type("App", (), {"quit": lambda self=None: None})()
    made.start(Purpose(rows=True))
    qtbot.waitUntil(lambda: made.window.current == "home" and made.tasks.busy == 0, timeout=WAIT)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.shut_down()
    made.look.deleteLater()
    made.deleteLater()
    qapp.setStyleSheet("")
    qapp.setFont(font)


def calm(session, qtbot):
    qtbot.waitUntil(lambda: session.tasks.busy == 0, timeout=WAIT)


@pytest.mark.qt_log_ignore("does not support", extend=True)  # the offscreen plugin has no windows on top
def test_the_whole_of_it_with_the_network_off(session, offline, qtbot):
    window = session.window
    assert any("does not answer" in text for text in texts(window.page("home")))
    find(window.page("home"), "Listen")  # one click from Home, too

    # One click from the reminder to the brief.
    watch = Watch(window.frame, lambda: offline.hand[0])
    watch.tick()
    qtbot.waitUntil(lambda: watch.panel is not None, timeout=WAIT)
    press(watch.panel, "Brief", qtbot)
    calm(session, qtbot)
    assert window.current == "brief"
    brief = window.page("brief")
    assert brief.title.text() == "Kestrel Plumbing Supply"
    assert "the workspace is away" in brief.state.text()

    # One click from the brief to the note; two keys, and a line is saved.
    offline.hand[0] = START + timedelta(minutes=5)
    press(brief, "Listen", qtbot)
    assert window.current == "listen"
    qtbot.keyClicks(QApplication.focusWidget(), "ok")
    qtbot.waitUntil(lambda: (note := offline.note()) is not None and bool(note.lines), timeout=WAIT)
    assert [line.text for line in offline.note().lines] == ["ok"]

    # Three answers, and a takeaway is begun from them.
    offline.hand[0] = START + timedelta(hours=2)
    listen = window.page("listen")
    press(listen, "Write it up afterwards", qtbot)
    for text in ("We lose a crew day.", "He held up a card.", "Not a word on terms."):
        qtbot.keyClicks(QApplication.focusWidget(), text)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: len(offline.note().answers) == 3, timeout=WAIT)
    made = next(
        one for one in listen.findChildren(QPushButton) if one.text() == "Make a takeaway of it" and one.isVisible()
    )
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    calm(session, qtbot)
    assert window.current == "takeaway"
    draft = window.page("takeaway").takeaway()
    assert (draft.quote, draft.scene) == ("We lose a crew day.", "He held up a card.")
    watch.stop()
