"""Sign-in, source and sync together, with every fault of the stand-in at every request of a round.

Whatever happens, a round ends right or with a sentence; once it is over, what is held is what the calendars tell, no
meeting lost or doubled; no token, code or title that is nobody's business is in a file or in the log; and a foreign
host is never asked anything.
"""

import logging
import shutil
import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from companion.connectors.microsoft.graph import gate
from companion.connectors.secrets import keys
from companion.programme.sync import Synced
from companion.words.problems import sentence
from connectors.microsoft.profile import EDITS, Firm, Profile, check_no_secret, new_firm, open_profile, signed_in
from servers.microsoft import Microsoft365

Fault = tuple[str, dict[str, Any]]
FOREVER = 10_000

FAULTS: list[Fault] = [
    ("throttled", {}),
    ("throttled", {"retry_after": "0"}),
    ("throttled", {"retry_after": "7"}),
    ("throttled", {"retry_after": "3600", "times": FOREVER}),
    ("throttled", {"retry_after": "Sat, 21 Nov 2026 09:30:00 GMT", "times": FOREVER}),
    ("throttled", {"retry_after": "soon", "times": FOREVER}),
    ("busy", {"times": FOREVER}),
    ("gateway", {}),
    ("gateway", {"times": FOREVER}),
    ("empty_page", {}),
    ("empty_page", {"times": 3}),
    ("duplicates", {"times": FOREVER}),
    ("loop", {}),
    ("loop", {"times": FOREVER}),
    ("loop", {"times": FOREVER, "same_link": True}),
    ("foreign_link", {}),
    ("foreign_link", {"times": FOREVER, "root": "https://graph.microsoft.com.evil.example"}),
    ("gone", {}),
    ("gone", {"location": True, "times": FOREVER}),
    ("sync_state_lost", {}),
    ("sync_state_lost", {"status": 404, "times": FOREVER}),
    ("claims", {}),
    ("claims", {"times": FOREVER}),
    ("expired", {}),
    ("revoked", {"times": 2}),
    ("reset", {}),
    ("reset", {"times": FOREVER}),
    ("cut", {"times": FOREVER}),
    ("html", {}),
    ("no_value", {}),
    ("removed_outside", {"path": "delta", "times": FOREVER}),
    ("bare", {"path": "delta", "times": FOREVER}),
]


SHARDS = 4


def name_of(fault: Fault) -> str:
    """The fault in words."""
    return " ".join([fault[0], *(f"{key}={value}" for key, value in fault[1].items())])


@pytest.fixture
def firm(microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch) -> Firm:
    """A firm whose waits cost no time, and a passphrase that is quickly tried."""
    monkeypatch.setattr(gate, "pause", lambda _seconds, ticket: ticket.step())
    monkeypatch.setattr(keys, "_COST", {"n": 16, "r": 8, "p": 1})
    return new_firm(microsoft)


@pytest.fixture
def home(firm: Firm, laid_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which Dana has signed in."""
    return signed_in(firm, tmp_path / "home", laid_out, monkeypatch)


@pytest.fixture(autouse=True)
def no_secret(microsoft: Microsoft365, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that was secret is anywhere, whatever the test did."""
    caplog.set_level(logging.DEBUG)
    yield
    check_no_secret(microsoft, tmp_path, caplog.text)


def check_told(profile: Profile, done: list[Synced]) -> None:
    """A round that did not end right says so in a sentence that names the account."""
    for one in done:
        assert one.problems or not one.failed
        for problem in one.problems:
            assert "went wrong" not in sentence(problem), problem.code
            assert "Work" in sentence(problem), sentence(problem)
    if not profile.trouble(done):
        profile.check()


def struck(profile: Profile, fault: Fault, after: int) -> bool:
    """Sync under a fault from one of its requests on, then without; whether it met any request at all."""
    kind, facts = fault
    laid = profile.firm.ms.faults.next(kind, after=after, **facts)
    try:
        check_told(profile, profile.sync())
        profile.settled()
    except AssertionError as error:
        error.add_note(f"{name_of(fault)} from request {after} on")
        raise
    return bool(laid.struck)


def first_round(firm: Firm, home: Path, fault: Fault, after: int) -> bool:
    """A first round under a fault."""
    folder = shutil.copytree(home, home.with_name(f"home-{uuid.uuid4()}"))
    profile = open_profile(firm, folder)
    try:
        return struck(profile, fault, after)
    finally:
        profile.house.close()


@pytest.mark.case(55, 56, 57, 58, 59, 60, 61, 71)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_first_round(firm: Firm, home: Path, shard: int) -> None:
    for number, fault in list(enumerate(FAULTS))[shard::SHARDS]:
        after = number * 5 % (3 if "path" in fault[1] else 17)
        assert first_round(firm, home, fault, after), name_of(fault)


@pytest.mark.torture
@pytest.mark.parametrize("fault", FAULTS, ids=name_of)
def test_a_first_round_at_every_request(firm: Firm, home: Path, fault: Fault) -> None:
    after = 0
    while first_round(firm, home, fault, after):
        after += 1
    assert after


def steady_rounds(profile: Profile, faults: Iterable[Fault], most: int, first: int = 0) -> None:
    """Something changes, and the round that is to bring it meets a fault: at each of its requests, up to so many."""
    edits = cycle([*EDITS[first:], *EDITS[:first]])
    for fault in faults:
        for after in range(most):
            edit = next(edits)
            if edit(profile.firm):
                profile.time[0] += timedelta(days=1, minutes=1)  # delta says nothing of it; the daily look does
            try:
                if not struck(profile, fault, after):
                    break
            except AssertionError as error:
                error.add_note(f"after {edit.__name__}")
                raise


@pytest.mark.case(18, 19, 20, 55, 56, 57, 58, 60, 61)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_steady_round(firm: Firm, home: Path, shard: int) -> None:
    profile = open_profile(firm, home)
    profile.settled()
    steady_rounds(profile, FAULTS[shard::SHARDS], 2)
    profile.house.close()


@pytest.mark.torture
@pytest.mark.parametrize("fault", FAULTS, ids=name_of)
def test_a_steady_round_at_every_request(firm: Firm, home: Path, fault: Fault) -> None:
    profile = open_profile(firm, home)
    profile.settled()
    for first in range(len(EDITS)):
        steady_rounds(profile, [fault], FOREVER, first)
    profile.house.close()
