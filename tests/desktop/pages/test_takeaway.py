"""Takeaway: drawn from the note, kept while written, shown as a reader sees it, sent after a question."""

import pytest
from PySide6.QtGui import QGuiApplication

from companion.desktop.takeaway.page import TakeawayPage
from companion.programme import channels, listening, publishing
from companion.programme.views.reading import reading
from desktop.made import meeting
from desktop.seen import press, texts


@pytest.fixture
def note(house):
    return listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))


@pytest.fixture
def page(told, qtbot, note):
    return opened(told, qtbot, note)


def opened(told, qtbot, note):
    made = TakeawayPage(told)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.arrive(note.id)
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def write(page, **texts_):
    for name, text in texts_.items():
        field = page.form.fields[name]
        field.setText(text) if hasattr(field, "setText") else field.setPlainText(text)
    page.flush()


def test_it_is_drawn_from_the_lines(page):
    assert page.takeaway().quote == "You sent me two trainers."
    assert page.takeaway().scene == "Sixty people, one floor."
    assert "A headline of at most eight words, about the customer, is missing." in texts(page)


def test_the_preview_follows_and_the_gate_speaks(page, qtbot):
    write(page, headline="Two trainers, wrong lessons", matters="They pay 40,000 EUR a year.")
    seen = texts(page)
    assert "Two trainers, wrong lessons" in seen
    assert any(text.startswith("“40,000 EUR” speaks of money.") for text in seen)


def test_what_is_written_is_kept_on_the_device(page, told, house, qtbot, note):
    write(page, headline="Half a headline", question="Where else?")
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    again = opened(told, qtbot, note)
    assert again.takeaway().headline == "Half a headline"
    assert again.takeaway().question == "Where else?"
    assert reading(house).rows[0].takeaway.headline == "Twelve drivers, one badge reader"


def test_publishing_asks_then_reaches_readers(page, told, house, answers, qtbot, note):
    write(page, headline="Two trainers, wrong lessons", quote_role="the owner")
    press(page, "Publish…", qtbot)
    qtbot.waitUntil(lambda: any("Published" in said for said in told.said))
    assert answers.asked[-1] == ("Publish this takeaway?", "It will be for everyone.")
    rows = [row.takeaway.headline for row in reading(house).rows]
    assert "Two trainers, wrong lessons" in rows
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def test_a_no_publishes_nothing(page, told, house, answers, qtbot):
    answers.yes_to_all = False
    write(page, headline="Two trainers, wrong lessons")
    press(page, "Publish…", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    assert len(reading(house).rows) == 1


def test_a_second_time_is_a_correction(told, house, qtbot, note):
    first = publishing.publish(house, note.id, "Two trainers", "company")
    page = opened(told, qtbot, note)
    assert page.takeaway().id == first.id
    write(page, headline="Two trainers, wrong lessons")
    press(page, "Publish…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    found = publishing.find(house, first.id)
    assert (found.revision, found.headline) == (2, "Two trainers, wrong lessons")


def test_it_goes_to_the_sites_that_fit_its_audience(told, house, qtbot, note, tmp_path):
    channels.add_place(house, "site", "Ours", str(tmp_path / "site"))
    channels.add_place(house, "site", "Legal only", str(tmp_path / "legal"), "team:Legal")
    page = opened(told, qtbot, note)
    assert page.form.ways() == ("Legal only", "Ours")
    page.form.audience.setCurrentIndex(page.form.audience.findData("team:Finance"))
    assert page.form.ways() == ()
    page.form.audience.setCurrentIndex(page.form.audience.findData("company"))
    write(page, headline="Two trainers, wrong lessons")
    press(page, "Publish…", qtbot)
    qtbot.waitUntil(lambda: (tmp_path / "site" / "index.html").exists())
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def test_copy_needs_no_set_up(page, told, qtbot):
    write(page, headline="Two trainers, wrong lessons")
    press(page, "Copy for mail or Teams", qtbot)
    qtbot.waitUntil(lambda: any("Copied" in said for said in told.said))
    data = QGuiApplication.clipboard().mimeData()
    assert "Two trainers, wrong lessons" in data.text()
    assert "Two trainers, wrong lessons" in data.html()
    assert "<b>Hòa" not in data.html()


def test_told_in_a_team_meeting_completes_the_seat(page, told, house, answers, qtbot):
    answers.texts = ["2026-10-07"]
    write(page, headline="Two trainers")
    press(page, "Told in a team meeting…", qtbot)
    qtbot.waitUntil(lambda: any("Noted as told" in said for said in told.said))
    assert any(t.told_on for t in publishing.all_of(house))


def test_a_day_that_is_none_is_told(told, house, answers, qtbot, note):
    page = opened(told, qtbot, note)
    answers.texts = ["yesterday"]
    write(page, headline="Two trainers")
    told.tasks.problem.disconnect()
    heard = []
    told.tasks.problem.connect(heard.append)
    press(page, "Told in a team meeting…", qtbot)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[0].code == "date_wrong"
