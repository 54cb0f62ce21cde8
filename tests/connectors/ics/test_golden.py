"""Recurrence to the letter: every example of RFC 5545, and tables of our own, through the whole reader."""

from datetime import timedelta

import pytest

from companion.calendars.model import Window
from connectors.ics.calendar_text import codes, event, taken
from connectors.ics.golden_tables import Example, examples, told

TABLES = [
    pytest.param(file, example, rule, id=f"{file[:-4]}: {example.name}{'' if rule < 0 else ', otherwise'}")
    for file in ("rfc5545.txt", "rules.txt", "zones.txt")
    for example in examples(file)
    for rule in range(-1, len(example.others))
]


def written(example: Example, rule: int) -> list[str]:
    """The entries of an example; `rule` >= 0 puts another way to write its rule in the first."""
    entries = [list(lines) for lines in example.entries]
    if rule >= 0:
        entries[0] = [line for line in entries[0] if not line.startswith("RRULE")] + [example.others[rule]]
    return [event(when="".join(f"{line}\n" for line in lines)) for lines in entries]


@pytest.mark.case(10, 11, 12, 13, 17, 29)
@pytest.mark.parametrize(("file", "example", "rule"), TABLES)
def test_a_rule_gives_exactly_the_starts_of_its_table(file: str, example: Example, rule: int) -> None:
    first, last = example.days()
    reading = taken(*written(example, rule), window=Window(first, last))
    assert codes(reading) == []
    expected = sorted(example.starts)
    found = sorted(item.start for item in reading.events)
    likes = expected + ["x" * 16] * max(0, len(found) - len(expected))
    assert [told(start, example.zone, like) for start, like in zip(found, likes, strict=True)] == expected
    assert len({item.rec_key for item in reading.events}) == len(expected)
    if example.endless:
        later = Window(first, last + timedelta(days=9000))
        more = taken(*written(example, rule), window=later)
        assert len(more.events) > len(expected) or codes(more) == ["series_too_large"]


def test_the_tables_hold_every_example_of_the_standard() -> None:
    held = examples("rfc5545.txt")
    assert sum(example.name.startswith("3.8.5.3") for example in held) >= 40
    assert len({example.name for example in held}) == len(held) >= 50
