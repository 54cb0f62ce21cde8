"""Meetings: the list, the facts, and what may be said of seats."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from companion.desktop.brief import printing
from companion.desktop.meetings.listing import items
from companion.desktop.meetings.page import MeetingsPage
from companion.programme import assisting, people, preparing, seats
from companion.programme.time import say_form
from companion.programme.views.meetings import meetings
from desktop.made import ME, NOW, meeting
from desktop.seen import press, texts


@pytest.fixture
def page(told, qtbot):
    made = MeetingsPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def seat(house, key, email):
    row = next(row for row in meetings(house).rows if row.meeting.id == key)
    return next((seat for seat in row.seats if seat.email == email), None)


def test_the_list_goes_by_month_and_stands_on_my_next_one(page, house):
    titles = [(item.title, bool(item.key)) for item in page.list.items]
    assert titles == [
        ("November 2026", False),
        ("Kestrel Plumbing Supply", True),
        ("December 2026", False),
        ("Północ Logistyka", True),
        ("November 2026, past", False),
        ("Północ Logistyka", True),
        ("October 2026, past", False),
        ("<b>Hòa & Bình</b>", True),
    ]
    assert page.list.current == meeting(house, "Annual review", "Kestrel Plumbing Supply")
    seen = texts(page)
    assert "Dana Okafor (you)" in seen
    assert any("it came in with a table of reviews." in text for text in seen)


def test_the_arrows_walk_past_headings(page, qtbot):
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert "Thursday, 26 November, 14:00–15:30 · hosted by Rosa Vidal" not in texts(page)
    assert any("8 December" in text for text in texts(page))


def test_filters_show_mine_and_open_ones(page, qtbot):
    press(page, "Open seats", qtbot)
    assert [item.title for item in page.list.items if item.key] == ["Północ Logistyka"]
    press(page, "Mine", qtbot)
    assert len([item for item in page.list.items if item.key]) == 3


def test_an_open_review_can_be_asked_for(page, house, told, changed, qtbot):
    press(page, "Open seats", qtbot)
    page.list.choose(page.list.items[1].key)
    key = page.list.current
    press(page, "Ask for a seat", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert seat(house, key, ME).state == "proposed"
    assert "You asked for a seat" in told.said[0]


def test_a_seat_is_changed_from_its_menu(page, house, changed, qtbot):
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    page.arrive(key)
    change = next(b for b in page.findChildren(QPushButton) if b.text() == "Change" and b.isVisibleTo(page))
    change.menu().actions()[2].trigger()
    qtbot.waitUntil(lambda: bool(changed))
    assert seat(house, key, ME).state == "excused"


def test_somebody_is_proposed_and_the_host_is_asked_first(page, house, answers, told, changed, qtbot):
    with house.workspace(write=False) as tx:
        mei = answers.choice = tx.people.by_address("mei.tan@ferro.example").id
    press(page, "Open seats", qtbot)
    key = page.list.current
    press(page, "Propose somebody…", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert answers.asked[-1] == ("Who might sit in?", "The host is asked first; then they are.")
    assert seat(house, key, "mei.tan@ferro.example").state == "proposed"
    (offer,) = meetings(house).row(key).offers
    assert (offer.offer.person_id, offer.offer.state, offer.asked) == (mei, "host", "Rosa Vidal")
    seen = again(page, qtbot)  # the filter has let go of it; it stays for who just proposed
    assert key not in [item.key for item in page.list.items]
    assert any("Rosa Vidal was asked on 21 November, as the host; no answer yet." in text for text in seen)


def test_after_proposing_the_keyboard_is_at_no_other_meeting(page, house, answers, changed, qtbot):
    with house.workspace(write=False) as tx:
        answers.choice = tx.people.by_address("mei.tan@ferro.example").id
    press(page, "Open seats", qtbot)
    page.activateWindow()
    there = next(b for b in page.findChildren(QPushButton) if b.text() == "Propose somebody…" and b.isVisible())
    assert there.accessibleName() == "Propose somebody for Północ Logistyka, 8 Dec…"
    there.setFocus()
    qtbot.keyClick(there, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(changed))
    again(page, qtbot)
    assert page.column.isAncestorOf(page.window().focusWidget())
    assert "Północ Logistyka" in " ".join(texts(page.column))
    press(page, "To decide", qtbot)
    assert "Północ Logistyka" not in " ".join(texts(page.column)), "another filter shows what it lists"


@pytest.mark.parametrize(("sure", "left"), [(True, 3), (False, 4)])
def test_forgetting_asks_first(page, house, answers, qtbot, sure, left):
    answers.yes_to_all = sure
    press(page, "Forget it…", qtbot)
    qtbot.waitUntil(lambda: len(meetings(house).rows) == left)
    assert answers.asked[0][0] == "Forget this meeting?"


def test_it_leads_to_the_note_and_the_customer(page, told, house, qtbot):
    key = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    page.arrive(key)
    press(page, "Open my note", qtbot)
    press(page, "About <b>Hòa & Bình</b>", qtbot)
    assert told.went[0] == ("listen", key)
    assert told.went[1][0] == "customer"


def test_a_filter_stands_on_what_it_lists(page, house, qtbot):
    press(page, "Open seats", qtbot)
    assert page.list.current == page.list.items[1].key
    assert any("8 December" in text for text in texts(page))
    press(page, "All", qtbot)
    assert any("8 December" in text for text in texts(page)), "the same one stays"


def test_arriving_at_a_meeting_the_filter_hides_lists_all(page, house, qtbot):
    press(page, "Open seats", qtbot)
    key = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    page.arrive(key)
    assert page.list.current == key
    assert len([item for item in page.list.items if item.key]) == 4


def test_a_month_counts_from_the_programmes_midnight(house):
    view = meetings(house)
    row = view.rows[0]
    moments = [datetime(2026, 1, 31, 22, 59, tzinfo=UTC), datetime(2026, 1, 31, 23, 0, tzinfo=UTC)]
    rows = [replace(row, meeting=replace(row.meeting, id=str(at), start=at), past=False) for at in moments]
    last = replace(row, meeting=replace(row.meeting, id="z", start=datetime(9999, 12, 30, tzinfo=UTC)), past=False)
    listed = items(replace(view, rows=(*rows, last), zone="Europe/Amsterdam"), "all")
    assert [entry.title for entry in listed if not entry.key] == ["January 2026", "February 2026", "December 9999"]


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()
    return texts(page)


def labels(page):
    return [b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page)]


def test_a_meeting_of_mine_leads_to_its_brief_until_it_is_over(page, told, house, qtbot):
    press(page, "Brief", qtbot)
    assert told.went == [("brief", meeting(house, "Annual review", "Kestrel Plumbing Supply"))]
    page.arrive(meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    assert "Brief" not in labels(page)
    press(page, "Open seats", qtbot)
    assert "Brief" not in labels(page), "nobody sits in it"


def test_its_host_has_the_brief_too(page, told, house, qtbot):
    told.tasks.adopt(people.set_me(house, "rosa.vidal@ferro.example"))
    again(page, qtbot)
    page.arrive(meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    assert "Brief" in labels(page)
    assert "Listen" not in labels(page), "hosts note nothing here: the seat is another's"


def test_place_and_form_are_told(page, house, qtbot):
    assert any("hosted by" in text and text.endswith(" · by video") for text in texts(page))
    key = meeting(house, "Annual review", "Kestrel Plumbing Supply")
    with house.workspace() as tx:
        tx.meetings.put(replace(tx.meetings.get(key), place="Dock 4, Łódź"))
    assert "Dock 4, Łódź · in person" in again(page, qtbot)
    say_form(house, key, "phone")
    assert "Dock 4, Łódź · by telephone" in again(page, qtbot)


ASSISTANT = "agnes.mulder@ferro.example"


@pytest.fixture
def assisting_dana(page, house, told, qtbot):
    """Agnes at the page; Dana lets her act."""
    assisting.allow(house, ASSISTANT)
    later = NOW + timedelta(minutes=1)  # than what was said at first
    agnes = replace(people.set_me(house, ASSISTANT), clock=lambda: later)
    told.tasks.adopt(agnes)
    again(page, qtbot)
    yield agnes
    people.set_me(house, ME)


def said(house, key):
    with house.workspace(write=False) as tx:
        return [(one.source, one.says, one.by) for one in tx.seats.evidence([key]) if one.by == ASSISTANT]


def test_only_assistants_have_a_list_of_their_leaders(page, house, assisting_dana, qtbot):
    press(page, "My leaders", qtbot)
    assert len([item for item in page.list.items if item.key]) == 3
    assert next(item.tag for item in page.list.items if item.key) == "coming"
    assert page.list.current == meeting(house, "Annual review", "Kestrel Plumbing Supply")
    assisting.withdraw(people.set_me(house, ME), ASSISTANT)
    again(page, qtbot)
    assert "My leaders" not in labels(page)
    assert len([item for item in page.list.items if item.key]) == 4, "the filter that is gone hides nothing"


def test_who_acts_for_nobody_has_no_such_list(page):
    assert "My leaders" not in labels(page)


def test_an_assistant_says_in_the_leaders_name_who_comes(page, house, assisting_dana, changed, qtbot):
    key = page.list.current
    assert "Is coming" not in labels(page), "that was said"
    press(page, "Cannot come", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert said(house, key) == [("self", "declined", ASSISTANT)]
    seen = again(page, qtbot)
    assert any("Said no. Agnes Mulder for Dana Okafor" in text for text in seen), "who said it, and for whom"
    assert "Is coming" in labels(page)


def test_an_assistant_says_that_the_leader_was_there_and_no_more(page, house, assisting_dana, changed, qtbot):
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    page.arrive(key)
    assert not {"Change", "Was not there", "Print the brief"} & set(labels(page))
    press(page, "Was there", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert said(house, key) == [("self", "attended", ASSISTANT)]


def choose(page, number):
    menu = next(b for b in page.findChildren(QPushButton) if b.text() == "Print the brief" and b.isVisibleTo(page))
    menu.menu().actions()[number].trigger()


def test_an_assistant_prints_the_leaders_brief_without_what_the_leader_expects(
    page, house, assisting_dana, told, answers, qtbot, tmp_path, monkeypatch
):  # fmt: skip
    key = page.list.current
    preparing.expect(people.set_me(house, ME), key, "Complaints about payment terms.")
    people.set_me(house, ASSISTANT)
    papers = []
    monkeypatch.setattr(printing, "print_paper", lambda _window, html: papers.append(html))
    choose(page, 0)
    qtbot.waitUntil(lambda: bool(papers))
    assert "For Dana Okafor" in papers[0]
    assert "payment terms" not in papers[0]
    answers.path = tmp_path / "brief.pdf"
    told.tasks.adopt(replace(assisting_dana, render_pdf=lambda html, size="A4", ticket=None: html.encode()))
    choose(page, 1)
    qtbot.waitUntil(lambda: bool(told.said))
    assert answers.path.read_text(encoding="utf-8") == papers[0]
    assert told.said == [f"Written to {answers.path}."]


def test_a_seat_of_somebody_else_stays_as_it_was_for_an_assistant(page, house, assisting_dana, qtbot):
    page.arrive(meeting(house, "Quarterly review", "Północ Logistyka"))
    seats.set_state(house, page.list.current, "mei.tan@ferro.example", "attended", "host")
    again(page, qtbot)
    assert labels(page).count("Change") == 1


def test_an_assistant_needs_no_mouse(page, house, assisting_dana, changed, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.take_keyboard()
    for _ in range(12):
        if page.focusWidget().accessibleName() == "Dana Okafor cannot come":
            break
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(changed))
    assert [what for _source, what, _by in said(house, page.list.current)] == ["declined"]


@pytest.fixture
def long_page(told, house, qtbot, monkeypatch):
    """A list of which two are shown of those that are over, with ten that are long past."""
    monkeypatch.setattr("companion.desktop.meetings.page.PAST", 2)
    with house.workspace() as tx:
        known = next(one for one in tx.meetings.everything() if one.end < NOW)
        for week in range(10):
            start = NOW - timedelta(weeks=40 - week)
            tx.meetings.put(
                replace(known, id=f"old{week}", uid=f"old{week}", start=start, end=start + timedelta(hours=1))
            )
    made = MeetingsPage(told)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def test_earlier_meetings_are_listed_once_somebody_goes_down_to_them(long_page, qtbot):
    assert [item.title for item in long_page.list.items][-1] == "Earlier meetings…"
    assert not any(item.key.startswith("old") for item in long_page.list.items)
    long_page.list.setFocus()
    with qtbot.waitSignal(long_page.filled):
        qtbot.keyClick(long_page.list, Qt.Key.Key_End)
    assert long_page.list.current == "old9"  # the next after the last that stood there
    listed = [item.key for item in long_page.list.items]
    assert [key for key in listed if key.startswith("old")] == [f"old{n}" for n in range(9, 3, -1)]
    with qtbot.waitSignal(long_page.filled):
        qtbot.keyClick(long_page.list, Qt.Key.Key_End)
    assert [item.key for item in long_page.list.items][-1] == "old0"


def test_a_meeting_long_past_is_come_to_and_stays(long_page, house, qtbot):
    with qtbot.waitSignal(long_page.filled):
        long_page.arrive("old3")
    assert long_page.list.current == "old3"
    seats.set_state(house, "old3", ME, "attended", "self")
    with qtbot.waitSignal(long_page.filled):
        long_page.reload()
    assert long_page.list.current == "old3"


def test_mine_has_all_of_mine(long_page, house, qtbot):
    seats.set_state(house, "old1", ME, "attended", "self")
    with qtbot.waitSignal(long_page.filled):
        long_page.reload()
    assert "old1" not in [item.key for item in long_page.list.items]
    long_page.filters.choose("mine")
    assert "old1" in [item.key for item in long_page.list.items]
    assert "Earlier meetings…" not in [item.title for item in long_page.list.items]
