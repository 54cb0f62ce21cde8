"""CalDAV servers with habits of their own, each as a small fake that keeps to its habit."""

import pytest

from companion.basics.errors import Problem
from connectors.sources.engine import Mirror, problem_of, synced
from servers.dav import Dav, item, multistatus, status
from servers.hostile import Answer, Asked, Hostile, hostile_server


def _sync(mirror: Mirror, hostile: Hostile, path: str = "") -> Mirror:
    return synced(mirror, hostile.url + path)


def _problem(hostile: Hostile, path: str = "") -> Problem:
    return problem_of(lambda: _sync(Mirror(), hostile, path))


@pytest.mark.case(47)
def test_507_means_there_is_more(hostile: Hostile, dav: Dav) -> None:
    dav.page = 2
    mirror = _sync(Mirror(), hostile)
    assert sorted(mirror.versions) == sorted(dav.entries)
    assert sum(b"sync-collection" in asked.body for asked in hostile.asked) == 3
    _sync(mirror, hostile)
    assert mirror.fetched == 0


def test_a_server_that_never_ends_its_pages_is_listed_by_member(hostile: Hostile, dav: Dav) -> None:
    normal = hostile.answer

    def answer(asked: Asked) -> Answer:
        return multistatus(status("/cal/", 507), token="t0") if b"sync-collection" in asked.body else normal(asked)

    hostile.answer = answer
    assert len(_sync(Mirror(), hostile).versions) == 5


def test_without_sync_collection_every_round_is_full(hostile: Hostile, dav: Dav) -> None:
    dav.syncs = False
    mirror = _sync(Mirror(), hostile)
    assert len(mirror.versions) == 5
    del dav.entries["/cal/0.ics"]
    dav.entries["/cal/1.ics"] = '"new"'
    _sync(mirror, hostile)
    assert mirror.fetched == 1
    assert mirror.versions == dav.entries
    assert mirror.seen[-1].full_round


@pytest.mark.parametrize("status", [400, 403, 409, 410, 412])
def test_a_lost_token_however_it_is_said(hostile: Hostile, dav: Dav, status: int) -> None:
    mirror = _sync(Mirror(), hostile)
    del dav.entries["/cal/0.ics"]
    dav.lost = status
    _sync(mirror, hostile)
    assert mirror.versions == dav.entries
    assert mirror.fetched == 0


@pytest.mark.parametrize("status", [403, 405, 415, 501])
def test_a_server_that_no_longer_knows_sync_collection(hostile: Hostile, dav: Dav, status: int) -> None:
    mirror = _sync(Mirror(), hostile)
    del dav.entries["/cal/0.ics"]
    dav.syncs, dav.no_sync = False, status
    _sync(mirror, hostile)
    assert mirror.versions == dav.entries
    assert mirror.fetched == 0


@pytest.mark.parametrize("status", [400, 413, 507])
def test_a_batch_that_is_too_much_is_halved(hostile: Hostile, dav: Dav, status: int) -> None:
    dav.entries = {f"/cal/{n}.ics": f'"{n}"' for n in range(230)}
    dav.most, dav.too_much = 30, status
    mirror = _sync(Mirror(), hostile)
    assert mirror.versions == dav.entries
    assert not [asked for asked in hostile.asked if asked.method == "GET"]


@pytest.mark.case(51)
def test_an_answer_that_leaves_the_data_out_is_completed_one_by_one(hostile: Hostile, dav: Dav) -> None:
    dav.hides_data = True
    assert _sync(Mirror(), hostile).versions == dav.entries


@pytest.mark.case(49)
def test_without_etags_content_tells_what_changed(hostile: Hostile, dav: Dav) -> None:
    dav.etags = dav.syncs = False
    mirror = _sync(Mirror(), hostile)
    assert len(mirror.versions) == 5
    _sync(mirror, hostile)
    assert mirror.fetched == 0
    assert mirror.seen[-1].full_round
    assert len(mirror.versions) == 5


