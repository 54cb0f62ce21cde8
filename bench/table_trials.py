"""What is measured of a long list: a keystroke until it is painted, a frame while it scrolls, and beside a sync."""

from pathlib import Path

from bench.measure import Variant, python
from bench.report import Goal, Trial
from bench.trials import PATH, again
from companion.basics.paths import open_home


def table(home: Path, laid: Path, work: Path, meetings: int, rounds: int) -> list[Trial]:
    """Goals 17 and 18 on the Meetings page with every meeting of a full profile."""
    file = open_home(home).workspace
    ids = Variant("ids by SQL, paged", "floor", python("table_sql", file, "filter"))
    ours = Variant("Companion", "ours", python("table_ours", home, "idle", work), environment=PATH)
    proxy = Variant("QSortFilterProxyModel", "peer", python("table_proxy", file))
    goals = (Goal("keystroke", ids.name, 2), Goal("keystroke", proxy.name, 0.05))
    note = (
        "Seconds, no screen. Ours has no field to type in: a stroke is a choice of All, Mine or Open seats. `read` is "
        "the reading of all rows from the stores, `show` the first time they are listed; neither holds up the window "
        "but `show`."
    )
    first = Trial("17", f"a filter over {meetings:,} meetings", (ids, ours, proxy), goals, rounds, note)
    scroll = Variant("QSqlTableModel", "floor", python("table_sql", file, "scroll"))
    beside = Variant(
        "Companion while it syncs", "ours as well", python("table_ours", home, "sync", work), again(laid, work), PATH
    )
    goals = (
        Goal("frame", scroll.name, 2), Goal("frame", ours.name, 2, beside.name), Goal("worst", "", 0.05, beside.name),
    )  # fmt: skip
    note = "Seconds; half of the frames after a jump, half after a step. The sync reads a file of many events anew."
    return [first, Trial("18", f"a frame of {meetings:,} meetings", (scroll, ours, beside), goals, rounds, note)]
