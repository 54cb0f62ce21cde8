"""Files and folders as disks hold them: half-written, endless, linked in circles, named in odd bytes."""

import os
import threading
from pathlib import Path

import pytest

from companion.connectors import ics_file, sources
from connectors.sources.engine import Mirror, ics, problem_of
from servers.hostile import Answer, Hostile
from servers.radicale import event, events

CALENDAR = event("one").encode()


def _sync(mirror: Mirror, place: Path | str) -> Mirror:
    mirror.sync(sources.open_source(ics(str(place)), None))
    return mirror


def _code(mirror: Mirror, place: Path | str) -> str:
    before = dict(mirror.versions)
    code = problem_of(lambda: _sync(mirror, place)).code
    assert mirror.versions == before
    return code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reviews"
    made.mkdir()
    for name in ("a", "b", "c"):
        (made / f"{name}.ics").write_text(event(name), newline="")
    return made


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_file, "MOST", 5_000)


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path, small: None) -> None:
    file = tmp_path / "a.ics"
    file.write_bytes(CALENDAR)
    mirror = _sync(Mirror(), file)
    file.write_text(events({f"e{n}": "Review" for n in range(100)}), newline="")
    assert _code(mirror, file) == "calendar_file_too_big"


def test_a_file_that_is_too_big_holds_up_no_other(folder: Path, small: None) -> None:
    mirror = _sync(Mirror(), folder)
    (folder / "a.ics").write_text(events({f"e{n}": "Review" for n in range(100)}), newline="")
    (folder / "b.ics").write_text(event("b", "Moved"), newline="")
    _sync(mirror, folder)
    assert mirror.problems == ["calendar_file_too_big"]
    assert mirror.told == {"a": "Review", "b": "Moved", "c": "Review"}


def test_a_file_that_is_written_all_the_while_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.ics"
    file.write_bytes(CALENDAR)
    stat = os.fstat
    turns: list[int] = []

    def growing(descriptor: int) -> os.stat_result:
        turns.append(1)
        file.write_bytes(CALENDAR + b" " * len(turns))
        return stat(descriptor)

    monkeypatch.setattr(ics_file.os, "fstat", growing)
    assert _code(Mirror(), file) == "calendar_file_changing"
    turns.clear()
    monkeypatch.setattr(ics_file.os, "fstat", lambda fd: growing(fd) if len(turns) < 2 else stat(fd))
    assert _sync(Mirror(), file).told == {"one": "Review"}


