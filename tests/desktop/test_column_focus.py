"""The keyboard stays where it was: a column that is laid out anew keeps the focus, and Tab walks it in its place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel


@pytest.fixture
def window(qtbot, look):
    """A button of the page, its column, and a button that stands elsewhere in the window."""
    made = QWidget()
    box = QVBoxLayout(made)
    made.column, made.foot = Column(), QPushButton("Synced")
    for one in (QPushButton("Plan again"), made.column, made.foot):
        box.addWidget(one)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def fill(window, rows):
    """`rows`: what each row says, and its buttons."""
    window.column.begin()
    listing = RowList()
    for said, names in rows:
        listing.add(Row(said, PlainLabel(said), [button(name, lambda: None) for name in names]))
    window.column.add(listing)
    window.column.end()


def focus(window, name):
    for one in window.findChildren(QPushButton):
        if name in (one.accessibleName(), one.text()) and one.isVisible():
            one.setFocus()
    assert focused() == name


def focused():
    return QApplication.focusWidget().accessibleName() or QApplication.focusWidget().text()


def test_a_button_that_is_gone_leaves_the_focus_in_its_row(window):
    seats = [("Dana", ["Keep Dana", "Change Dana"]), ("Lev", ["Keep Lev", "Change Lev"])]
    fill(window, seats)
    focus(window, "Keep Lev")
    fill(window, [seats[0], ("Lev", ["Change Lev"])])
    assert focused() == "Change Lev"
    fill(window, [("Giulia", ["Keep Giulia"]), *seats])  # the same button, wherever it is
    assert focused() == "Change Lev"


def test_a_row_that_is_gone_leaves_the_focus_to_the_next_else_to_the_last(window):
    asked = [(name, [f"{name} was there"]) for name in ("Dana", "Lev", "Mei")]
    fill(window, asked)
    focus(window, "Lev was there")
    fill(window, [asked[0], ("Nothing to press", []), asked[2]])
    assert focused() == "Mei was there"
    fill(window, asked[:1])
    assert focused() == "Dana was there"


def test_where_nothing_is_left_the_focus_stays_in_the_column(window):
    fill(window, [("Dana", ["Take back"])])
    focus(window, "Take back")
    fill(window, [("Nothing was decided", [])])
    assert QApplication.focusWidget() is window.column


def test_who_was_elsewhere_stays_there(window):
    fill(window, [("Dana", ["Keep"])])
    window.foot.setFocus()
    fill(window, [("Dana", ["Change"])])
    assert QApplication.focusWidget() is window.foot


def test_tab_walks_what_is_new_where_the_old_was(window, qtbot):
    for names in (["Keep Dana", "Change Dana"], ["Change Dana", "Open Dana"], ["Open Dana", "Ask Dana"]):
        fill(window, [("Dana", names)])
        focus(window, "Plan again")
        walked = []
        for _ in range(3):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            walked.append(focused())
        assert walked == [*names, "Synced"]
