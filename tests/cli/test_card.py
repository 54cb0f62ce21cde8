"""The opening card: the same story for everyone in a week, another one the week after, nobody's secret on it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme.card import card, of_week
from companion.takeaways.model import Takeaway
from companion.words.card import page
from desktop import made

MONDAY = date(2026, 11, 16)
STORY = Takeaway("a", 1, "p", "m", "c", "company", "They plan by the tide", quote="I live in forty minutes.",
                 quote_role="the head of the yard", customer_name="Marea Boats",
                 published=datetime(2026, 11, 2, 9, tzinfo=UTC))  # fmt: skip


def of(name: str, day: int, quote: str = "Said.") -> Takeaway:
    return replace(STORY, id=name, quote=quote, published=datetime(2026, 11, day, 9, tzinfo=UTC))


def test_each_week_shows_another_story_while_there_is_one():
    stories = [of("a", 2), of("b", 3), of("c", 4, quote="")]
    weeks = [of_week(stories, MONDAY + timedelta(weeks=n), "UTC").id for n in (-2, -1, 0)]
    assert sorted(weeks) == ["a", "b", "c"]
    assert weeks[0] == "b", "the newest with a quote comes first"
    assert of_week(stories, MONDAY, "UTC") == of_week(list(reversed(stories)), MONDAY, "UTC")


def test_one_story_alone_is_shown_again():
    assert {of_week([STORY], MONDAY + timedelta(weeks=n), "UTC").id for n in range(12)} == {"a"}


def test_the_page_runs_nothing_that_somebody_wrote():
    made = page(replace(STORY, headline="<script>x</script>", quote="<img src=x>"), "a yard & more")
    assert "<script" not in made
    assert "<img" not in made
    assert "&lt;script&gt;" in made
    assert "default-src 'none'" in made


def test_a_team_without_stories_is_told_so(tmp_path):
    made.lay_out(tmp_path / "home")
    house = made.build(tmp_path / "home")
    found = card(house, "finance")
    assert (found.team, found.takeaway.headline) == ("Finance", "Twelve drivers, one badge reader")
    with house.workspace() as tx:
        tx.takeaways.put(replace(found.takeaway, held=made.NOW, held_by="Rosa"))
    with pytest.raises(Problem) as told:
        card(house, "Finance")
    assert told.value.code == "card_none"
    house.close()
