"""A fact of a customer is changed where it stands, and nothing that was written is lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from companion.basics.errors import Problem
from companion.desktop.customer import editing
from companion.desktop.customer.contact import ContactEditor
from companion.desktop.customer.drafts import drafts
from companion.desktop.customer.editor import Editor
from companion.programme import memory
from companion.programme.apply import cross
from desktop.kestrel import calm, row
from desktop.made import build
from desktop.seen import press, texts


@pytest.fixture
def page(known, open_page):
    return open_page(known)


def away(*, write=True):
    raise Problem("workspace_unreachable")


def test_f2_changes_a_row_enter_saves_it_and_the_row_has_the_keyboard_again(page, house, qtbot):
    one = row(page, "w1")
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_F2)
    editor = page.findChild(Editor)
    assert page.focusWidget() is editor.words
    qtbot.keyClicks(editor.words, ", and a shed")
    qtbot.keyClick(editor.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: memory.get(house, "w1").text == "Fourteen crews in two counties, and a shed")
    calm(page, qtbot)
    qtbot.waitUntil(lambda: page.focusWidget() is row(page, "w1"))
    assert row(page, "w1").shown.text.endswith("and a shed")
    assert drafts(house, page._id) == {}


def test_escape_leaves_it_as_it_was(page, house, qtbot):
    one = row(page, "p1")
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Return)
    editor = page.findChild(Editor)
    qtbot.keyClicks(editor.words, " and Mondays")
    page.editing.flush()
    calm(page, qtbot)
    assert "p1" in drafts(house, page._id)
    qtbot.keyClick(editor.words, Qt.Key.Key_Escape)
    calm(page, qtbot)
    assert page.focusWidget() is row(page, "p1")
    assert memory.get(house, "p1").text == "A forecast on Fridays"
    assert drafts(house, page._id) == {}


def test_an_unknown_line_is_filled_where_it_stands(page, house, qtbot):
    one = row(page, "new:who:mood")
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Return)
    qtbot.keyClicks(page.findChild(Editor).words, "Tired, but warm")
    press(page, "Save", qtbot)
    qtbot.waitUntil(lambda: "Tired, but warm" in texts(page))
    assert texts(page).count("unknown") == 4


def test_a_day_that_is_none_is_told_and_nothing_is_lost(page, house, qtbot):
    press(page, "Add a promise…", qtbot)
    editor = page.findChild(Editor)
    qtbot.keyClicks(editor.words, "Two trainers")
    due = next(line for line in editor.findChildren(QLineEdit) if line.accessibleName() == "Until when")
    qtbot.keyClicks(due, "next week")
    qtbot.keyClick(due, Qt.Key.Key_Return)
    assert any("next week" in text for text in texts(editor))
    due.clear()
    qtbot.keyClicks(due, "2026-12-01")
    qtbot.keyClick(due, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Two trainers" in texts(page))
    assert any("until 1 December" in text for text in texts(page))


def test_a_killed_window_finds_what_was_being_written(known, open_page, house, tmp_path, qtbot):
    page = open_page(known)
    press(page, "Add a goal…", qtbot)
    qtbot.keyClicks(page.findChild(Editor).words, "Nobody waits for a valve")
    assert editing.SOON < 1000  # milliseconds, from the first key on
    qtbot.waitUntil(lambda: "new:goal" in drafts(house, known))
    other = build(house.paths.home)  # another process would find the same file
    try:
        assert dict(drafts(other, known)["new:goal"].fields)["text"] == "Nobody waits for a valve"
    finally:
        other.close()
    again = open_page(known)
    editor = again.findChild(Editor)
    assert editor.words.toPlainText() == "Nobody waits for a valve"
    assert "This was being written and is not saved yet." in texts(again)
    qtbot.keyClick(editor.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "“Nobody waits for a valve”" in texts(again))
    assert drafts(house, known) == {}


def test_a_removed_row_can_be_taken_back(page, house, told, qtbot):
    counted = []
    object.__setattr__(page.frame, "count_down", lambda *given: counted.append(given) or (lambda: None))
    one = row(page, "q1")
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(counted))
    calm(page, qtbot)
    assert memory.get(house, "q1").state == "dropped"
    assert "What holds no more" in texts(page)
    seconds, _tells, label, undo = counted[0]
    assert (seconds, label) == (10, "Undo")
    undo()
    qtbot.waitUntil(lambda: memory.get(house, "q1").state == "open")
    calm(page, qtbot)
    assert row(page, "q1").shown.quote


def test_what_became_of_a_promise_is_one_line(page, house, answers, qtbot):
    answers.texts = ["It came every Friday since March."]
    row(page, "p1").menu()
    row(page, "p1").wanted.emit("end:kept", "p1")
    qtbot.waitUntil(lambda: memory.get(house, "p1").state == "kept")
    calm(page, qtbot)
    assert "Kept on 21 November: It came every Friday since March." in texts(page)


def test_a_goal_that_changed_keeps_what_it_was_before(page, house, qtbot):
    row(page, "g1").wanted.emit("follow", "g1")
    editor = page.findChild(Editor)
    qtbot.keyClicks(editor.words, "To be rung first")
    qtbot.keyClick(editor.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "“To be rung first”" in texts(page))
    calm(page, qtbot)
    fresh = next(one for one in page.sections["goal"].shown if one.text == "To be rung first")
    assert fresh.before == ("Sixteen crews (1 September)", "Twelve crews (1 May 2024)")
    assert memory.get(house, "g1").state == "changed"


def test_with_the_workspace_away_what_is_written_waits_and_says_so(page, house, qtbot):
    workspace = house.workspace
    object.__setattr__(house, "workspace", away)
    one = row(page, "w1")
    qtbot.keyClick(one, Qt.Key.Key_F2)
    editor = page.findChild(Editor)
    editor.words.setPlainText("Fifteen crews")
    qtbot.keyClick(editor.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Fifteen crews" in texts(page))
    calm(page, qtbot)
    assert "Will be shared when the network is back." in texts(page)
    assert any("the workspace is away" in text for text in texts(page))
    press(page, "Add what to avoid…", qtbot)
    fresh = page.findChild(Editor)
    qtbot.keyClicks(fresh.words, "The strike")
    qtbot.keyClick(fresh.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "The strike" in texts(page))
    calm(page, qtbot)
    row(page, "contact:c1").wanted.emit("quote:no", "contact:c1")
    qtbot.waitUntil(lambda: "not to be quoted" in row(page, "contact:c1").shown.small[1])
    calm(page, qtbot)
    object.__setattr__(house, "workspace", workspace)
    assert cross(house) == 3
    with qtbot.waitSignal(page.in_sight):
        page.reload()
    assert "Will be shared when the network is back." not in texts(page)
    assert {"Fifteen crews", "The strike"} <= set(texts(page))


def test_changed_by_two_people_shows_both_and_one_is_chosen(known, open_page, house, qtbot):
    base = memory.get(house, "w1")
    memory.change(house, replace(base, text="Fourteen crews, says Rosa"), base.revision)
    memory.change(house, replace(base, text="Fourteen crews, says Dana"), base.revision)
    page = open_page(known)
    assert any(text.startswith("Changed by two people") for text in texts(page))
    assert "Dana Okafor: Fourteen crews, says Rosa" in texts(page)
    press(page, "Take these", qtbot)
    qtbot.waitUntil(lambda: memory.get(house, "w1").text == "Fourteen crews, says Rosa")
    calm(page, qtbot)
    assert not any(text.startswith("Changed by two people") for text in texts(page))


def test_a_person_gets_a_line_and_a_word_on_quoting(page, house, qtbot):
    one = row(page, "contact:c1")
    qtbot.keyClick(one, Qt.Key.Key_F2)
    editor = page.findChild(ContactEditor)
    line = next(field for field in editor.findChildren(QLineEdit) if field.accessibleName() == "One human line")
    qtbot.keyClicks(line, "Builds boats on Sundays")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Builds boats on Sundays" in texts(page))
    row(page, "contact:c1").wanted.emit("quote:yes", "contact:c1")
    qtbot.waitUntil(lambda: any("may be quoted" in text for text in row(page, "contact:c1").shown.small))


def test_the_top_is_changed_in_a_form(page, house, answers, qtbot):
    answers.forms = [{"segment": "Plumbing", "off_limits": "Rialto; the strike", "nda": "yes", "public_name": "a firm"}]
    press(page, "Change…", qtbot)
    qtbot.waitUntil(lambda: "NDA" in " ".join(texts(page)))
    assert "Never in a takeaway: Rialto, the strike." in texts(page)
    assert "For everyone they are called “a firm”." in texts(page)
    with house.workspace(write=False) as tx:
        kept = tx.customers.get(page._id)
    assert (kept.segment, kept.nda, kept.domains) == ("Plumbing", True, ("kestrel.example",))


def test_another_row_of_the_section_saves_what_was_written_in_the_first(page, house, qtbot):
    row(page, "p1").wanted.emit("edit", "p1")
    editor = page.findChild(Editor)
    qtbot.keyClicks(editor.words, " and Mondays")
    press(page, "Add a promise…", qtbot)
    qtbot.waitUntil(lambda: memory.get(house, "p1").text == "A forecast on Fridays and Mondays")
    calm(page, qtbot)
    assert page.editing.open_keys == ("new:promise",)
    assert drafts(house, page._id) == {}


def test_a_first_editor_that_cannot_be_saved_keeps_its_place(page, house, qtbot):
    row(page, "p1").wanted.emit("edit", "p1")
    editor = page.findChild(Editor)
    editor.words.setPlainText(" ")
    press(page, "Add a promise…", qtbot)
    calm(page, qtbot)
    assert page.editing.open_keys == ("p1",)
    assert "Write a few words first, or leave it as it was." in texts(page)
