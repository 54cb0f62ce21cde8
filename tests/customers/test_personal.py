"""What in a line about somebody is theirs alone: told in four languages, and nothing else is."""

import pytest

from companion.customers.personal import personal


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("Was ill last spring.", ("health",)),
        ("Ciężko zachorował w maju", ("health",)),
        ("Sua moglie lavora con lui", ("family",)),
        ("Żona prowadzi księgowość", ("family",)),
        ("Mới ly hôn, đừng hỏi", ("family",)),
        ("Votes for the greens; his son Tom is a union member", ("family", "opinion")),
    ],
)
def test_what_is_only_theirs_is_told(line: str, about: tuple[str, ...]) -> None:
    assert personal(line) == about


@pytest.mark.parametrize(
    "line",
    ["Short and dry; likes a list.", "Reads everything twice, soon after six.", "Will still count boxes by hand.",
     "Trzyma umowę za skrzynką.", "Ama i numeri chiari.", "Thích đến sớm."],
)  # fmt: skip
def test_what_helps_in_the_meeting_passes(line: str) -> None:
    assert personal(line) == ()
