"""Every known calendar fault is held by a test or has its reason, and the page that says so tells the truth."""

from pathlib import Path

import pytest

from architecture.cases import PAGE, marks, rows, written
from architecture.tree import ROOT, none

CASES = range(1, 72)


def test_every_case_has_one_row() -> None:
    assert [row.number for row in rows(PAGE.read_text("utf-8"))] == list(CASES)


def test_every_case_is_held_or_has_its_reason() -> None:
    none(
        f"{row.number:02} is held by no test and has no reason: {row.hurts}"
        for row in rows(PAGE.read_text("utf-8"))
        if row.open
    )


def test_the_page_names_the_tests_that_carry_the_mark() -> None:
    held, loose = marks()
    none(f"{place} marks a case, but no test carries it, or it names no number" for place in loose)
    none(f"{number} is no case ({', '.join(names)})" for number, names in held.items() if number not in CASES)
    none(
        f"{row.number:02}: the page says {', '.join(row.tests) or 'nothing'}, the marks {', '.join(told) or 'nothing'}"
        for row in rows(PAGE.read_text("utf-8"))
        if (told := held.get(row.number, ())) != row.tests
    )


@pytest.mark.parametrize(
    ("source", "found", "loose"),
    [
        ("@pytest.mark.case(3, 4)\ndef test_a(): ...", {3: ("test_x.test_a",), 4: ("test_x.test_a",)}, 0),
        ("pytestmark = pytest.mark.case(5)\ndef test_a(): ...", {5: ("test_x",)}, 0),
        (
            "T = [pytest.param(1, marks=pytest.mark.case(6))]\n@pytest.mark.parametrize('n', T)\ndef test_a(n): ...",
            {6: ("test_x.test_a",)},
            0,
        ),
        ("def made():\n    return pytest.mark.case(7)", {}, 1),
        ("@pytest.mark.case('8')\ndef test_a(): ...", {}, 1),
    ],
)
def test_marks_are_found_wherever_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, found: dict[int, tuple[str, ...]], loose: int
) -> None:
    monkeypatch.setattr("architecture.cases.where", lambda *_: "here")
    file = tmp_path / "test_x.py"
    file.write_text(source)
    held, unread = marks([file])
    assert (held, len(unread)) == (found, loose)


def test_writing_the_page_changes_the_third_column_only() -> None:
    page = "| 1 | a | `old` | why |\n| 2 | b | | |\ntext\n"
    assert written(page, {1: ("m.test_a", "m.test_b")}) == (
        "| 1 | a | `m.test_a`, `m.test_b` | why |\n| 2 | b | | |\ntext\n"
    )
    assert ROOT in PAGE.parents
