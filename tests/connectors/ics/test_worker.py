"""The reading process: what it gives back, and that nothing it meets can hang or end the app."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.basics.progress import Cancelled
from companion.connectors.ics import worker
from companion.connectors.ics.reading import read
from companion.connectors.ics.worker import InlineReader, Reader
from connectors.ics.calendar_text import RULES, YEAR, calendar, check_ledger, codes, event
from connectors.ics.mischief import BUG, FLOOD, HANG, KILL, mischief
from connectors.ics.mutations import FILES, broken_bytes, broken_lines

GOOD = calendar(event("RRULE:FREQ=WEEKLY;COUNT=3"))


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def test_the_process_gives_the_same_readings(reader: Reader) -> None:
    blobs = [GOOD, calendar(event("CLASS:PRIVATE")), b""]
    here = InlineReader().read(blobs, RULES, YEAR, inspect=True)
    there = reader.read(blobs, RULES, YEAR, inspect=True)
    assert [(item.ledger, item.events, item.inspected) for item in there] == [
        (item.ledger, item.events, item.inspected) for item in here
    ]
    assert [codes(item) for item in there] == [[], [], ["calendar_unreadable"]]


def test_a_process_started_early_is_the_one_that_reads(reader: Reader) -> None:
    assert reader.pid is None
    reader.warm()
    pid = reader.pid
    assert len(reader.read([GOOD], RULES, YEAR)[0].events) == 3
    assert reader.pid == pid is not None
    reader.close()
    with pytest.raises(Cancelled):
        reader.warm()


def test_what_is_too_much_to_send_at_once_is_read_in_its_order(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_HANDFUL", 2 * len(GOOD))
    blobs = [GOOD, b"", GOOD, GOOD, b"", calendar(*[event(uid=str(number)) for number in range(40)])]
    assert [len(item.events) for item in reader.read(blobs, RULES, YEAR)] == [3, 0, 3, 3, 0, 40]
    assert reader.read([], RULES, YEAR) == []


def test_one_process_serves_all_readings_and_new_rules_arrive(reader: Reader) -> None:
    from companion.meetings.recognise import Rules

    reader.read([GOOD], RULES, YEAR)
    first = reader.pid
    assert reader.read([GOOD], Rules(), YEAR)[0].events == ()
    assert len(reader.read([GOOD], RULES, YEAR)[0].events) == 3
    assert reader.pid == first != os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")
@pytest.mark.parametrize(("bad", "reason"), [(HANG, "deadline"), (KILL, "died"), (FLOOD, "memory")])
def test_bytes_that_hang_kill_or_flood_hide_only_themselves(bad: bytes, reason: str) -> None:
    reader = Reader(deadline=1.5, serve=mischief)
    try:
        readings = reader.read([GOOD, bad, GOOD], RULES, YEAR)
    finally:
        reader.close()
    assert [len(item.events) for item in readings] == [3, 0, 3]
    (problem,) = readings[1].problems
    assert (problem.code, problem.facts) == ("calendar_unreadable", {"reason": reason})


BOMB = event(
    "RRULE:FREQ=YEARLY;BYMONTH={};BYMONTHDAY={};BYHOUR={};BYMINUTE={};BYSECOND={}".format(
        *(",".join(map(str, range(*ends))) for ends in ((1, 13), (1, 32), (0, 24), (0, 60), (0, 60)))
    ),
    uid="bomb",
)


@pytest.mark.case(15)
def test_a_bomb_costs_the_process_its_share_of_time_and_no_more(reader: Reader) -> None:
    data = calendar(*[BOMB.replace("UID:bomb", f"UID:bomb{number}") for number in range(3)], event(uid="good"))
    reader.read([GOOD], RULES, YEAR)
    pid = reader.pid
    bombs, good = reader.read([data, GOOD], RULES, YEAR)
    assert (bombs.ledger.broken, [item.uid for item in bombs.events]) == (3, ["good"])
    assert codes(bombs) == ["series_too_large"] * 3
    assert (len(good.events), reader.pid) == (3, pid)  # nothing had to be ended for it


def test_a_guest_list_without_end_hides_only_its_entry(reader: Reader) -> None:
    flood = calendar(event("ATTENDEE:mailto:x@kestrel.example\n" * 100_000), event(uid="good"))
    (reading,) = reader.read([flood], RULES, YEAR)
    assert [item.uid for item in reading.events if item.uid != "m1"] == ["good"]
    assert set(codes(reading)) <= {"entry_broken"}


@pytest.mark.parametrize("seed", [11])
def test_two_hundred_broken_files_neither_hang_nor_end_the_process(reader: Reader, seed: int) -> None:
    files = [file.read_bytes() for file in FILES]
    reader.read([GOOD], RULES, YEAR)
    pid = reader.pid
    blobs = [
        (broken_lines if number % 2 else broken_bytes)(files[number % len(files)], seed * 1000 + number)
        for number in range(200)
    ]
    for blob, reading in zip(blobs, reader.read(blobs, RULES, YEAR, inspect=True), strict=True):
        check_ledger(reading)
        assert "reason" not in str(
            [problem.facts for problem in reading.problems if problem.code != "calendar_unreadable"]
        )
        assert reading.ledger == InlineReader().read([blob], RULES, YEAR, inspect=True)[0].ledger
    assert reader.pid == pid


def test_a_fault_is_named_without_what_stood_in_the_calendar(capfd: pytest.CaptureFixture[str]) -> None:
    reader = Reader(serve=mischief)
    try:
        (reading,) = reader.read([BUG], RULES, YEAR)
    finally:
        reader.close()
    assert reading.problems[0].facts["reason"].startswith("RuntimeError in bad_read")
    assert "canary" not in repr(reading.problems[0].facts) + "".join(capfd.readouterr())


def test_a_process_killed_between_two_readings_is_replaced(reader: Reader) -> None:
    reader.read([GOOD], RULES, YEAR)
    pid = reader.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert len(reader.read([GOOD], RULES, YEAR)[0].events) == 3
    assert reader.pid != pid


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_close_ends_a_reading_under_way_within_a_second() -> None:
    reader = Reader(serve=mischief)
    seen: list[BaseException] = []

    def work() -> None:
        try:
            reader.read([GOOD, HANG], RULES, YEAR)
        except Cancelled as cancelled:
            seen.append(cancelled)

    thread = threading.Thread(target=work)
    thread.start()
    deadline = time.monotonic() + 20
    while reader.pid is None and time.monotonic() < deadline:
        os.sched_yield()
    before = time.monotonic()
    reader.close()
    thread.join(5)
    assert not thread.is_alive()
    assert time.monotonic() - before < 8  # a second, and some for a busy machine; never its deadline
    assert len(seen) == 1
    with pytest.raises(Cancelled):
        reader.read([GOOD], RULES, YEAR)


HEAD = """
import sys