@pytest.mark.case(50)
def test_weak_etags_stay_as_they_are(hostile: Hostile, dav: Dav) -> None:
    dav.entries = {"/cal/a.ics": 'W/"1"'}
    mirror = _sync(Mirror(), hostile)
    assert mirror.versions == {"/cal/a.ics": 'W/"1"'}


def test_one_address_written_in_two_ways_is_one_member(hostile: Hostile, dav: Dav) -> None:
    dav.syncs = False
    dav.entries = {"/cal/a%40b.ics": '"1"'}
    mirror = _sync(Mirror(), hostile)
    dav.href = lambda path: hostile.url.rstrip("/") + path.replace("%40", "@")
    _sync(mirror, hostile)
    assert mirror.versions == {"/cal/a@b.ics": '"1"'}
    assert mirror.fetched == 0


def test_an_entry_that_cannot_be_had_stays_and_is_asked_for_again(hostile: Hostile, dav: Dav) -> None:
    mirror = _sync(Mirror(), hostile)
    dav.entries["/cal/0.ics"] = dav.entries["/cal/1.ics"] = '"new"'
    dav.broken = {"/cal/0.ics"}
    dav.lost = 403
    _sync(mirror, hostile)
    assert mirror.problems == ["entries_unread"]
    assert mirror.versions["/cal/0.ics"] == '"0"'
    assert mirror.versions["/cal/1.ics"] == '"new"'
    dav.broken = set()
    _sync(mirror, hostile)
    assert mirror.versions == dav.entries
    assert mirror.problems == []


def test_a_calendar_that_fails_for_once_loses_nothing(hostile: Hostile, dav: Dav) -> None:
    dav.calendars = {"/cal/": 207, "/two/": 207}
    dav.entries["/two/a.ics"] = '"a"'
    mirror = _sync(Mirror(), hostile)
    dav.calendars["/two/"] = 403
    del dav.entries["/cal/0.ics"]
    dav.lost = 403
    for _ in range(2):
        _sync(mirror, hostile)
        assert mirror.problems == ["calendar_skipped"]
        assert "/two/a.ics" in mirror.versions
        assert not mirror.seen[-1].full_round
    dav.calendars["/two/"] = 207
    _sync(mirror, hostile)
    assert mirror.versions == dav.entries


@pytest.mark.case(67)
def test_a_calendar_that_was_never_open_to_us_is_told_and_holds_up_nothing(hostile: Hostile, dav: Dav) -> None:
    dav.calendars = {"/cal/": 207, "/boss/": 403}
    mirror = _sync(Mirror(), hostile)
    assert mirror.problems == ["calendar_skipped"]
    assert mirror.seen[-1].full_round
    del dav.entries["/cal/0.ics"]
    dav.lost = 403
    _sync(mirror, hostile)
    assert mirror.versions == dav.entries


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


@pytest.mark.case(52)
def test_a_home_on_another_host_gets_no_password(hostile: Hostile) -> None:
    with hostile_server() as other:
        home = f"<c:calendar-home-set><d:href>{_elsewhere(other)}home/</d:href></c:calendar-home-set>"
        hostile.answer = lambda asked: multistatus(item(asked.path, home))
        problem = _problem(hostile)
        assert problem.code == "moved_elsewhere"
        assert problem.facts["other"] == f"localhost:{other.port}"
        assert other.asked == []


@pytest.mark.case(52)
def test_an_entry_on_another_host_is_not_fetched(hostile: Hostile, dav: Dav) -> None:
    with hostile_server() as other:
        dav.href = lambda path: _elsewhere(other).rstrip("/") + path
        assert _problem(hostile).code == "moved_elsewhere"
        assert other.asked == []


def test_a_server_that_fails_in_the_middle_keeps_what_came(hostile: Hostile, dav: Dav) -> None:
    dav.entries = {f"/cal/{n}.ics": f'"{n}"' for n in range(150)}
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
    assert mirror.versions == dav.entries