def test_a_file_that_is_exchanged_while_it_is_read_is_one_or_the_other(tmp_path: Path) -> None:
    file, stop = tmp_path / "a.ics", threading.Event()
    file.write_bytes(CALENDAR)

    def exchange() -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            (tmp_path / "new").write_text(events({f"e{n}-{turn}": "Review" for n in range(turn % 40)}), newline="")
            (tmp_path / "new").replace(file)

    writer = threading.Thread(target=exchange)
    writer.start()
    try:
        for _ in range(50):
            mirror = _sync(Mirror(), file)
            assert len({uid.rpartition("-")[2] for uid in mirror.told}) <= 1
    finally:
        stop.set()
        writer.join()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_a_device_is_no_file(tmp_path: Path, folder: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ics")
    assert _code(Mirror(), tmp_path / "pipe.ics") == "calendar_no_file"
    assert _code(Mirror(), "/dev/zero") == "calendar_no_file"
    os.mkfifo(folder / "pipe.ics")
    (folder / "sub.ics").mkdir()
    assert sorted(_sync(Mirror(), folder).versions) == ["a.ics", "b.ics", "c.ics"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_in_a_circle_or_to_nowhere_take_nothing_away(tmp_path: Path, folder: Path) -> None:
    mirror = _sync(Mirror(), folder)
    for name, target in (("a.ics", "a.ics"), ("b.ics", "/nowhere/b.ics")):
        (folder / name).unlink()
        (folder / name).symlink_to(target)
    _sync(mirror, folder)
    assert sorted(mirror.versions) == ["a.ics", "b.ics", "c.ics"]
    assert mirror.problems == ["calendar_file_unreadable"] * 2
    (tmp_path / "round.ics").symlink_to("round.ics")
    assert _code(mirror, tmp_path / "round.ics") == "calendar_file_unreadable"
    (tmp_path / "real.ics").symlink_to(folder / "c.ics")
    assert _sync(Mirror(), tmp_path / "real.ics").told == {"c": "Review"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_file_that_is_closed_to_us_holds_up_no_other(folder: Path) -> None:
    mirror = _sync(Mirror(), folder)
    (folder / "a.ics").chmod(0)
    _sync(mirror, folder)
    assert mirror.problems == ["calendar_file_unreadable"]
    assert len(mirror.versions) == 3


def test_a_file_that_goes_while_the_folder_is_read_is_gone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror = _sync(Mirror(), folder)
    read = ics_file.read_file

    def late(path: Path, account: str) -> bytes:
        if path.name == "a.ics":
            (folder / "b.ics").unlink(missing_ok=True)
        return read(path, account)

    monkeypatch.setattr("companion.connectors.ics_source.read_file", late)
    _sync(mirror, folder)
    assert sorted(mirror.versions) == ["a.ics", "c.ics"]
    assert mirror.problems == []


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_in_odd_bytes_is_a_name(folder: Path) -> None:
    odd = os.fsencode(folder) + b"/caf\xe9.ics"
    with open(odd, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(CALENDAR)
    mirror = _sync(Mirror(), folder)
    assert len(mirror.versions) == 4
    assert all(key.encode() for key in mirror.versions)
    assert _sync(mirror, folder).fetched == 0
    with open(odd, "wb") as file:  # noqa: PTH123
        file.write(b"<html>")
    _sync(mirror, folder)
    assert mirror.problems == ["calendar_html"]
    assert problem_of(lambda: _raise(mirror)).code == "calendar_html"


def _raise(mirror: Mirror) -> None:
    raise mirror.seen[-1].problems[0]


def test_a_folder_of_large_files_comes_in_pages_by_size(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.connectors.ics_source._PAGE_BYTES", 100)
    mirror = _sync(Mirror(), folder)
    assert [len(page.blobs) for page in mirror.seen] == [1, 1, 1, 0]
    assert [page.complete for page in mirror.seen] == [False, False, False, True]


def test_an_address_that_was_changed_is_read_whole_though_the_versions_are_alike(hostile: Hostile) -> None:
    bodies = {"/a.ics": CALENDAR, "/b.ics": event("two").encode()}
    hostile.answer = lambda asked: (
        Answer(304) if "if-none-match" in asked.headers else Answer(200, bodies[asked.path], {"ETag": '"1"'})
    )
    mirror = _sync(Mirror(), hostile.url + "a.ics")
    assert "a.ics" not in mirror.cursor
    assert _sync(mirror, hostile.url + "a.ics").fetched == 0
    assert _sync(mirror, hostile.url + "b.ics").told == {"two": "Review"}


@pytest.mark.case(44)
def test_an_etag_that_is_new_at_every_download_means_nothing(hostile: Hostile) -> None:
    turns: list[int] = []

    def answer(_asked: object) -> Answer:
        turns.append(1)
        body = CALENDAR.replace(b"DTSTAMP:20261101", b"DTSTAMP:202611%02d" % len(turns))
        body = body.replace(b"SUMMARY", b"SEQUENCE:%d\r\nSUMMARY" % len(turns))
        return Answer(200, body, {"ETag": f'"{len(turns)}"'})

    hostile.answer = answer
    mirror = _sync(Mirror(), hostile.url + "a.ics")
    for _ in range(3):
        assert _sync(mirror, hostile.url + "a.ics").fetched == 0
    assert [asked.headers.get("if-none-match") for asked in hostile.asked] == [None, '"1"', '"2"', '"3"']


def test_an_etag_that_cannot_be_sent_back_is_left_out(hostile: Hostile) -> None:
    hostile.answer = lambda _asked: Answer(200, CALENDAR, {"ETag": '"caf\xe9"', "Last-Modified": "h\xe9ute"})
    mirror = _sync(Mirror(), hostile.url + "a.ics")
    assert _sync(mirror, hostile.url + "a.ics").fetched == 0
    assert "if-none-match" not in hostile.asked[-1].headers
