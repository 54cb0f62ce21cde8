"""The bench still runs: every row once, on very little, with whatever peers there are."""

import subprocess
import sys
from pathlib import Path

import pytest

from architecture.tree import ROOT

FEW = [
    "--rounds", "1", "--starts", "1", "--events", "100", "--meetings", "60", "--masters", "9", "--objects", "100",
    "--takeaways", "120", "--notes", "120", "--texts", "200", "--leaders", "30",
]  # fmt: skip
EARLIER = "## 2026-01-01 08:00 UTC\n\nAn earlier run.\n"


def ran(tmp_path: Path, *only: str) -> str:
    """What a short run of these rows wrote, above an earlier one."""
    out = tmp_path / "RESULTS.md"
    out.write_text(f"# Measured\n\nAn older head.\n\n{EARLIER}", "utf-8")
    command = [sys.executable, "-m", "bench", "--only", *only, *FEW, "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=540, check=False)
    assert done.returncode == 0, done.stderr
    text = out.read_text("utf-8")
    assert text.startswith("# Measured\n")
    assert text.endswith(f"\n\n{EARLIER}")
    assert text.count("\n## ") == 2
    return text


def failed(text: str) -> list[str]:
    """The variants that did not run, but for peers that are not installed here."""
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [" | ".join(row) for row in rows if len(row) > 3 and row[2] == "0" and "not installed" not in row[3]]


@pytest.mark.parametrize(
    ("only", "numbers"),
    [(("start", "table"), (1, 2, 17, 18)), (("reading", "expansion", "gaps"), (5, 6, 7)), (("listing",), (12,))],
)
def test_rows_run_on_very_little(only: tuple[str, ...], numbers: tuple[int, ...], tmp_path: Path) -> None:
    text = ran(tmp_path, *only)
    assert failed(text) == []
    assert [number for number in numbers if f"\n| {number} | " not in text and f"\n### {number} · " not in text] == []


@pytest.mark.server
def test_rows_over_caldav_run_on_very_little(tmp_path: Path) -> None:
    text = ran(tmp_path, "caldav", "no-change")
    assert failed(text) == []
    (requests,) = [line for line in text.splitlines() if line.startswith("| 10 ") and "| requests |" in line]
    assert requests.split(" | ")[4] == "1", "a round in which nothing changed is one request"
    (rows,) = [line for line in text.splitlines() if line.startswith("| 10 ") and "| rows |" in line]
    assert rows.rstrip(" |").endswith("met"), rows


def test_rows_of_graph_run_on_very_little(tmp_path: Path) -> None:
    text = ran(tmp_path, "graph")
    assert failed(text) == []
    goals = {
        line.split(" | ")[2]: line.split(" | ")[4] for line in text.splitlines() if line.startswith("|  | Graph, ")
    }
    assert goals["requests"] == "1", "a round in which nothing changed is one request"
    assert int(goals["first"]) <= 2, "the nearest weeks take one or two requests"
    assert int(goals["rows"]) <= 2


@pytest.mark.browser
def test_rows_of_a_site_run_on_very_little(tmp_path: Path) -> None:
    text = ran(tmp_path, "site")
    assert failed(text) == []
    files = [line.split(" | ")[4] for line in text.splitlines() if line.startswith("|  | ") and "| files |" in line]
    assert [int(count) for count in files] == [6, 0], "one change: marker twice, month, page, list, search"


def test_rows_of_noting_and_finding_run_on_very_little(tmp_path: Path) -> None:
    text = ran(tmp_path, "memory")
    assert failed(text) == []
    for what in ("key to saved line", "click to open note", "a key in a note", "a brief", "search in"):
        assert what in text
    assert "nan" not in text


@pytest.mark.server
def test_rows_of_the_board_run_on_very_little(tmp_path: Path) -> None:
    text = ran(tmp_path, "board")
    assert failed(text) == []
    for number in (13, 15, 17, 18):
        assert f"\n| {number} | " in text
    assert "the board of 30 leaders and 60 meetings" in text
