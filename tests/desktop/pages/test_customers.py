"""Customers: the list and a page of each."""

import pytest

from companion.desktop.customers.page import CustomersPage
from companion.programme.views.customers import customers
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
