"""How an account fares: when it is asked again, since when it is signed out, what is set aside and comes back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.bootstrap import build
from companion.calendars.model import Known, Page
from companion.calendars.store import Quarantined, SyncState
from companion.connectors.ics.worker import InlineReader
from companion.programme import accounts
from companion.programme.patience import A_PERSON, FIRST, LONGEST, after_failure, is_due
from companion.programme.sync import due, sync, try_again
from fakes.house import Made
from fakes.ics import NOW, calendar, event
from fakes.killing import KilledError
from fakes.source import FakeSource

EVERY = timedelta(minutes=30)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SILENT = Problem("server_silent", host="cal.example", account="Work", seconds=30)
REFUSED = Problem("signin_refused", host="cal.example", account="Work")


class Trouble(FakeSource):
    """A calendar whose server has a problem, until it has none; `unread` are members it does not hand out."""

    def __init__(self, members: dict[str, bytes], problem: Problem | None) -> None:
        super().__init__(members)
        self.problem = problem
        self.unread: set[str] = set()
        self.cursors: list[str] = []

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        self.cursors.append(cursor)
        if self.problem:
            raise self.problem
        for page in super().pages(cursor, known, ticket):
            kept = tuple(blob for blob in page.blobs if blob.key not in self.unread)
            present = (*page.present, *(blob.key for blob in page.blobs if blob.key in self.unread))
            yield replace(page, blobs=kept, present=present, unread=tuple(set(present) & self.unread))


def broken(uid: str, title: str = "Kestrel review") -> str:
    """An entry with a customer's guest, whose beginning cannot be read."""
    return event(uid, "20269999T130000Z", title=title)


def troubled(made: Made, problem: Problem | None = SILENT, name: str = "Work") -> Trouble:
    made.account(name, "dana@ferro.example")
    made.sources[name] = Trouble({"a": calendar(event("a"))}, problem)
    return made.sources[name]  # type: ignore[return-value]


def state_of(made: Made, name: str = "Work") -> SyncState:
    with made.house.device(write=False) as device:
        account = device.accounts.by_name(name)
        assert account
        return device.events.state(account.id)


def aside(made: Made, name: str = "Work") -> list[Quarantined]:
    with made.house.device(write=False) as device:
        account = device.accounts.by_name(name)
        assert account
        return device.events.quarantined(account.id)


def waits(made: Made) -> timedelta:
    retry_at = state_of(made).retry_at
    assert retry_at
    return retry_at - made.time[0]


def test_each_failure_doubles_the_wait_up_to_half_a_day(made: Made) -> None:
    troubled(made)
    found = []
    for _ in range(9):
        sync(made.house)
        found.append(waits(made))
        made.time[0] += found[-1]
    assert FIRST <= found[0] <= FIRST * 1.1
    assert found[1:6] == [found[0] * 2**times for times in range(1, 6)]
    assert LONGEST <= found[-1] <= LONGEST * 1.1
    assert found[-1] == found[-2]


def test_accounts_of_one_server_do_not_come_back_in_one_moment() -> None:
    at = {after_failure(SyncState(), f"account {number}", SILENT, NOW).retry_at for number in range(30)}
    assert len(at) > 15


def test_a_server_that_names_a_longer_wait_gets_it(made: Made) -> None:
    source = troubled(made, Problem("server_busy_for", host="cal.example", account="Work", after=7200))
    sync(made.house)
    assert waits(made) == timedelta(hours=2)
    source.problem = Problem("server_busy_for", host="cal.example", account="Work", after=1)
    sync(made.house)
    assert waits(made) >= FIRST * 2, "a shorter one does not hasten us"


@pytest.mark.case(71)
def test_a_refused_sign_in_is_dated_and_waits_for_a_person(made: Made) -> None:
    source = troubled(made, None)
    sync(made.house)
    source.problem = REFUSED
    for day in range(3):
        made.time[0] = NOW + DAY * (day + 1)
        sync(made.house)
    state = state_of(made)
    assert (state.signed_out, state.last_ok, state.failures) == (NOW + DAY, NOW, 3)
    assert waits(made) == A_PERSON
    source.problem = SILENT
    sync(made.house)
    assert state_of(made).signed_out == NOW + DAY, "a server that is away says nothing of the sign-in"
    source.problem = None
    sync(made.house)
    state = state_of(made)
    assert (state.signed_out, state.retry_at, state.failures, state.trouble) == (None, None, 0, "")


