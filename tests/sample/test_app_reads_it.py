"""The app's own reader takes the planned reviews out of every sample calendar, and nothing else."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from companion.calendars.model import Window
from companion.connectors.ics.reading import read
from sample.reading import DAYS, company, occurrences, rules


@pytest.mark.parametrize("today", DAYS[:2], ids=str)
def test_the_app_and_another_library_find_the_same(today: date) -> None:
    firm = company(today)
    known = rules(firm)
    window = Window(today - timedelta(days=400), today + timedelta(days=400))
    kinds: defaultdict[str, int] = defaultdict(int)
    for calendar in firm.calendars:
        got = read(calendar.whole().encode(), known, window)
        assert not got.problems
        wanted = {
            (one.uid, one.start, one.title, one.cancelled)
            for _, text in calendar.objects
            for one in occurrences(text, known)
            if one.judgement.decision == "kept" and window.first <= one.start.date() <= window.last
        }
        assert {(one.uid, one.start, one.title, one.status == "cancelled") for one in got.events} == wanted
        kinds["kept"] += got.ledger.kept
        kinds["private"] += got.ledger.private
        kinds["not_customer"] += got.ledger.not_customer
    assert kinds["kept"] >= 100
    assert kinds["private"] >= 100
    assert kinds["not_customer"] >= 500


def test_one_calendar_object_by_object_gives_what_the_whole_file_gives() -> None:
    firm = company(DAYS[0])
    window = Window(DAYS[0] - timedelta(days=400), DAYS[0] + timedelta(days=400))
    rosa = next(calendar for calendar in firm.calendars if calendar.owner.startswith("rosa"))
    one_by_one = [event for _, text in rosa.objects for event in read(text.encode(), rules(firm), window).events]
    whole = read(rosa.whole().encode(), rules(firm), window).events
    assert {(event.key, event.start) for event in one_by_one} == {(event.key, event.start) for event in whole}