def probe(pipe):
    pipe.send("ready")
    pipe.recv()
    pipe.send(sorted(name for name in sys.modules if name.split(".")[0] in ("PySide6", "sqlalchemy", "httpx")))

if __name__ == "__main__":
    import datetime, PySide6.QtCore, sqlalchemy
    from companion.calendars.model import Window
    from companion.connectors.ics.worker import Reader
    from companion.meetings.recognise import Rules
    window = Window(datetime.date(2026, 1, 1), datetime.date(2026, 1, 1))
"""
PROBE = """
    reader = Reader()
    reader.read([b""], Rules(), window)
    reader.close()
    print(sorted(name for name in sys.modules if name in ("companion.connectors.ics.reading", "dateutil", "icalendar")))
    reader = Reader(serve=probe)
    print(reader._ask([b""], Rules(), (window, False, frozenset()), []))
    reader.close()
"""
STAY = """
    reader = Reader()
    reader.read([b""], Rules(), window)
    print(reader.pid, flush=True)
    sys.stdin.read()
"""


def test_the_process_loads_neither_window_nor_stores_and_the_app_nothing_that_reads(tmp_path: Path) -> None:
    script = tmp_path / "probe.py"
    script.write_text(HEAD + PROBE, "utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["[]", "[]"]


def test_the_app_gone_the_process_is_gone(tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text(HEAD + STAY, "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as app:
        assert app.stdout is not None
        pid = int(app.stdout.readline())
        assert _lives(pid)
        app.kill()
    deadline = time.monotonic() + 10
    while _lives(pid) and time.monotonic() < deadline:
        os.sched_yield()
    assert not _lives(pid)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_guard_leaves_the_signal_as_it_was() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    read(GOOD, RULES, YEAR)
    assert signal.getsignal(signal.SIGVTALRM) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
