"""The plan's page: seats with reasons, what ops keep and forbid, who stays short, and the hosts who are asked."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from companion.attendance.model import Evidence
from companion.desktop.plan.page import PlanPage
from companion.people.model import Person
from companion.programme import leaves, offers, planning
from desktop.made import meeting
from desktop.seen import find, press, texts

MEI = "mei.tan@ferro.example"
OPS = Person("ola", "ola@ferro.example", "Ola Lind", (), "Operations", "ops")


@pytest.fixture
def page(told, house, qtbot):
    held = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    with house.workspace() as tx:
        tx.people.put(OPS)
        mei = tx.people.by_address(MEI).id  # has listened once, so that one seat is for her alone
        tx.seats.add(Evidence("em", held, mei, "host", "attended", "rosa.vidal@ferro.example", house.clock()))
    made = PlanPage(told)
    qtbot.addWidget(made)
    made.resize(1264, 700)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def open_review(house):
    """The one review ahead without a listener; Mei needs a seat, Dana has hers."""
    with house.workspace(write=False) as tx:
        ahead = [one for one in tx.meetings.everything() if one.start > house.clock()]
    return next(one.id for one in ahead if one.title == "Quarterly review")


def again(page, qtbot):
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    with qtbot.waitSignal(page.filled):
        page.reload()
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)


def decided(house):
    return [(rule.kind, rule.person_id, rule.meeting_id) for rule in planning.rules(house)]


def choose(page, name, label, qtbot):
    """Take an entry of the menu of the first row that has it."""
    button = next(b for b in page.findChildren(QPushButton) if b.accessibleName().startswith(name) and b.menu())
    next(action for action in button.menu().actions() if action.text() == label).trigger()
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)


def test_each_seat_stands_with_its_reason_and_nobody_is_asked(page, house, open_review, qtbot):
    again(page, qtbot)
    said = " ".join(texts(page))
    assert "Mei Tan (Legal)" in said
    assert "obody of us has heard Północ Logistyka yet" in said
    assert "Tuesday, 8 December, 10:00 · Północ Logistyka" in said
    assert offers.open_offers(house) == []
    assert planning.kept(house) >= {(open_review, person(house, MEI))}


def person(house, address):
    with house.workspace(write=False) as tx:
        return tx.people.by_address(address).id


def test_a_kept_seat_is_marked_and_can_be_let_go(page, house, open_review, qtbot):
    again(page, qtbot)
    press(page, "Keep", qtbot)
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    assert ("pin", person(house, MEI), open_review) in decided(house)
    again(page, qtbot)
    assert "kept" in texts(page)
    press(page, "Take back", qtbot)
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    assert decided(house) == []


def test_who_is_not_to_sit_there_is_not_proposed_again(page, house, open_review, qtbot):
    again(page, qtbot)
    choose(page, "Change the seat of Mei Tan at Północ", "Not Mei Tan here", qtbot)
    assert ("not_here", person(house, MEI), open_review) in decided(house)
    again(page, qtbot)
    assert (open_review, person(house, MEI)) not in planning.kept(house)
    assert any("Mei Tan does not sit at Północ Logistyka" in text for text in texts(page))


def test_one_button_says_what_it_does_and_has_the_hosts_asked(page, house, told, open_review, qtbot):
    again(page, qtbot)
    press(page, "Ask the hosts…", qtbot)
    assert "asked by mail whether somebody may sit in; a no needs no reason." in str(told.ask.asked[-1])
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    assert (open_review, "host") in [(one.meeting_id, one.state) for one in offers.open_offers(house)]
    again(page, qtbot)
    assert "Agreed, or on its way" in texts(page)


def test_without_the_agreement_the_page_says_what_is_missing(page, house, told, qtbot):
    told.tasks.adopt(replace(house, workspace_shared=True))
    again(page, qtbot)
    assert not any("Mei Tan" in text for text in texts(page))
    assert not page.send.isVisible()
    assert any("agreement" in text and text.endswith("Ask who runs the programme.") for text in texts(page))
    assert not any("companion privacy" in text for text in texts(page))
    with house.workspace() as tx:
        tx.people.put(OPS)
    told.tasks.adopt(replace(house, workspace_shared=True, me=OPS.email))
    again(page, qtbot)
    press(page, "Record it", qtbot)
    assert told.went == [("held", "sheet")]


def test_who_is_wanted_and_cannot_be_kept_is_told_with_the_reason(page, house, open_review, qtbot):
    again(page, qtbot)
    mei = person(house, MEI)
    planning.pin(house, open_review, mei)
    leaves.put(house, mei, date(2026, 12, 1), date(2026, 12, 20))
    again(page, qtbot)
    assert any(text.startswith("Mei Tan cannot be kept at Północ Logistyka: ") for text in texts(page))


def test_a_plan_that_was_cancelled_can_be_made_again(page, house, open_review, qtbot):
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    page.reload()
    page._reading.cancel()
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    assert page.again.isEnabled()
    with qtbot.waitSignal(page.filled):
        press(page, "Plan again", qtbot)
    assert "Mei Tan (Legal)" in " ".join(texts(page))


def test_it_is_worked_by_keyboard(page, house, open_review, qtbot):
    again(page, qtbot)
    keep = find(page, "Keep")
    keep.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(keep, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    assert decided(house)
    assert all(b.accessibleName() for b in page.findChildren(QPushButton))
