"""Board: heard n of m, next, what is needed, and why; names only under an agreement where it is shared."""

from dataclasses import replace

import pytest

from companion.desktop.board.facts import read_board
from companion.desktop.board.page import BoardPage, lines_of
from desktop.seen import press


@pytest.fixture
def page(told, qtbot):
    made = BoardPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def test_leaders_stand_under_their_teams(page):
    cells = [line.cells for line in page.table.lines.lines]
    assert cells == [
        ("Finance", "", "", "", ""),
        ("Dana Okafor", "1 of 2", "5 Oct · <b>Hòa & Bình</b>", "26 Nov · Kestrel Plumbing Supply", "nothing"),
        ("Legal", "", "", "", ""),
        ("Mei Tan", "0 of 2", "not yet", "none", "cannot make it"),
    ]
    assert page.title.text() == "Board, 2026"
    assert "1 of 2 is on track." in page.sentence.text()


def test_a_row_says_why(page):
    page.table.selectRow(1)
    assert page.why.text().startswith("Dana Okafor: The target is 2 a year.")
    assert "Heard <b>Hòa & Bình</b> on 5 October" in page.why.text()


def test_the_pips_are_told_to_the_ear(page):
    from PySide6.QtCore import Qt

    index = page.table.lines.index(1, 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "1 of 2, 1 attended, 1 planned"


def test_a_shared_workspace_shows_sums_until_names_are_agreed(house):
    shared = replace(house, workspace_shared=True)
    lines = lines_of(read_board(shared, ""))
    assert [line.cells[0] for line in lines] == ["Finance (1 leader)", "Legal (1 leader)"]
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), names_agreed="agreement of 12 January"))
    assert "Dana Okafor" in [line.cells[0] for line in lines_of(read_board(shared, ""))]


@pytest.mark.parametrize("name", ["board.csv", "board.xlsx"])
def test_it_is_written_to_a_file(page, answers, told, tmp_path, qtbot, name):
    answers.path = tmp_path / name
    press(page, "Export…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    assert answers.path.stat().st_size > 100


def test_another_period_can_be_chosen(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page._choose("last")
    assert page.title.text() == "Board, 2025"
    with qtbot.waitSignal(page.filled):
        page._choose("rolling")
    assert page.title.text() == "Board, the last twelve months"
