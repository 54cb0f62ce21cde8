"""A search that is broken or behind: nothing is lost, it says so, and it is made anew."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.notes.model import Note
from companion.programme.health import examine
from companion.programme.model import House
from companion.programme.search import search
from fakes.house import Made
from fakes.ics import NOW

BREAKS = {
    "words gone": "DELETE FROM search_text_data WHERE id > 10",
    "words zeroed": "UPDATE search_text_data SET block = zeroblob(length(block)) WHERE id > 10",
    "some texts gone": "DELETE FROM search_text_content WHERE id IN (SELECT id FROM search_text_content LIMIT 3)",
    "all gone": "DROP TABLE search_text",
}


def noted(house: House) -> None:
    """Notes enough for several blocks of words."""
    with house.device() as device:
        for at in range(200):
            device.notes.put(Note(f"n{at}", f"m{at}", "kestrel", f"Spring review {at}", NOW, NOW))


def broken(path: Path, how: str) -> None:
    """Breaks the index by other hands."""
    with closing(sqlite3.connect(path)) as store, store:
        store.execute(how)


@pytest.mark.parametrize("how", BREAKS.values(), ids=BREAKS)
def test_doctor_makes_a_broken_index_anew(made: Made, how: str) -> None:
    noted(made.house)
    assert examine(made.house).facts["search_mended"] == 0
    broken(made.house.paths.device, how)
    found = examine(made.house)
    assert found.facts["search_mended"] > 0
    assert any("made anew" in line for line in found.lines)
    assert [one.code for one in found.problems if one.code.startswith("search")] == []
    assert len(search(made.house, "spring", most=500).hits) == 200
    assert examine(made.house).facts["search_mended"] == 0


def test_a_search_that_cannot_be_read_says_what_to_do_and_is_no_damage(made: Made) -> None:
    noted(made.house)
    broken(made.house.paths.device, BREAKS["words gone"])
    with pytest.raises(Problem) as told:
        search(made.house, "spring")
    assert told.value.code == "search_broken"


def test_what_was_written_meanwhile_is_found_after(made: Made) -> None:
    noted(made.house)
    broken(made.house.paths.device, BREAKS["all gone"])
    with made.house.device() as device:
        device.notes.put(Note("late", "m-late", "kestrel", "Lorries", NOW, NOW))
    with made.house.device(write=False) as device:
        assert device.search.behind() == 201, "all that is known, and one that waits"
    examine(made.house)
    assert [hit.id for hit in search(made.house, "lorries").hits] == ["late"]


@pytest.mark.parametrize(("code", "told"), [("search_broken", True), ("store_locked", False)])
def test_what_cannot_be_mended_is_told_and_somebody_elses_writing_is_no_trouble(
    made: Made, code: str, told: bool
) -> None:
    def begin(*, write: bool = True) -> object:
        if write:
            raise Problem(code, path="…")
        return made.house.device(write=False)

    found = examine(replace(made.house, device=begin))  # type: ignore[arg-type]
    assert ("search_not_mended" in [one.code for one in found.problems]) is told
