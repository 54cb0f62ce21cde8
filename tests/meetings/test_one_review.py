"""A review that a CRM and a calendar both tell of is one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.meetings.model import Meeting
from companion.meetings.twins import one_review

START = datetime(2026, 11, 26, 9, tzinfo=UTC)
CAL = Meeting("cal", "cal", "", "Review", START, START + timedelta(hours=1), False, "", "confirmed", "kestrel", 90, ())
CRM = replace(CAL, id="a-crm", source="import")


@pytest.mark.parametrize(("taken", "stands"), [((), "cal"), (("a-crm",), "a-crm"), (("cal",), "cal")])
def test_the_calendars_stands_for_it_unless_somebody_sits_in_the_crms(taken, stands) -> None:
    other = ({"cal", "a-crm"} - {stands}).pop()
    assert one_review([CRM, CAL], taken) == {other: stands}


@pytest.mark.parametrize(
    "news",
    [{"start": START + timedelta(hours=2)}, {"customer_id": "polnoc"}, {"status": "cancelled"}, {"verdict": "no"},
     {"source": "import"}],
)  # fmt: skip
def test_what_is_another_review_is_no_twin(news) -> None:
    assert one_review([CRM, replace(CAL, **news)]) == {}


def test_two_of_calendars_are_two_reviews() -> None:
    second = replace(CAL, id="second")
    assert one_review([CAL, second]) == {}
    assert one_review([CAL, CRM, second]) == {"a-crm": "cal"}
    assert one_review([CAL, CRM, second], {"a-crm"}) == {"cal": "a-crm"}
