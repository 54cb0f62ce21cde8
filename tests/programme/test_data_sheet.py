"""The data sheet: it describes all that is held, and follows the settings in force."""

from dataclasses import replace
from datetime import date

import pytest

from companion.people.model import Person
from companion.programme.agreement import agreement, record, take_back
from companion.programme.data_map import DEVICE, WORKSPACE
from companion.programme.data_sheet import data_sheet
from companion.programme.document import Document
from companion.programme.model import House, Programme
from companion.words.language import LANGUAGES
from companion.words.privacy import HELD, WHO
from fakes.house import Made

OLGA = Person("olga", "olga@ferro.example", "Olga Brandt", (), "Office", "ops")


def test_every_kind_of_what_is_held_stands_in_the_sheet_once() -> None:
    """`test_held.py` walks each column of each table into a section; here no section is left out of the sheet."""
    told = [section for sections, *_ in HELD for section in sections]
    assert sorted(told) == sorted({trace.section for trace in (*WORKSPACE, *DEVICE)})
    assert {who for *_, who in HELD} - set(WHO) == {"figures"}


def set_up(house: House, **changes: object) -> None:
    with house.workspace() as tx:
        known: Programme = tx.programme.get()
        tx.programme.put(replace(known, **changes))  # type: ignore[arg-type]


def settings(made: Document) -> str:
    return " ".join(next(section.items for section in made.sections if section.key == "settings"))


def column(made: Document, number: int) -> list[str]:
    grid = made.sections[0].grid
    assert grid is not None
    return [row[number] for row in grid.rows]


def test_it_follows_the_settings(made: Made) -> None:
    assert "a file on one computer" in settings(data_sheet(made.house))
    house = replace(made.house, workspace_shared=True, me=OLGA.email)
    with house.workspace() as tx:
        tx.people.put(OLGA)
    first = data_sheet(house)
    assert "nobody sees others by name" in settings(first)
    assert "1 person has the role of ops" in settings(first)
    assert "The person; everybody else sums of teams of three leaders or more" in column(first, 2)
    record(house, "Works agreement 12/2026", date(2026, 11, 1))
    set_up(house, expiry_months=7, who_sat=False, weekly_yes=True, digest="fri 09:00", part_time=True)
    then = data_sheet(house)
    for part in ("under: Works agreement 12/2026, since 1 November 2026, recorded by olga@ferro.example",
                 "not asked who sat in", "look at before it goes out", "works part time"):  # fmt: skip
        assert part in settings(then), part
    assert "The person, and ops by name" in column(then, 2)
    assert "Shown for 7 months; then kept, and shown to nobody" in column(then, 3)
    take_back(house, "it was called off")
    assert settings(data_sheet(house)).startswith("No agreement")
    with house.workspace(write=False) as tx:
        entries = [entry for entry in tx.programme.entries() if entry.what == "agreement"]
    assert [(entry.old, entry.new, entry.why) for entry in reversed(entries)] == [
        ("", "Works agreement 12/2026 (2026-11-01)", ""),
        ("Works agreement 12/2026 (2026-11-01)", "", "it was called off"),
    ]
    assert not agreement(house).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_all_of_it(made: Made, language: str) -> None:
    sheet, english = data_sheet(made.house, language), data_sheet(made.house)
    assert [len(section.items) for section in sheet.sections] == [len(section.items) for section in english.sections]
    page = made.house.render_report(sheet)
    assert f'<html lang="{language}">' in page.html
    assert page.markdown.startswith(f"# {sheet.title}")
    if language != "en":
        said, source = set(column(sheet, 0) + column(sheet, 1)), set(column(english, 0) + column(english, 1))
        assert not said & source
