"""The page of one customer by keyboard alone."""

import pytest
from PySide6.QtCore import Qt

from companion.desktop.customer.row import KnownRow
from companion.desktop.pages import PAGES
from companion.desktop.window import Window
from companion.programme import memory
from desktop.kestrel import calm, row
from desktop.seen import find


@pytest.fixture
def page(known, open_page):
    return open_page(known)


@pytest.fixture
def window(known, look, inline, house, state, answers, qtbot):
    inline.open(lambda: house, lambda _house: None, lambda _problem: None)
    made = Window(look, inline, PAGES, state, sync=lambda: None, ask=answers)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_page("home")
    qtbot.waitUntil(lambda: inline.busy == 0)
    yield made
    made.close()


def test_enter_in_the_list_of_sections_goes_to_its_first_row_and_escape_comes_back(page, qtbot):
    page.index.setFocus()
    page.index.choose("promise")
    qtbot.keyClick(page.index, Qt.Key.Key_Return)
    assert page.focusWidget() is row(page, "p1")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Escape)
    assert page.focusWidget() is page.index
    assert find(page, "Add a goal…")


def test_by_keyboard_alone_from_anywhere_to_a_changed_fact(window, inline, house, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = window.page("search")
    assert window.focusWidget() is search.field
    qtbot.keyClicks(search.field, "sixteen cre")
    qtbot.waitUntil(lambda: search.list.current == "fact:g1")
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert window.current == "customer"
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), KnownRow))
    assert window.focusWidget().shown.key == "g1"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F2)
    qtbot.keyClicks(window.focusWidget(), " by summer")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: memory.get(house, "g1").text == "Sixteen crews by summer")
    qtbot.waitUntil(lambda: inline.busy == 0 and isinstance(window.focusWidget(), KnownRow))
    assert window.focusWidget().shown.text == "Sixteen crews by summer"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "search"


def test_control_z_takes_a_removal_back(window, inline, house, known, qtbot):
    window.show_page("customer", known)
    page = window.page("customer")
    qtbot.waitUntil(lambda: page.sections["timeline"].isVisibleTo(page))
    calm(page, qtbot)
    row(page, "q1").setFocus()
    qtbot.keyClick(row(page, "q1"), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(window.counting.sentence))
    assert memory.get(house, "q1").state == "dropped"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: memory.get(house, "q1").state == "open")
    qtbot.waitUntil(lambda: inline.busy == 0)
