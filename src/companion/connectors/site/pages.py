"""The site's pages and its search data, as the bytes of their files."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from companion.connectors.rendering import Story, full_day, render
from companion.connectors.site.entry import Entry
from companion.takeaways.audience import say


@dataclass(frozen=True)
class Site:
    """What every page of one site says of itself."""

    id: str
    title: str
    audience: str
    language: str


def takeaway_page(site: Site, entry: Entry, told: Story) -> bytes:
    """One takeaway, whole."""
    return _page("takeaway.html", site, entry=entry, s=told, root="../")


def index_page(site: Site, entries: Sequence[Entry]) -> bytes:
    """Every takeaway, in the given order, with the links that narrow it down to a team or a customer."""
    return _page(
        "index.html",
        site,
        entries=entries,
        teams=_counted(entry.team for entry in entries),
        customers=_counted(entry.customer for entry in entries),
        day=lambda entry: full_day(datetime.fromisoformat(entry.published).date()),
        root="",
    )


def search_index(entries: Sequence[Entry]) -> bytes:
    """The search data as a script, because a page opened from a folder may not read other files."""
    rows = [{"id": e.id, "team": e.team, "customer": e.customer, "text": e.text} for e in entries]
    data = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    # Harmless in a script of its own, but a file is copied about; so nothing in it ends a script or a line.
    for character in "<>&\u2028\u2029":
        data = data.replace(character, f"\\u{ord(character):04x}")
    return f"window.companionIndex = {data};\n".encode()


def _page(template: str, site: Site, **facts: object) -> bytes:
    return render(f"site/{template}", site=site, audience=say(site.audience), **facts).encode() + b"\n"


def _counted(names: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(name for name in names if name)
    return sorted(counts.items(), key=lambda item: item[0].casefold())
