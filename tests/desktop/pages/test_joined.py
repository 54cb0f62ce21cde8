"""What a join report told, on the Meetings page."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from companion.attendance.report import Joined, Report
from companion.desktop.meetings.page import MeetingsPage
from companion.programme.joined import take
from companion.programme.seats import set_state
from companion.programme.views.meetings import meetings
from desktop.made import ME, meeting
from desktop.seen import texts

START = datetime(2026, 11, 17, 10, tzinfo=UTC)


@pytest.fixture
def review(house):
    return meeting(house, "Quarterly review", "Północ Logistyka")


def told_of(house, key, address, name, minutes):
    span = (START, START + timedelta(minutes=minutes))
    rows = tuple(
        Joined(mail, who, minutes * 60, (span,))
        for mail, who in ((address, name), ("rosa.vidal@ferro.example", "Rosa Vidal"))
    )
    assert take(house, key, [Report("teams", "", START, START + timedelta(hours=1), rows)])


def shown(told, qtbot, key):
    page = MeetingsPage(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    with qtbot.waitSignal(page.filled):
        page.reload()
    page.arrive(key)
    return page


def test_who_was_there_by_the_report_has_its_source_beside_it(told, house, review, qtbot):
    told_of(house, review, ME, "Dana", 50)
    seen = " ".join(texts(shown(told, qtbot, review)))
    assert "was there" in seen
    assert "the join report of Microsoft Teams, read on" in seen


def test_a_short_stay_is_asked_about_and_answered_from_the_menu(told, house, review, changed, qtbot):
    told_of(house, review, ME, "Dana", 4)
    page = shown(told, qtbot, review)
    assert any("there for less than 10 minutes" in text for text in texts(page))
    change = next(b for b in page.findChildren(QPushButton) if b.text() == "Change" and b.isVisibleTo(page))
    change.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(changed))
    row = next(row for row in meetings(house).rows if row.meeting.id == review)
    assert next(seat.state for seat in row.seats if seat.email == ME) == "attended"


def test_sides_that_do_not_agree_stand_beside_each_other(told, house, review, qtbot):
    set_state(house, review, ME, "missed", "host", "her chair was empty")
    told_of(house, review, ME, "Dana", 50)
    line = next(text for text in texts(shown(told, qtbot, review)) if "her chair was empty" in text)
    assert "was there (the join report of Microsoft Teams" in line
    assert "was not there (" in line
