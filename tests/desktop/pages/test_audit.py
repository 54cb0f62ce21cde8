"""Audit: what was changed, narrowed by words, matter and days, told as a sentence, and written to a file."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from companion.desktop.audit.page import AuditPage
from companion.programme.model import AuditEntry
from desktop.made import NOW
from desktop.seen import texts


@pytest.fixture
def noted(house):
    """Some changes: of a seat yesterday, of a leave a year and a half ago, and of a setting."""
    with house.workspace() as tx:
        dana = next(one for one in tx.people.all() if one.kind == "leader")
        for days, what, old, new, why in (
            (600, "leave", "", "2025-01-01–2025-03-01", ""),
            (40, "programme.part_time", "no", "yes", "Works agreement 4"),
            (1, "seat.host", "unknown", "attended", "=SUM(1)"),
        ):
            tx.programme.audit(
                AuditEntry(
                    NOW - timedelta(days=days),
                    dana.email,
                    what,
                    old,
                    new,
                    why,
                    dana.id if what != "programme.part_time" else "",
                )
            )
    return dana


@pytest.fixture
def page(told, noted, qtbot):
    made = AuditPage(told)
    qtbot.addWidget(made)
    made.resize(964, 560)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def rows(page):
    model = page.table.lines
    return [[model.data(model.index(row, column)) for column in range(6)] for row in range(model.rowCount())]


def choose(menu, label):
    menu.refill()
    next(action for action in menu.list_of.actions() if action.text() == label).trigger()


def test_the_last_year_stands_there_newest_first_and_the_rest_on_demand(page, noted, qtbot):
    assert [row[2] for row in rows(page)][:2] == ["seat, by the host's word", "programme: part time"]
    assert rows(page)[0][4] == "nobody has said → was there"
    count = len(rows(page))
    assert any(f"{count} changes" in text for text in texts(page))
    with qtbot.waitSignal(page.filled):
        choose(page.days, "Everything")
    assert (len(rows(page)), [row[2] for row in rows(page)][2]) == (count + 1, "leave")


def test_the_line_one_stands_on_is_told_whole(page, noted, qtbot):
    assert page.told.text().endswith(f"{noted.name}. nobody has said → was there. Why: =SUM(1)")
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert "Works agreement 4" in page.told.text()


def test_it_is_narrowed_by_words_and_by_matter(page, qtbot):
    count = len(rows(page))
    page.field.setText("part agreement")
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    page.field.setText("nothing like it")
    qtbot.waitUntil(lambda: rows(page) == [])
    assert page.told.text() == "No line says so."
    assert not page.taking.isEnabled()
    page.field.clear()
    qtbot.waitUntil(lambda: len(rows(page)) == count)
    choose(page.what, "Seats")
    assert [row[2] for row in rows(page)] == ["seat, by the host's word"]


def test_what_is_listed_is_written_and_no_cell_is_a_formula(page, told, tmp_path, qtbot, monkeypatch):
    path = tmp_path / "audit.csv"
    monkeypatch.setattr(told.ask, "save_file", lambda _title, _name, done: done(path))
    choose(page.what, "Seats")
    page.taking.click()
    qtbot.waitUntil(path.exists)
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "'=SUM(1)" in lines[1]


def menu_by_keys(page, qtbot, *keys):
    """Open the menu of the button that has the keyboard, and press keys in it."""
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    for key in keys:
        qtbot.keyClick(QApplication.activePopupWidget(), key)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


@pytest.mark.qt_log_ignore("does not support", extend=True)  # of menus, by the offscreen plugin
def test_it_is_walked_narrowed_read_and_written_without_a_mouse(page, told, noted, tmp_path, qtbot, monkeypatch):
    path = tmp_path / "audit.csv"
    monkeypatch.setattr(told.ask, "save_file", lambda _title, _name, done: done(path))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.look_up()
    walked = [page.focusWidget()]
    for _ in range(4):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        walked.append(page.focusWidget())
    assert walked == [page.field, page.what, page.days, page.taking, page.table]

    count = len(rows(page))
    page.days.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(page.filled):
        menu_by_keys(page, qtbot, Qt.Key.Key_Up, Qt.Key.Key_Return)  # the last one: everything
    assert (len(rows(page)), page.focusWidget(), page.days.accessibleName()) == (
        count + 1, page.days, "Days: Everything",
    )  # fmt: skip
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Backtab)
    menu_by_keys(page, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert [row[2] for row in rows(page)] == ["seat, by the host's word"]
    page.look_up()
    qtbot.keyClicks(page.field, "nothing like it")
    qtbot.waitUntil(lambda: rows(page) == [])
    qtbot.keyClick(page.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.field, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: len(rows(page)) == 1)

    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.focusWidget() is page.told
    assert page.told.selectedText() == page.told.text()
    assert "was there. Why: =SUM(1)" in page.told.text()
    qtbot.keyClick(page.told, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.table

    page.taking.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.taking, Qt.Key.Key_Space)
    qtbot.waitUntil(path.exists)
    assert len(path.read_text("utf-8-sig").splitlines()) == 2


def test_enter_where_nothing_is_listed_goes_nowhere(page, qtbot):
    page.field.setText("nothing like it")
    qtbot.waitUntil(lambda: rows(page) == [])
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.focusWidget() is not page.told


@pytest.mark.parametrize(("who", "lines"), [("", 0), ("stranger@ferro.example", 0), (None, 2)])
def test_a_leader_sees_the_own_lines_and_a_stranger_none(told, noted, house, qtbot, who, lines):
    told.tasks.adopt(replace(house, workspace_shared=True, me=noted.email if who is None else who))
    made = AuditPage(told)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    assert made.table.isHidden() is not bool(lines)
    assert bool(made.nothing.text()) is not bool(lines)
    if lines:
        assert {row[2] for row in rows(made)} >= {"seat, by the host's word", "programme: part time"}
        assert "by you or about you" in made.state.text()