@pytest.mark.parametrize("mend", ["password", "address"])
def test_what_a_person_mended_is_asked_at_once(made: Made, mend: str) -> None:
    source = troubled(made, REFUSED)
    sync(made.house)
    assert due(made.house, NOW + MINUTE, EVERY) == []
    if mend == "password":
        accounts.set_password(made.house, "Work", "new", "dana")
    else:
        accounts.set_address(made.house, "Work", "https://other.example/")
    assert due(made.house, NOW, EVERY) == ["Work"]
    assert state_of(made).signed_out == NOW, "until it is tried nobody knows"
    source.problem = None
    sync(made.house)
    assert state_of(made).signed_out is None


def test_the_wait_outlives_a_restart(made: Made) -> None:
    troubled(made)
    sync(made.house)
    made.house.close()
    again = build(made.house.paths.home, clock=lambda: made.time[0], secrets_mode="session")
    retry_at = NOW + waits(replace(made, house=again))
    assert due(again, retry_at - MINUTE, EVERY) == []
    assert due(again, retry_at, EVERY) == ["Work"]
    again.close()


def test_whose_turn_it_is(made: Made) -> None:
    made.account("Answers", "dana@ferro.example")
    troubled(made, name="Silent")
    assert due(made.house, NOW, EVERY) == ["Answers", "Silent"]
    sync(made.house)
    made.account("New", "dana@ferro.example")
    assert due(made.house, NOW + 10 * MINUTE, EVERY) == ["New"]
    assert due(made.house, NOW + 29 * MINUTE, EVERY) == ["New", "Silent"]
    assert due(made.house, NOW + 30 * MINUTE, EVERY) == ["New", "Answers", "Silent"]


