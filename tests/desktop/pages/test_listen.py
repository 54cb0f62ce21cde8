"""Listen: what is typed is on the disk within a second, whatever happens next."""

import pytest
from PySide6.QtCore import Qt

from companion.basics.errors import Problem
from companion.desktop.listen.page import SOON, ListenPage
from companion.programme import listening
from desktop.made import NOW, meeting
from desktop.seen import press, texts


@pytest.fixture
def page(told, qtbot, house):
    made = ListenPage(told, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.arrive(meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    return made


def lines(house):
    note = listening.get(house, meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    return [(line.mark, line.text) for line in note.lines]


def type_in(page, text, qtbot):
    box = page.sheet.boxes[-1]
    qtbot.keyClicks(box.edit, text)
    return box


def test_a_line_is_saved_within_a_second_of_its_key(page, house, qtbot):
    assert SOON <= 500
    type_in(page, "We lose a crew day when a pallet is late.", qtbot)
    assert page.saved.text() == "Saving…"
    qtbot.waitUntil(lambda: lines(house) == [("", "We lose a crew day when a pallet is late.")], timeout=1000)
    qtbot.waitUntil(lambda: page.saved.text() == "Saved on this computer")


def test_enter_begins_the_next_line_and_a_letter_marks_it(page, house, qtbot):
    qtbot.keyClick(type_in(page, "q We lose a crew day", qtbot).edit, Qt.Key.Key_Return)
    qtbot.keyClick(type_in(page, "! went quiet", qtbot).edit, Qt.Key.Key_Return)
    type_in(page, "quite plain", qtbot)
    page.leave()
    qtbot.waitUntil(lambda: lines(house) == [("q", "We lose a crew day"), ("!", "went quiet"), ("", "quite plain")])
    assert [box.edit.toPlainText() for box in page.sheet.boxes] == ["We lose a crew day", "went quiet", "quite plain"]


def test_a_button_marks_the_line_and_takes_the_mark_away(page, house, qtbot):
    type_in(page, "Rosa: forecast every Friday", qtbot)
    press(page, "p  promise", qtbot)
    page.flush()
    qtbot.waitUntil(lambda: lines(house) == [("p", "Rosa: forecast every Friday")])
    press(page, "p  promise", qtbot)
    page.flush()
    qtbot.waitUntil(lambda: lines(house) == [("", "Rosa: forecast every Friday")])


def test_an_emptied_line_goes_and_backspace_goes_back(page, house, qtbot):
    first = type_in(page, "one", qtbot)
    qtbot.keyClick(first.edit, Qt.Key.Key_Return)
    second = type_in(page, "two", qtbot)
    page.flush()
    qtbot.waitUntil(lambda: len(lines(house)) == 2)
    second.edit.clear()
    page.flush()
    qtbot.waitUntil(lambda: lines(house) == [("", "one")])
    page.activateWindow()
    second.edit.setFocus()
    qtbot.keyClick(second.edit, Qt.Key.Key_Backspace)
    assert page.focusWidget() is first.edit


def test_the_three_questions_are_saved_too(page, house, told, qtbot):
    press(page, "Write it up afterwards", qtbot)
    qtbot.keyClicks(page.afterwards.fields[0], "My foreman has three numbers.")
    qtbot.keyClicks(page.afterwards.fields[2], "They stock up before Easter.")
    press(page, "Make a takeaway of it", qtbot)
    note = listening.get(house, meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    qtbot.waitUntil(lambda: listening.get(house, note.id).said == "My foreman has three numbers.")
    assert listening.get(house, note.id).surprise == "They stock up before Easter."
    assert told.went == [("takeaway", note.id)]


def test_what_could_not_be_saved_is_told_and_tried_again(page, house, told, qtbot, monkeypatch):
    whole = listening.write_line
    calls = []

    def full(*args):
        calls.append(args)
        if len(calls) == 1:
            raise Problem("file_not_written", path="/x", reason="disk full")
        return whole(*args)

    monkeypatch.setattr(listening, "write_line", full)
    type_in(page, "kept", qtbot)
    page.flush()
    qtbot.waitUntil(lambda: page.saved.text() == "Not saved yet")
    assert "disk full" in told.said[0]
    qtbot.waitUntil(lambda: lines(house) == [("", "kept")], timeout=5000)


def test_a_note_is_opened_with_its_lines(page, house, qtbot):
    with qtbot.waitSignal(page.filled):
        page.arrive(meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    assert [box.edit.toPlainText() for box in page.sheet.boxes] == [
        "You sent me two trainers.", "Sixty people, one floor.", "",
    ]  # fmt: skip
    assert "Customer review · 5 October · you listen" in texts(page)


def test_typing_then_leaving_for_another_note_saves_the_first(page, house, qtbot):
    type_in(page, "last words", qtbot)
    with qtbot.waitSignal(page.filled):
        page.arrive(meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    assert lines(house) == [("", "last words")]


def test_a_pasted_text_is_one_line(page, qtbot, qapp):
    from PySide6.QtCore import QMimeData

    data = QMimeData()
    data.setText("one\ntwo\n  three")
    page.sheet.boxes[-1].edit.insertFromMimeData(data)
    assert page.sheet.boxes[-1].edit.toPlainText() == "one two three"
