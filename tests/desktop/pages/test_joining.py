"""How far the join report is, and who is free, beside a meeting; whether I am free, on Home."""

from datetime import timedelta

import pytest

from companion.attendance.availability import Availability
from companion.attendance.report import Look
from companion.desktop.home.page import HomePage
from companion.desktop.meetings.page import MeetingsPage
from companion.programme import seats
from companion.programme.views.meetings import meetings
from desktop.made import ME, NOW, meeting
from desktop.seen import texts


def shown(page, told, qtbot):
    made = page(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("taken", "Join report: taken on 19 November."),
        ("none_yet", "Join report: not there yet."),
        ("policy", "Join report: none. Your firm's Teams seems to keep none; that says nothing of who was there."),
        ("not_allowed", "Join report: only the organiser can read it, and perhaps IT has to allow it."),
        ("elsewhere", "Join report: none to be had, since somebody else organised the Teams meeting."),
        ("unmatched", "Join report: none of this day; those of other days are there."),
    ],
)
def test_a_past_meeting_says_how_far_its_report_is(told, house, qtbot, outcome, said):
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    with house.device() as device:
        device.looks.put(Look(key, NOW.replace(day=19), outcome, 1, NOW + timedelta(days=1)))
    page = shown(MeetingsPage, told, qtbot)
    page.arrive(key)
    assert said in texts(page)


def test_where_nobody_looked_nothing_is_said(told, house, qtbot):
    page = shown(MeetingsPage, told, qtbot)
    page.arrive(meeting(house, "Quarterly review", "Północ Logistyka"))
    assert not [text for text in texts(page) if text.startswith("Join report")]


def open_review(house):
    return next(row.meeting.id for row in meetings(house).rows if row.open)


def decline_all(house):
    """Dana is coming to nothing, so that she needs a seat."""
    for row in meetings(house).rows:
        if not row.past and row.mine:
            seats.set_state(house, row.meeting.id, ME, "declined", "self", at=NOW + timedelta(seconds=1))


def put_words(house, key, **words):
    with house.workspace() as tx:
        people = {name: tx.people.by_address(address) for name, address in
                  (("dana", ME), ("mei", "mei.tan@ferro.example"))}  # fmt: skip
        tx.availability.put_all([Availability(key, people[name].id, word, NOW) for name, word in words.items()])


def test_an_open_review_says_who_is_free(told, house, qtbot):
    key = open_review(house)
    put_words(house, key, dana="busy", mei="free")
    page = shown(MeetingsPage, told, qtbot)
    page.arrive(key)
    assert "Free: Mei Tan" in texts(page)  # Dana's year is full, so nobody asks whether she is busy


def test_home_says_whether_i_am_free_for_what_i_may_ask_for(told, house, qtbot):
    decline_all(house)
    put_words(house, open_review(house), dana="busy")
    page = shown(HomePage, told, qtbot)
    assert any(text.endswith("· you are busy then") for text in texts(page))
