"""Home answers what is next and what needs me."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from companion.basics.changes import Changes
from companion.desktop.home.page import HomePage
from companion.programme import people, seats
from companion.programme.views.home import home
from desktop.made import ME, NOW, meeting
from desktop.seen import press, texts


@pytest.fixture
def page(told, qtbot):
    made = HomePage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def test_it_shows_what_is_next_and_what_needs_me(page):
    seen = texts(page)
    assert "Good morning, Dana" in seen
    assert "1 of 2 this year · next on 26 November" in seen
    assert "Kestrel Plumbing Supply" in seen
    assert "Annual review · Thursday, 26 November, 14:00–15:30 · hosted by Rosa Vidal" in seen
    assert "Did you join Północ Logistyka on 17 November?" in seen
    assert "Tell your team about <b>Hòa & Bình</b> — your note has 2 lines" in seen
    assert "Twelve drivers, one badge reader" in seen


def test_names_of_others_are_never_mark_up(page):
    for label in page.findChildren(QLabel):
        assert "<b><b>" not in label.text()
    assert any("&lt;b&gt;Hòa &amp; Bình&lt;/b&gt;" in label.text() for label in page.findChildren(QLabel))


@pytest.mark.parametrize(("button", "state"), [("I was there", "attended"), ("I was not", "missed")])
def test_did_you_join_is_answered_by_one_press(page, house, changed, qtbot, button, state):
    press(page, button, qtbot)
    qtbot.waitUntil(lambda: changed == [Changes.ATTENDANCE | Changes.MEETINGS])
    assert home(house).did_you_join == ()
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    with house.workspace(write=False) as tx:
        told = tx.seats.evidence([key])
    assert [(e.source, e.says, e.by) for e in told if e.source == "self" and e.at == NOW] == [("self", state, ME)]


def test_somebody_else_can_have_gone(page, house, answers, changed, qtbot):
    with house.workspace(write=False) as tx:
        mei = tx.people.by_address("mei.tan@ferro.example")
    answers.choice = mei.id
    other = next(b for b in page.findChildren(QPushButton) if b.text() == "Other")
    other.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(changed))
    assert answers.asked[0][0] == "Who went for you?"
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    with house.workspace(write=False) as tx:
        told = tx.seats.evidence([key])
    assert [e.to for e in told if e.says == "delegated"] == [mei.id]


def test_no_customer_meeting_is_dismissed(page, house, told, changed, qtbot):
    other = next(b for b in page.findChildren(QPushButton) if b.text() == "Other")
    other.menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: bool(changed))
    assert home(house).did_you_join == ()
    assert "no calendar brings it back" in told.said[0]


def test_its_buttons_lead_on(page, told, house, qtbot):
    press(page, "Open", qtbot)
    press(page, "Join", qtbot)
    press(page, "Continue", qtbot)
    key = meeting(house, "Annual review", "Kestrel Plumbing Supply")
    heard = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    assert told.went == [("meetings", key), ("listen", heard)]
    assert told.opened == ["https://meet.example/1"]


def test_without_a_me_it_asks_who_i_am(told, house, answers, qtbot, changed):
    nobody = people.set_me(house, "new@ferro.example")
    told.tasks.adopt(nobody)
    page = HomePage(told)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.filled):
        page.reload()
    answers.texts = [ME]
    press(page, "This is me…", qtbot)
    qtbot.waitUntil(lambda: changed == [Changes.EVERYTHING])
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert "Good morning, Dana" in texts(page)


def test_a_reload_keeps_the_focus(page, house, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Continue")
    button.setFocus()
    name = button.accessibleName()
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert page.window().focusWidget() is button  # nothing changed, nothing was built
    seats.set_state(house, meeting(house, "Quarterly review", "Północ Logistyka"), ME, "attended")
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert page.window().focusWidget().accessibleName() == name
    assert page.window().focusWidget() is not button
