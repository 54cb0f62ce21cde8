"""What is measured of a long list: a keystroke until it is painted, a frame while it scrolls, and beside a sync."""

from pathlib import Path

from bench.measure import Variant, python
from bench.report import Goal, Trial
from bench.trials import PATH, again
from companion.basics.paths import open_home


def table(home: Path, laid: Path, work: Path, meetings: int, rounds: int) -> Trial:
    """Goals 17 and 18: the Meetings page with every meeting of a full profile, filtered and scrolled."""
    file = open_home(home).workspace
    ids = Variant("ids by SQL, paged", "floor", python("table_sql", file, "filter"))
    ours = Variant("Companion", "ours", python("table_ours", home, "idle", work), environment=PATH)
    proxy = Variant("QSortFilterProxyModel", "peer", python("table_proxy", file))
    note = (
        "Seconds, no screen. Ours has no field to type in: a `keystroke` is a choice of All, Mine or Open seats until "
        "it is painted, `read` the reading of all rows from the stores (away from the window), `show` the first time "
        "they are listed. A `frame` is one of many, half of them after a jump, half after a step; `worst` the longest."
    )
    scroll = Variant("QSqlTableModel", "floor", python("table_sql", file, "scroll"))
    beside = Variant(
        "Companion while it syncs", "ours as well", python("table_ours", home, "sync", work), again(laid, work), PATH
    )
    goals = (
        Goal("keystroke", ids.name, 2), Goal("keystroke", proxy.name, 0.05),
        Goal("frame", scroll.name, 2, number="18"), Goal("frame", ours.name, 2, beside.name, "18"),
        Goal("worst", "", 0.05, beside.name, "18"),
    )  # fmt: skip
    return Trial(
        "17", f"a list of {meetings:,} meetings", (ids, ours, beside, scroll, proxy), goals, rounds, note, warm=0
    )
