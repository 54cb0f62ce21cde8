"""Time with customers in words: a length is never taken for a time of day."""

import pytest

from companion.basics.clock import now
from companion.reflection.time import Month
from companion.words.time import month_told, spent, summary

FIRST = now().date().replace(year=2026, month=11, day=1)


@pytest.mark.parametrize(("minutes", "said"), [(1515, "25 h 15 min"), (1200, "20 h"), (45, "45 min"), (0, "0 min")])
def test_a_length_is_said_with_its_units(minutes, said):
    assert spent(minutes) == said


def test_a_month_is_told():
    assert month_told(Month(FIRST, in_person=90, busy=1515)) == (
        "November 2026: 1 h 30 min in person, busy for 25 h 15 min"
    )


@pytest.mark.parametrize(
    ("month", "said"),
    [
        (Month(FIRST, in_person=180), "In the last 12 months you spent 3 hours with customers, all of it in person."),
        (Month(FIRST, video=60), "In the last 12 months you spent 1 hour with customers, none of it in person."),
        (
            Month(FIRST, in_person=60, video=120),
            "In the last 12 months you spent 3 hours with customers, 1 hour of it in person.",
        ),
        (Month(FIRST), "In the last 12 months you spent no time with customers yet."),
    ],
)
def test_the_sentence_on_top_is_a_sentence(month, said):
    assert summary(month, 12) == said
