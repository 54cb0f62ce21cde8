"""When a takeaway goes out, who is asked first, how long it is shown: the rule alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from companion.basics.errors import Problem
from companion.takeaways.model import Takeaway
from companion.takeaways.release import Terms, expiry, months_after, release
from companion.takeaways.state import is_out, same_content, state_of

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = NOW.date()
TERMS = Terms(NOW, TODAY, host=True, post=True)
PLAIN = Takeaway("t", 1, "dana", "m", "kestrel", "company", "They plan by the tide", scene="At six", quote="A crew day")
AUDIENCES = ("company", "team:Finance", "listeners", "me")

terms = some.builds(
    Terms, some.just(NOW), some.just(TODAY), host=some.booleans(), post=some.booleans(), nda=some.booleans(),
    host_hours=some.integers(0, 72), expiry_months=some.integers(0, 36), review=some.booleans(),
)  # fmt: skip
takeaways = some.builds(
    replace, some.just(PLAIN), audience=some.sampled_from(AUDIENCES), may_quote=some.sampled_from(("", "yes", "ask")),
    quote=some.sampled_from(("", "A crew day")), expires=some.sampled_from((None, TODAY + timedelta(9))),
)  # fmt: skip


def test_what_is_for_everyone_waits_a_day_for_its_host() -> None:
    made = release(PLAIN, None, TERMS)
    assert (made.takeaway.out_at, made.letter, made.untold) == (NOW + timedelta(hours=24), "host_notice", False)
    assert state_of(made.takeaway, NOW, TODAY) == "waiting"
    assert not is_out(made.takeaway, NOW + timedelta(hours=60), TODAY), "the host was not told yet"
    assert is_out(replace(made.takeaway, unannounced=False), NOW + timedelta(hours=24), TODAY)


def test_without_a_post_nobody_is_told_so_nothing_waits_and_that_is_said() -> None:
    made = release(PLAIN, None, replace(TERMS, post=False))
    assert (made.takeaway.out_at, made.untold) == (None, True)
    assert not release(PLAIN, None, replace(TERMS, post=False, host=False)).untold, "no host, nobody to tell"


@pytest.mark.parametrize("audience", ["team:Finance", "listeners"])
def test_a_teams_goes_out_as_its_host_gets_a_copy(audience: str) -> None:
    made = release(replace(PLAIN, audience=audience), None, TERMS)
    assert (made.takeaway.out_at, made.takeaway.needs_yes, made.letter) == (None, False, "host_copy")


@pytest.mark.parametrize(
    ("news", "more", "why"),
    [
        ({}, {"nda": True}, ("nda",)),
        ({"may_quote": "ask"}, {}, ("ask",)),
        ({}, {"review": True}, ("review",)),
        ({"may_quote": "ask", "audience": "listeners"}, {"nda": True, "review": True}, ("nda", "ask", "review")),
        ({"may_quote": "ask", "quote": " "}, {}, ()),
    ],
)
def test_what_waits_for_a_yes(news: dict[str, str], more: dict[str, bool], why: tuple[str, ...]) -> None:
    made = release(replace(PLAIN, **news), None, replace(TERMS, **more))  # type: ignore[arg-type]
    assert (made.why, made.takeaway.needs_yes, made.letter == "host_yes") == (why, bool(why), bool(why))
    blind = release(replace(PLAIN, **news), None, replace(TERMS, post=False, **more))  # type: ignore[arg-type]
    assert blind.takeaway.needs_yes == bool(why), "a yes that is needed is needed without a post too"


@given(takeaways, terms)
def test_nothing_is_out_before_its_time(takeaway: Takeaway, given_terms: Terms) -> None:
    made = release(takeaway, None, given_terms)
    out = is_out(made.takeaway, NOW, TODAY)
    if takeaway.audience != "me" and (given_terms.nda or given_terms.review):
        assert not out
    if takeaway.audience == "company" and given_terms.host and given_terms.post and given_terms.host_hours:
        assert not out
    assert made.letter == "" or given_terms.host or made.takeaway.needs_yes
    assert same_content(takeaway, made.takeaway), "the rule changes no word"


@given(takeaways, terms, some.booleans())
def test_the_same_words_again_change_nothing_of_where_they_stand(
    takeaway: Takeaway, given_terms: Terms, later: bool
) -> None:
    first = release(takeaway, None, given_terms).takeaway
    again_terms = replace(given_terms, now=NOW + timedelta(days=2 * later), review=False)
    again = release(replace(takeaway, expires=first.expires), first, again_terms)
    assert (again.takeaway, again.letter) == (first, "")


@given(takeaways, terms)
def test_a_correction_of_what_is_out_does_not_wait_a_day(takeaway: Takeaway, given_terms: Terms) -> None:
    out = replace(takeaway, needs_yes=False, out_at=None)
    made = release(replace(out, revision=2, scene="At seven"), out, given_terms)
    assert made.takeaway.out_at is None
    waiting = replace(out, out_at=NOW + timedelta(hours=1))
    held_back = release(replace(out, revision=2, scene="At seven"), waiting, replace(TERMS, host_hours=24))
    if takeaway.audience == "company" and not held_back.why:
        assert (held_back.takeaway.out_at, held_back.takeaway.unannounced) == (NOW + timedelta(hours=24), True), (
            "its host sees the new words for a whole day"
        )


def test_it_is_shown_for_a_year_or_less() -> None:
    assert expiry(None, TODAY, 12) == date(2027, 11, 21)
    assert expiry(date(2026, 12, 1), TODAY, 12) == date(2026, 12, 1)
    assert expiry(TODAY, TODAY, 12) == TODAY
    assert expiry(None, TODAY, 0) is None
    with pytest.raises(Problem, match="expiry_past"):
        expiry(TODAY - timedelta(1), TODAY, 12)
    with pytest.raises(Problem, match="expiry_too_long"):
        expiry(date(2027, 11, 22), TODAY, 12)


@given(some.dates(date(2000, 1, 1), date(2100, 12, 31)), some.integers(1, 60))
def test_months_are_counted_as_people_count_them(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)
