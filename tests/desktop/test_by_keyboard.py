"""A whole seat by keyboard alone: home, the meeting, listening, telling, publishing, reading, answering."""

import shutil
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from companion.basics.paths import Paths
from companion.basics.settings import Settings
from companion.desktop.crash import Crashes
from companion.desktop.session import Purpose, Session
from companion.programme import listening, publishing
from desktop.made import NOW, build

MOST = 60  # tabs until something has to have the focus
WAIT = 20_000


def ticking(home):
    """The house at the fixed instant, from which time goes on."""
    begun = time.monotonic()
    return replace(build(home), clock=lambda: NOW + timedelta(seconds=time.monotonic() - begun))


@pytest.fixture
def session(qapp, laid_out, tmp_path, qtbot):
    home = tmp_path / "home"
    shutil.copytree(laid_out, home)
    paths, font = Paths(home), qapp.font()
    made = Session(qapp, paths, Settings(role="ops"), Crashes(paths.log), ticking)
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


class Hands:
    """Only keys."""

    def __init__(self, session, qtbot):
        self.session, self.qtbot = session, qtbot

    def calm(self):
        self.qtbot.waitUntil(lambda: self.session.tasks.busy == 0, timeout=WAIT)

    def dialog(self):
        self.qtbot.waitUntil(lambda: self.focus.window() is QApplication.activeModalWidget(), timeout=WAIT)

    def back(self):
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.session.window.activateWindow()  # what a window system does by itself
        self.qtbot.waitUntil(self.session.window.isActiveWindow)
        self.calm()

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeModalWidget() or self.session.window

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.focus, key, modifier)
        self.calm()

    def type(self, text):
        self.qtbot.keyClicks(self.focus, text)

    def tab_to(self, name, back=False):
        walked = []
        for _ in range(MOST):
            if self.focus.accessibleName() == name:
                return
            walked.append(self.focus.accessibleName())
            self.key(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        pytest.fail(f"{name!r} is not reached; on the way: {walked}")

    def press(self, name):
        self.tab_to(name)
        self.key(Qt.Key.Key_Space)


def test_a_seat_from_home_to_the_answer(session, qtbot, monkeypatch):
    hands, window = Hands(session, qtbot), session.window
    hands.press("Open the meeting")
    assert window.current == "meetings"
    hands.press("Listen")
    assert window.current == "listen"
    assert isinstance(hands.focus, QPlainTextEdit)  # one can write at once
    hands.key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    hands.press("Continue, <b>Hòa & Bình</b>")  # the next one lies ahead; this one can be told
    for line in ("q We lose a crew day.", "f Fourteen crews", "They stock up before Easter"):
        hands.type(line)
        hands.key(Qt.Key.Key_Return)
    hands.press("Write it up afterwards")
    hands.tab_to("One sentence they said")
    hands.type("We lose a crew day.")
    hands.tab_to("One scene you would retell")
    hands.type("The foreman waited for the pallet until noon.")
    hands.press("Make a takeaway of it")
    qtbot.waitUntil(lambda: window.current == "takeaway" and session.tasks.busy == 0)
    hands.tab_to("Headline")
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type("A late pallet costs a day")
    qtbot.waitUntil(lambda: "A late pallet costs a day" in said(window))  # the preview
    hands.press("Preview as a reader…")
    hands.press("Publish")
    assert hands.focus.accessibleName() == "Undo"  # reached at once, and by Ctrl+Z
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.counting.sentence == ""
    assert "A late pallet costs a day" not in stored(session, qtbot)[1]
    qtbot.waitUntil(lambda: "A late pallet costs a day" in said(window))  # the draft is as it was
    monkeypatch.setattr(publishing, "UNDO", timedelta(milliseconds=400))
    hands.press("Preview as a reader…")
    hands.press("Publish")
    qtbot.waitUntil(lambda: window.messages.sentence == "Out: A late pallet costs a day", timeout=WAIT)
    hands.calm()
    notes, told = stored(session, qtbot)
    assert [(line.mark, line.text) for line in notes][2:] == [
        ("q", "We lose a crew day."), ("f", "Fourteen crews"), ("", "They stock up before Easter"),
    ]  # fmt: skip
    assert "A late pallet costs a day" in told
    hands.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    hands.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(hands.focus, QLineEdit)
    hands.type("badge")
    page = window.page("read")
    qtbot.waitUntil(lambda: len([item for item in page.list.items if item.key]) == 1)
    hands.key(Qt.Key.Key_Return)
    hands.press("A question")
    hands.dialog()
    hands.tab_to("Your answer")
    hands.type("Who opens the gate?")
    hands.press("Answer")
    hands.back()
    qtbot.waitUntil(lambda: "Dana Okafor, Finance asks: Who opens the gate?" in said(window))


@pytest.mark.parametrize("key", ["home", "meetings", "read", "customers", "board", "settings", "calendars"])
def test_tab_walks_the_page_and_back_to_the_list_of_pages(session, qtbot, key):
    hands = Hands(session, qtbot)
    session.window.show_page(key)
    hands.calm()
    names = []
    for _ in range(MOST):
        hands.key(Qt.Key.Key_Tab)
        names.append(hands.focus.accessibleName())
    assert "" not in names
    assert "Home" in names
    assert len(set(names)) >= 8


def test_ctrl_and_a_number_bring_the_keyboard_to_the_page(session, qtbot):
    hands = Hands(session, qtbot)
    hands.tab_to("Settings")
    hands.key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert hands.focus.accessibleName() == "Meetings"
    assert hands.focus is session.window.page("meetings").list


def said(window) -> list[str]:
    from desktop.seen import texts

    return texts(window)


def stored(session, qtbot):
    got = []
    session.tasks.read(
        lambda house, _ticket: (
            next(n for n in listening.all_of(house) if n.said == "We lose a crew day.").lines,
            [item.headline for item in publishing.all_of(house)],
        ),
        got.append,
    )
    qtbot.waitUntil(lambda: bool(got))
    return got[0]
