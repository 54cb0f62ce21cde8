"""The site's pages and its search data, as the bytes of their files."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256

from markupsafe import Markup

from companion.basics.resources import resource
from companion.connectors.rendering import Story, render
from companion.connectors.site.entry import Entry, newest_first
from companion.connectors.site.marker import Stand
from companion.connectors.site.month import Gone, Month
from companion.takeaways.audience import say
from companion.words.dates import full_day, month_year
from companion.words.language import LANGUAGES

FORM = 3  # one more whenever this code makes other pages of the same takeaways
NEWEST = 30  # takeaways on the front page, where they are not too long for that
LIST_BYTES = 28_000  # of takeaways on one page of a list; with all around it a page stays below 50 kB
CHOICE_BYTES = 6_000  # of the links that narrow down to a team, and as many to a customer
_MOST_MONTHS = 120


@dataclass(frozen=True)
class Site:
    """What every page of one site says of itself."""

    id: str
    title: str
    audience: str
    language: str
    address: str = ""  # where it is served, for the feed

    def look(self) -> str:
        """The same as long as the same takeaway makes the same page."""
        told = f"{FORM}\n{self.title}\n{self.language}\n{self.address}\n{_templates()}{_translations(self.language)}"
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def takeaway_page(site: Site, told: Story) -> bytes:
    """One takeaway, whole."""
    return _page("takeaway.html", site, s=told, root="../")


def gone_page(site: Site, gone: Gone) -> bytes:
    """What stands where a takeaway stood: when it went, and nothing of what it said."""
    return _page("gone.html", site, withdrawn=gone.withdrawn, day=full_day(gone.day), root="../")


def index_page(site: Site, newest: Sequence[Entry], months: Mapping[str, Stand]) -> bytes:
    """The newest takeaways, and the ways to all others: search, team, customer, month."""
    standing = {name: months[name] for name in sorted(months, reverse=True) if months[name].count}
    return _page(
        "index.html",
        site,
        items=_fitting(newest[:NEWEST], ""),
        total=sum(stand.count for stand in standing.values()),
        months=[(name, month_name(name), stand.count) for name, stand in list(standing.items())[:_MOST_MONTHS]],
        shards=" ".join(f"{name}={stand.version}" for name, stand in standing.items()),
        newest=max((stand.updated for stand in standing.values()), default=""),
        teams=_choices("team", (stand.teams for stand in standing.values())),
        customers=_choices("customer", (stand.customers for stand in standing.values())),
        root="",
    )


def month_pages(site: Site, month: Month) -> dict[str, bytes]:
    """The month's list as files, on as many pages as it needs.

    Full pages are numbered from the oldest on, the newest is without a number: what comes touches only that.
    """
    parts: list[list[Markup]] = [[]]
    for item in (_item(entry, "../") for entry in reversed(month.entries)):
        if parts[-1] and sum(map(_size, parts[-1])) + _size(item) > LIST_BYTES:
            parts.append([])
        parts[-1].append(item)
    names = [f"{month.name}-{number}.html" for number in range(1, len(parts))] + [f"{month.name}.html"]
    return {
        f"m/{name}": _page(
            "month.html",
            site,
            name=month_name(month.name),
            items=parts[at][::-1],
            count=len(month.entries) if len(parts) == 1 else 0,
            newer=names[at + 1] if at + 1 < len(names) else "",
            older=names[at - 1] if at else "",
            root="../",
        )
        for at, name in enumerate(names)
        if month.entries
    }


def search_file(month: Month) -> bytes:
    """The month's search data as a script, because a page opened from a folder may not read other files."""
    rows = [
        (e.id, e.revision, e.updated, _day(e), e.customer, e.author, e.team, short(e.headline, 160),
         short(e.quote, 280), short(e.role, 120), e.lead, e.text)
        for e in month.entries
    ]  # fmt: skip
    data = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
    # Harmless in a script of its own, but a file is copied about; so nothing in it ends a script or a line.
    for character in "<>&\u2028\u2029":
        data = data.replace(character, f"\\u{ord(character):04x}")
    return f'window.companionMonth("{month.name}",{data});\n'.encode()


def short(text: str, most: int) -> str:
    """The text, or its beginning up to a whole word with an ellipsis; for lists, never for a takeaway's own page."""
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[: most - 1]) + " …"


def month_name(month: str) -> str:
    """2026-11 as November 2026."""
    return month_year(date.fromisoformat(f"{month}-01"))


def _item(entry: Entry, root: str) -> Markup:
    names = " · ".join(short(name, 80) for name in (entry.customer, entry.author, entry.team) if name)
    return Markup(  # noqa: S704 - the template escapes
        render(
            "site/item.html",
            entry=entry,
            root=root,
            names=names,
            day=_day(entry),
            headline=short(entry.headline, 160),
            quote=short(entry.quote, 280),
            role=short(entry.role, 120),
        )
    )


def _fitting(entries: Iterable[Entry], root: str) -> list[Markup]:
    """As many as one page holds."""
    found: list[Markup] = []
    for item in (_item(entry, root) for entry in newest_first(entries)):
        if found and sum(map(_size, found)) + _size(item) > LIST_BYTES:
            break
        found.append(item)
    return found


def _choices(kind: str, counts: Iterable[Mapping[str, int]]) -> list[tuple[str, str, int]]:
    """The most told-of names with their number, by name; those for which there is no room are found by searching."""
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    found: list[tuple[str, str, int]] = []
    room = CHOICE_BYTES
    for name, count in sorted(total.items(), key=lambda item: (-item[1], item[0])):
        room -= _size(render("site/choice.html", kind=kind, name=name, label=short(name, 60), count=count))
        if room < 0:
            break
        found.append((name, short(name, 60), count))
    return sorted(found, key=lambda item: item[0].casefold())


def _page(template: str, site: Site, **facts: object) -> bytes:
    return render(f"site/{template}", site=site, audience=say(site.audience), **facts).encode() + b"\n"


def _day(entry: Entry) -> str:
    return full_day(datetime.fromisoformat(entry.published).date())


def _size(text: str) -> int:
    return len(text.encode())


@cache
def _translations(language: str) -> str:
    """What a site's words are made of besides its templates; "" in English, whose words stand in those."""
    file = resource("translations") / language / "LC_MESSAGES" / "companion.po"
    return sha256(file.read_bytes()).hexdigest() if language in LANGUAGES and file.is_file() else ""


@cache
def _templates() -> str:
    files = sorted(path for folder in ("site", "copy") for path in (resource("templates") / folder).iterdir())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
