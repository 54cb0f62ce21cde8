"""What is measured of the board: bulk insert (13), a year (15), a keystroke (17), a frame (18), and its first rows."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import ROOT, Variant, python
from bench.report import Goal, Trial
from bench.trials import PATH, again
from companion.basics.paths import open_home

MISSING = "print('PostgreSQL: not installed', file=__import__('sys').stderr); raise SystemExit(1)"


def bulk(laid: Path, work: Path, meetings: int, leaders: int, rounds: int) -> Trial:
    """Goal 13: meetings with their statements into an empty workspace."""
    floor = Variant(
        "sqlite3 executemany", "floor", python("bulk_floor", work, meetings, leaders), again(laid, work), PATH
    )
    ours = Variant("Companion", "ours", python("bulk_ours", work, meetings, leaders), again(laid, work), PATH)
    note = "Values to rows and on the disk in one transaction. The floor writes tuples that were made ready before."
    title = f"bulk insert of {meetings:,} meetings with who sat there"
    return Trial("13", title, (floor, ours), (Goal("cpu", floor.name, 1.7),), rounds, note)


def year(where: str, engine: str, rounds: int) -> Trial:
    """Goal 15: how many meetings each leader heard in a year; `where`: a file, an address, "" for none."""

    def variant(name: str, role: str, script: str, *more: str) -> Variant:
        command = python(script, where, *more) if where else (sys.executable, "-c", MISSING)
        return Variant(name, role, command, environment=PATH)

    ours = variant("Companion", "ours", "year_ours")
    own = variant("raw SQL of our own query", "floor", "year_sql", "own")
    naive = variant("naive join", "peer", "year_sql", "naive")
    note = (
        "Ours weighs every statement of every seat (conflicts, words taken back, who went instead) in Python; the "
        "others count a word. `heard` is what each found."
    )
    goals = (Goal("wall", naive.name, 0.2), Goal("wall", own.name, 1.2))
    return Trial("15", f"a year by leader, {engine}", (ours, own, naive), goals, rounds, note)


def page(home: Path, laid: Path, work: Path, size: str, rounds: int) -> Trial:
    """Goals 17 and 18 on the Board page, and its first rows."""
    file = open_home(home).workspace
    bare = Variant("SQL and Qt's own model", "floor", python("board_bare", file, "bare"))
    proxy = Variant("QSortFilterProxyModel", "peer", python("board_bare", file, "proxy"))
    ours = Variant("Companion", "ours", python("board_ours", home, "idle", work), environment=PATH)
    beside = Variant(
        "Companion while it syncs", "ours as well", python("board_ours", home, "sync", work), again(laid, work), PATH
    )
    note = (
        "Seconds, no screen. `read` is away from the window: the board of the year, every figure with its reasons; "
        "`show` until it is painted first, `rows` both; `keystroke` a text typed until it is painted; `why` what "
        "stands behind one cell. The floor counts one word by SQL and gives no reasons."
    )
    goals = (
        Goal("rows", bare.name, 5, number=""), Goal("keystroke", bare.name, 2), Goal("slowest", "", 0.05),
        Goal("frame", bare.name, 2, number="18"), Goal("frame", ours.name, 2, beside.name, "18"),
        Goal("worst", "", 0.05, beside.name, "18"),
    )  # fmt: skip
    return Trial("17", f"the board of {size}", (bare, ours, beside, proxy), goals, rounds, note, warm=0)


def fill(home: Path, leaders: int, meetings: int) -> None:
    """A programme to measure, made in a process of its own."""
    command = [sys.executable, "-m", "bench.board_fill", str(home), str(leaders), str(meetings)]
    subprocess.run(command, check=True, cwd=ROOT)


@contextmanager
def server(leaders: int, meetings: int) -> Iterator[str]:
    """The address of a PostgreSQL workspace with such a programme, "" where PostgreSQL is not installed."""
    found = importlib.util.spec_from_file_location("postgres", ROOT / "tests" / "servers" / "postgres.py")
    assert found
    assert found.loader
    postgres = importlib.util.module_from_spec(found)
    sys.modules["postgres"] = postgres
    found.loader.exec_module(postgres)
    try:
        running = postgres.running()
        here = running.__enter__()
    except RuntimeError:
        yield ""
        return
    try:
        with here.database() as url:
            command = [sys.executable, "-m", "bench.board_fill", url, str(leaders), str(meetings)]
            subprocess.run(command, check=True, cwd=ROOT)
            yield url
    finally:
        running.__exit__(None, None, None)
