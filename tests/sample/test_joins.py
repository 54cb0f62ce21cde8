"""The sample's join reports are read by the app's own reader, and say of their meetings what the plan says."""

from datetime import date, timedelta

import pytest

from companion.attendance.report import Report
from companion.attendance.reports_reading import read
from companion.attendance.reports_uniting import touches
from companion.connectors.spreadsheets import read_text
from companion.meetings.model import Meeting
from companion.sample.days import dates
from companion.sample.firm import read_firm
from companion.sample.ics_text import instant
from companion.sample.model import SampleReport
from companion.sample.reviews import reviews
from sample.reading import DAYS, company

each_day = pytest.mark.parametrize("today", DAYS, ids=str)


def told(today: date, report: SampleReport, path) -> tuple[Meeting, Report]:
    held = {
        (review.uid, review.instance(met.k)): (met, review.zone)
        for review in reviews(read_firm(dates(today)), 7, dates(today))
        for met in review.occurrences
    }
    met, zone = held[report.uid, report.occurrence]
    start, end = instant(met.start, zone), instant(met.end, zone)
    assert end.date() < today
    meeting = Meeting("m", report.uid, "-", met.title, start, end, False, zone, "confirmed", "c", 80, ())
    (path / report.file).write_bytes(report.content)
    return meeting, read(read_text(path / report.file), meeting, ["Europe/Amsterdam", zone])


@each_day
def test_each_is_read_and_is_of_its_meeting(today: date, tmp_path) -> None:
    for report in company(today).reports:
        meeting, found = told(today, report, tmp_path)
        assert touches(found, meeting)
        assert found.title in ("", meeting.title)
        assert abs(found.rows[0].spans[0][0] - meeting.start) < timedelta(minutes=5)


def test_teams_is_german_in_utf_16_and_zoom_hides_one_address(tmp_path) -> None:
    teams, zoom, by_hand = company(DAYS[0]).reports
    assert teams.content[:2] in (b"\xff\xfe", b"\xfe\xff")
    assert "Erster Beitritt" in teams.content.decode("utf-16")
    assert [one.taken for one in (teams, zoom, by_hand)] == [True, True, False]
    _, found = told(DAYS[0], teams, tmp_path)
    assert found.system == "teams"
    assert "mei.tan@ferro.example" in {row.address for row in found.rows}
    _, found = told(DAYS[0], zoom, tmp_path)
    assert found.system == "zoom"
    assert {row.name for row in found.rows if not row.address} == {"Dana Okafor"}
