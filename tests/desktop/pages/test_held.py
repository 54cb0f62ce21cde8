"""What is held about me, the data sheet in the language one chooses, and the agreement."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from companion.desktop.held.page import HeldPage
from companion.people.model import Person
from companion.programme.agreement import agreement
from desktop.seen import find, press, texts

OLGA = Person("olga", "olga@ferro.example", "Olga Brandt", (), "Office", "ops")


@pytest.fixture
def opened(told, qtbot):
    def to(item):
        made = HeldPage(told)
        qtbot.addWidget(made)
        made.resize(1000, 700)
        made.show()
        with qtbot.waitSignal(made.filled):
            made.arrive(item)
        return made

    return to


def menu(page, button):
    found = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == button)
    return {action.text(): action for action in found.menu().actions()}


def test_everybody_sees_what_is_held_about_them(opened):
    said = texts(opened("mine"))
    for part in ("Profile", "Seats and their evidence", "Notes on this computer", "What was not searched"):
        assert part in said, part
    assert "Names on the board" not in said


def test_the_sheet_in_another_language(opened, qtbot):
    page = opened("sheet")
    assert "What is never kept" in texts(page)
    with qtbot.waitSignal(page.filled):
        menu(page, "Language of the sheet")["Tiếng Việt"].trigger()
    assert "Điều không bao giờ được lưu" in texts(page)
    assert "Names on the board" in texts(page)  # the app itself stays as it is


def test_the_agreement_is_recorded_and_taken_back(opened, told, house, answers, qtbot):
    page = opened("sheet")
    answers.forms = [{"text": "Works agreement 12/2026", "on": "2026-11-01"}]
    with qtbot.waitSignal(told.tasks.changed):
        press(page, "Record the agreement…", qtbot)
    assert agreement(house).text == "Works agreement 12/2026"
    with qtbot.waitSignal(page.filled):
        page.reload()
    answers.texts = ["it ended"]
    with qtbot.waitSignal(told.tasks.changed):
        press(page, "Take it back…", qtbot)
    assert not agreement(house).text


def test_who_is_not_ops_reads_it_only(opened, told, house, qtbot):
    with house.workspace() as tx:
        tx.people.put(OLGA)
    told.tasks.adopt(replace(house, workspace_shared=True))
    page = opened("sheet")
    assert "Ops record it, and take it back." in texts(page)
    told.tasks.adopt(replace(house, workspace_shared=True, me=OLGA.email))
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert find(page, "Record the agreement…")
