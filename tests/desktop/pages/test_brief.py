"""The brief in the window: read, one line of my own, and out of it in every form."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication

from companion.basics.errors import Problem
from companion.customers.memory import Fact
from companion.desktop.brief.page import BriefPage
from companion.programme import preparing
from desktop.made import NOW, meeting
from desktop.seen import press, texts


@contextmanager
def away(*, write=True):
    raise Problem("workspace_away")
    yield


def kestrel(house):
    return meeting(house, "Annual review", "Kestrel Plumbing Supply")


def expected(house, key=""):
    with house.device(write=False) as device:
        note = device.notes.of_meeting(key or kestrel(house))
    return note.expected if note else ""


@pytest.fixture
def page(told, qtbot, house):
    with house.workspace() as tx:
        customer = next(one for one in tx.customers.all() if one.name == "Kestrel Plumbing Supply")
        words = "Sixteen crews by next summer & no van that comes back <b>twice</b>."
        tx.facts.put(Fact("g1", customer.id, "goal", words, heard_on=NOW.date(), source="Rosa"))
    made = BriefPage(told, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.arrive(kestrel(house))
    return made


def test_it_says_what_is_needed_in_half_a_minute_and_what_nobody_knows(page):
    said = texts(page)
    assert "Kestrel Plumbing Supply" in said
    assert any("14:00" in text for text in said)
    assert any("pass that to Rosa Vidal" in text for text in said)
    assert any("unknown" in text for text in said)
    assert any("<b>twice</b>" in text for text in said)  # as it was written: foreign text is never mark-up
    assert any("Rosa, 21 November" in text for text in said)


def test_what_i_expect_is_kept_within_a_second_and_on_this_computer(page, house, qtbot):
    page.view.expecting.setFocus()
    qtbot.keyClicks(page.view.expecting, "Complaints about payment terms.")
    qtbot.waitUntil(lambda: expected(house) == "Complaints about payment terms.", timeout=2000)
    with house.workspace(write=False) as tx:
        assert not [fact for fact in tx.facts.all() if "payment terms" in fact.text]


def test_another_reading_leaves_what_is_being_typed(page, house, qtbot):
    qtbot.keyClicks(page.view.expecting, "Compl")
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert page.view.expecting.toPlainText() == "Compl"


def test_what_could_not_be_saved_is_saved_to_its_own_meeting(page, house, qtbot, monkeypatch):
    other = meeting(house, "Quarterly review", "Północ Logistyka")
    full = [True]
    real = preparing.expect

    def expect(*what):
        if full[0]:
            raise Problem("disk_full", path="here")
        real(*what)

    monkeypatch.setattr(preparing, "expect", expect)
    qtbot.keyClicks(page.view.expecting, "Payment terms.")
    with qtbot.waitSignal(page.filled):
        page.arrive(other)
    full[0] = False
    qtbot.waitUntil(lambda: expected(house) == "Payment terms.", timeout=5000)
    assert expected(house, other) == ""


def test_one_click_leads_to_the_note(page, told, house, qtbot):
    press(page, "Listen", qtbot)
    assert told.went[-1] == ("listen", kestrel(house))


def test_one_button_joins_and_no_second_link_says_so(page, told, qtbot):
    assert "Join" not in texts(page.view)
    press(page, "Join", qtbot)
    assert told.opened == ["https://meet.example/1"]


def test_it_is_copied_and_written_in_every_form(page, told, house, qtbot, tmp_path):
    preparing.expect(house, kestrel(house), "Complaints about payment terms.")
    with qtbot.waitSignal(page.filled):
        page.reload()
    page._copy()
    qtbot.waitUntil(lambda: "Kestrel" in QGuiApplication.clipboard().text())
    assert "Complaints about payment terms." in QGuiApplication.clipboard().text()
    for kind, begins in (("pdf", b"%PDF"), ("html", b"<!"), ("md", b"# ")):
        told.ask.path = tmp_path / f"brief.{kind}"
        page._save(kind)
        path = tmp_path / f"brief.{kind}"
        qtbot.waitUntil(path.exists, timeout=30_000)
        assert path.read_bytes().startswith(begins)


def test_with_the_workspace_away_the_kept_one_is_shown_and_says_so(told, house, qtbot):
    preparing.brief_for(house, kestrel(house))
    told.tasks.adopt(replace(house, workspace=away))
    page = BriefPage(told, lambda: NOW)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.filled):
        page.arrive(kestrel(house))
    assert page.state.text() == "As of 09:00: the workspace is away."
    assert page.title.text() == "Kestrel Plumbing Supply"


def test_a_brief_kept_on_another_day_says_the_day(told, house, qtbot):
    preparing.brief_for(house, kestrel(house))
    told.tasks.adopt(replace(house, workspace=away))
    page = BriefPage(told, lambda: NOW + timedelta(days=1))
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.filled):
        page.arrive(kestrel(house))
    assert page.state.text() == "As of 21 November, 09:00: the workspace is away."


def test_a_meeting_nobody_knows_is_told(told, house, qtbot):
    page = BriefPage(told, lambda: NOW)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.filled):
        page.arrive("nothing")
    assert page.nothing.text() == "This meeting is not here any more. Look under Meetings."
    assert all(not verb.isVisibleTo(page) for verb in page.verbs)
