"""Two people's devices on one workspace: what each reads of a meeting comes to one, in whatever order."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from companion.basics.ids import meeting_id
from companion.bootstrap import build
from companion.connectors.ics.worker import InlineReader
from companion.programme import accounts, meetings
from companion.programme.model import House
from companion.programme.sync import sync
from companion.programme.views.meetings import meetings as listed
from fakes.house import Made
from fakes.ics import calendar, event
from fakes.killing import Fate, KilledError, fated
from fakes.source import FakeSource

DAY = "20261212T130000Z"


@pytest.fixture
def pair(made: Made, laid_out: Path, tmp_path: Path) -> Iterator[dict[str, tuple[House, FakeSource]]]:
    """Dana's device with her calendar, Lev's with his, and ops' with the hosts'; the workspace is Dana's."""
    houses: dict[str, tuple[House, FakeSource]] = {}
    for name in ("dana", "lev", "hosts"):
        shutil.copytree(laid_out, tmp_path / name)
        source = FakeSource({})
        house = build(tmp_path / name, clock=lambda: made.time[0], secrets_mode="session")
        house = replace(
            house, me=f"{name}@ferro.example", workspace=made.house.workspace, workspace_shared=True,
            open_reader=InlineReader, open_source=lambda _account, _days, source=source: source,
        )  # fmt: skip
        accounts.add(house, accounts.NewAccount("caldav", name, "https://cal.example/", hosts=name == "hosts"))
        houses[name] = house, source
    houses["dana"][1].members = {"a": calendar(event("a", DAY, title="FW: review", answer="ACCEPTED"))}
    lev = event("a", DAY, title="Review?", guests=("ken@kestrel.example", "lev@ferro.example"))
    houses["lev"][1].members = {"b": calendar(lev)}
    both = ("ken@kestrel.example", "lev@ferro.example", "dana@ferro.example")
    houses["hosts"][1].members = {"c": calendar(event("a", DAY, title="Kestrel review", guests=both))}
    yield houses
    for house, _ in houses.values():
        house.close()


def seen(made: Made) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (row.meeting.title, row.meeting.status, sorted((seat.name, seat.state) for seat in row.seats))
        for row in listed(made.house).rows
    ]


ALL = [("Kestrel review", "confirmed", [("Dana Okafor", "accepted"), ("Lev Brandt", "accepted")])]


@pytest.mark.parametrize("order", list(permutations(("dana", "lev", "hosts"))))
def test_the_order_of_the_devices_does_not_matter(
    made: Made, pair: dict[str, tuple[House, FakeSource]], order: tuple[str, ...]
) -> None:
    for _ in range(2):
        for name in order:
            sync(pair[name][0])
    assert seen(made) == ALL


def test_what_only_one_of_them_has_waits_for_that_one(made: Made, pair: dict[str, tuple[House, FakeSource]]) -> None:
    pair["hosts"][1].members = {}
    for _ in range(2):
        for house, _source in pair.values():
            sync(house)
    assert seen(made) == []
    meetings.release(pair["dana"][0], [meeting_id("a", "-")])
    assert [(title, seats) for title, _, seats in seen(made)] == [("FW: review", [("Dana Okafor", "accepted")])]
    sync(pair["lev"][0])
    assert len(seen(made)[0][2]) == 1, "hers was a yes to hers alone"


@pytest.mark.parametrize("point", range(1, 16, 2))
def test_one_device_dies_while_the_other_reads(
    made: Made, pair: dict[str, tuple[House, FakeSource]], point: int
) -> None:
    for name in ("hosts", "dana", "lev"):
        try:
            sync(fated(pair[name][0], Fate(dies_at=point)))
        except KilledError:
            continue
    for _ in range(2):
        for house, _source in pair.values():
            sync(house)
    assert seen(made) == ALL


def test_forgotten_on_one_device_is_forgotten_on_all(made: Made, pair: dict[str, tuple[House, FakeSource]]) -> None:
    for name in ("hosts", "dana", "lev"):
        sync(pair[name][0])
    meetings.forget(pair["dana"][0], [meeting_id("a", "-")])
    for house, source in pair.values():
        source.members = {f"again-{key}": data for key, data in source.members.items()}
        sync(house)
    assert seen(made) == []
    with made.house.workspace(write=False) as tx:
        assert tx.meetings.copies([meeting_id("a", "-")]) == {}
    for house, _source in pair.values():
        with house.device(write=False) as device:
            assert [device.events.count(account.id) for account in device.accounts.all()] == [0]
            assert device.queue.waiting() == []
