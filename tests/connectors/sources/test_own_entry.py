"""An entry of ours that a leader took into the own calendar comes back to us by no way there is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.attendance.entry import SeatEntry, seat_uid
from companion.connectors.entry import render_entry
from companion.programme.sync import sync
from connectors.sources.calendars import OneFile, OnGraph, OnServer, calendar
from fakes.house import Made, laid_out, made
from fakes.ics import calendar as text
from fakes.ics import event

__all__ = ["laid_out", "made"]
START = datetime(2026, 12, 10, 13, tzinfo=UTC)
OURS = SeatEntry(
    seat_uid("1b671a64-40d5-491e-99b0-da01ff1f3341"), 0, START, START, START + timedelta(hours=1), False,
    "Listen: Kestrel Plumbing Supply", "Host: Rosa Vidal.", "Dock 4", "",
)  # fmt: skip


@pytest.mark.server
@pytest.mark.parametrize("kind", ["file", "radicale", "graph"])
def test_no_source_brings_it_back(
    kind: str, made: Made, tmp_path: Path, request: pytest.FixtureRequest
) -> None:  # fmt: skip
    with calendar(kind, tmp_path, request.getfixturevalue) as at:
        made.account("Work", "dana@ferro.example")
        made.house = replace(made.house, open_source=lambda _account, _days: at.source())
        ours = render_entry([OURS]).decode()
        if isinstance(at, OnGraph):
            at.agenda.add(OURS.summary, START, ical_uid=OURS.uid)
            at.agenda.add(
                "Kestrel review", START, ical_uid="review", guests=[("anna@kestrel.example", "Anna", "accepted")]
            )
        elif isinstance(at, OnServer):
            assert at.server
            at.server.put_text(at.calendar, "ours", ours)
            at.server.put_text(at.calendar, "review", text(event("review", "20261210T130000Z")).decode())
        else:
            assert isinstance(at, OneFile)
            both = text(event("review", "20261210T130000Z"), ours[ours.index("BEGIN:VEVENT") : ours.index("END:VCAL")])
            Path(at.account.url).write_bytes(both)
        (done,) = sync(made.house)
    assert (done.ledger.seen, done.ledger.own, done.ledger.kept, done.added) == (2, 1, 1, 1)
    assert not done.problems
    with made.house.workspace(write=False) as tx:
        assert [one.uid for one in tx.meetings.everything()] == ["review"]
        assert {one.meeting_id for one in tx.seats.evidence()} <= {tx.meetings.everything()[0].id}
    with made.house.device(write=False) as device:
        (account,) = device.accounts.all()
        assert device.events.runs(account.id)[0].ledger.own == 1
