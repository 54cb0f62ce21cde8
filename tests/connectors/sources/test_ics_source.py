"""Calendars as files, folders and addresses; what is not a whole calendar is a problem, never a deletion."""

import os
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.connectors import sources
from companion.words.problems import sentence
from connectors.sources.engine import Mirror, ics
from servers.hostile import Answer, Asked, Hostile
from servers.radicale import event

CALENDAR = event("one").encode()


def _sync(mirror: Mirror, url: str) -> Mirror:
    mirror.sync(sources.open_source(ics(url), None))
    return mirror


def _problem(mirror: Mirror, url: str) -> str:
    before = dict(mirror.versions)
    with pytest.raises(Problem) as caught:
        _sync(mirror, url)
    assert mirror.versions == before
    assert "went wrong" not in sentence(caught.value)
    return caught.value.code


def _old(path: Path, seconds: int) -> None:
    stat = path.stat()
    os.utime(path, (stat.st_atime - seconds, stat.st_mtime - seconds))


def test_a_file_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    file.write_bytes(b"\xef\xbb\xbf" + CALENDAR)
    _old(file, 100)
    mirror = _sync(Mirror(), str(file))
    assert (mirror.fetched, list(mirror.versions)) == (1, ["file"])
    assert mirror.seen[0].blobs[0].data.startswith(b"BEGIN:VCALENDAR")
    _sync(mirror, str(file))
    assert mirror.fetched == 0
    assert mirror.seen[-1].present == ("file",)
    assert mirror.seen[-1].full_round
    _old(file, 50)
    _sync(mirror, str(file))
    assert mirror.fetched == 0
    file.write_bytes(event("two").encode())
    _sync(mirror, str(file))
    assert mirror.fetched == 1


def test_a_file_written_twice_within_a_tick_is_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    file.write_bytes(CALENDAR)
    stat = file.stat()
    mirror = _sync(Mirror(), str(file))
    file.write_bytes(event("two").encode())
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    _sync(mirror, str(file))
    assert mirror.fetched == 1


@pytest.mark.case(46)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "calendar_empty"),
        (b" \r\n", "calendar_empty"),
        (b"<!DOCTYPE html><html><form>Sign in</form></html>", "calendar_html"),
        (b'{"error": "login"}', "calendar_foreign"),
        (CALENDAR[:-20], "calendar_truncated"),
        (CALENDAR[: CALENDAR.index(b"SUMMARY")], "calendar_truncated"),
        (CALENDAR + CALENDAR[:60], "calendar_truncated"),
    ],
    ids=["empty", "blank", "web page", "json", "no end", "half", "second half"],
)
def test_what_is_no_whole_calendar_changes_nothing(tmp_path: Path, hostile: Hostile, body: bytes, code: str) -> None:
    file = tmp_path / "a.ics"
    file.write_bytes(CALENDAR)
    mirror = _sync(Mirror(), str(file))
    file.write_bytes(body)
    assert _problem(mirror, str(file)) == code
    hostile.answer = lambda _asked: Answer(200, body)
    assert _problem(mirror, hostile.url + "a.ics") == code


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert _problem(Mirror({"file": "v"}), str(tmp_path / "gone.ics")) == "calendar_file_missing"


def test_a_folder_is_one_member_a_file(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.ics").write_bytes(event(name).encode())
    assert len(_sync(Mirror(), tmp_path.as_uri()).versions) == 3
    (tmp_path / "notes.txt").write_text("no calendar")
    mirror = _sync(Mirror(), str(tmp_path))
    assert sorted(mirror.versions) == ["a.ics", "b.ics", "c.ics"]
    (tmp_path / "a.ics").unlink()
    (tmp_path / "b.ics").write_text("<html>")
    (tmp_path / "c.ics").write_bytes(event("c", "Changed").encode())
    _sync(mirror, str(tmp_path))
    assert sorted(mirror.versions) == ["b.ics", "c.ics"]
    assert mirror.fetched == 1
    assert mirror.problems == ["calendar_html"]
    for name in ("b", "c"):
        (tmp_path / f"{name}.ics").write_text("")
    assert _problem(mirror, str(tmp_path)) == "calendar_empty"
    for name in ("b", "c"):
        (tmp_path / f"{name}.ics").unlink()
    assert _problem(mirror, str(tmp_path)) == "folder_empty"


def test_an_address_is_asked_only_whether_it_changed(hostile: Hostile) -> None:
    def answer(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == 'W/"1"':
            return Answer(304)
        return Answer(200, CALENDAR, {"ETag": 'W/"1"', "Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT"})

    hostile.answer = answer
    mirror = _sync(Mirror(), hostile.url + "a.ics")
    assert mirror.fetched == 1
    _sync(mirror, hostile.url + "a.ics")
    assert mirror.fetched == 0
    assert mirror.seen[-1].full_round
    assert hostile.asked[-1].headers["if-modified-since"] == "Sat, 21 Nov 2026 10:00:00 GMT"
    mirror.versions.clear()  # the rules changed: everything is read again
    _sync(mirror, hostile.url + "a.ics")
    assert mirror.fetched == 1


@pytest.mark.case(44)
def test_an_address_without_etags_goes_by_content(hostile: Hostile) -> None:
    hostile.answer = lambda _asked: Answer(200, CALENDAR)
    mirror = _sync(Mirror(), hostile.url + "a.ics")
    stamped = CALENDAR.replace(b"DTSTAMP:20261101T090000Z", b"DTSTAMP:20261121T193000Z")
    hostile.answer = lambda _asked: Answer(200, stamped)
    _sync(mirror, hostile.url + "a.ics")
    assert mirror.fetched == 0
    hostile.answer = lambda _asked: Answer(200, event("one", "Moved").encode())
    _sync(mirror, hostile.url + "a.ics")
    assert mirror.fetched == 1


@pytest.mark.case(46)
@pytest.mark.parametrize(
    ("status", "code"), [(401, "password_missing"), (403, "forbidden"), (404, "not_found"), (500, "server_error")]
)
def test_a_refusal_deletes_nothing(hostile: Hostile, status: int, code: str) -> None:
    hostile.answer = lambda _asked: Answer(200, CALENDAR)
    mirror = _sync(Mirror(), hostile.url)
    hostile.answer = lambda _asked: Answer(status)
    assert _problem(mirror, hostile.url) == code


def test_testing_an_account_names_its_calendar(tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    file.write_bytes(CALENDAR)
    assert sources.test_account(ics(str(file)), None) == ["Feed"]
    file.write_bytes(CALENDAR.replace(b"VERSION:2.0", b"VERSION:2.0\r\nX-WR-CALNAME:Reviews of sales"))
    assert sources.test_account(ics(str(file)), None) == ["Reviews of sales"]
