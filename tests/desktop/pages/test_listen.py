"""Listen: what is typed is on the disk within a second, whatever happens next."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from companion.basics.errors import Problem
from companion.desktop.listen.page import SOON, ListenPage
from companion.programme import listening
from companion.programme.listening import Edit
from desktop.made import NOW, meeting
from desktop.seen import press, texts

KEY = Qt.Key


@pytest.fixture
def page(told, qtbot, house):
    made = ListenPage(told, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.arrive(meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    return made


def note_of(house):
    return listening.get(house, meeting(house, "Annual review", "Kestrel Plumbing Supply"))


def lines(house):
    return [(line.mark, line.text) for line in note_of(house).lines]


def type_in(page, text, qtbot):
    qtbot.keyClicks(page.sheet.editor, text)


def enter(page, qtbot, *texts):
    for text in texts:
        type_in(page, text, qtbot)
        qtbot.keyClick(page.sheet.editor, KEY.Key_Return)


def shown(page):
    return page.sheet.editor.toPlainText().split("\n")


def put_cursor(page, row, at=0):
    cursor = QTextCursor(page.sheet.editor.document().findBlockByNumber(row))
    cursor.setPosition(cursor.position() + at)
    page.sheet.editor.setTextCursor(cursor)


def saved(page, house, expected, qtbot):
    page.flush()
    qtbot.waitUntil(lambda: lines(house) == expected)


def test_a_line_is_saved_within_a_second_of_its_key(page, house, qtbot):
    assert SOON <= 500
    type_in(page, "We lose a crew day when a pallet is late.", qtbot)
    assert page.laid.saved.text() == "Saving…"
    qtbot.waitUntil(lambda: lines(house) == [("", "We lose a crew day when a pallet is late.")], timeout=1000)
    qtbot.waitUntil(lambda: page.laid.saved.text() == "Saved on this computer")


def test_two_keys_are_a_saved_line(told, house, qtbot):
    page = ListenPage(told, lambda: NOW)
    qtbot.addWidget(page)
    page.show()
    page.arrive(meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    assert page.focusWidget() is page.sheet.editor  # at once, before the note was read
    type_in(page, "ok", qtbot)
    qtbot.waitUntil(lambda: lines(house) == [("", "ok")], timeout=2000)


def test_words_typed_while_a_note_is_being_read_stand_below_its_lines(told, house, qtbot):
    page = ListenPage(told, lambda: NOW)
    qtbot.addWidget(page)
    item = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    page.arrive(item)
    type_in(page, "first words", qtbot)
    assert page._note is None  # not read yet
    qtbot.waitUntil(lambda: len(listening.get(house, item).lines) == 3)
    assert shown(page) == ["You sent me two trainers.", "Sixty people, one floor.", "first words"]
    assert [line.text for line in listening.get(house, item).lines] == shown(page)


def test_enter_begins_the_next_line_and_a_letter_marks_it(page, house, qtbot):
    enter(page, qtbot, "q We lose a crew day", "! went quiet")
    type_in(page, "quite plain", qtbot)
    page.leave()
    qtbot.waitUntil(lambda: lines(house) == [("q", "We lose a crew day"), ("!", "went quiet"), ("", "quite plain")])
    assert shown(page) == ["We lose a crew day", "went quiet", "quite plain"]
    assert page.sheet.editor.accessibleDescription() == "09:00"


def test_enter_in_an_empty_last_line_does_nothing(page, qtbot):
    enter(page, qtbot, "one")
    qtbot.keyClick(page.sheet.editor, KEY.Key_Return)
    assert shown(page) == ["one", ""]


def test_a_letter_of_a_mark_is_taken_back_by_undo(page, house, qtbot):
    type_in(page, "p 12 is torn", qtbot)
    saved(page, house, [("p", "12 is torn")], qtbot)
    assert page.sheet.editor.accessibleDescription() == "promise, 09:00"
    for _ in range(4):
        page.sheet.editor.undo()
        if shown(page) == ["p "]:
            break
    type_in(page, "12", qtbot)
    saved(page, house, [("", "p 12")], qtbot)


def test_buttons_and_keys_mark_the_line_and_take_the_mark_away(page, house, qtbot):
    type_in(page, "Rosa: forecast every Friday", qtbot)
    press(page, "p  promise", qtbot)
    saved(page, house, [("p", "Rosa: forecast every Friday")], qtbot)
    press(page, "p  promise", qtbot)
    saved(page, house, [("", "Rosa: forecast every Friday")], qtbot)
    qtbot.keyClick(page.sheet.editor, KEY.Key_3, Qt.KeyboardModifier.AltModifier)
    saved(page, house, [("!", "Rosa: forecast every Friday")], qtbot)
    qtbot.keyClick(page.sheet.editor, KEY.Key_Home)
    qtbot.keyClick(page.sheet.editor, KEY.Key_Backspace)
    saved(page, house, [("", "Rosa: forecast every Friday")], qtbot)
    page.sheet.editor.undo()
    saved(page, house, [("!", "Rosa: forecast every Friday")], qtbot)


def test_a_line_between_two_others_stays_there(page, house, qtbot):
    enter(page, qtbot, "one", "three")
    saved(page, house, [("", "one"), ("", "three")], qtbot)
    put_cursor(page, 1)
    qtbot.keyClick(page.sheet.editor, KEY.Key_Return)  # the line comes above, the words keep theirs
    put_cursor(page, 1)
    before = {line.text: line.id for line in note_of(house).lines}
    type_in(page, "two", qtbot)
    saved(page, house, [("", "one"), ("", "two"), ("", "three")], qtbot)
    assert {line.text: line.id for line in note_of(house).lines if line.text in before} == before


def test_lines_that_are_taken_out_come_back_by_undo(page, house, qtbot):
    enter(page, qtbot, "q one", "f two", "three")
    saved(page, house, [("q", "one"), ("f", "two"), ("", "three")], qtbot)
    before = note_of(house).lines
    page.sheet.editor.selectAll()
    qtbot.keyClick(page.sheet.editor, KEY.Key_Delete)
    saved(page, house, [], qtbot)
    page.sheet.editor.undo()
    saved(page, house, [("q", "one"), ("f", "two"), ("", "three")], qtbot)
    assert [line.id for line in note_of(house).lines] == [line.id for line in before]


def test_a_line_is_split_and_joined(page, house, qtbot):
    type_in(page, "one two", qtbot)
    put_cursor(page, 0, 4)
    qtbot.keyClick(page.sheet.editor, KEY.Key_Return)
    saved(page, house, [("", "one"), ("", "two")], qtbot)
    qtbot.keyClick(page.sheet.editor, KEY.Key_Backspace)
    saved(page, house, [("", "one two")], qtbot)


def test_several_lines_that_are_pasted_are_several_lines(page, house, qtbot):
    data = QMimeData()
    data.setText("one\n\ntwo\n  three")
    page.sheet.editor.insertFromMimeData(data)
    saved(page, house, [("", "one"), ("", "two"), ("", "three")], qtbot)
    page.sheet.editor.undo()
    saved(page, house, [], qtbot)


def test_saving_never_cuts_what_an_input_method_composes(page, house, qtbot):
    type_in(page, "Anh ", qtbot)
    QApplication.sendEvent(page.sheet.editor, QInputMethodEvent("Hòa", []))
    page.flush()
    page.reload()
    qtbot.waitUntil(lambda: lines(house) == [("", "Anh")])
    assert page.sheet.editor.composing
    done = QInputMethodEvent("", [])
    done.setCommitString("Hòa Bình")
    QApplication.sendEvent(page.sheet.editor, done)
    saved(page, house, [("", "Anh Hòa Bình")], qtbot)


def test_what_could_not_be_saved_stays_is_told_and_tried_again(page, house, told, qtbot, monkeypatch):
    whole = listening.write_lines
    calls = []

    def full(*args):
        calls.append(args)
        if len(calls) == 1:
            raise Problem("disk_full", path="/x")
        return whole(*args)

    monkeypatch.setattr(listening, "write_lines", full)
    type_in(page, "kept", qtbot)
    page.flush()
    qtbot.waitUntil(lambda: page.laid.saved.text() == "Not saved yet")
    assert "The disk is full" in told.said[0]
    assert shown(page) == ["kept"]
    qtbot.waitUntil(lambda: lines(house) == [("", "kept")], timeout=5000)
    qtbot.waitUntil(lambda: page.laid.saved.text() == "Saved on this computer")
    assert not listening.conflicts(house, note_of(house).id)


def test_what_could_not_be_saved_is_kept_where_the_page_shows_another_note(page, house, told, qtbot, monkeypatch):
    whole = listening.write_lines

    def full(*_args):
        raise Problem("disk_full", path="/x")

    monkeypatch.setattr(listening, "write_lines", full)
    type_in(page, "last words", qtbot)
    with qtbot.waitSignal(page.filled):
        page.arrive(meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    qtbot.waitUntil(lambda: page.saver.problem is not None)
    told.ask.choice = "again"
    assert not page.may_close()
    assert told.ask.asked[-1][0] == "Your note is not saved yet"
    with qtbot.waitSignal(page.filled):  # back again: the words are there, though not on the disk
        page.arrive(meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    assert "last words" in shown(page)
    monkeypatch.setattr(listening, "write_lines", whole)
    qtbot.waitUntil(lambda: lines(house) == [("", "last words")], timeout=5000)
    qtbot.waitUntil(page.may_close)


def test_a_note_is_opened_with_its_lines(page, house, qtbot):
    with qtbot.waitSignal(page.filled):
        page.arrive(meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    assert shown(page) == ["You sent me two trainers.", "Sixty people, one floor.", ""]
    assert page.sheet.editor.textCursor().blockNumber() == 2
    qtbot.waitUntil(lambda: "Customer review · 5 October · you listen" in texts(page))


def test_typing_then_leaving_for_another_note_saves_the_first(page, house, qtbot):
    type_in(page, "last words", qtbot)
    with qtbot.waitSignal(page.filled):
        page.arrive(meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    assert lines(house) == [("", "last words")]


def test_what_another_window_wrote_comes_in_while_nothing_is_typed(page, house, qtbot):
    enter(page, qtbot, "one", "two")
    saved(page, house, [("", "one"), ("", "two")], qtbot)
    note = note_of(house)
    first, second = note.lines
    listening.write_lines(house, note.id, [
        Edit(first.id, first.position, "q", "one more", first.at, "one"),
        Edit("between", first.position + 1, "", "between", NOW, ""),
        Edit(second.id, second.position, "", "", second.at, "two"),
    ])  # fmt: skip
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert [one for one in shown(page) if one] == ["one more", "between"]
    put_cursor(page, 0, 8)
    type_in(page, "!", qtbot)
    saved(page, house, [("q", "one more!"), ("", "between")], qtbot)
    assert not listening.conflicts(house, note.id)


def test_two_windows_that_change_one_line_lose_no_word(page, house, qtbot):
    enter(page, qtbot, "They count days")
    saved(page, house, [("", "They count days")], qtbot)
    note = note_of(house)
    line = note.lines[0]
    listening.write_lines(house, note.id, [Edit(line.id, line.position, "", "They count hours", NOW, line.text)])
    put_cursor(page, 0, len("They count days"))
    type_in(page, " only", qtbot)
    page.flush()
    qtbot.waitUntil(lambda: "This line was also changed in another window." in texts(page))
    both = {(one.here, one.other) for one in listening.conflicts(house, note.id)}
    assert both == {("They count hours", "They count days only")}
    press(page, "Keep the other", qtbot)
    qtbot.waitUntil(lambda: not listening.conflicts(house, note.id))
    qtbot.waitUntil(lambda: shown(page)[0] == "They count days only")
    qtbot.waitUntil(lambda: "This line was also changed in another window." not in texts(page))


def test_both_texts_can_be_kept(page, house, qtbot):
    enter(page, qtbot, "a")
    saved(page, house, [("", "a")], qtbot)
    note = note_of(house)
    line = note.lines[0]
    listening.write_lines(house, note.id, [Edit(line.id, line.position, "", "a b", NOW, "a")])
    put_cursor(page, 0, 1)
    type_in(page, " c", qtbot)
    page.flush()
    qtbot.waitUntil(lambda: "This line was also changed in another window." in texts(page))
    press(page, "Keep both", qtbot)
    qtbot.waitUntil(lambda: lines(house) == [("", "a b\na c")])


def test_an_earlier_version_is_looked_at_and_brought_back(page, house, told, qtbot):
    enter(page, qtbot, "one", "two")
    page.leave()
    qtbot.waitUntil(lambda: len(listening.revisions(house, note_of(house).id)) == 1)
    put_cursor(page, 0, 3)
    type_in(page, " and a half", qtbot)
    saved(page, house, [("", "one and a half"), ("", "two")], qtbot)
    press(page, "Earlier versions…", qtbot)
    qtbot.waitUntil(lambda: bool(told.ask.shown))
    versions = told.ask.shown[-1][0]
    assert "put in: and a half" in versions.told.accessibleDescription()
    assert "when you left it" in versions.listed.item(0).text()
    press(versions, "Bring it back", qtbot)
    qtbot.waitUntil(lambda: lines(house) == [("", "one"), ("", "two")])
    qtbot.waitUntil(lambda: [one for one in shown(page) if one] == ["one", "two"])
    assert len(listening.revisions(house, note_of(house).id)) == 2
    versions.deleteLater()


def test_words_whose_saving_broke_are_saved_with_the_next_key(page, house, told, qtbot, monkeypatch):
    whole = listening.write_lines

    def broken(*_args):
        raise RuntimeError("a bug of ours")

    crashes = []
    told.tasks.crash.disconnect()
    told.tasks.crash.connect(crashes.append)
    monkeypatch.setattr(listening, "write_lines", broken)
    type_in(page, "kept", qtbot)
    page.flush()
    qtbot.waitUntil(lambda: bool(crashes))
    qtbot.keyClick(page.sheet.editor, KEY.Key_Return)
    monkeypatch.setattr(listening, "write_lines", whole)
    type_in(page, "too", qtbot)
    saved(page, house, [("", "kept"), ("", "too")], qtbot)
