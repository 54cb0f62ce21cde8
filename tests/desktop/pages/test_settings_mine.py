"""Settings about me alone: what I am reminded of, by window and by mail, and who may act for me."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from companion.basics.settings import read_settings
from companion.desktop.settings.page import SettingsPage
from companion.programme import assisting, people, reminding, seats
from desktop.made import ME, meeting
from desktop.seen import press, texts

MEI = "mei.tan@ferro.example"


@pytest.fixture
def page(told, qtbot):
    made = SettingsPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    again(made, qtbot)
    return made


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()


def named(page, says):
    """The button a screen reader calls so."""
    return next(b for b in page.findChildren(QPushButton) if b.accessibleName() == says and b.isVisibleTo(page))


def kept(house):
    return read_settings(house.paths.settings)[0]


def test_it_says_what_holds_before_anybody_chose(page):
    seen = texts(page)
    assert "ten minutes after the end it asks for three lines" in seen
    assert "the brief two days before a meeting, three questions after it, where the programme writes mails" in seen
    assert named(page, "Before a meeting: 15 minutes before")


@pytest.mark.parametrize(("label", "minutes"), [("Never", "0"), ("5 minutes before", "5"), ("30 minutes before", "30")])
def test_how_long_before_is_chosen(page, told, house, qtbot, label, minutes):
    menu = named(page, "Before a meeting: 15 minutes before").menu()
    next(action for action in menu.actions() if action.text() == label).trigger()
    qtbot.waitUntil(lambda: kept(house).remind == minutes)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    again(page, qtbot)
    assert named(page, f"Before a meeting: {label}")
    assert not told.said, "nothing starts anew for it"


def test_being_asked_afterwards_is_turned_off_and_on_by_keyboard(page, told, house, qtbot):
    says = "Change whether you are asked after a meeting"
    for wanted, seen in (("no", "it asks nothing"), ("yes", "ten minutes after the end it asks for three lines")):
        named(page, says).setFocus()
        qtbot.keyClick(named(page, says), Qt.Key.Key_Space)
        qtbot.waitUntil(lambda wanted=wanted: kept(house).remind_after == wanted)
        qtbot.waitUntil(lambda: told.tasks.busy == 0)
        again(page, qtbot)
        assert seen in texts(page)


def test_quiet_hours_are_kept_as_they_are_read(page, answers, told, house, qtbot):
    answers.texts = [" 19:00 – 7:00 ", ""]
    for written, shown in (("19:00-07:00", "19:00–07:00"), ("", "none")):
        named(page, "Change the quiet hours").click()
        qtbot.waitUntil(lambda written=written: kept(house).quiet == written)
        qtbot.waitUntil(lambda: told.tasks.busy == 0)
        again(page, qtbot)
        assert shown in texts(page)
        reminding.due(house)  # the clock reads the same


def test_wrong_quiet_hours_are_told_and_not_kept(page, answers, told, house, qtbot):
    heard = []
    told.tasks.problem.disconnect()
    told.tasks.problem.connect(heard.append)
    answers.texts = ["in the evening"]
    named(page, "Change the quiet hours").click()
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[0].code == "quiet_wrong"
    assert kept(house).quiet == ""


def test_mails_are_turned_off_and_on(page, told, house, qtbot):
    for wanted in (False, True):
        named(page, "Change whether you get briefs and questions by mail").click()
        qtbot.waitUntil(lambda: told.tasks.busy == 0)
        assert people.who_am_i(house).reminders is wanted
        again(page, qtbot)
        assert ("neither briefs nor questions" in texts(page)) is not wanted


def test_somebody_may_act_for_me_and_no_more(page, answers, told, house, qtbot):
    answers.choice = MEI
    press(page, "Let somebody act for you…", qtbot)
    qtbot.waitUntil(lambda: told.said == ["Mei Tan may act for you from now on."])
    assert people.who_am_i(house).assistants == (MEI,)
    again(page, qtbot)
    assert f"Legal · {MEI}" in texts(page)
    answers.yes_to_all = False
    named(page, "Remove Mei Tan").click()
    assert people.who_am_i(house).assistants == (MEI,)
    answers.yes_to_all = True
    named(page, "Remove Mei Tan").click()
    qtbot.waitUntil(lambda: told.said[1:] == ["Mei Tan acts for you no more."])
    assert answers.asked[-1][0] == "Shall Mei Tan act for you no more?"
    assert people.who_am_i(house).assistants == ()


def test_nobody_is_offered_who_may_already_or_is_me(page, answers, told, house, qtbot):
    assisting.allow(house, MEI)
    again(page, qtbot)
    offered = []
    answers.choose = lambda _title, _text, choices, _done: offered.extend(key for key, _label in choices)
    press(page, "Let somebody act for you…", qtbot)
    assert offered == ["agnes.mulder@ferro.example", "rosa.vidal@ferro.example"]
    assert ME not in offered


def test_what_an_assistant_said_is_told_in_words(page, told, house, qtbot):
    assisting.allow(house, MEI)
    key = meeting(house, "Annual review", "Kestrel Plumbing Supply")
    as_mei = people.set_me(house, MEI)
    seats.set_state(as_mei, key, ME, "declined", "assistant")
    people.set_me(house, ME)
    again(page, qtbot)
    assert "Mei Tan: you are not coming to Annual review on 26 Nov" in texts(page)


def test_the_questions_of_a_note_are_one_press_away(page, told):
    named(page, "Open: Questions of a note").click()
    assert told.went == [("templates", "")]


def test_while_nobody_said_who_works_here_it_says_so(page, told, house, qtbot):
    told.tasks.adopt(replace(house, me=""))
    again(page, qtbot)
    seen = texts(page)
    assert "Say above who you are; then you can name somebody who acts for you." in seen
    assert "By mail" not in seen
    assert "Quiet hours" in seen
