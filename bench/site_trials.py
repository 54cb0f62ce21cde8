"""A site of many takeaways: built whole, with one change, with none, against a generator many know; and searched."""

import shutil
from collections.abc import Callable
from pathlib import Path

from bench import stories
from bench.measure import Variant, python
from bench.peers import Peers
from bench.report import Goal, Trial
from bench.trials import PATH

_SETTINGS = """
SITENAME = "Heard"
PATH = "content"
THEME = "simple"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
FEED_ALL_ATOM = "feed.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = TRANSLATION_FEED_ATOM = None
DEFAULT_PAGINATION = 30
CACHE_CONTENT = True
CACHE_PATH = "cache"
LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
"""


def site(folder: Path, count: int, peers: Peers, rounds: int) -> list[Trial]:
    """Ours writes what changed; the generator keeps what it read and writes everything."""
    ours, peer = folder / "site", folder / "pelican"
    stories.articles(peer / "content", count)
    settings = _SETTINGS.replace('"cache"', repr(str(peer / "cache")))  # else it would be in the folder one stands in
    (peer / "settings.py").write_text(settings, "utf-8")
    program = str(peers.bin / "pelican")
    touched = peer / "content" / f"story-{min(500, count - 1)}.md"
    whole = Variant("Pelican", "peer", (program, "--quiet", *_places(peer)), _gone(peer / "output", peer / "cache"))
    again = Variant("Pelican", "peer", (program, "--quiet", *_places(peer)), _one_changed(touched))
    floor = Variant("the same files written", "floor", python("site_floor", folder / "copy", ours))
    built = Variant("Companion", "ours", python("site_ours", ours, count, "whole"), _gone(ours), PATH)
    changed = Variant("Companion", "ours", python("site_ours", ours, count, "change"), environment=PATH)
    same = Variant("Companion", "ours", python("site_ours", ours, count, "nothing"), environment=PATH)
    note = "Pelican 4, its simple theme, one feed, its cache; its whole process, where ours counts publishing alone."
    quick = (Goal("cpu", again.name, 0.1),)
    few = min(rounds, 3)  # the whole takes most of a minute each
    return [
        Trial("", f"a site of {count:,} takeaways", (built, whole, floor), (Goal("cpu", whole.name, 1),), few, note),
        Trial("", "one change in it", (changed, again), (*quick, Goal("files", "", 8)), few, note),
        Trial("", "nothing changed", (same, again), (*quick, Goal("files", "", 0)), few, note),
        Trial(
            "", f"searching {count:,} takeaways in Chromium, from a folder",
            (Variant("Companion", "ours", python("site_search", ours), environment=PATH),),
            (Goal("key_ms", "", 100), Goal("load_ms", "", 3000)), rounds,
            "`key_ms`: from a letter typed to its finds drawn, a median. `load_ms`: the first letter, with all months.",
        ),
    ]  # fmt: skip


def _places(peer: Path) -> tuple[str, ...]:
    return (str(peer / "content"), "-o", str(peer / "output"), "-s", str(peer / "settings.py"))


def _gone(*folders: Path) -> Callable[[], None]:
    def clear() -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    return clear


def _one_changed(path: Path) -> Callable[[], None]:
    turns = iter(range(1_000_000))

    def change() -> None:
        path.write_text(path.read_text("utf-8") + f"\nOnce more {next(turns)}.\n", "utf-8")

    return change
