"""Readers read while we write, and a kill comes at any moment: no page is ever torn, nothing of ours is stranded."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from companion.connectors.site.channel import SiteChannel
from connectors.publishing.made import a_parcel

ENDS = {
    "index.html": b"</html>\n", "t/t-1.html": b"</html>\n", "m/2026-11.html": b"</html>\n",
    "s/2026-11.js": b"]);\n", "feed.xml": b"</feed>\n",
}  # fmt: skip
PUBLISH_FOR_EVER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from companion.connectors.site.channel import SiteChannel
from connectors.publishing.made import a_parcel
round = 0
while True:
    shown = [a_parcel(n, headline=f"Round {round}") for n in range(1 + round % 5)]
    SiteChannel(Path(sys.argv[1]), "company").publish(shown)
    if not round: print("going", flush=True)
    round += 1
"""
TESTS = Path(__file__).resolve().parents[2]


def publisher(folder: Path) -> subprocess.Popen[str]:
    """A process that publishes without end; it has published once when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-c", PUBLISH_FOR_EVER, str(folder), str(TESTS)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "going\n"
    return process


def test_a_thousand_reads_while_we_publish_see_whole_files(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    process = publisher(folder)
    seen: set[bytes] = set()
    try:
        for _ in range(1000):
            for name, end in ENDS.items():
                if name.startswith("t/") and not (folder / name).exists():
                    continue  # not told yet
                data = (folder / name).read_bytes()
                assert data.endswith(end)
                seen.add(data)
            Xml.fromstring((folder / "feed.xml").read_bytes())
    finally:
        process.kill()
        process.communicate()
    assert len(seen) > 10  # it did change while we read


@pytest.mark.parametrize("round_", range(5))
def test_after_a_kill_the_next_publishing_puts_all_right(tmp_path: Path, round_: int) -> None:
    folder = tmp_path / "site"
    process = publisher(folder)
    changed = (folder / "index.html").stat().st_mtime_ns
    while (folder / "index.html").stat().st_mtime_ns == changed and round_:
        assert process.poll() is None  # let it get into another round first
    process.send_signal(signal.SIGKILL)
    process.communicate()
    search = (folder / "s" / "2026-11.js").read_text("utf-8")
    json.loads(search.removeprefix('window.companionMonth("2026-11",').removesuffix(");\n"))
    SiteChannel(folder, "company").publish([a_parcel(99)])
    left = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    gone = {name for name in left if name.startswith("t/")} - {"t/t-99.html"}
    assert left - gone == {
        ".companion-site", ".companion-months/2026-11.json", ".companion-months/2026-08.json", "app.js", "feed.xml",
        "icon.svg", "index.html", "m/2026-08.html", "s/2026-08.js", "style.css", "t/t-99.html",
    }  # fmt: skip
    for name in gone:
        assert "Round" not in (folder / name).read_text("utf-8")
    assert not any("Round" in (folder / name).read_text("utf-8") for name in left - gone)


def test_a_kill_while_the_folder_is_claimed_leaves_it_ours(tmp_path: Path) -> None:
    (tmp_path / "..companion-site.4711.new").write_bytes(b"{")
    SiteChannel(tmp_path, "company").publish([a_parcel(1)])
    assert not list(tmp_path.glob("*.new"))
