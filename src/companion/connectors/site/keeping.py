"""Bringing a site's folder to what it is to hold: only what changes is made, and only what differs is written.

A month that is about to change loses its digest in the marker first and gets it back last, so that a run that was cut
is made good by the next. Order of writing: assets, the month's own file, pages, lists, search, feed, index; then
what nothing leads to any more is deleted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.resources import resource
from companion.connectors import place
from companion.connectors.site import marker as markers
from companion.connectors.site import month as months
from companion.connectors.site.entry import Entry, entry_of, newest_first
from companion.connectors.site.feed import MOST, feed
from companion.connectors.site.marker import Marker, Stand
from companion.connectors.site.month import Gone, Month, digest_of_month
from companion.connectors.site.pages import Site, gone_page, index_page, month_pages, search_file, takeaway_page
from companion.takeaways.model import Parcel

ASSETS = ("style.css", "app.js", "icon.svg")
FOLDERS = ("t", "m", "s", months.FOLDER)
_STALE = re.compile(r"\..+\.\d+\.new\Z")  # a file that a kill left half written, never seen by a reader
_LIST = re.compile(r"\d{4}-\d{2}(-\d+)?\.html\Z")
_FIRST_FORM = "search-index.js"  # held all that sites of the first form could find


@dataclass(frozen=True)
class Plan:
    """What one month is to hold."""

    shown: dict[str, Parcel] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    withdrawn: dict[str, date] = field(default_factory=dict)

    def digest(self) -> str:
        """The same for the same content, whatever stands there."""
        return digest_of_month(self.digests, self.withdrawn)


class Keeping:
    """One run over one site's folder, in the language that is being spoken."""

    def __init__(self, folder: Path, marker: Marker, site: Site, today: date) -> None:
        self._folder, self._marker, self._site, self._today = folder, marker, site, today
        self._look = site.look()
        self._lists: dict[str, frozenset[str]] = {}  # of the months written in this run

    def bring(self, plans: Mapping[str, Plan]) -> None:
        """Make the site hold what is planned and nothing else."""
        self._take_over()
        plans = {**{name: Plan() for name in self._marker.months}, **plans}
        trusted = self._marker.look == self._look
        lost = self._lost(plans)
        stands = {
            name: self._marker.months.get(name, Stand())
            for name, plan in plans.items()
            if not trusted or name in lost or self._digest(name) != plan.digest()
        }
        if not stands and trusted and self._whole():
            self._write(_assets())
            return self._sweep({})
        everywhere = {key for plan in plans.values() for key in plan.shown}
        self._begin(stands, self._look)
        finished: dict[str, Stand] = {}
        for name in sorted(stands):
            known = trusted and name not in lost and bool(stands[name].digest)
            finished[name] = self._bring_month(name, plans[name], known, everywhere)
        return self._end(finished)

    def add(self, name: str, parcel: Parcel) -> None:
        """Add one takeaway to a month, or replace it."""
        self._take_over()
        month = months.read(self._folder, name)
        entry, told = entry_of(parcel)
        kept = [one for one in month.entries if one.id != entry.id]
        gone = {key: day for key, day in month.gone.items() if key != entry.id}
        changed = Month(name, tuple(newest_first([*kept, entry])), gone)
        digest = self._after_one(changed)
        self._begin([name], None if self._marker.months else self._look)
        self._end({name: self._put(changed, {entry.page: takeaway_page(self._site, told)}, digest)})

    def remove(self, takeaway_id: str, gone: Gone) -> None:
        """Take one takeaway off, whichever month it stands in."""
        self._take_over()
        for name in self._marker.months:
            month = months.read(self._folder, name)
            if takeaway_id in month.gone or any(entry.id == takeaway_id for entry in month.entries):
                kept = tuple(entry for entry in month.entries if entry.id != takeaway_id)
                changed = Month(name, kept, {**month.gone, takeaway_id: gone})
                digest = self._after_one(changed)
                self._begin([name])
                self._end({name: self._put(changed, {}, digest)})

    def _bring_month(self, name: str, plan: Plan, known: bool, everywhere: set[str]) -> Stand:
        """`known`: the month's file can be believed, so what has the same digest need not be made again."""
        month = months.read(self._folder, name)
        before = {entry.id: entry for entry in month.entries}
        entries: list[Entry] = []
        pages: dict[str, bytes] = {}
        for key, parcel in plan.shown.items():
            same = before.get(key)
            if known and same and same.digest == plan.digests[key]:
                entries.append(same)
                continue
            entry, told = entry_of(parcel)
            entries.append(entry)
            pages[entry.page] = takeaway_page(self._site, told)
        gone = {key: gone for key, gone in month.gone.items() if key not in everywhere}
        gone |= {key: Gone(self._today, withdrawn=False) for key in before if key not in everywhere and key not in gone}
        gone |= {key: Gone(day, withdrawn=True) for key, day in plan.withdrawn.items() if key in gone}
        return self._put(Month(name, tuple(newest_first(entries)), gone), pages, plan.digest())

    def _put(self, month: Month, pages: Mapping[str, bytes], digest: str = "") -> Stand:
        """Write a month. Its own file first: after a kill no page of ours is taken for another's."""
        months.write(self._folder, month)
        self._write(pages)
        self._write({f"t/{key}.html": gone_page(self._site, gone) for key, gone in month.gone.items()})
        lists = month_pages(self._site, month)
        self._write(lists)
        self._lists[month.name] = frozenset(lists)
        search = search_file(month)
        if month.entries:
            self._write({f"s/{month.name}.js": search})
        return month.stand(digest, _version(search))

    def _begin(self, names: Iterable[str], look: str | None = None) -> None:
        """From now on these months are unfinished, until `_end` says otherwise."""
        open_stands = {name: replace(self._marker.months.get(name, Stand()), digest="") for name in names}
        marker = self._marker.standing(open_stands)
        self._marker = marker if look is None else replace(marker, look=look)
        markers.write(self._folder, self._marker)
        self._write(_assets())

    def _end(self, finished: Mapping[str, Stand]) -> None:
        """Lead to what was written, delete what nothing leads to, and only then call the months finished."""
        marker = self._marker.standing(finished)
        newest = self._newest(marker)
        site = self._site
        self._write({"feed.xml": feed(newest, site.id, site.title, site.address, site.language)})
        self._write({"index.html": index_page(site, newest, marker.months)})
        self._sweep(finished)
        markers.write(self._folder, marker)
        self._marker = marker

    def _newest(self, marker: Marker) -> list[Entry]:
        found: list[Entry] = []
        for name in sorted((name for name, stand in marker.months.items() if stand.count), reverse=True):
            found += months.read(self._folder, name).entries
            if len(found) >= MOST:
                break
        return found[:MOST]

    def _take_over(self) -> None:
        """Bring what a site of the first form kept in its one file into the form of now; no page is lost by it."""
        for name in self._marker.strays:
            place.drop(self._folder / name)
        by_month: dict[str, list[Entry]] = {}
        for entry in self._marker.old:
            by_month.setdefault(entry.month, []).append(entry)
        stands = {name: self._put(Month(name, tuple(newest_first(old))), {}) for name, old in by_month.items()}
        self._marker = replace(self._marker.standing(stands), old=(), strays=frozenset())

    def _after_one(self, month: Month) -> str:
        """The digest once one takeaway was changed: a month that was unfinished before stays so."""
        whole = month.name not in self._marker.months or bool(self._digest(month.name))
        return digest_of_month({entry.id: entry.digest for entry in month.entries}, {}) if whole else ""

    def _digest(self, name: str) -> str:
        return self._marker.months.get(name, Stand()).digest

    def _lost(self, plans: Mapping[str, Plan]) -> set[str]:
        """The months of which a file is not there any more."""
        pages, lists, search = (_names(self._folder / folder) for folder in ("t", "m", "s"))
        return {
            name
            for name, plan in plans.items()
            if plan.shown
            and not (
                f"{name}.html" in lists and f"{name}.js" in search and pages.issuperset(f"{k}.html" for k in plan.shown)
            )
        }

    def _whole(self) -> bool:
        return all((self._folder / name).is_file() for name in ("index.html", "feed.xml"))

    def _write(self, files: Mapping[str, bytes]) -> None:
        for folder in {name.partition("/")[0] for name in files if "/" in name}:
            place.open_folder(self._folder / folder)
        for name, data in files.items():
            place.put(self._folder / name, data)

    def _sweep(self, finished: Mapping[str, Stand]) -> None:
        """Delete the lists and search files of these months that are too many, and what a kill left behind."""
        for path in self._left_behind():
            place.drop(path)
        for name in finished:
            for listed in _names(self._folder / "m"):
                if _LIST.match(listed) and listed.startswith(name) and f"m/{listed}" not in self._lists[name]:
                    place.drop(self._folder / "m" / listed)
            if not finished[name].count:
                place.drop(self._folder / "s" / f"{name}.js")
        place.drop(self._folder / _FIRST_FORM)

    def _left_behind(self) -> Iterator[Path]:
        for folder in (self._folder, *(self._folder / name for name in FOLDERS)):
            yield from (folder / name for name in _names(folder) if _STALE.match(name))


def _names(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return set()
    except OSError as error:
        raise Problem("folder_unusable", path=str(folder), reason=place.reason(error)) from error


def _version(search: bytes) -> str:
    return sha256(search).hexdigest()[:8]


def _assets() -> dict[str, bytes]:
    return {name: (resource("site") / name).read_bytes() for name in ASSETS}
