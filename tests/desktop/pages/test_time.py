"""My time: a chart that is told in words too, and put right in place."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton

from companion.desktop.time.chart import INKS, TimeChart, step_of
from companion.desktop.time.page import TimePage
from companion.programme import people
from companion.programme.time import my_sittings, my_time
from companion.reflection.time import Month
from companion.words.time import summary
from desktop.made import NOW
from desktop.seen import texts


@pytest.fixture
def page(told, qtbot):
    made = TimePage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def test_it_says_how_long_i_was_with_customers_and_that_it_is_private(page):
    assert any("1 hour with customers" in text for text in texts(page))
    assert any("Private to you" in text for text in texts(page))
    assert "1 hour with customers" in page.chart.accessibleName()


def test_the_form_of_a_meeting_is_put_right_in_place(page, house, qtbot):
    button = next(one for one in page.findChildren(QPushButton) if "how it was held" in one.accessibleName())
    choice = next(one for one in button.menu().actions() if one.text() == "in person")
    with qtbot.waitSignal(page.filled):
        choice.trigger()
    assert my_sittings(house)[0].form == "in_person"
    assert my_time(house).total.in_person == 60
    assert any("in person" in text for text in texts(page))


def test_where_nobody_works_here_it_says_what_to_do(told, house, qtbot):
    people.set_me(house, "nobody@ferro.example")
    told.tasks.adopt(people.set_me(house, "nobody@ferro.example"))
    page = TimePage(told)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert any("nobody@ferro.example" in text for text in texts(page))


@pytest.mark.qt_log_ignore("does not support", extend=True)  # tool tips stay on top
def test_a_month_under_the_pointer_is_told(qtbot, qapp):
    chart = TimeChart()
    qtbot.addWidget(chart)
    chart.resize(600, 240)
    first = NOW.date().replace(day=1)
    chart.show_months((Month(first, in_person=90, busy=600),), "")
    chart.show()
    chart.event(QHelpEvent(QEvent.Type.ToolTip, QPoint(300, 100), chart.mapToGlobal(QPoint(300, 100))))
    told = [one for one in QApplication.topLevelWidgets() if one.objectName() == "qtooltip_label"]
    assert [one.text() for one in told] == ["November 2026: 1 h 30 min in person, busy for 10 h"]
    for one in told:
        one.hide()


def test_forms_are_told_apart_without_colours():
    assert len({ink.pattern for ink in INKS}) == len(INKS)


@pytest.mark.parametrize(("most", "step"), [(0, 1), (4.9, 1), (9, 2), (12, 5), (300, 100)])
def test_there_are_five_lines_at_most(most, step):
    assert step_of(most) == step
    assert most / step <= 5


def test_a_year_without_customers_is_said_plainly():
    assert summary(Month(NOW.date()), 12) == "In the last 12 months you spent no time with customers yet."
