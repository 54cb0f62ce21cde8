"""Takeaway: drawn from the note, kept while written, exact words stay exact, previewed, sent, taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QPushButton

from companion.programme import channels, listening, publishing
from companion.programme.model import House
from companion.programme.views.reading import reading
from desktop.made import NOW, meeting
from desktop.pages.takeaways import Counting, calm, let_pass, opened, preview, publish, write
from desktop.seen import find, press, texts


@pytest.fixture
def moment():
    return [NOW]


@pytest.fixture
def house(house: House, moment):
    return replace(house, clock=lambda: moment[0])


@pytest.fixture
def counting(told):
    made = Counting()
    object.__setattr__(told, "count_down", made)
    return made


@pytest.fixture
def note(house):
    return listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))


@pytest.fixture
def page(told, qtbot, note, counting):
    return opened(told, qtbot, note)


def headlines(house):
    return [row.takeaway.headline for row in reading(house).rows]


def test_it_is_drawn_from_the_lines(page):
    assert page.takeaway().quote == "You sent me two trainers."
    assert page.takeaway().scene == "Sixty people, one floor."
    assert "A headline of at most eight words, about the customer, is missing." in texts(page)


def test_what_is_written_shows_at_once_and_the_gate_speaks(page, told, qtbot):
    write(page, headline="Two trainers, wrong lessons", matters="They pay 40,000 EUR a year.")
    calm(told, qtbot)
    seen = texts(page)
    assert "Two trainers, wrong lessons" in seen
    assert "4 words of 8" in seen
    assert any(text.startswith("Why it matters: “40,000 EUR” speaks of money.") for text in seen)


def test_what_is_written_is_kept_on_the_device(page, told, house, qtbot, note):
    write(page, headline="Half a headline", question="Where else?")
    page.form.pillars.buttons[1].click()
    page.flush()
    calm(told, qtbot)
    again = opened(told, qtbot, note)
    made = again.takeaway()
    assert (made.headline, made.question, made.pillars) == ("Half a headline", "Where else?", ("integrity+",))
    assert made.id == page.takeaway().id
    assert headlines(house) == ["Twelve drivers, one badge reader"]


def test_every_text_says_where_it_comes_from(page):
    assert dict(page.takeaway().origins) == {"scene": "heard", "quote": "verbatim"}
    page.form.marks["scene"].button.click()
    write(page, matters="It matters.")
    assert dict(page.takeaway().origins) == {"scene": "observed", "quote": "verbatim", "matters": "interpretation"}


def test_publishing_is_possible_only_from_the_preview(page, told, house, qtbot):
    write(page, headline="Two trainers, wrong lessons", quote_role="the owner")
    labels = {one.text() for one in page.compose.findChildren(QPushButton)}
    assert not {text for text in labels if text.startswith("Publish")}
    shown = preview(page, told, qtbot)
    assert "Two trainers, wrong lessons" in texts(shown)
    assert shown.team.currentText() == "Legal"
    press(shown, "Back to writing", qtbot)
    assert page.stack.currentWidget() is page.compose
    assert headlines(house) == ["Twelve drivers, one badge reader"]


def test_nothing_is_out_before_the_seconds_are_over(page, told, house, qtbot, counting, moment):
    write(page, headline="Two trainers, wrong lessons", quote_role="the owner")
    publish(page, told, qtbot)
    assert counting.told == ["Goes out in 10 seconds: Two trainers, wrong lessons"]
    assert page.stack.currentWidget() is page.gone
    assert "Two trainers, wrong lessons" not in headlines(house)
    moment[0] += timedelta(seconds=11)
    let_pass(told, qtbot)
    assert "Two trainers, wrong lessons" in headlines(house)
    assert told.said[-1] == "Out: Two trainers, wrong lessons"
    page.reload()
    calm(told, qtbot)
    assert page.stack.currentWidget() is page.compose


def test_undo_brings_the_draft_back_as_it_was(page, told, house, qtbot, counting, moment):
    write(page, headline="Two trainers, wrong lessons", quote_role="the owner", question="Where else?")
    before = page.takeaway()
    publish(page, told, qtbot)
    moment[0] += timedelta(seconds=4)
    counting.act()
    calm(told, qtbot)
    assert told.said[-1] == "Taken back. Your draft is as it was."
    assert told.went[-1] == ("takeaway", page._item)
    page.reload()
    calm(told, qtbot)
    assert page.stack.currentWidget() is page.compose
    assert page.takeaway() == before
    moment[0] += timedelta(minutes=1)
    assert publishing.undoable(house) == ()
    assert headlines(house) == ["Twelve drivers, one badge reader"]


def test_undo_that_comes_too_late_says_so_and_it_goes_out(page, told, house, qtbot, counting, moment):
    write(page, headline="Two trainers, wrong lessons")
    publish(page, told, qtbot)
    moment[0] += timedelta(seconds=11)
    counting.act()
    calm(told, qtbot)
    assert "Two trainers, wrong lessons" in headlines(house)


def test_a_second_time_is_a_correction_and_says_what_was_put_right(told, house, qtbot, note, counting, moment):
    first = publishing.publish(house, note.id, "Two trainers", "company")
    page = opened(told, qtbot, note)
    assert page.takeaway().id == first.id
    write(page, headline="Two trainers, wrong lessons")
    assert "Changed: Headline" in texts(page)
    press(page.compose, "Preview as a reader…", qtbot)
    assert page.stack.currentWidget() is page.compose
    assert told.said[-1] == "Say in one line what you put right; readers of the first version see it."
    write(page, correction="The lessons were wrong, too.")
    publish(page, told, qtbot)
    moment[0] += timedelta(seconds=11)
    let_pass(told, qtbot)
    found = publishing.find(house, first.id)
    assert (found.revision, found.headline) == (2, "Two trainers, wrong lessons")
    assert found.correction == "The lessons were wrong, too."


def test_a_takeaway_for_each_team_with_a_draft_of_its_own(page, told, house, qtbot, note):
    write(page, headline="Two trainers", matters="Finance pays both.")
    page._also("team:Legal")
    calm(told, qtbot)
    assert page.takeaway().audience == "team:Legal"
    assert (page.takeaway().quote, page.takeaway().matters) == ("You sent me two trainers.", "")
    write(page, matters="Two contracts.")
    calm(told, qtbot)
    press(page, "for everyone", qtbot)
    assert page.takeaway().matters == "Finance pays both."
    again = opened(told, qtbot, note)
    assert {(one.audience, one.matters) for one in again._desk.takeaways} == {
        ("company", "Finance pays both."), ("team:Legal", "Two contracts."),
    }  # fmt: skip


def test_two_for_the_same_readers_are_refused(page, told, qtbot):
    write(page, headline="Two trainers")
    page._also("team:Legal")
    combo = page.form.audience.combo
    combo.setCurrentIndex(combo.findData("company"))
    assert told.said[-1] == "There is one already for everyone; it stands above."
    assert page.takeaway().audience == "team:Legal"
    page.flush()
    calm(told, qtbot)


def test_it_goes_to_the_sites_that_fit_its_audience(told, house, qtbot, note, tmp_path, counting, moment):
    channels.add_place(house, "site", "Ours", str(tmp_path / "site"))
    channels.add_place(house, "site", "Legal only", str(tmp_path / "legal"), "team:Legal")
    page = opened(told, qtbot, note)
    write(page, headline="Two trainers, wrong lessons")
    assert preview(page, told, qtbot).before.order.channels == ("Legal only", "Ours")
    press(page.preview, "Back to writing", qtbot)
    page.form.audience.combo.setCurrentIndex(page.form.audience.combo.findData("team:Finance"))
    assert preview(page, told, qtbot).before.order.channels == ()
    press(page.preview, "Back to writing", qtbot)
    page.form.audience.combo.setCurrentIndex(page.form.audience.combo.findData("company"))
    publish(page, told, qtbot)
    assert not (tmp_path / "site" / "index.html").exists()
    moment[0] += timedelta(seconds=11)
    let_pass(told, qtbot)
    assert (tmp_path / "site" / "index.html").exists()


def test_copy_needs_no_set_up(page, told, qtbot):
    write(page, headline="Two trainers, wrong lessons")
    press(page, "Copy for mail or Teams", qtbot)
    qtbot.waitUntil(lambda: any("Copied" in said for said in told.said))
    data = QGuiApplication.clipboard().mimeData()
    assert "Two trainers, wrong lessons" in data.text()
    assert "Two trainers, wrong lessons" in data.html()
    assert "<b>Hòa" not in data.html()


def test_told_in_a_team_meeting_completes_the_seat(page, told, house, answers, qtbot):
    write(page, headline="Two trainers")
    press(page, "Tell it in a team meeting…", qtbot)
    calm(told, qtbot)
    text, i_told_it = answers.shown[-1]
    qtbot.addWidget(text)
    assert "You sent me two trainers." in text.text.toPlainText()
    answers.forms = [{"day": "2026-10-07"}]
    i_told_it()
    qtbot.waitUntil(lambda: any("Noted as told" in said for said in told.said))
    assert any(one.told_on for one in publishing.all_of(house))


def test_a_day_that_is_none_is_told(page, told, answers, qtbot):
    write(page, headline="Two trainers")
    press(page, "Tell it in a team meeting…", qtbot)
    calm(told, qtbot)
    text, i_told_it = answers.shown[-1]
    qtbot.addWidget(text)
    told.tasks.problem.disconnect()
    heard = []
    told.tasks.problem.connect(heard.append)
    answers.forms = [{"day": "yesterday"}]
    i_told_it()
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[0].code == "date_wrong"


def choose_words(page, words):
    edit = page.form.quotation.exact.edit
    at = edit.toPlainText().find(words)
    cursor = edit.textCursor()
    cursor.setPosition(at)
    cursor.setPosition(at + len(words), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    return edit


def test_exact_words_cannot_be_typed_into(page, qtbot):
    edit = choose_words(page, "two trainers")
    qtbot.keyClicks(edit, "three")
    assert page.takeaway().quote == "You sent me two trainers."
    assert any(text.startswith("These are their words") for text in texts(page))
    qtbot.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.takeaway().quote == "You sent me two trainers."


def test_exact_words_are_shortened_with_an_ellipsis(page, told, qtbot, note):
    qtbot.keyClick(choose_words(page, "sent me"), Qt.Key.Key_Delete)
    assert page.takeaway().quote == "You … two trainers."
    page.flush()
    calm(told, qtbot)
    again = opened(told, qtbot, note)
    assert again.takeaway().quote == "You … two trainers."
    assert again.form.quotation.exact.edit.toPlainText() == "You sent me two trainers."
    press(again, "All of it", qtbot)
    assert again.takeaway().quote == "You sent me two trainers."
    again.flush()
    calm(told, qtbot)


def test_ones_own_words_are_said_to_be_that(page, told, qtbot):
    press(page, "Put it in my own words", qtbot)
    page.form.quotation.own.setPlainText("They got two trainers they did not need.")
    made = page.takeaway()
    assert (made.quote, dict(made.origins)["quote"]) == ("They got two trainers they did not need.", "heard")
    assert "as heard" in texts(page.form)
    page.flush()
    calm(told, qtbot)
    assert "As heard. They got two trainers they did not need." in texts(page)
    assert not any("“" in text for text in texts(page.right))
    press(page, "Back to their exact words", qtbot)
    assert dict(page.takeaway().origins)["quote"] == "verbatim"
    assert find(page, "Put it in my own words")
    page.flush()
    calm(told, qtbot)
