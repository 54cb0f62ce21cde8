"""Imports, syncs, moves, corrections and imports taken back, in any order: the same board comes of them.

Each matter has an order of its own: a list is brought in before it is taken back, a calendar's entry moves once and
once more. How the matters interleave must not matter, nor when calendars are read between.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from companion.attendance.standing import Standing
from companion.basics.ids import meeting_id
from companion.bootstrap import build
from companion.connectors.ics.worker import InlineReader
from companion.programme import attendance_import, seats
from companion.programme.sync import sync
from companion.programme.views.board import board
from fakes.house import Made
from fakes.ics import NOW, calendar, event

HEAD = "email,customer,date,state,evidence\n"
LAST = datetime(2026, 12, 20, 9, tzinfo=UTC)
Step = Callable[[Made], None]


def moved(uid: str, start: str, *, answer: str = "ACCEPTED") -> Step:
    """The entry stands in Dana's calendar at that time; "" is: it was taken out."""

    def step(made: Made) -> None:
        members = made.sources["Work"].members
        if start:
            members[uid] = calendar(event(uid, start, answer=answer))
        else:
            members.pop(uid, None)

    return step


def said(uid: str, who: str, state: str, by: str, minute: int, to: str = "") -> Step:
    """Somebody says so, at a time of its own whenever it arrives."""

    def step(made: Made) -> None:
        at = LAST.replace(hour=7, minute=minute)
        seats.set_state(made.house, meeting_id(uid, "-"), who, state, by, to=to, at=at)  # type: ignore[arg-type]

    return step


def listed(name: str, rows: str) -> Step:
    def step(made: Made) -> None:
        attendance_import.bring(made.house, HEAD + rows, name=name, make_meetings=True)

    return step


def taken_back(name: str) -> Step:
    def step(made: Made) -> None:
        batch = next(one for one in attendance_import.imports(made.house) if one.name == name)
        attendance_import.undo(made.house, batch.id)

    return step


def read(made: Made) -> None:
    sync(made.house)


CHAINS: tuple[tuple[Step, ...], ...] = (
    (moved("a", "20261112T130000Z"), read, moved("a", "20261113T090000Z"), read),
    (moved("b", "20261203T130000Z"), moved("b", "20261210T130000Z"), read),
    (moved("c", ""), read),
    (said("a", "dana", "missed", "self", 1),),
    (said("a", "dana", "attended", "host", 2),),
    (said("a", "dana", "attended", "ops", 3),),
    (said("b", "dana", "excused", "self", 4),),
    (said("d", "dana", "delegated", "self", 5, to="lev"),),
    (listed("old", "dana@ferro.example,Kestrel,2026-02-03,attended,host\n"
                   "lev@ferro.example,Kestrel,2026-02-03,attended,host\n"), taken_back("old")),
    (listed("new", "lev@ferro.example,Kestrel,2026-03-04,attended,host\n"
                   "dana@ferro.example,Kestrel,2026-03-04,missed,host\n"),),
)  # fmt: skip


def played(home: Path, order: list[int]) -> list[tuple[object, ...]]:
    """The board after the chains were gone through, the next step each time of the chain that is named."""
    time = [NOW]
    house = build(home, clock=lambda: time[0], secrets_mode="session")
    try:
        made = Made(house, time, {})
        house = made.house = replace(
            house, me="dana@ferro.example", open_reader=InlineReader,
            open_source=lambda account, _days: made.sources[account.name],
        )  # fmt: skip
        start = {"a": "20261110T130000Z", "b": "20261202T130000Z", "c": "20261204T130000Z", "d": "20261105T130000Z"}
        made.account("Work", "dana@ferro.example").members = {
            uid: calendar(event(uid, at, answer="ACCEPTED")) for uid, at in start.items()
        }
        sync(house)
        time[0] = LAST
        left = [list(chain) for chain in CHAINS]
        for at in [*order, *(number for number, chain in enumerate(CHAINS) for _ in chain)]:
            if left[at]:
                left[at].pop(0)(made)
        sync(house)
        return [shown(row.standing) for row in board(house, "2026").rows]
    finally:
        house.close()


def shown(standing: Standing) -> tuple[object, ...]:
    return (
        standing.person_id, standing.expected, standing.heard, standing.completed, standing.coming, standing.needs,
        standing.flag, standing.unknown, standing.excused, standing.delegated,
        standing.last.start if standing.last else None, [reason.code for reason in standing.why],
    )  # fmt: skip


@pytest.fixture(scope="session")
def in_a_row(laid_out: Path) -> list[tuple[object, ...]]:
    """The board where one matter is ended before the next one begins."""
    return of_a_new_home(laid_out, [])


def of_a_new_home(laid_out: Path, order: list[int]) -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(laid_out, home)
        return played(home, order)


def test_it_is_what_was_said(in_a_row: list[tuple[object, ...]]) -> None:
    assert [one[:3] for one in in_a_row] == [("dana", 2, 1), ("lev", 2, 2)]
    assert in_a_row[0][7:10] == (1, 1, 1)  # one nobody knows of, one excused, one delegated


ORDER = st.lists(st.integers(0, len(CHAINS) - 1), max_size=24)
ANYHOW = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@settings(ANYHOW, max_examples=4, phases=(Phase.explicit, Phase.generate))
@given(order=ORDER)
def test_no_order_changes_the_board(laid_out: Path, in_a_row: list[tuple[object, ...]], order: list[int]) -> None:
    assert of_a_new_home(laid_out, order) == in_a_row


@pytest.mark.torture
@settings(ANYHOW, max_examples=250)
@given(order=ORDER)
def test_no_order_changes_the_board_for_long(
    laid_out: Path, in_a_row: list[tuple[object, ...]], order: list[int]
) -> None:
    assert of_a_new_home(laid_out, order) == in_a_row
