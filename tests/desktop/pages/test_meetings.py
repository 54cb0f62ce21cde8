"""Meetings: the list, the facts, and what may be said of seats."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from companion.desktop.meetings.listing import items
from companion.desktop.meetings.page import MeetingsPage
from companion.programme.views.meetings import meetings
from desktop.made import ME, meeting
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


def test_somebody_is_seated(page, house, answers, changed, qtbot):
    with house.workspace(write=False) as tx:
        answers.choice = tx.people.by_address("mei.tan@ferro.example").id
    key = page.list.current
    press(page, "Seat somebody…", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert seat(house, key, "mei.tan@ferro.example").state == "offered"


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
