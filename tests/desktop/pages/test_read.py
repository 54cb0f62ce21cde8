"""Read: unread first, a search, one question and its answers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from companion.desktop.read import page as read_page
from companion.desktop.read.page import ReadPage
from companion.programme import answers as answering
from companion.programme import listening, people, publishing
from companion.programme.views.reading import reading
from companion.takeaways.model import Delivery
from desktop.made import ME, meeting
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
    press(page, "Correct it…", qtbot)
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


@pytest.fixture
def two(told, house, qtbot):
    """My own of Finance, heard to be trust well kept, beside Mei's of Legal."""
    note = listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    publishing.publish(house, note.id, "Two trainers", "company", changes={"pillars": ("integrity+", "time-")})
    page = ReadPage(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.activateWindow()
    with qtbot.waitSignal(page.filled):
        page.reload()
    return page


def offered(page, side):
    menu = page.filters.menus[side].list_of
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions()}


def titles(page):
    return [item.title for item in page.list.items if item.key]


def test_read_narrows_to_team_customer_and_pillar(two, told, qtbot):
    assert list(offered(two, "team")) == ["All teams", "Finance (1)", "Legal (1)"]
    assert list(offered(two, "pillar")) == ["All pillars", "Trust (1)", "Time and effort (1)"]
    offered(two, "team")["Finance (1)"].trigger()
    assert titles(two) == ["Two trainers"]
    assert two.filters.menus["team"].accessibleName() == "Team: Finance"
    assert list(offered(two, "customer")) == ["All customers", "<b>Hòa && Bình</b> (1)"]
    assert [text for text, one in offered(two, "team").items() if one.isChecked()] == ["Finance (1)"]
    press(two, "Clear", qtbot)
    assert len(titles(two)) == 2
    offered(two, "pillar")["Trust (1)"].trigger()
    assert titles(two) == ["Two trainers"]
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def test_narrowing_and_search_go_together_and_say_so_where_nothing_is_left(two, told, qtbot):
    offered(two, "team")["Legal (1)"].trigger()
    with qtbot.waitSignal(two.filled):
        two.search.setText("trainers")
    assert titles(two) == []
    assert "Nobody has told of that here." in texts(two)
    assert list(offered(two, "team")) == ["All teams", "Finance (1)", "Legal (0)"]
    with qtbot.waitSignal(two.filled):
        press(two, "Show all of it", qtbot)
    assert len(titles(two)) == 2
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def test_who_comes_for_one_takeaway_sees_it_however_it_was_narrowed(two, house, told, qtbot):
    offered(two, "team")["Legal (1)"].trigger()
    wanted = next(row.takeaway for row in reading(house).rows if row.mine)
    two.arrive(wanted.id)
    assert two.list.current == wanted.id
    assert wanted.headline in texts(two)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_narrowing_by_keyboard(two, told, qtbot):
    two.list.setFocus()
    qtbot.keyClick(two.list, Qt.Key.Key_F)
    assert two.focusWidget() is two.filters.menus["team"]
    menu = two.filters.menus["team"].list_of
    menu.popup(two.mapToGlobal(two.rect().center()))  # what Space does; offscreen a menu of a button would wait
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(menu, key)
    assert titles(two) == ["Two trainers"]
    clear = find(two, "Clear")
    clear.setFocus()
    qtbot.keyClick(clear, Qt.Key.Key_Space)
    assert len(titles(two)) == 2
    assert two.focusWidget() is two.filters.menus["team"]
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def test_under_my_own_it_says_whom_it_reached_and_who_answered(two, house, told, qtbot):
    mine = next(row.takeaway for row in reading(house).rows if row.mine)
    two.arrive(mine.id)
    qtbot.waitUntil(lambda: "It was sent to nobody; it is read here." in texts(two))
    now = house.clock()
    with house.workspace() as tx:
        for name in ("agnes.mulder", "mei.tan"):
            tx.takeaways.put_delivery(Delivery(mine.id, 1, "mail", f"{name}@ferro.example", "sent", now))
        for _ in range(4):
            tx.takeaways.count_opening(mine.id)
    agnes = people.set_me(house, "agnes.mulder@ferro.example")
    for kind in ("already", "question"):
        answering.answer(agnes, mine.id, kind, "We do.")
    people.set_me(house, ME)
    with qtbot.waitSignal(two.filled):
        two.reload()
    qtbot.waitUntil(lambda: "It went to 2 people · 1 answered" in texts(two))
    with house.workspace() as tx:
        tx.takeaways.count_opening(mine.id)
    two._show_one(mine.id)
    qtbot.waitUntil(lambda: "It went to 2 people · 1 answered · opened 5 times here" in texts(two))


def test_what_others_told_says_nothing_of_whom_it_reached(page, house, told, qtbot):
    page.leave()
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    assert not any("went to" in text or "sent to nobody" in text for text in texts(page))
    assert not page.column.viewport().acceptDrops()


def test_all_answers_lead_to_their_page(two, house, told, qtbot):
    mine = next(row.takeaway for row in reading(house).rows if row.mine)
    two.arrive(mine.id)
    press(two, "All answers…", qtbot)
    assert told.went == [("answers", mine.id)]
    assert two.column.viewport().acceptDrops()
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
