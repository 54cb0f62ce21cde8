"""The report page: a preview of what is handed on, by period, and tables to take along."""

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QPushButton

from companion.desktop.report.bars import Bars
from companion.desktop.report.page import ReportPage
from companion.programme.document import Bar, Chart
from desktop.seen import texts


@pytest.fixture
def page(told, qtbot):
    made = ReportPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.arrive("")
    return made


def choose(page, button, entry, qtbot):
    menu = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == button).menu()
    with qtbot.waitSignal(page.filled):
        next(action for action in menu.actions() if action.text() == entry).trigger()


def entries(page, button):
    menu = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == button).menu()
    return {action.text(): action for action in menu.actions()}


def test_it_shows_the_page_as_it_is_handed_on(page):
    said = texts(page)
    assert any("reviews in 12 months" in text for text in said)
    assert "What this does not tell" in said
    charts = page.findChildren(Bars)
    assert len(charts) >= 2
    assert all("%" not in chart.accessibleName() for chart in charts)
    assert "Of " in charts[-1].accessibleName()


def test_my_statement_and_another_year(page, qtbot):
    choose(page, "What is shown", "My statement", qtbot)
    assert "How it counts" in texts(page)
    year = next(text for text in entries(page, "Period") if text.isdecimal())
    choose(page, "Period", year, qtbot)
    assert any(f"1 January {year}" in text for text in texts(page))


def test_it_is_saved_where_one_says(page, answers, told, qtbot, tmp_path):
    for kind, name in (("Save the page…", "r.html"), ("Save as text…", "r.md")):
        answers.path = tmp_path / name
        entries(page, "Print or save it")[kind].trigger()
        qtbot.waitUntil(lambda name=name: (tmp_path / name).exists())
    assert "default-src 'none'" in (tmp_path / "r.html").read_text()
    assert (tmp_path / "r.md").read_text().startswith("# ")


def test_the_tables_of_its_period(page, answers, qtbot, tmp_path):
    answers.path = tmp_path / "b.xlsx"
    entries(page, "Save as a table")["Board, teams and customers…"].trigger()
    qtbot.waitUntil(lambda: (tmp_path / "b.xlsx").exists())
    assert load_workbook(tmp_path / "b.xlsx").sheetnames == ["About", "Board", "Teams", "Customers"]


def test_bars_are_painted_at_any_width(qtbot, qapp):
    chart = Chart(("a", "b", "c"), (Bar("Finance " * 20, (3, 1, 4), "3 of 8"), Bar("", (0, 0, 0), "0")), "Shows it.")
    made = Bars(chart)
    qtbot.addWidget(made)
    made.show()
    for width in (200, 900):
        made.resize(width, made.sizeHint().height())
        assert not made.grab().isNull()
    assert made.accessibleName().startswith("Shows it. Finance")
