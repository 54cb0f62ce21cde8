"""Answers that come slowly, in halves, packed without end, or as nobody writes them today."""

import contextlib
import gzip
import itertools
import zlib
from collections.abc import Iterator

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.caldav.source import CalDavSource
from companion.connectors.http import Client, Limits
from connectors.sources.engine import PASSWORD, Mirror, caldav, problem_of, synced
from servers.dav import Dav
from servers.hostile import Answer, Asked, Hostile

SMALL = Limits(connect=2, read=1, total=2, size=100_000)


@pytest.fixture
def client(hostile: Hostile) -> Iterator[Client]:
    made = Client("Alba", hostile.url, "alba", PASSWORD, SMALL)
    yield made
    made.close()


def _raw(head: str, body: bytes = b"") -> bytes:
    return head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body


@pytest.mark.parametrize("part", ["head", "body", "chunks"])
def test_a_byte_at_a_time_ends_at_the_deadline(hostile: Hostile, part: str) -> None:
    whole = {
        "head": _raw("HTTP/1.1 200 OK\nX-Long: " + "y" * 5000),
        "body": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000,
        "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 2000,
    }[part]
    hostile.answer = lambda _asked: Answer(raw=whole, drip=0.02)
    client = Client("Alba", hostile.url, limits=Limits(read=5, total=0.5))
    problem = problem_of(lambda: client.ask("GET", "/", Ticket()))
    client.close()
    assert problem.code == "server_silent"
    assert len(hostile.asked) == 1


def test_a_silent_server_is_told_with_the_time_we_waited(hostile: Hostile) -> None:
    hostile.answer = lambda _asked: Answer(hang=True)
    client = Client("Alba", hostile.url, limits=Limits(read=30, total=1))
    assert problem_of(lambda: client.ask("GET", "/", Ticket())).facts["seconds"] == 1
    client.close()


@pytest.mark.parametrize(
    "raw",
    [
        _raw("HTTP/1.1 200 OK\nContent-Length: 5000", b"BEGIN:VCALENDAR"),
        _raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"f\r\nBEGIN:VCALENDAR\r\n"),
        _raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"ffff\r\nBEGIN:VCALENDAR"),
        _raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"no number\r\n"),
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 999999 What\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"\0" * 200,
        b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 200_000,
    ],
    ids=["body", "chunks", "chunk", "no chunk", "head", "status", "ssh", "noughts", "headers"],
)  # fmt: skip
def test_half_an_answer_is_no_answer(hostile: Hostile, client: Client, raw: bytes) -> None:
    hostile.answer = lambda _asked: Answer(raw=raw)
    assert problem_of(lambda: client.ask("GET", "/", Ticket())).code == "server_unreachable"
    assert len(hostile.asked) <= 2
    hostile.answer = lambda _asked: Answer(200, b"fine")
    assert client.ask("GET", "/", Ticket()).body == b"fine"


def test_a_server_that_slams_the_door_is_asked_once_more_and_no_more(hostile: Hostile, client: Client) -> None:
    hostile.answer = lambda _asked: Answer(reset=True)
    assert problem_of(lambda: client.ask("GET", "/", Ticket())).code == "server_unreachable"
    assert len(hostile.asked) == 2
    turns = itertools.count()
    hostile.answer = lambda _asked: Answer(reset=True) if next(turns) % 2 == 0 else Answer(200, b"fine")
    for _ in range(3):
        assert client.ask("GET", "/", Ticket()).body == b"fine"


@pytest.mark.parametrize(
    "raw",
    [
        _raw("HTTP/1.0 200 OK\nServer: old", b"fine"),
        _raw("HTTP/1.0 200 OK\nContent-Length: 4", b"fine"),
        _raw("HTTP/1.1 200 OK\nConnection: close", b"fine"),
        _raw("HTTP/1.1 200\nContent-Length: 4", b"fine"),
        _raw("HTTP/1.1 100 Continue") + _raw("HTTP/1.1 200 OK\nContent-Length: 4", b"fine"),
        _raw("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"2;a=b\r\nfi\r\n2\r\nne\r\n0\r\nTrailer: x\r\n\r\n"),
    ],
    ids=["1.0 to the end", "1.0", "to the end", "no reason", "100 first", "chunks with extras"],
)
def test_old_and_odd_but_whole_answers_are_read(hostile: Hostile, client: Client, raw: bytes) -> None:
    hostile.answer = lambda _asked: Answer(raw=raw)
    for _ in range(2):
        assert client.ask("GET", "/", Ticket()).body == b"fine"


def test_a_bomb_is_no_bigger_for_being_packed(hostile: Hostile, client: Client) -> None:
    bombs = {"gzip": gzip.compress(bytes(5_000_000)), "deflate": zlib.compress(bytes(5_000_000))}
    for coding, body in bombs.items():
        hostile.answer = lambda _asked, coding=coding, body=body: Answer(200, body, {"Content-Encoding": coding})  # type: ignore[misc]
        assert problem_of(lambda: client.ask("GET", "/", Ticket())).code == "answer_too_big"
    # The refusal's own body is read within the limit too.
    challenge = {"WWW-Authenticate": 'Digest realm="x", nonce="y", qop="auth"', "Content-Encoding": "gzip"}
    hostile.answer = lambda _asked: Answer(401, bombs["gzip"], challenge)
    assert problem_of(lambda: client.ask("GET", "/", Ticket())).code == "answer_too_big"


def test_a_bomb_among_the_entries_costs_only_itself(hostile: Hostile, dav: Dav) -> None:
    dav.titles["/cal/0.ics"] = "x" * 200_000
    source = CalDavSource(caldav(hostile.url), Client("Alba", hostile.url, "alba", PASSWORD, SMALL))
    mirror = Mirror()
    mirror.sync(source)
    assert sorted(mirror.versions) == [f"/cal/{n}.ics" for n in range(1, 5)]
    assert mirror.problems == ["entries_unread"]


class Flaky:
    """A host where every so many-th request fails."""

    def __init__(self, dav: Dav, every: int, fault: Answer) -> None:
        self.dav, self.every, self.fault, self.count = dav, every, fault, 0

    def __call__(self, asked: Asked) -> Answer:
        self.count += 1
        return self.fault if self.count % self.every == 0 else self.dav(asked)


@pytest.mark.parametrize(
    "fault", [Answer(503), Answer(reset=True), Answer(500), Answer(502), Answer(429), Answer(raw=b"HTTP/1.1 2")]
)
@pytest.mark.parametrize("every", [2, 3, 5])
def test_a_flaky_host_is_read_rightly_or_told_and_loses_nothing(
    hostile: Hostile, every: int, fault: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.connectors.caldav.source.BATCH", 4)
    dav = Dav({f"/cal/{n}.ics": f'"{n}"' for n in range(12)}, calendars={"/cal/": 207, "/two/": 207})
    dav.entries["/two/a.ics"] = '"a"'
    hostile.answer = Flaky(dav, every, fault)
    mirror = Mirror()
    held: set[str] = set()
    for turn in range(12):
        with contextlib.suppress(Problem):
            synced(mirror, hostile.url)
        assert held <= set(mirror.versions), "something was lost"
        held = set(mirror.versions) & set(dav.entries)
        if turn == 6:
            dav.put("/cal/3.ics", "Moved")
            dav.remove("/cal/4.ics")
            held -= {"/cal/4.ics"}
    hostile.answer = dav
    synced(mirror, hostile.url)
    synced(mirror, hostile.url)
    assert mirror.versions == dav.entries
    assert mirror.told["3"] == "Moved"
