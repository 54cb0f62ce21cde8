"""The questions of a note: changed, ordered, translated, saved as another version; notes that are begun keep theirs."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton, QStyle, QStyleOptionFrame

from companion.desktop.templates.form import LONGEST
from companion.desktop.templates.page import TemplatesPage
from companion.programme import listening, templates
from desktop.made import meeting
from desktop.seen import find, press, texts


@pytest.fixture
def page(told, qtbot):
    made = TemplatesPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def rows(page):
    return [page.listed.item(row).text() for row in range(page.listed.count())]


def write(field, text):
    """As an input method writes: keys alone know no letters beyond ASCII."""
    field.selectAll()
    typed = QInputMethodEvent("", [])
    typed.setCommitString(text)
    QApplication.sendEvent(field, typed)


def test_the_questions_that_ship_stand_there_and_nothing_is_to_be_saved(page):
    assert rows(page)[:3] == [
        "One sentence they said  (first)", "One scene you would retell  (first)",
        "One thing that surprised you  (first)",
    ]  # fmt: skip
    assert "Off the record  (off the record)" in rows(page)
    assert not find(page, "Save as version 2").isEnabled()
    assert page.may_close()


def test_a_question_is_changed_translated_and_saved_and_an_old_note_keeps_its_own(page, told, house, qtbot):
    before = listening.open_note(house, meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    page.listed.setCurrentRow(1)
    write(page.form.text, "One scene, and who was in it")
    press(page.form, "Polski", qtbot)
    assert "In English: One scene, and who was in it" in texts(page)
    write(page.form.text, "Jedna scena i kto w niej był")
    assert rows(page)[1] == "One scene, and who was in it  (first)"
    press(page, "Save as version 2", qtbot)
    qtbot.waitUntil(lambda: templates.current(house).version == 2)
    made = templates.current(house).questions[1]
    assert (made.text["en"], made.text["pl"]) == ("One scene, and who was in it", "Jedna scena i kto w niej był")
    assert made.text["it"]  # what nobody touched stays
    assert templates.of_note(house, listening.get(house, before.id)).version == 1
    qtbot.waitUntil(lambda: find(page, "Save as version 3").isVisible())
    assert told.said == ["Saved as version 2. Notes that are begun keep theirs."]


def test_questions_are_added_moved_and_taken_out(page, house, qtbot):
    press(page, "Add", qtbot)
    assert rows(page)[-1] == "New question"
    qtbot.keyClicks(page.form.text, "What did the yard smell of?")
    page.form.required.setChecked(True)
    page.form.most.selectAll()
    qtbot.keyClicks(page.form.most, "20")
    press(page, "Up", qtbot)
    assert rows(page)[-2] == "What did the yard smell of?  (asked for)"
    page.listed.setCurrentRow(0)
    press(page, "Remove", qtbot)
    press(page, "Save as version 2", qtbot)
    qtbot.waitUntil(lambda: templates.current(house).version == 2)
    made = templates.current(house).questions
    assert made[0].key == "scene"
    assert (made[-2].text, made[-2].required, made[-2].most_words) == ({"en": "What did the yard smell of?"}, True, 20)


def test_a_question_without_english_is_not_saved_and_says_why(page, told, house, qtbot):
    problems = []
    told.tasks.problem.disconnect()
    told.tasks.problem.connect(problems.append)
    page.listed.setCurrentRow(0)
    page.form.text.selectAll()
    page.form.text.clear()
    page.form.text.textEdited.emit("")
    press(page, "Save as version 2", qtbot)
    qtbot.waitUntil(lambda: [one.code for one in problems] == ["template_english"])
    assert page.dirty
    press(page, "Leave it as it was", qtbot)
    assert not page.dirty
    assert rows(page)[0] == "One sentence they said  (first)"


def test_closing_asks_about_what_is_not_saved(page, told, qtbot):
    page.listed.setCurrentRow(0)
    qtbot.keyClicks(page.form.hint, "!")
    assert not page.may_close()
    assert told.ask.asked[-1][0] == "The questions are not saved"


def test_a_preview_shows_every_question(page, told, qtbot):
    press(page, "Preview…", qtbot)
    content, _done = told.ask.shown[-1]
    assert "Off the record" in texts(content)
    content.deleteLater()


def test_every_button_has_a_name_before_the_questions_are_read(told, qtbot):
    made = TemplatesPage(told)
    qtbot.addWidget(made)
    assert all(one.accessibleName() for one in made.findChildren(QPushButton))


def test_the_number_of_words_can_be_read_and_typed(page, qtbot):
    line = page.form.most
    line.selectAll()
    qtbot.keyClicks(line, "5000x")
    assert line.text() == "500"
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    assert room.width() >= line.fontMetrics().horizontalAdvance(str(LONGEST))
    assert room.height() >= line.fontMetrics().ascent()
    line.clear()
    line.textEdited.emit("")
    assert page.draft.questions[0].most_words == 0


def test_what_is_done_to_a_question_stands_in_one_line(page, qtbot):
    page.resize(1024 - 176, 600)  # what the list of pages leaves of the smallest window
    lines = {find(page, text).mapTo(page, QPoint(0, 0)).y() for text in ("Add", "Up", "Down", "Remove")}
    assert len(lines) == 1
    assert find(page, "Add").accessibleName() == "Add a question"