def test_a_round_that_was_cut_is_no_attempt(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members, source.stop_after = {"a": calendar(event("a"))}, 0
    with pytest.raises(KilledError):
        sync(made.house)
    assert due(made.house, NOW, EVERY) == ["Work"]


def test_a_clock_that_was_put_back_holds_up_nothing() -> None:
    ahead = NOW + timedelta(days=400)
    assert is_due(SyncState(last_ok=ahead), ahead, NOW, EVERY)
    assert is_due(SyncState(retry_at=ahead, failures=3), ahead, NOW, EVERY)
    assert not is_due(SyncState(retry_at=NOW + A_PERSON, failures=3), NOW, NOW + MINUTE, EVERY)


def test_one_account_in_trouble_holds_up_no_other(made: Made) -> None:
    troubled(made, name="Bad")
    made.account("Good", "dana@ferro.example").members = {"a": calendar(event("a"))}
    assert {item.account.name: item.failed for item in sync(made.house)} == {"Bad": True, "Good": False}


def test_what_was_taken_in_before_a_failure_is_told(made: Made) -> None:
    class Dies(FakeSource):
        def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
            yield next(super().pages(cursor, known, ticket))
            raise SILENT

    made.account("Work", "dana@ferro.example")
    made.sources["Work"] = Dies({"a": calendar(event("a")), "b": calendar(event("b"))}, per_page=1)
    (done,) = sync(made.house)
    assert (done.failed, done.added, [problem.code for problem in done.problems]) == (True, 1, ["server_silent"])


# What is set aside


def test_a_broken_entry_is_set_aside_and_released_when_it_reads_well(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a"), broken("b"), broken("c")), "d": calendar(event("d"))}
    assert sync(made.house)[0].added == 2, "the calendar never stops for it"
    assert [(item.code, item.since, item.tries) for item in aside(made)] == [("entry_broken", NOW, 1)] * 2
    made.time[0] = NOW + DAY
    assert [item.account.name for item in try_again(made.house, "Work")] == ["Work"]
    assert [(item.since, item.tries) for item in aside(made)] == [(NOW, 2)] * 2
    source.members["a"] = calendar(event("a"), event("b"), broken("c"))
    sync(made.house)
    assert [(item.since, item.tries) for item in aside(made)] == [(NOW, 3)]
    source.members["a"] = calendar(event("a"), event("b"), event("c"))
    sync(made.house)
    assert aside(made) == []


def test_what_is_set_aside_goes_with_its_member(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(broken("a")), "b": calendar(event("b"))}
    sync(made.house)
    del source.members["a"]
    sync(made.house)
    assert aside(made) == []


def test_nothing_of_its_words_is_kept(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    lines = broken("CANARY-uid", "Kestrel CANARY review"), broken("CANARY-other").replace("ken@", "canary@")
    source.members = {"a": calendar(*lines), "b": calendar(event("b"))}
    sync(made.house)
    assert len(aside(made)) == 2
    made.house.close()
    written = b"".join(path.read_bytes() for path in made.house.paths.home.iterdir() if path.is_file())
    assert b"CANARY" not in written.upper()


def test_what_cannot_be_read_today_stays_as_it_was_read(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a"), event("b"))}
    sync(made.house)
    source.members = {"a": calendar(broken("a"), event("b"))}
    (done,) = sync(made.house)
    assert (done.changed, done.removed, len(aside(made))) == (0, 0, 1)


def test_what_a_server_does_not_hand_out_is_set_aside_until_it_does(made: Made) -> None:
    source = troubled(made, None)
    source.members["b"] = calendar(event("b"))
    source.unread = {"b"}
    sync(made.house)
    made.time[0] = NOW + DAY
    sync(made.house)
    (item,) = aside(made)
    assert (item.code, item.facts, item.since, item.tries) == ("entry_unfetched", {}, NOW, 2)
    source.unread = set()
    assert sync(made.house)[0].added == 1
    assert aside(made) == []


def test_a_member_that_was_not_handed_out_once_and_did_not_change_is_released(made: Made) -> None:
    source = troubled(made, None)
    sync(made.house)
    source.unread = {"a"}
    sync(made.house)
    assert [item.code for item in aside(made)] == ["entry_unfetched"]
    source.unread = set()
    sync(made.house)
    assert aside(made) == []


def test_trying_again_needs_an_account(made: Made) -> None:
    with pytest.raises(Problem, match="account_unknown"):
        try_again(made.house, "Nowhere")


# Listing everything once a week


@pytest.mark.case(48)
@pytest.mark.parametrize("change", ["added", "changed", "removed"])
def test_what_a_token_lost_is_found_within_a_week(made: Made, change: str) -> None:
    source = Forgetful({str(at): calendar(event(str(at))) for at in range(3)})
    made.account("Work", "dana@ferro.example")
    made.sources["Work"] = source
    sync(made.house)
    source.members |= {"9": calendar(event("9"))} if change == "added" else {}
    source.members |= {"0": calendar(event("0", title="Kestrel, moved"))} if change == "changed" else {}
    source.members = {key: value for key, value in source.members.items() if change != "removed" or key != "0"}
    sync(made.house)
    made.time[0] = NOW + timedelta(days=6, hours=23)
    (before,) = sync(made.house)
    assert (before.added, before.changed, before.removed) == (0, 0, 0), "no token tells of it"
    source.downloads = 0
    made.time[0] = NOW + timedelta(days=7)
    (done,) = sync(made.house)
    assert {"added": done.added, "changed": done.changed, "removed": done.removed}[change] == 1
    assert done.added + done.changed + done.removed == 1
    assert source.downloads == (change != "removed"), "what did not change is not fetched again"
    assert state_of(made).last_full == made.time[0]
    sync(made.house)
    assert source.cursors == ["", "token", "token", "", "token"]


def test_a_round_that_lists_everything_and_fails_is_begun_again(made: Made) -> None:
    source = Forgetful({"a": calendar(event("a"))})
    made.account("Work", "dana@ferro.example")
    made.sources["Work"] = source
    sync(made.house)
    made.time[0] = NOW + timedelta(days=8)
    source.problem = SILENT
    sync(made.house)
    source.problem = None
    sync(made.house)
    sync(made.house)
    assert source.cursors == ["", "", "", "token"]


class Forgetful(FakeSource):
    """A server with tokens that has lost every row of its change log."""

    def __init__(self, members: dict[str, bytes]) -> None:
        super().__init__(members)
        self.cursors: list[str] = []
        self.problem: Problem | None = None

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        self.cursors.append(cursor)
        if self.problem:
            raise self.problem
        if cursor:
            yield Page((), (), (), "token", complete=True, full_round=False)
        else:
            yield from (replace(page, cursor="token") for page in super().pages(cursor, known, ticket))


def test_a_house_without_accounts_has_nothing_due(laid_out: Path) -> None:
    house = build(laid_out, clock=lambda: NOW, secrets_mode="session")
    assert due(house, NOW, EVERY) == []
    house.close()


def test_the_runs_say_what_was_wrong_without_naming_an_entry(made: Made) -> None:
    made.account("Work", "dana@ferro.example").members = {"a": calendar(broken("secret-uid"))}
    sync(replace(made.house, open_reader=InlineReader))
    with made.house.device(write=False) as device:
        (run,) = device.events.runs(device.accounts.all()[0].id)
    assert [problem["code"] for problem in run.problems] == ["entry_broken"]
    assert "secret-uid" not in str(run.problems)


def test_a_round_without_news_keeps_no_run(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a"))}
    when: list[datetime] = []
    for _ in range(3):
        sync(made.house)
        when.append(made.time[0])
        made.time[0] += DAY
    with made.house.device(write=False) as device:
        runs = device.events.runs(device.accounts.all()[0].id)
    assert [run.started for run in runs] == when[:1]
    assert state_of(made).last_ok == when[-1]
