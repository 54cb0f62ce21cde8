"""Read: unread first, a search, one question and its answers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from companion.desktop.read import page as read_page
from companion.desktop.read.page import ReadPage
from companion.programme import listening, publishing
from companion.programme.views.reading import reading
from desktop.made import meeting
from desktop.seen import find, press, texts


@pytest.fixture
def page(told, qtbot, house):
    made = ReadPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def test_unread_comes_first_and_is_shown(page):
    assert [item.title for item in page.list.items] == ["Unread", "Twelve drivers, one badge reader"]
    seen = texts(page)
    assert "Twelve drivers, one badge reader" in seen
    assert any("heard by Mei Tan" in text for text in seen)
    assert "We count in minutes." in " ".join(label.text() for label in page.findChildren(QLabel))


def test_it_counts_as_read_after_a_glance(page, house, qtbot, monkeypatch):
    assert reading(house).unread == 1
    qtbot.waitUntil(lambda: reading(house).unread == 0, timeout=read_page.GLANCE + 3000)


def test_what_is_left_at_once_stays_unread(page, house, qtbot, told):
    page.leave()
    qtbot.waitUntil(lambda: not page._glance.isActive())
    assert reading(house).unread == 1


def test_the_search_finds_words_and_says_when_it_does_not(page, qtbot):
    page.look_up()
    with qtbot.waitSignal(page.filled):
        page.search.setText("minutes")
    assert len(page.list.items) == 2
    with qtbot.waitSignal(page.filled):
        page.search.setText("elephants")
    assert "Nobody has told of that yet." in texts(page)
    with qtbot.waitSignal(page.filled):
        press(page, "Clear the search", qtbot)
    assert len(page.list.items) == 2


def test_an_answer_stands_under_it(page, house, answers, told, qtbot):
    answers.forms = [{"text": "The same for our audit visits.", "to": "name"}]
    press(page, "This changes my work", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert "Dana Okafor, Finance, it changes their work: The same for our audit visits." in texts(page)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def test_my_own_can_be_corrected_and_withdrawn(told, house, answers, qtbot):
    note = listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    publishing.publish(house, note.id, "<i>Two trainers</i>", "company")
    page = ReadPage(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.arrive(reading(house).rows[-1].takeaway.id)
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert "<i>Two trainers</i>" in texts(page)
    press(page, "Correct it", qtbot)
    assert told.went == [("takeaway", note.meeting_id)]
    answers.texts = ["It named a price."]
    press(page, "Withdraw it…", qtbot)
    qtbot.waitUntil(lambda: len(reading(house).rows) == 1)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def test_others_takeaways_are_not_mine_to_withdraw(page):
    with pytest.raises(AssertionError):
        find(page, "Withdraw it…")


def test_an_answer_to_the_author_alone_is_kept_so(page, house, answers, told, qtbot):
    answers.forms = [{"text": "Their yard floods in March.", "to": "author"}]
    press(page, "I know more about this customer", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    with house.workspace(write=False) as tx:
        kept = tx.takeaways.answers()
    assert [(one.kind, one.only_author) for one in kept] == [("more", True)]
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def test_what_is_held_says_so_to_its_author_and_takes_no_answers(told, house, answers, qtbot):
    note = listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    made = publishing.publish(house, note.id, "Two trainers", "company")
    page = ReadPage(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.arrive(made.id)
    with qtbot.waitSignal(page.filled):
        page.reload()
    answers.texts = ["A price is in it."]
    press(page, "Hold it…", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert any("It is held by" in text and "A price is in it." in text for text in texts(page))
    find(page, "Let it go…")
    with pytest.raises(AssertionError):
        find(page, "We already do")
    publishing.withdraw(house, made.id, "It named a price.")
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert "Withdrawn" in [item.title for item in page.list.items]
    assert any(text.endswith("It named a price.") for text in texts(page))


def test_keys_walk_search_and_answer(told, house, qtbot):
    note = listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    publishing.publish(house, note.id, "Two trainers", "company")
    page = ReadPage(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.activateWindow()
    with qtbot.waitSignal(page.filled):
        page.reload()
    page.list.setFocus()
    first = page.list.current
    qtbot.keyClick(page.list, Qt.Key.Key_J)
    assert page.list.current not in ("", first)
    qtbot.keyClick(page.list, Qt.Key.Key_K)
    assert page.list.current == first
    qtbot.keyClick(page.list, Qt.Key.Key_A)
    assert page.focusWidget().text() == "This changes my work"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Slash)
    assert page.focusWidget() is page.search
    qtbot.keyClick(page.search, Qt.Key.Key_J)
    assert page.search.text() == "j"
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.list
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
