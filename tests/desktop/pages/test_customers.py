"""Customers: the list and a page of each."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from companion.desktop.customers.page import CustomersPage
from companion.desktop.widgets.rows import Row
from companion.programme import actions, people, publishing
from companion.programme import answers as answering
from companion.programme.views.customers import customers
from desktop.made import ME, meeting
from desktop.seen import press, texts


@pytest.fixture
def page(told, qtbot):
    made = CustomersPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def test_the_list_says_when_each_was_heard(page):
    listed = [(item.title, item.below) for item in page.list.items]
    assert listed == [
        ("<b>Hòa & Bình</b>", "heard 5 Oct"),
        ("Kestrel Plumbing Supply", "next 26 Nov"),
        ("Północ Logistyka", "next 8 Dec"),
    ]


def test_a_customers_page_shows_what_they_said(page, house, told, qtbot):
    polnoc = next(row.customer.id for row in customers(house).rows if row.customer.name == "Północ Logistyka")
    page.arrive(polnoc)
    seen = texts(page)
    assert any("We count in minutes." in text for text in seen)
    assert "Twelve drivers, one badge reader · 21 November" in seen
    assert "hosted by Rosa Vidal · polnoc.example" in seen


def test_customers_come_from_a_table_and_bad_rows_are_told(page, house, answers, told, tmp_path, qtbot):
    answers.path = tmp_path / "more.csv"
    answers.path.write_text("name,domains\nMarea Boats,marea.example\n,nothing.example\n", "utf-8")
    press(page, "Import…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    assert told.said[0].startswith("1 added, 0 changed, 0 as they were.")
    assert len(told.said[0]) > 60
    assert "Marea Boats" in [row.customer.name for row in customers(house).rows]


@pytest.fixture
def known(house):
    """What Agnes knows of Hòa & Bình, and three actions; one of them is done."""
    made = publishing.publish(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"), "Two trainers", "company")
    answering.answer(people.set_me(house, "agnes.mulder@ferro.example"), made.id, "more", "Their gate closes at six.")
    people.set_me(house, ME)
    actions.add(house, made.id, "Send one trainer")
    actions.add(house, made.id, "Tell the yard", "agnes.mulder@ferro.example", date(2026, 11, 1))
    actions.finish(house, actions.add(house, made.id, "Call them").id, "We called.")
    return made


def shown(told, qtbot, house, name):
    page = CustomersPage(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.arrive(next(row.customer.id for row in customers(house).rows if row.customer.name == name))
    with qtbot.waitSignal(page.filled):
        page.reload()
    return page


def test_what_colleagues_know_and_what_is_under_way(known, told, house, qtbot):
    page = shown(told, qtbot, house, "<b>Hòa & Bình</b>")
    seen = texts(page)
    assert "Agnes Mulder, Finance: Their gate closes at six." in seen
    late, own = "Agnes Mulder: Tell the yard · was due on 1 November", "Dana Okafor: Send one trainer"
    assert seen.index("What colleagues know") < seen.index("Under way") < seen.index(late) < seen.index(own)
    assert not any("Call them" in text for text in seen)
    row = next(one for one in page.findChildren(Row) if one.accessibleName() == own)
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Up)
    assert page.focusWidget().accessibleName() == late
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert told.went == [("read", known.id)]


def test_of_what_i_may_not_read_nothing_is_said_to_be_under_way(told, house, qtbot):
    as_mei = people.set_me(house, "mei.tan@ferro.example")
    made = publishing.publish(
        as_mei, meeting(house, "Quarterly review", "Północ Logistyka"), "Their gate", "team:Legal"
    )
    actions.add(as_mei, made.id, "Move the gate")
    people.set_me(house, ME)
    page = shown(told, qtbot, house, "Północ Logistyka")
    assert "Under way" not in texts(page)
