"""The gate: what a server asks for is kept, for every account on it, and nobody is stuck in it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.calendars.signin import Registration
from companion.connectors.http import Reply
from companion.connectors.microsoft.graph import gate as gates
from companion.connectors.microsoft.graph.gate import AT_ONCE, Gate
from companion.words.problems import sentence
from connectors.microsoft.graph.mirrored import NOW, Mirrored, mirrored
from fakes.graph_lines import Gates
from fakes.house import Made, laid_out, made
from servers.microsoft import Microsoft365, User

__all__ = ["laid_out", "made"]
REGISTRATION = Registration(client_id="app", graph_url="https://graph.microsoft.com")
FINE = Reply(200, httpx.Headers(), b"", "")


@dataclass
class Server:
    """Refuses as long as it has refusals; `waits` is what was sat out."""

    refusals: list[Reply] = field(default_factory=list)
    asked: int = 0
    waits: list[float] = field(default_factory=list)

    def __call__(self) -> Reply:
        self.asked += 1
        return self.refusals.pop(0) if self.refusals else FINE

    def pause(self, seconds: float, ticket: Ticket) -> None:
        ticket.step()
        self.waits.append(seconds)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr(gates, "pause", made.pause)
    return made


def busy(status: int = 429, after: str | None = None) -> Reply:
    return Reply(status, httpx.Headers({"Retry-After": after} if after is not None else {}), b"", "")


def gate_of(kept: Gates, at: list[datetime] | None = None) -> Gate:
    @contextmanager
    def begin(*, write: bool = True) -> Iterator[Any]:
        yield kept

    return Gate(REGISTRATION, begin, lambda: (at or [NOW])[0])


def through(gate: Gate, server: Server, ticket: Ticket | None = None, account: str = "Alba") -> Reply:
    return gate.through(account, "graph.microsoft.com", ticket or Ticket(), server)


@pytest.mark.case(60)
@pytest.mark.parametrize("status", [429, 503, 504])
@pytest.mark.parametrize("told", ["2", "20"])
def test_a_short_wait_is_sat_out(server: Server, status: int, told: str) -> None:
    server.refusals, kept = [busy(status, told)] * 3, Gates()
    assert through(gate_of(kept), server).status == 200
    assert [round(wait) for wait in server.waits] == [int(told)] * 3
    assert not kept.kept


@pytest.mark.case(60)
@pytest.mark.parametrize("told", [None, "0", "nonsense", "-5", "Mon, 01 Jan 2024 00:00:00 GMT"])
def test_without_a_time_the_waits_double(server: Server, told: str | None) -> None:
    server.refusals = [busy(429, told)] * 3
    assert through(gate_of(Gates()), server).status == 200
    first, second, third = server.waits
    assert 0.9 <= first <= 1.5
    assert 1.9 <= second <= 3
    assert 3.9 <= third <= 6


@pytest.mark.case(60)
def test_always_a_second_more_ends_in_a_problem(server: Server) -> None:
    server.refusals = [busy(429, "1")] * 100
    with pytest.raises(Problem) as caught:
        through(gate_of(Gates()), server)
    assert caught.value.code == "server_busy_for"
    assert server.asked == 4


@pytest.mark.parametrize("as_date", [False, True])
def test_a_long_wait_is_kept_for_everybody_and_for_later(server: Server, as_date: bool) -> None:
    kept, at = Gates(), [NOW]
    in_two_minutes = format_datetime(datetime.now().astimezone() + timedelta(seconds=121))
    server.refusals = [busy(429, in_two_minutes if as_date else "120")]
    with pytest.raises(Problem) as caught:
        through(gate_of(kept, at), server)
    assert "Alba" in sentence(caught.value)
    assert 118 <= caught.value.facts["after"] <= 121
    assert set(kept.kept) == {"app@graph.microsoft.com", "app@graph.microsoft.com#told"}
    for account in ("Alba", "Lev"):  # after a restart as well: this is another gate
        with pytest.raises(Problem) as again:
            through(gate_of(kept, at), server, account=account)
        assert account in sentence(again.value)
    assert server.asked == 1
    at[0] += timedelta(seconds=110)
    assert through(gate_of(kept, at), server).status == 200  # what is left of it is short
    assert 8 <= server.waits[0] <= 11
    at[0] += timedelta(seconds=30)
    server.waits.clear()
    assert through(gate_of(kept, at), server).status == 200
    assert not server.waits


def test_a_clock_that_was_put_back_does_not_shut_the_gate(server: Server) -> None:
    kept = Gates({"app@graph.microsoft.com": NOW + timedelta(days=3)})
    assert through(gate_of(kept), server).status == 200


def test_nobody_is_asked_to_wait_more_than_a_day(server: Server) -> None:
    server.refusals = [busy(429, "99999999")]
    with pytest.raises(Problem) as caught:
        through(gate_of(Gates()), server)
    assert caught.value.facts["after"] == 86_400


def test_a_cancel_ends_a_wait(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    ticket, waiting = Ticket(), threading.Event()
    server.refusals = [busy(429, "20")]
    whole = gates.pause

    def pause(seconds: float, ticket: Ticket) -> None:
        waiting.set()
        whole(seconds, ticket)

    monkeypatch.setattr(gates, "pause", pause)
    watcher = threading.Thread(target=lambda: (waiting.wait(10), ticket.cancel()))
    watcher.start()
    with pytest.raises(Cancelled):
        through(gate_of(Gates()), server, ticket)
    watcher.join()
    assert server.asked == 1


def test_a_cancel_ends_the_wait_for_a_turn(server: Server) -> None:
    gate, inside, go_on = gate_of(Gates()), threading.Semaphore(0), threading.Event()

    def slow() -> Reply:
        inside.release()
        go_on.wait(30)
        return FINE

    with ThreadPoolExecutor(AT_ONCE) as pool:
        turns = [pool.submit(gate.through, "Alba", "x", Ticket(), slow) for _ in range(AT_ONCE)]
        for _ in turns:
            inside.acquire()
        ticket = Ticket()
        threading.Timer(0.05, ticket.cancel).start()
        with pytest.raises(Cancelled):
            through(gate, server, ticket)
        go_on.set()
        assert [turn.result().status for turn in turns] == [200] * AT_ONCE
    assert through(gate, server).status == 200


def test_a_turn_is_given_back_whatever_happens(server: Server) -> None:
    gate = gate_of(Gates())

    def breaks() -> Reply:
        raise Problem("server_silent", account="Alba", host="x", seconds=1)

    for _ in range(2 * AT_ONCE):
        with pytest.raises(Problem):
            gate.through("Alba", "x", Ticket(), breaks)
    assert through(gate, server).status == 200


@pytest.mark.server
def test_four_requests_at_once_and_no_more(microsoft: Microsoft365) -> None:
    people = [microsoft.user(f"leader{number}@ferro.example") for number in range(8)]
    boxes = [mirrored(microsoft, person) for person in people]
    gate = Gate(boxes[0].registration, boxes[0].begin, lambda: NOW)
    hang = microsoft.faults.next("hang", path="calendars", times=AT_ONCE)

    def ask(box: Mirrored) -> int:
        line = box.line()
        line.gate = gate
        try:
            return len(line.get("/me/calendars", Ticket(), scopes=("Calendars.Read",))["value"])
        finally:
            line.close()

    with ThreadPoolExecutor(len(boxes)) as pool:
        answers = [pool.submit(ask, box) for box in boxes]
        while hang.struck < AT_ONCE:
            threading.Event().wait(0.01)
        assert len(microsoft.asked) == AT_ONCE
        microsoft.graph_server.go_on.set()
        assert [answer.result() for answer in answers] == [1] * len(boxes)
    assert microsoft.most_in_flight == AT_ONCE


@pytest.mark.server
def test_the_store_keeps_it_over_a_restart(microsoft: Microsoft365, made: Made) -> None:
    dana: User = microsoft.user("dana@ferro.example")
    box = mirrored(microsoft, dana)
    microsoft.faults.next("429", retry_after="600", times=1)

    def ask() -> None:
        line = box.line()
        line.gate = Gate(box.registration, made.house.device, made.house.clock)
        try:
            line.get("/me/calendars", Ticket(), scopes=("Calendars.Read",))
        finally:
            line.close()

    for _ in range(2):
        with pytest.raises(Problem) as caught:
            ask()
        assert caught.value.code == "server_busy_for"
    assert len(microsoft.asked) == 1
    made.time[0] += timedelta(seconds=601)
    ask()
    assert len(microsoft.asked) == 2


@pytest.mark.case(60)
@pytest.mark.parametrize("back", [timedelta(hours=5), timedelta(days=400)])
def test_a_clock_that_is_put_back_makes_no_wait_longer(server: Server, back: timedelta) -> None:
    kept, at = Gates(), [NOW]
    gate = gate_of(kept, at)
    server.refusals = [busy(429, "600")]
    with pytest.raises(Problem):
        through(gate, server)
    at[0] -= back
    with pytest.raises(Problem) as caught:
        through(gate, server)
    assert caught.value.facts["after"] == 600
    at[0] += timedelta(seconds=601)
    assert through(gate, server).status == 200
