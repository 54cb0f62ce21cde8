"""Customers: a table that narrows as one types, tables in with a trial, two that are merged."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from companion.customers.memory import Fact
from companion.customers.model import Customer
from companion.desktop.customers.lines import matching, ordered, searchable, told
from companion.desktop.customers.page import CustomersPage
from companion.desktop.widgets.items import ItemList
from companion.programme.views.customer_list import CustomerLine, CustomerList, customer_list
from desktop.seen import press, texts

DAY = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def page(told, qtbot):
    made = CustomersPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def names(page):
    return [line.cells[0] for line in page.table.told()]


def test_the_table_says_when_each_was_heard_and_what_comes(page):
    assert [line.cells for line in page.table.told()] == [
        ("<b>Hòa & Bình</b>", "", "Rosa Vidal", "5 Oct", "none", "none"),
        ("Kestrel Plumbing Supply", "", "Rosa Vidal", "not yet", "26 Nov", "none"),
        ("Północ Logistyka", "", "Rosa Vidal", "not yet", "8 Dec", "none"),
    ]
    assert page.table.told()[1].says.startswith("Kestrel Plumbing Supply, Host: Rosa Vidal, Last heard: not yet")


def test_open_promises_are_counted_and_ended_ones_are_not(house):
    key = next(line.customer.id for line in customer_list(house).lines if line.customer.name.startswith("Kestrel"))
    with house.workspace() as tx:
        tx.facts.put(Fact("f1", key, "promise", "A forecast on Fridays"))
        tx.facts.put(Fact("f2", key, "promise", "A second contact", state="kept"))
        tx.facts.put(Fact("f3", key, "goal", "Sixteen crews"))
    assert {line.customer.name[:3]: line.promises for line in customer_list(house).lines} == {
        "<b>": 0, "Kes": 1, "Pół": 0,
    }  # fmt: skip


def test_typing_narrows_without_accents_and_enter_opens_the_only_one(page, told, qtbot):
    qtbot.keyClicks(page.search, "polnoc rosa")
    qtbot.waitUntil(lambda: names(page) == ["Północ Logistyka"])
    assert "1 of 3 customers" in texts(page)
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert told.went == [("customer", page.table.current)]


def test_nobody_like_that_is_said_and_can_be_cleared(page, qtbot):
    qtbot.keyClicks(page.search, "elephant")
    qtbot.waitUntil(lambda: "No customer is like that." in texts(page))
    press(page, "Clear the search", qtbot)
    qtbot.waitUntil(lambda: len(names(page)) == 3)


def test_by_keyboard_from_the_field_to_a_customers_page(page, told, qtbot):
    page.activateWindow()
    page.look_up()
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.focusWidget() is page.table
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert told.went == [("customer", page.table.lines[1].customer.id)]


def lines_of(count):
    lines = [CustomerLine(Customer(f"c{at}", f"Đặng {at:05}"), "", None, None, at % 7) for at in range(count)]
    return CustomerList(tuple(lines), "UTC", DAY)


def test_the_orders_put_first_what_they_name():
    early = CustomerLine(Customer("a", "A"), "", DAY.replace(month=2), None, 0)
    late = CustomerLine(Customer("b", "B"), "", DAY, DAY.replace(day=25), 2)
    never = CustomerLine(Customer("c", "C"), "", None, DAY.replace(day=24), 1)
    lines = [early, late, never]
    assert [line.customer.name for line in ordered(lines, "unheard")] == ["C", "A", "B"]
    assert [line.customer.name for line in ordered(lines, "next")] == ["C", "B", "A"]
    assert [line.customer.name for line in ordered(lines, "promises")] == ["B", "C", "A"]


def test_ten_thousand_customers_are_put_into_words_as_they_are_seen(told, qtbot, monkeypatch):
    made = CustomersPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    view = lines_of(10_000)
    asked = []
    monkeypatch.setattr(
        "companion.desktop.customers.page.told", lambda line, view: asked.append(line) or told_of(line, view)
    )
    from companion.desktop.customers.page import Listed

    made._show(Listed(view, tuple(map(searchable, view.lines))))
    made.table.viewport().grab()
    assert 0 < len(asked) < 200
    assert len(matching(view, tuple(map(searchable, view.lines)), "dang 09999")) == 1


told_of = told


def test_a_table_is_tried_before_anything_is_written(page, house, answers, told, tmp_path, qtbot):
    answers.path = tmp_path / "more.csv"
    answers.path.write_text("name,domains\nMarea Boats,marea.example\n,nothing.example\n", "utf-8")
    page.bringing.bring()
    qtbot.waitUntil(lambda: bool(answers.shown))
    content, act = answers.shown[0]
    qtbot.addWidget(content)
    assert "1 would be added, 0 changed; 0 stay as they are. 2 things are to be looked at, below." in texts(content)
    listed = [item.title for item in content.findChild(ItemList).items]
    assert listed[:3] == ["New", "Marea Boats", "To be looked at"]
    assert "Marea Boats" not in [line.customer.name for line in customer_list(house).lines]
    act()
    qtbot.waitUntil(lambda: bool(told.said))
    assert told.said[0].startswith("1 added, 0 changed, 0 as they were.")
    assert "Marea Boats" in [line.customer.name for line in customer_list(house).lines]


def test_a_new_customer_is_asked_again_where_the_name_is_taken(page, house, answers, told, qtbot):
    fresh = {"name": "Marea Boats", "domains": "marea.example, m.example"}
    answers.forms = [{"name": "Kestrel Plumbing Supply"}, fresh]
    press(page, "New…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    assert ("A new customer", "Kestrel Plumbing Supply is known already.") in answers.asked
    made = next(line.customer for line in customer_list(house).lines if line.customer.name == "Marea Boats")
    assert made.domains == ("marea.example", "m.example")


def test_two_are_merged_after_what_moves_was_shown(page, house, answers, told, qtbot):
    ids = {line.customer.name: line.customer.id for line in customer_list(house).lines}
    kestrel, polnoc = ids["Kestrel Plumbing Supply"], ids["Północ Logistyka"]
    with house.workspace() as tx:
        tx.facts.put(Fact("f1", polnoc, "promise", "A second gate"))
    chosen = iter([polnoc, kestrel])
    answers.choose = lambda title, text, choices, done: (answers.asked.append((title, text)), done(next(chosen)))
    page.table.choose(kestrel)
    press(page, "Merge two…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    text = next(text for title, text in answers.asked if title == "Północ Logistyka becomes Kestrel Plumbing Supply?")
    assert "2 meetings, 1 takeaway, 1 thing known of them move with it." in text
    left = [line.customer.name for line in customer_list(house).lines]
    assert left == ["<b>Hòa & Bình</b>", "Kestrel Plumbing Supply"]
    with house.workspace(write=False) as tx:
        assert tx.facts.get("f1").customer_id == kestrel


def test_what_is_known_goes_out_and_comes_in_again(page, house, answers, told, tmp_path, qtbot):
    key = next(line.customer.id for line in customer_list(house).lines if line.customer.name.startswith("Kestrel"))
    with house.workspace() as tx:
        tx.facts.put(Fact("f1", key, "goal", "Sixteen crews\n\nand no van twice"))
    answers.path = tmp_path / "known.csv"
    page.bringing.give_facts()
    qtbot.waitUntil(lambda: told.said == ["1 row is in known.csv."])
    with house.workspace() as tx:
        tx.facts.remove("f1")
    page.bringing.bring_facts()
    qtbot.waitUntil(lambda: bool(answers.shown))
    content, act = answers.shown[0]
    qtbot.addWidget(content)
    act()
    qtbot.waitUntil(lambda: len(told.said) == 2)
    with house.workspace(write=False) as tx:
        assert [fact.text for fact in tx.facts.of(key)] == ["Sixteen crews\n\nand no van twice"]
