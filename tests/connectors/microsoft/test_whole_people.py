"""What people, IT and broken entries do to a mailbox that is read: sign-in, source and sync together."""

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from companion.basics.progress import Cancelled, Ticket
from companion.calendars.model import Account
from companion.connectors.microsoft.graph import gate
from companion.connectors.secrets import keys
from companion.programme.patience import SIGNED_OUT
from connectors.microsoft.profile import (
    ANNA,
    Firm,
    Profile,
    at,
    check_no_secret,
    new_firm,
    open_profile,
    sign_in,
    signed_in,
)  # fmt: skip
from fakes.ics import NOW
from servers.microsoft import Microsoft365


@pytest.fixture
def firm(microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch) -> Firm:
    monkeypatch.setattr(gate, "pause", lambda _seconds, ticket: ticket.step())
    monkeypatch.setattr(keys, "_COST", {"n": 16, "r": 8, "p": 1})
    return new_firm(microsoft)


@pytest.fixture
def profile(
    firm: Firm, laid_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[Profile]:
    """A profile in which Dana has signed in; in the end nothing that was secret is anywhere."""
    caplog.set_level(logging.DEBUG)
    opened = open_profile(firm, signed_in(firm, tmp_path / "home", laid_out, monkeypatch))
    yield opened
    opened.house.close()
    check_no_secret(firm.ms, tmp_path, caplog.text)


def codes(profile: Profile, names: tuple[str, ...] = ()) -> list[str]:
    """The problems of a sync."""
    return [told.partition(":")[0] for told in profile.trouble(profile.sync(names))]


def with_hosts(profile: Profile) -> None:
    """Rosa's calendar, which Dana may read, becomes an account too."""
    (person,) = profile.house.identity.people()
    with profile.house.device() as device:
        mine = device.accounts.by_name("Work")
        assert mine
        url = f"{profile.firm.ms.graph}/v1.0/users/{profile.firm.rosa.address}"
        device.accounts.put(Account("hosts", "Hosts", mine.kind, url, person.id, "rosa@ferro.example", True, NOW))
    sign_in(profile.house, profile.firm.ms, "Calendars.Read.Shared")


@pytest.mark.case(26, 34)
@pytest.mark.parametrize("kind", ["bad_date", "nulls", "unknown_values"])
def test_a_broken_entry_hides_only_itself(profile: Profile, kind: str) -> None:
    faults = profile.firm.ms.faults
    faults.next(kind, path="calendar/calendarView", times=10_000, item=2)
    profile.sync()
    held, truth = profile.held(), profile.truth()
    assert set(held) <= set(truth)
    assert len(held) >= len(truth) - 6  # at most one of each page
    profile.time[0] += timedelta(days=8)  # past the weekly reconcile
    profile.settled()


def test_what_comes_too_slowly_can_be_cancelled_at_once(profile: Profile) -> None:
    profile.sync()
    profile.firm.dana.calendar.add("Kestrel review late", at(2), guests=[ANNA])
    for kind in ("slow", "hang"):
        profile.firm.ms.faults.next(kind)
        ticket = Ticket()
        canceller = threading.Thread(target=cancel_when_asked, args=(profile, ticket, len(profile.firm.ms.asked)))
        canceller.start()
        with pytest.raises(Cancelled):
            profile.sync((), ticket)
        canceller.join()
    profile.settled()


def cancel_when_asked(profile: Profile, ticket: Ticket, seen: int) -> None:
    """Cancel as soon as the server was asked something more."""
    while len(profile.firm.ms.asked) == seen:
        threading.Event().wait(0.01)
    ticket.cancel()


@pytest.mark.case(71)
def test_a_revoked_sign_in_is_told_and_comes_back(profile: Profile) -> None:
    ms, dana = profile.firm.ms, profile.firm.dana
    profile.settled()
    ms.revoke(dana)
    dana.calendar.add("Kestrel review meanwhile", at(2), guests=[ANNA])
    (code,) = codes(profile)
    assert code in SIGNED_OUT
    with profile.house.device(write=False) as device:
        state = device.events.state("mine")
    assert state.signed_out
    assert len(profile.held()) == len(profile.truth()) - 1  # what was there stays
    ms.welcome(dana)
    sign_in(profile.house, ms)
    profile.settled()


def test_a_challenge_is_met_without_anybody(profile: Profile) -> None:
    profile.settled()
    profile.firm.ms.require_claims(profile.firm.dana)
    profile.firm.dana.calendar.add("Kestrel review meanwhile", at(2), guests=[ANNA])
    profile.settled()
    assert any("nbf" in claims for claims in profile.firm.ms.signin.claims_seen)


def test_a_policy_that_wants_more_of_the_person(profile: Profile) -> None:
    ms = profile.firm.ms
    profile.settled()
    ms.signin.refuse("AADSTS50076")
    ms.expire(profile.firm.dana)
    (code,) = codes(profile)
    assert code in SIGNED_OUT
    ms.signin.allow()
    sign_in(profile.house, ms)
    profile.settled()


@pytest.mark.case(67)
def test_a_shared_calendar_as_long_as_it_is_shared(profile: Profile) -> None:
    firm = profile.firm
    with_hosts(profile)
    profile.settled()
    firm.rosa.shared_with.clear()
    firm.rosa.calendar.add("Kestrel hosts meanwhile", at(2), guests=[ANNA])
    firm.dana.calendar.add("Kestrel mine meanwhile", at(2), guests=[ANNA])
    assert codes(profile) == ["ms_not_shared"]
    assert "Kestrel hosts review" in [title for title, _, _ in profile.held()]
    assert "Kestrel mine meanwhile" in [title for title, _, _ in profile.held()]
    firm.ms.share(firm.rosa, firm.dana)
    profile.settled()


@pytest.mark.case(60)
def test_all_accounts_wait_for_the_gate_after_a_restart_too(profile: Profile, tmp_path: Path) -> None:
    firm = profile.firm
    with_hosts(profile)
    profile.settled()
    firm.ms.faults.next("throttled", retry_after="1800")
    assert set(codes(profile)) == {"server_busy_for"}
    asked = len(firm.ms.asked)
    reopened = open_profile(firm, tmp_path / "home")
    reopened.time[0] = profile.time[0] + timedelta(minutes=20)
    assert set(codes(reopened)) == {"server_busy_for"}
    reopened.house.close()
    assert len(firm.ms.asked) == asked
    profile.settled()
