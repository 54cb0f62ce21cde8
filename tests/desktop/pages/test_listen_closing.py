"""Listen: a window that closes, or is made anew, leaves no word behind."""

import pytest
from PySide6.QtWidgets import QMainWindow

from companion.basics.errors import Problem
from companion.desktop.listen.page import ListenPage
from companion.programme import listening
from desktop.made import NOW, meeting


def key_of(house):
    return meeting(house, "Annual review", "Kestrel Plumbing Supply")


def texts_of(house):
    return [line.text for line in listening.get(house, key_of(house)).lines]


class Asking(QMainWindow):
    """A window that asks its page before it closes."""

    def closeEvent(self, event):
        event.setAccepted(self.centralWidget() is None or self.centralWidget().may_close())


@pytest.fixture
def page(told, qtbot, house):
    made, window = ListenPage(told, lambda: NOW), Asking()
    qtbot.addWidget(window)
    window.setCentralWidget(made)
    window.show()
    with qtbot.waitSignal(made.filled):
        made.arrive(key_of(house))
    yield made
    window.takeCentralWidget().deleteLater()  # nobody is asked any more


@pytest.fixture
def full(monkeypatch):
    """The disk takes nothing until it is called."""
    whole = listening.write_lines

    def refused(*_args):
        raise Problem("disk_full", path="/x")

    monkeypatch.setattr(listening, "write_lines", refused)
    return lambda: monkeypatch.setattr(listening, "write_lines", whole)


def test_a_window_closes_once_the_last_words_are_written(page, house, qtbot):
    qtbot.keyClicks(page.sheet.editor, "last words")
    assert not page.window().close()
    qtbot.waitUntil(lambda: not page.window().isVisible())
    assert texts_of(house) == ["last words"]
    assert page.may_close()


def test_closed_before_the_first_try_failed_it_asks(page, told, full, house, qtbot):
    qtbot.keyClicks(page.sheet.editor, "last words")
    told.ask.choice = "again"
    assert not page.window().close()  # nothing has failed yet
    assert not told.ask.asked
    qtbot.waitUntil(lambda: bool(told.ask.asked))
    assert page.window().isVisible()
    assert told.ask.asked[-1][0] == "Your note is not saved yet"
    full()
    qtbot.waitUntil(lambda: texts_of(house) == ["last words"], timeout=5000)


def test_where_the_saving_broke_it_asks_too(page, told, house, qtbot, monkeypatch):
    def broken(*_args):
        raise RuntimeError("a bug of ours")

    told.tasks.crash.disconnect()
    whole = listening.write_lines
    monkeypatch.setattr(listening, "write_lines", broken)
    told.ask.choice = "again"
    qtbot.keyClicks(page.sheet.editor, "last words")
    page.flush()
    qtbot.waitUntil(lambda: page.saver.failing)
    assert not page.window().close()
    assert told.ask.asked[-1][0] == "Your note is not saved yet"
    qtbot.waitUntil(lambda: page.saver.failing)  # it was tried again
    monkeypatch.setattr(listening, "write_lines", whole)
    page.saver.send()
    qtbot.waitUntil(lambda: texts_of(house) == ["last words"])


def test_a_page_made_anew_has_what_could_not_be_saved(page, told, full, house, qtbot):
    qtbot.keyClicks(page.sheet.editor, "last words")
    page.leave()
    qtbot.waitUntil(lambda: page.saver.failing)
    assert not page.settled
    again = ListenPage(told, lambda: NOW)
    page.window().setCentralWidget(again)  # the first is gone, as after a changed setting
    assert not again.settled
    with qtbot.waitSignal(again.filled):
        again.arrive(key_of(house))
    assert "last words" in again.sheet.editor.toPlainText()
    full()
    qtbot.waitUntil(lambda: texts_of(house) == ["last words"], timeout=5000)
    qtbot.waitUntil(lambda: again.settled)
    assert again.may_close()


def test_words_typed_into_a_note_that_is_left_before_it_was_read_are_kept(told, house, qtbot):
    page = ListenPage(told, lambda: NOW)
    qtbot.addWidget(page)
    page.show()
    page.arrive(key_of(house))
    qtbot.keyClicks(page.sheet.editor, "in a hurry")
    assert page._note is None  # not read yet
    with qtbot.waitSignal(page.filled):
        page.arrive(meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    qtbot.waitUntil(lambda: texts_of(house) == ["in a hurry"])
    assert "in a hurry" not in page.sheet.editor.toPlainText()
