"""Series of Graph through the whole engine: one deleted, and one occurrence that a guest has by itself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from companion.basics.clock import now
from companion.basics.ids import meeting_id
from companion.calendars.model import Account
from companion.connectors.microsoft.graph import gate
from companion.connectors.secrets import keys
from companion.programme.meetings import forget
from connectors.microsoft.profile import ANNA, Firm, Profile, at, open_profile, sign_in, signed_in
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


def hosts_of(firm: Firm) -> Account:
    """Rosa's calendar, as Dana may read it."""
    url = f"{firm.ms.graph}/v1.0/users/rosa@ferro.example"
    return Account("rosa", "Hosts", "microsoft365", url, firm.dana.id, "rosa@ferro.example", True, NOW)


def ids(profile: Profile) -> list[str]:
    """The ids of all meetings."""
    with profile.house.workspace(write=False) as tx:
        return sorted(meeting.id for meeting in tx.meetings.everything())


@pytest.mark.case(3)
@pytest.mark.parametrize("moved", [None, at(13, 15), at(14, 10)])
@pytest.mark.parametrize("first", ["Hosts", "Work"])
def test_the_one_occurrence_a_guest_has_is_the_organisers(
    firm: Firm, start: Start, moved: datetime | None, first: str
) -> None:
    guests = [ANNA, ("dana@ferro.example", "Dana", "accepted")]
    series = firm.rosa.calendar.series("Kestrel weekly", at(-1), count=5, guests=guests)
    if moved:
        firm.rosa.calendar.move_occurrence(series, 2, moved)
    single = firm.rosa.calendar.copy(series, firm.dana.calendar, answer="accepted", day=2)
    profile = start()
    with profile.house.device() as device:
        device.accounts.put(hosts_of(firm))
    sign_in(profile.house, firm.ms, "own_calendar", "shared_calendar")
    assert profile.trouble(profile.sync([first])) == []
    assert profile.trouble(profile.sync()) == []
    assert len(profile.met()) == 5
    with profile.house.workspace(write=False) as tx:
        copies = tx.meetings.copies(ids(profile))
        both = [key for key, some in copies.items() if len(some) == 2]
        assert len(both) == 1
        (meeting,) = tx.meetings.some(both)
        assert meeting.id == meeting_id(meeting.uid, meeting.rec_key)
    firm.dana.calendar.move(single, at(13, 17))  # hers alone
    profile.time[0] += timedelta(days=1)
    assert profile.trouble(profile.sync()) == []
    assert len(profile.met()) == 5
    firm.dana.calendar.delete(single)
    profile.time[0] += timedelta(days=1)
    assert profile.trouble(profile.sync()) == []
    assert len(profile.met()) == 5
    with profile.house.workspace(write=False) as tx:
        assert {len(some) for some in tx.meetings.copies(ids(profile)).values()} == {1}


def test_who_forgets_the_meeting_forgets_the_guests_copy_too(firm: Firm, start: Start) -> None:
    guests = [ANNA, ("dana@ferro.example", "Dana", "accepted")]
    series = firm.rosa.calendar.series("Kestrel weekly", at(-1), count=5, guests=guests)
    firm.rosa.calendar.move_occurrence(series, 2, at(13, 15))
    single = firm.rosa.calendar.copy(series, firm.dana.calendar, answer="accepted", day=2)
    profile = start()
    with profile.house.device() as device:
        device.accounts.put(hosts_of(firm))
    sign_in(profile.house, firm.ms, "own_calendar", "shared_calendar")
    profile.sync()
    with profile.house.workspace(write=False) as tx:
        (both,) = [key for key, some in tx.meetings.copies(ids(profile)).items() if len(some) == 2]
    forget(profile.house, [both])
    assert at(13, 15) not in [when for _, when, _ in profile.held()]
    firm.dana.calendar.change(single, title="Kestrel weekly, again")
    profile.time[0] += timedelta(days=1)
    assert profile.trouble(profile.sync()) == []
    assert len(profile.met()) == 4
