"""A Graph with one canned calendar on loopback: as fast as a server can be, and no more faithful than that takes.

Plain http, no sign-in, pages as they are asked for. The faithful one, with all of its faults, is the tests'.
"""

import json
import random
import threading
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from bench.calendar_file import CUSTOMERS, FIRM, INTERNAL, OUTSIDE

OWNER = f"person1@{FIRM}"
_EXCHANGE = "040000008200E00074C5B7101A82E00800000000"


@dataclass(frozen=True)
class Server:
    """Where the mailbox is, and where the server notes its requests."""

    url: str
    log: Path


def events(count: int, today: datetime, seed: int = 7) -> list[dict[str, Any]]:
    """`count` events of 780 days in the order of their starts, 3 % of them customer meetings, a third in series."""
    rng = random.Random(seed)
    found: list[dict[str, Any]] = []
    number = 0
    while len(found) < count:
        start = today.replace(hour=rng.randrange(7, 18), minute=0, second=0, microsecond=0, tzinfo=None)
        number, start = number + 1, start + timedelta(days=rng.randrange(-390, 390))
        first = _event(rng, number, start)
        if rng.random() < 0.03:
            weeks = (start + timedelta(weeks=week) for week in range(15))
            found += [_occurrence(first, at) for at in weeks if at < today.replace(tzinfo=None) + timedelta(days=390)]
        else:
            found.append(first)
    return sorted(found[:count], key=lambda event: str(event["start"]["dateTime"]))


def _event(rng: random.Random, number: int, start: datetime) -> dict[str, Any]:
    kind, (name, domain) = rng.random(), rng.choice(CUSTOMERS)
    guests = [f"person{rng.randrange(400)}@{FIRM}" for _ in range(6)]
    if kind < 0.03:
        guests[:2] = [f"guest{rng.randrange(9)}@{domain}" for _ in range(2)]
    elif kind < 0.15:
        guests[0] = f"someone{rng.randrange(99)}@{rng.choice(OUTSIDE)}"
    end, private = start + timedelta(minutes=rng.choice((30, 45, 60, 90))), kind >= 0.03 and rng.random() < 0.05
    return {
        "@odata.etag": f'W/"{rng.getrandbits(96):024x}=="', "id": f"AAkALgAA{number:08d}{rng.getrandbits(320):080x}",
        "type": "singleInstance", "seriesMasterId": None,
        "iCalUId": f"{_EXCHANGE}{rng.getrandbits(256):064X}{number:08X}",
        "subject": f"Quarterly review with {name}" if kind < 0.03 else f"{rng.choice(INTERNAL)} {number % 97}",
        "sensitivity": "private" if private else "normal", "isCancelled": False, "isAllDay": False,
        "start": _moment(start), "end": _moment(end), "originalStart": None,
        "originalStartTimeZone": "Central European Standard Time",
        "organizer": {"emailAddress": {"name": "Person Organiser", "address": guests[-1]}},
        "attendees": [_guest(address) for address in guests],
        "responseStatus": {"response": "accepted", "time": "2026-01-01T08:00:00Z"},
        "location": {"displayName": f"Room {rng.randrange(40)}", "locationType": "default", "uniqueIdType": "private"},
        "locations": [], "onlineMeeting": None, "onlineMeetingUrl": None,
    }  # fmt: skip


def _occurrence(event: dict[str, Any], start: datetime) -> dict[str, Any]:
    length = datetime.fromisoformat(event["end"]["dateTime"]) - datetime.fromisoformat(event["start"]["dateTime"])
    return {
        **event, "id": f"{event['id']}.{start:%Y-%m-%d}", "type": "occurrence", "seriesMasterId": event["id"],
        "start": _moment(start), "end": _moment(start + length), "originalStart": f"{start:%Y-%m-%dT%H:%M:%SZ}",
    }  # fmt: skip


def _moment(at: datetime) -> dict[str, str]:
    return {"dateTime": f"{at:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"}


def _guest(address: str) -> dict[str, Any]:
    person = {"name": f"{address.partition('@')[0]}, {address.partition('@')[2]}", "address": address}
    status = {"response": "accepted", "time": "0001-01-01T00:00:00Z"}
    return {"type": "required", "status": status, "emailAddress": person}


class _Canned:
    """The answers, put together of texts made beforehand."""

    def __init__(self, found: list[dict[str, Any]]) -> None:
        self._starts = [str(event["start"]["dateTime"]) for event in found]
        self._texts = [json.dumps(event) for event in found]
        bare = ("id", "type", "seriesMasterId", "start", "end")
        self._bare = [json.dumps({name: event[name] for name in bare}) for event in found]

    def answer(self, root: str, path: str) -> str:
        """The body for a path with its query."""
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path.endswith("/calendars"):
            owner = {"name": "Person One", "address": OWNER}
            calendar = {"id": "c1", "name": "Calendar", "isDefaultCalendar": True, "canEdit": True, "owner": owner}
            return json.dumps({"value": [calendar]})
        delta = parts.path.endswith("/delta")
        if "$deltatoken" in query:
            return self._page(root, parts.path, [], {}, delta=True)
        first, last = (bisect_left(self._starts, query[name][:19]) for name in ("startDateTime", "endDateTime"))
        size, skip = int(query.get("$top", 1000)), int(query.get("$skip", 0))
        some = (self._bare if delta else self._texts)[first:last][skip : skip + size]
        more = {**query, "$skip": str(skip + size)} if first + skip + size < last else {}
        return self._page(root, parts.path, some, more, delta=delta)

    def _page(self, root: str, path: str, some: list[str], more: dict[str, str], *, delta: bool) -> str:
        link = f',"@odata.nextLink":"{root}{path}?{urlencode(more)}"' if more else ""
        if delta and not more:
            link = f',"@odata.deltaLink":"{root}{path}?$deltatoken=t1"'
        return f'{{"value":[{",".join(some)}]{link}}}'


@contextmanager
def graph(folder: Path, count: int, today: datetime) -> Iterator[Server]:
    """A server with a calendar of `count` events, in a thread of this process."""
    canned, log = _Canned(events(count, today)), folder / "graph.log"

    class Handler(BaseHTTPRequestHandler):
        protocol_version, wbufsize = "HTTP/1.1", -1

        def do_GET(self) -> None:
            with log.open("a") as notes:
                notes.write(f"GET request for {urlsplit(self.path).path}\n")
            body = canned.answer(f"http://{self.headers['Host']}", self.path).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            return

    log.touch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_address[1]}/v1.0/me", log)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
