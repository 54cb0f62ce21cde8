"""Listen: the line that is being written is in sight, in a low window too."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from companion.desktop.listen.bars import Bar
from companion.desktop.listen.page import ListenPage
from companion.notes.model import MARKS
from companion.programme import listening
from companion.programme.listening import Edit
from desktop.made import NOW, meeting

SENTENCE = "They stock up before Easter and then they wait for pallets. "


@pytest.fixture
def page(told, qtbot, house):
    key = meeting(house, "Annual review", "Kestrel Plumbing Supply")
    note = listening.open_note(house, key)
    edits = [Edit(f"l{at}", at * 1024, "", (SENTENCE * (1 + at % 3)).strip(), NOW, "") for at in range(12)]
    listening.write_lines(house, note.id, edits)
    made = ListenPage(told, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(848, 500)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.filled):
        made.arrive(key)
    return made


def room_below(editor):
    """Pixels between the cursor's row and the end of the sheet."""
    return editor.viewport().height() - editor.cursorRect().bottom()


def a_row(editor):
    return editor.fontMetrics().lineSpacing()


def test_the_empty_line_stands_wholly_in_sight_when_a_note_is_opened(page, qtbot):
    editor = page.sheet.editor
    qtbot.waitUntil(lambda: editor.cursorRect().top() > 0 and room_below(editor) >= a_row(editor))


def test_it_stays_in_sight_when_a_bar_comes_above_it_or_the_window_is_made_low(page, qtbot):
    editor = page.sheet.editor
    page.resize(848, 900)
    qtbot.waitUntil(lambda: editor.viewport().height() > 500)
    page.resize(848, 440)
    qtbot.waitUntil(lambda: editor.viewport().height() < 400)
    assert room_below(editor) >= a_row(editor)


def test_each_key_keeps_room_below_and_the_begin_of_the_rows_in_sight(page, qtbot):
    editor = page.sheet.editor
    page.sheet.begin_writing()
    for word in [*SENTENCE.split(), *SENTENCE.split(), *SENTENCE.split()]:
        qtbot.keyClicks(editor, word + " ")
        assert room_below(editor) >= a_row(editor)
        assert editor.contentOffset().x() == 0
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert room_below(editor) >= a_row(editor)
    assert editor.contentOffset().x() == 0


def test_who_reads_further_up_is_not_taken_down_again(page, qtbot):
    editor = page.sheet.editor
    editor.verticalScrollBar().setValue(0)
    assert editor.cursorRect().top() > editor.viewport().height()
    page.resize(848, 470)
    qtbot.wait(50)
    assert editor.verticalScrollBar().value() == 0


def test_all_five_marks_are_wholly_in_sight_in_a_low_window(page, qtbot):
    qtbot.waitUntil(lambda: page.findChild(Bar) is not None)
    assert page.side.takeaway.isVisibleTo(page)
    marks = [one for one in page.findChildren(QPushButton) if one.accessibleName().startswith("Mark the line")]
    assert len(marks) == len(MARKS)
    qtbot.waitUntil(lambda: all(one.visibleRegion().boundingRect() == one.rect() for one in marks))
    page.laid.show_afterwards(True)
    assert not any(one.isVisible() for one in marks)


def test_an_empty_note_says_what_to_do_until_something_is_written(told, house, qtbot):
    page = ListenPage(told, lambda: NOW)
    qtbot.addWidget(page)
    page.resize(848, 500)
    with qtbot.waitExposed(page):
        page.show()
    with qtbot.waitSignal(page.filled):
        page.arrive(meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    editor = page.sheet.editor
    assert "Enter begins the next line" in editor.accessibleDescription()
    empty = drawn_below(editor)
    assert empty
    qtbot.waitUntil(lambda: page.findChild(Bar) is not None)
    QApplication.processEvents()  # all of it was painted anew for that
    painted = Painted(editor.viewport())
    qtbot.keyClicks(editor, "Hm")
    qtbot.waitUntil(lambda: painted.lowest >= editor.viewport().height() - 1)  # not the first line alone
    assert "Enter begins" not in editor.accessibleDescription()
    assert not drawn_below(editor)


class Painted(QObject):
    """How far down a widget was painted anew."""

    def __init__(self, widget):
        super().__init__(widget)
        self.lowest = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):
        if event.type() == QEvent.Type.Paint:
            self.lowest = max(self.lowest, event.rect().bottom())
        return False


def drawn_below(editor):
    """Whether anything stands below the first row."""
    image = editor.viewport().grab().toImage()
    top = 2 * a_row(editor)
    ground = image.pixel(image.width() - 1, image.height() - 1)
    return any(
        image.pixel(x, y) != ground for x in range(image.width()) for y in range(top, min(top + 60, image.height()))
    )
