"""What crosses as JSON comes back whole, every field of it."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from companion.programme.codec import action_from_json, answer_from_json, takeaway_from_json, to_json
from companion.takeaways.model import Action, Answer, Takeaway

READ = {Takeaway: takeaway_from_json, Answer: answer_from_json, Action: action_from_json}
texts = some.text(max_size=12)
instants = some.datetimes(timezones=some.sampled_from((UTC, timezone(timedelta(hours=5, minutes=45)))))
VALUES: dict[str, some.SearchStrategy[Any]] = {
    "str": texts, "int": some.integers(0, 9), "bool": some.booleans(), "datetime": instants,
    "datetime | None": some.none() | instants, "date | None": some.none() | some.dates(date(1, 1, 1)),
    "tuple[str, ...]": some.lists(texts, max_size=3).map(tuple),
    "tuple[tuple[str, str], ...]": some.lists(some.tuples(texts, texts), max_size=3).map(tuple),
    "Literal['app', 'mail', 'file']": some.sampled_from(("app", "mail", "file")),
    "Literal['taken', 'review', 'dismissed']": some.sampled_from(("taken", "review", "dismissed")),
}  # fmt: skip


def any_of(kind: type) -> some.SearchStrategy[Any]:
    """Any value of a dataclass, every field of it drawn; a field of a new type fails here until it is added."""
    return some.builds(kind, **{item.name: VALUES[_named(item.type)] for item in fields(kind)})


def _named(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind).replace("datetime.", "").replace("typing.", "")


@pytest.mark.parametrize("kind", [Takeaway, Answer, Action])
def test_every_field_comes_back(kind: type) -> None:
    @given(any_of(kind))
    def trip(value: Any) -> None:
        assert READ[kind](json.loads(json.dumps(to_json(value)))) == value  # type: ignore[index]

    trip()


def test_what_a_newer_device_sends_more_is_left_out_and_what_an_older_one_lacks_is_plain() -> None:
    plain = Takeaway("t", 1, "p", "m", "c", "company", "H", published=datetime(2026, 1, 1, tzinfo=UTC))
    body = to_json(plain)
    for name in ("origins", "pillars", "needs_yes", "expires", "held"):
        del body[name]
    assert takeaway_from_json({**body, "colour": ["blue"]}) == plain
    assert takeaway_from_json(to_json(replace(plain, headline="2026-01-01"))).headline == "2026-01-01"
