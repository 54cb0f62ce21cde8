"""Answers: who waits, once for all, actions, mails that were saved, and senders nobody knows."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox

from companion.desktop.answers.page import AnswersPage
from companion.programme import actions, listening, people, publishing
from companion.programme import answers as answering
from companion.programme.views.answers import answers_of, my_answers
from companion.takeaways.answering import Pace
from companion.takeaways.code import code_of
from companion.words.answers import pace_sentence
from desktop.made import ME, meeting
from desktop.seen import find, press, texts

AGNES, MEI = "agnes.mulder@ferro.example", "mei.tan@ferro.example"


@pytest.fixture
def mine(house):
    """My own takeaway with a question by Agnes and what Mei knows, for me alone."""
    note = listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    made = publishing.publish(house, note.id, "Two trainers", "company")
    answering.answer(people.set_me(house, AGNES), made.id, "question", "Could we <b>do</b> the same?")
    answering.answer(people.set_me(house, MEI), made.id, "more", "Their gate closes at six.", named=False)
    people.set_me(house, ME)
    return made


@pytest.fixture
def page(told, mine, qtbot):
    return opened(told, qtbot)


def opened(told, qtbot):
    made = AnswersPage(told)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.activateWindow()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def calm(page, told, qtbot):
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    with qtbot.waitSignal(page.filled):
        page.reload()


def boxes(page):
    """The boxes to choose answers by that can be seen."""
    return [box for box in page.column.findChildren(QCheckBox) if box.isVisibleTo(page)]


def box_of(page, name):
    return next(box for box in boxes(page) if name in box.accessibleName())


def replies(house, mine):
    return {row.answer.name: row.answer.reply for row in answers_of(house, mine.id).rows}


def mail(folder, subject, sender, text, name="one.eml"):
    path = folder / name
    path.write_text(
        f"From: {sender}\r\nTo: answers@ferro.example\r\nSubject: {subject}\r\nMessage-ID: <{name}@mail.example>\r\n"
        f"Date: Fri, 20 Nov 2026 09:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        "utf-8",
    )
    return path


def test_who_waits_is_said_with_kind_words_and_days(page):
    assert [(item.title, item.below) for item in page.list.items] == [("To answer", ""), ("Two trainers", "2 wait")]
    seen = texts(page.column)
    assert "Agnes Mulder, Finance · A question" in seen
    assert "Could we <b>do</b> the same?" in seen
    assert "21 November · since today · only to the author" in seen
    assert "2 wait since today." in seen


def test_several_are_answered_once_for_all_by_keyboard(page, house, told, answers, mine, qtbot):
    first, second = boxes(page)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert page.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Space)
    answers.texts = ["We shall, from March."]
    find(page, "Answer once for all…").setFocus()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    asked = answers.asked[-1][1]
    assert asked.startswith("Your answer goes to 2 readers: ")
    assert "Agnes Mulder, Finance" in asked
    calm(page, told, qtbot)
    assert set(replies(house, mine).values()) == {"We shall, from March."}
    assert "Answered: We shall, from March." in texts(page.column)
    assert page.list.items[0].title == "Answered"
    assert any(text.startswith("Answered within a day (median of 2 answers)") for text in texts(page))


def test_only_the_chosen_one_is_answered(page, house, told, answers, mine, qtbot):
    box_of(page, "Agnes").click()
    answers.texts = ["Yes."]
    press(page, "Answer once for all…", qtbot)
    calm(page, told, qtbot)
    assert replies(house, mine) == {"Agnes Mulder": "Yes.", "Mei Tan": ""}
    assert [box.isChecked() for box in boxes(page)] == [False, False]


def test_what_was_chosen_stays_chosen_when_the_page_is_read_again(page, house, told, mine, qtbot):
    box_of(page, "Mei").click()
    answering.answer(people.set_me(house, AGNES), mine.id, "already", "We do.")
    people.set_me(house, ME)
    calm(page, told, qtbot)
    assert len(boxes(page)) == 3
    assert [box.accessibleName() for box in boxes(page) if box.isChecked()] == [box_of(page, "Mei").accessibleName()]


def test_answers_become_an_action_and_what_was_done_is_said(page, house, told, answers, mine, qtbot):
    box_of(page, "Agnes").click()
    answers.forms = [{"text": "Show it to the yard.", "owner": AGNES, "due": "2026-12-01"}]
    press(page, "Make it an action…", qtbot)
    calm(page, told, qtbot)
    (made,) = actions.all_of(house, mine.id)
    assert (made.text, made.due, len(made.answer_ids)) == ("Show it to the yard.", date(2026, 12, 1), 1)
    seen = texts(page.column)
    assert "Agnes Mulder: Show it to the yard." in seen
    assert "until 1 December" in seen
    answers.texts = ["Six of the yard saw it."]
    press(page, "Done: we did…", qtbot)
    calm(page, told, qtbot)
    assert actions.all_of(house, mine.id)[0].result == "Six of the yard saw it."
    assert "Done on 21 November: Six of the yard saw it." in texts(page.column)
    with pytest.raises(AssertionError):
        find(page, "Done: we did…")


def test_a_day_that_is_none_sets_nothing_going(page, house, told, answers, mine, inline, qtbot):
    problems = []
    inline.problem.disconnect()
    inline.problem.connect(problems.append)
    answers.forms = [{"text": "Show it.", "owner": ME, "due": "soon"}]
    press(page, "Make it an action…", qtbot)
    calm(page, told, qtbot)
    assert [problem.code for problem in problems] == ["date_wrong"]
    assert actions.all_of(house, mine.id) == []


def test_mails_from_files_are_taken_in(page, house, told, answers, mine, tmp_path, qtbot):
    answers.paths = (
        mail(tmp_path, f"Re: Two trainers [T-{code_of(mine.id)} already]", AGNES, "We did so in May."),
        mail(tmp_path, "Re: Two trainers", "joe@elsewhere.example", "I would buy that.", "two.eml"),
    )
    press(page, "Take in mails…", qtbot)
    calm(page, told, qtbot)
    assert told.said == ["1 answer taken in. 1 is to be looked at first."]
    seen = texts(page.column)
    assert "We did so in May." in seen
    assert "To look at" in seen
    assert "joe@elsewhere.example · An answer" in seen


def drop(target, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, copy = QPoint(20, 20), Qt.DropAction.CopyAction
    keys, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    over = QDragEnterEvent(at, copy, data, left, keys)
    QApplication.sendEvent(target.viewport(), over)
    down = QDropEvent(QPointF(at), copy, data, left, keys)
    QApplication.sendEvent(target.viewport(), down)
    return over.isAccepted()


def test_a_mail_dropped_on_the_takeaway_answers_it(page, house, told, mine, tmp_path, qtbot):
    assert page.column.viewport().acceptDrops()
    assert not drop(page.column, tmp_path / "table.csv")
    assert drop(page.column, mail(tmp_path, "Your story", MEI, "My sister works there."))
    calm(page, told, qtbot)
    assert told.said == ["1 answer taken in."]
    assert "My sister works there." in texts(page.column)


@pytest.fixture
def aside(told, house, mine, tmp_path, qtbot):
    """One mail of somebody nobody knows, to be looked at."""
    answering.import_mails(house, [mail(tmp_path, "Hello", "Joe <joe@elsewhere.example>", "Let me in.")], mine.id)
    return opened(told, qtbot)


def test_an_unknown_sender_is_taken_as_from_outside(aside, house, told, mine, qtbot):
    assert aside.list.items[1].below == "2 wait · 1 to look at"
    press(aside, "From outside", qtbot)
    calm(aside, told, qtbot)
    (row,) = [row for row in answers_of(house, mine.id).rows if row.outside]
    assert row.answer.text == "Let me in."
    assert "Joe (outside) · An answer" in texts(aside.column)


def test_an_unknown_sender_is_somebody_of_ours(aside, house, told, answers, mine, qtbot):
    answers.choice = MEI
    press(aside, "It is a colleague's…", qtbot)
    calm(aside, told, qtbot)
    assert answering.to_review(house) == []
    assert "Mei Tan, Legal · An answer" in texts(aside.column)


def test_an_answer_is_left_out_only_when_that_is_sure(aside, house, told, answers, mine, qtbot):
    answers.yes_to_all = False
    press(aside, "Dismiss…", qtbot)
    assert len(answering.to_review(house)) == 1
    answers.yes_to_all = True
    press(aside, "Dismiss…", qtbot)
    calm(aside, told, qtbot)
    assert answering.to_review(house) == []
    assert "Let me in." not in texts(aside.column)


def test_who_is_to_do_something_sees_it_and_says_it_is_done(house, told, mine, answers, inline, qtbot):
    answer = answers_of(house, mine.id).rows[0].answer
    actions.add(house, mine.id, "Show it to the yard.", AGNES, None, [answer.id])
    agnes = people.set_me(house, AGNES)
    inline.adopt(agnes)
    page = opened(told, qtbot)
    assert [(item.title, item.below) for item in page.list.items][1] == ("Two trainers", "1 to do")
    assert "Their gate closes at six." not in " ".join(texts(page))
    assert not boxes(page)
    assert not page.column.viewport().acceptDrops()
    answers.texts = ["They saw it."]
    press(page, "Done: we did…", qtbot)
    calm(page, told, qtbot)
    assert actions.all_of(agnes, mine.id)[0].result == "They saw it."


def test_another_takeaway_is_shown_from_its_beginning(page, house, told, mine, qtbot):
    other = publishing.publish(house, mine.meeting_id, "Three trainers", "team:Finance")
    for at in range(12):
        answering.answer(house, mine.id, "more", f"Line {at}. " * 40)
    calm(page, told, qtbot)
    bar = page.column.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(bar.maximum())
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.current == other.id
    page.list.choose(mine.id)
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    QApplication.processEvents()
    assert bar.value() == 0


@pytest.mark.parametrize(
    ("days", "answered", "waiting", "longest", "said"),
    [
        (None, 0, 0, 0, ""),
        (0.4, 1, 1, 1, "Answered within a day (median of 1 answer). 1 waits, for 1 day."),
        (1.0, 2, 3, 6, "Answered after 1 day (median of 2 answers). 3 wait, longest 6 days."),
    ],
)
def test_the_pace_is_said_in_plain_words(days, answered, waiting, longest, said):
    assert pace_sentence(Pace(days, answered, waiting, longest)) == said


def test_nobody_waits_for_an_answer_to_what_others_told(house, told, qtbot):
    page = opened(told, qtbot)
    assert my_answers(house).views == ()
    assert any("Nothing of yours has been published yet" in text for text in texts(page))
