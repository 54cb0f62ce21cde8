"""CalDAV servers with habits of their own, each as a small fake that keeps to its habit."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import pytest

from companion.basics.errors import Problem
from companion.connectors import sources
from companion.words.problems import sentence
from connectors.sources.engine import Mirror, caldav
from servers.hostile import Answer, Asked, Hostile, hostile_server
from servers.radicale import event

PASSWORD = "canary-Hb5-hunter2"
_OPEN = '<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
_CAL = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"


def _item(href: str, props: str, status: int = 200) -> str:
    return (
        f"<d:response><d:href>{escape(href)}</d:href><d:propstat><d:prop>{props}</d:prop>"
        f"<d:status>HTTP/1.1 {status} X</d:status></d:propstat></d:response>"
    )


def _gone(href: str, status: int = 404) -> str:
    return f"<d:response><d:href>{escape(href)}</d:href><d:status>HTTP/1.1 {status} X</d:status></d:response>"


def _multi(*items: str, token: str = "") -> Answer:
    end = f"<d:sync-token>{token}</d:sync-token>" if token else ""
    return Answer(207, f"{_OPEN}{''.join(items)}{end}</d:multistatus>".encode(), {"Content-Type": "application/xml"})


@dataclass
class Fake:
    """A server with one calendar, /cal/, whose habits a test changes."""

    entries: dict[str, str] = field(default_factory=lambda: {f"/cal/{n}.ics": f'"{n}"' for n in range(5)})
    syncs: bool = True
    no_sync: int = 403  # status of a report it does not know
    etags: bool = True
    page: int = 0  # members in one sync page, 0 for all
    most: int = 1000  # entries in one multiget
    too_much: int = 507
    hides_data: bool = False  # multiget leaves calendar-data out
    href: Callable[[str], str] = str
    calendars: dict[str, int] = field(default_factory=lambda: {"/cal/": 207})  # address -> status of its reports
    broken: set[str] = field(default_factory=set)  # entries that answer 500
    lost: int = 0  # status to a token

    def __call__(self, asked: Asked) -> Answer:
        if asked.method == "PROPFIND" and b"getcontenttype" in asked.body:
            if self.calendars[asked.path] != 207:
                return Answer(self.calendars[asked.path])
            members = [self._listed(path, tag) for path, tag in self._in(asked.path).items()]
            return _multi(_item(asked.path, _CAL), *members)
        if asked.method == "PROPFIND":
            return self._places(asked)
        if asked.method == "GET":
            return self._get(asked.path)
        return self._report(asked)

    def _in(self, calendar: str) -> dict[str, str]:
        return {path: tag for path, tag in self.entries.items() if path.startswith(calendar)}

    def _places(self, asked: Asked) -> Answer:
        if asked.path == "/":
            home = "<d:current-user-principal><d:href>/me/</d:href></d:current-user-principal>"
            return _multi(_item("/", home))
        if asked.path == "/me/":
            return _multi(_item("/me/", "<c:calendar-home-set><d:href>/home/</d:href></c:calendar-home-set>"))
        if asked.path == "/home/":
            return _multi(_item("/home/", ""), *(_item(path, _CAL) for path in self.calendars))
        return Answer(404)

    def _listed(self, path: str, tag: str) -> str:
        return _item(self.href(path), f"<d:getetag>{escape(tag)}</d:getetag>" if self.etags else "<d:resourcetype/>")

    def _get(self, path: str) -> Answer:
        if path in self.broken:
            return Answer(500)
        if path not in self.entries:
            return Answer(404)
        return Answer(200, event(path).encode(), {"ETag": self.entries[path]} if self.etags else {})

    def _report(self, asked: Asked) -> Answer:
        status = self.calendars.get(asked.path, 404)
        if status != 207:
            return Answer(status)
        if b"sync-collection" in asked.body:
            return self._sync(asked)
        hrefs = re.findall(r"<d:href>(.*?)</d:href>", asked.body.decode())
        if len(hrefs) > self.most:
            return Answer(self.too_much)
        return _multi(*(self._entry(href) for href in hrefs if href not in self.broken))

    def _entry(self, href: str) -> str:
        if href not in self.entries:
            return _gone(href)
        tag = f"<d:getetag>{escape(self.entries[href])}</d:getetag>" if self.etags else ""
        data = "" if self.hides_data else f"<c:calendar-data>{escape(event(href))}</c:calendar-data>"
        return _item(self.href(href), tag + data)

    def _sync(self, asked: Asked) -> Answer:
        assert asked.headers["depth"] == "1"
        assert b"limit" not in asked.body
        if not self.syncs:
            return Answer(self.no_sync, b'<d:error xmlns:d="DAV:"><d:supported-report/></d:error>')
        found = re.search(rb"<d:sync-token>t(\d*)</d:sync-token>", asked.body)
        if found and self.lost:
            return Answer(self.lost, b'<d:error xmlns:d="DAV:"><d:valid-sync-token/></d:error>')
        listed = [self._listed(path, tag) for path, tag in self._in(asked.path).items()]
        start = int(found.group(1)) if found else 0
        end = min(len(listed), start + self.page) if self.page else len(listed)
        more = [_gone(asked.path, 507)] if end < len(listed) else []
        return _multi(*listed[start:end], *more, token=f"t{end}")


@pytest.fixture
def fake(hostile: Hostile) -> Fake:
    fake = Fake()
    hostile.answer = fake
    return fake


def _sync(mirror: Mirror, hostile: Hostile, path: str = "") -> Mirror:
    mirror.sync(sources.open_source(caldav(hostile.url + path), PASSWORD))
    return mirror


def _problem(hostile: Hostile, path: str = "") -> Problem:
    with pytest.raises(Problem) as caught:
        _sync(Mirror(), hostile, path)
    assert PASSWORD not in repr(caught.value) + sentence(caught.value)
    assert "went wrong" not in sentence(caught.value)
    return caught.value


def test_507_means_there_is_more(hostile: Hostile, fake: Fake) -> None:
    fake.page = 2
    mirror = _sync(Mirror(), hostile)
    assert sorted(mirror.versions) == sorted(fake.entries)
    assert sum(b"sync-collection" in asked.body for asked in hostile.asked) == 3
    _sync(mirror, hostile)
    assert mirror.fetched == 0


def test_a_server_that_never_ends_its_pages_is_listed_by_member(hostile: Hostile, fake: Fake) -> None:
    normal = hostile.answer

    def answer(asked: Asked) -> Answer:
        return _multi(_gone("/cal/", 507), token="t0") if b"sync-collection" in asked.body else normal(asked)

    hostile.answer = answer
    assert len(_sync(Mirror(), hostile).versions) == 5


def test_without_sync_collection_every_round_is_full(hostile: Hostile, fake: Fake) -> None:
    fake.syncs = False
    mirror = _sync(Mirror(), hostile)
    assert len(mirror.versions) == 5
    del fake.entries["/cal/0.ics"]
    fake.entries["/cal/1.ics"] = '"new"'
    _sync(mirror, hostile)
    assert mirror.fetched == 1
    assert mirror.versions == fake.entries
    assert mirror.seen[-1].full_round


@pytest.mark.parametrize("status", [400, 403, 409, 410, 412])
def test_a_lost_token_however_it_is_said(hostile: Hostile, fake: Fake, status: int) -> None:
    mirror = _sync(Mirror(), hostile)
    del fake.entries["/cal/0.ics"]
    fake.lost = status
    _sync(mirror, hostile)
    assert mirror.versions == fake.entries
    assert mirror.fetched == 0


@pytest.mark.parametrize("status", [403, 405, 415, 501])
def test_a_server_that_no_longer_knows_sync_collection(hostile: Hostile, fake: Fake, status: int) -> None:
    mirror = _sync(Mirror(), hostile)
    del fake.entries["/cal/0.ics"]
    fake.syncs, fake.no_sync = False, status
    _sync(mirror, hostile)
    assert mirror.versions == fake.entries
    assert mirror.fetched == 0


@pytest.mark.parametrize("status", [400, 413, 507])
def test_a_batch_that_is_too_much_is_halved(hostile: Hostile, fake: Fake, status: int) -> None:
    fake.entries = {f"/cal/{n}.ics": f'"{n}"' for n in range(230)}
    fake.most, fake.too_much = 30, status
    mirror = _sync(Mirror(), hostile)
    assert mirror.versions == fake.entries
    assert not [asked for asked in hostile.asked if asked.method == "GET"]


def test_an_answer_that_leaves_the_data_out_is_completed_one_by_one(hostile: Hostile, fake: Fake) -> None:
    fake.hides_data = True
    assert _sync(Mirror(), hostile).versions == fake.entries


def test_without_etags_content_tells_what_changed(hostile: Hostile, fake: Fake) -> None:
    fake.etags = fake.syncs = False
    mirror = _sync(Mirror(), hostile)
    assert len(mirror.versions) == 5
    _sync(mirror, hostile)
    assert mirror.fetched == 0
    assert mirror.seen[-1].full_round
    assert len(mirror.versions) == 5


def test_weak_etags_stay_as_they_are(hostile: Hostile, fake: Fake) -> None:
    fake.entries = {"/cal/a.ics": 'W/"1"'}
    mirror = _sync(Mirror(), hostile)
    assert mirror.versions == {"/cal/a.ics": 'W/"1"'}


def test_one_address_written_in_two_ways_is_one_member(hostile: Hostile, fake: Fake) -> None:
    fake.syncs = False
    fake.entries = {"/cal/a%40b.ics": '"1"'}
    mirror = _sync(Mirror(), hostile)
    fake.href = lambda path: hostile.url.rstrip("/") + path.replace("%40", "@")
    _sync(mirror, hostile)
    assert mirror.versions == {"/cal/a@b.ics": '"1"'}
    assert mirror.fetched == 0


def test_an_entry_that_cannot_be_had_stays_and_is_asked_for_again(hostile: Hostile, fake: Fake) -> None:
    mirror = _sync(Mirror(), hostile)
    fake.entries["/cal/0.ics"] = fake.entries["/cal/1.ics"] = '"new"'
    fake.broken = {"/cal/0.ics"}
    fake.lost = 403
    _sync(mirror, hostile)
    assert mirror.problems == ["entries_unread"]
    assert mirror.versions["/cal/0.ics"] == '"0"'
    assert mirror.versions["/cal/1.ics"] == '"new"'
    fake.broken = set()
    _sync(mirror, hostile)
    assert mirror.versions == fake.entries
    assert mirror.problems == []


def test_a_calendar_that_fails_for_once_loses_nothing(hostile: Hostile, fake: Fake) -> None:
    fake.calendars = {"/cal/": 207, "/two/": 207}
    fake.entries["/two/a.ics"] = '"a"'
    mirror = _sync(Mirror(), hostile)
    fake.calendars["/two/"] = 403
    del fake.entries["/cal/0.ics"]
    fake.lost = 403
    for _ in range(2):
        _sync(mirror, hostile)
        assert mirror.problems == ["calendar_skipped"]
        assert "/two/a.ics" in mirror.versions
        assert not mirror.seen[-1].full_round
    fake.calendars["/two/"] = 207
    _sync(mirror, hostile)
    assert mirror.versions == fake.entries


def test_a_calendar_that_was_never_open_to_us_is_told_and_holds_up_nothing(hostile: Hostile, fake: Fake) -> None:
    fake.calendars = {"/cal/": 207, "/boss/": 403}
    mirror = _sync(Mirror(), hostile)
    assert mirror.problems == ["calendar_skipped"]
    assert mirror.seen[-1].full_round
    del fake.entries["/cal/0.ics"]
    fake.lost = 403
    _sync(mirror, hostile)
    assert mirror.versions == fake.entries


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(200, b"<html>Welcome</html>"), "answer_is_page"),
        (Answer(404), "no_calendars"),
        (Answer(207, b"<d:multistatus"), "no_calendars"),
        (Answer(207, b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), "no_calendars"),
        (Answer(401), "signin_refused"),
        (Answer(500), "server_error"),
        (Answer(429), "server_busy"),
    ],
    ids=["web page", "404", "half an answer", "entities", "401", "500", "429"],
)
def test_a_server_that_is_no_calendar_server(hostile: Hostile, answer: Answer, code: str) -> None:
    hostile.answer = lambda _asked: answer
    assert _problem(hostile, "any/where").code == code


def _elsewhere(other: Hostile) -> str:
    return other.url.replace("127.0.0.1", "localhost")


def test_a_home_on_another_host_gets_no_password(hostile: Hostile) -> None:
    with hostile_server() as other:
        home = f"<c:calendar-home-set><d:href>{_elsewhere(other)}home/</d:href></c:calendar-home-set>"
        hostile.answer = lambda asked: _multi(_item(asked.path, home))
        problem = _problem(hostile)
        assert problem.code == "moved_elsewhere"
        assert problem.facts["other"] == f"localhost:{other.port}"
        assert other.asked == []


def test_an_entry_on_another_host_is_not_fetched(hostile: Hostile, fake: Fake) -> None:
    with hostile_server() as other:
        fake.href = lambda path: _elsewhere(other).rstrip("/") + path
        assert _problem(hostile).code == "moved_elsewhere"
        assert other.asked == []


def test_a_server_that_fails_in_the_middle_keeps_what_came(hostile: Hostile, fake: Fake) -> None:
    fake.entries = {f"/cal/{n}.ics": f'"{n}"' for n in range(150)}
    normal, batches = hostile.answer, []

    def answer(asked: Asked) -> Answer:
        if b"calendar-multiget" in asked.body:
            batches.append(asked)
            if len(batches) == 2:
                return Answer(503)
        return normal(asked)

    hostile.answer = answer
    mirror = Mirror()
    with pytest.raises(Problem, match="server_busy"):
        _sync(mirror, hostile)
    assert len(mirror.versions) == 100
    _sync(mirror, hostile)
    assert mirror.fetched == 50
    assert mirror.versions == fake.entries
