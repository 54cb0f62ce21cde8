"""Series of Graph through the whole engine: one deleted, and one occurrence that a guest has by itself."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from companion.basics.clock import now
from companion.connectors.microsoft.graph import gate
from companion.connectors.secrets import keys
from connectors.microsoft.profile import ANNA, Firm, Profile, at, open_profile, signed_in
from fakes.ics import NOW
from servers.microsoft import Microsoft365

Start = Callable[[], Profile]


@pytest.fixture
def firm(microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch) -> Firm:
    """A firm with empty calendars, whose waits cost no time."""
    monkeypatch.setattr(gate, "pause", lambda _seconds, ticket: ticket.step())
    monkeypatch.setattr(keys, "_COST", {"n": 16, "r": 8, "p": 1})
    microsoft.ahead(int((NOW - now()).total_seconds()))
    dana, rosa = microsoft.user("dana@ferro.example", "Dana Okafor"), microsoft.user("rosa@ferro.example", "Rosa Vidal")
    microsoft.share(rosa, dana)
    return Firm(microsoft, dana, rosa, dana.add_calendar("Team plan"))


@pytest.fixture
def start(firm: Firm, laid_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Dana's profile, opened."""
    return lambda: open_profile(firm, signed_in(firm, tmp_path / "home", laid_out, monkeypatch))


def test_a_deleted_series_is_one_thing_gone_and_holds_nothing_up(firm: Firm, start: Start) -> None:
    calendar = firm.dana.calendar
    series = calendar.series("Kestrel weekly", at(-390), count=110, guests=[ANNA])
    for day in range(1, 25, 3):
        calendar.add(f"Kestrel review {day}", at(day), guests=[ANNA])
    profile = start()
    assert profile.trouble(profile.sync()) == []
    assert len(profile.met()) == 118
    calendar.delete(series)
    calendar.add("Kestrel new", at(4, 8), guests=[ANNA])
    profile.time[0] += timedelta(days=1)
    (done,) = profile.sync()
    assert (profile.trouble([done]), done.added, done.removed) == ([], 1, 110)
    profile.settled()
