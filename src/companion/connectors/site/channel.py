"""The site as a channel: brings the folder to what is published for its audience, file by file."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.resources import resource
from companion.connectors import place
from companion.connectors.site import marker as markers
from companion.connectors.site.entry import Entry, entry_of, newest_first
from companion.connectors.site.feed import feed
from companion.connectors.site.marker import Marker
from companion.connectors.site.pages import Site, index_page, search_index, takeaway_page
from companion.takeaways.audience import fits
from companion.takeaways.model import Parcel
from companion.words.language import speaking, t

ASSETS = ("style.css", "app.js", "icon.svg")
_STALE = re.compile(r"\..+\.\d+\.new\Z")  # a file that a kill left half written, never seen by a reader


class SiteChannel:
    """A folder bound to one audience. Order of writing: assets, pages, search, feed, index; then what is gone."""

    def __init__(
        self, folder: Path, audience: str, *, title: str = "", address: str = "", language: str = "en"
    ) -> None:
        """`address`: where the folder is served, for the feed's links; "" where it is only a folder."""
        self._folder = folder
        self._audience = audience
        self._title = title
        self._address = address if not address or address.endswith("/") else f"{address}/"
        self._language = language

    def publish(self, parcels: Iterable[Parcel]) -> None:
        """Make the site hold exactly these takeaways, of those that are for its audience and meant for readers."""
        marker = markers.claim(self._folder, self._audience)
        self._bring(marker, [parcel for parcel in parcels if self._takes(parcel)], keep=())

    def send(self, parcel: Parcel) -> None:
        """Add one takeaway or its next revision; Problem `channel_other_audience` where it is not for this site."""
        if not self._takes(parcel):
            raise Problem("channel_other_audience", name=self._title or str(self._folder), audience=self._audience)
        marker = markers.claim(self._folder, self._audience)
        self._bring(marker, [parcel], [entry for entry in marker.entries if entry.id != parcel.takeaway.id])

    def withdraw(self, takeaway_id: str) -> None:
        """Take one takeaway out of index, search and feed, and delete its page."""
        marker = markers.claim(self._folder, self._audience)
        self._bring(marker, (), [entry for entry in marker.entries if entry.id != takeaway_id])

    def test(self) -> None:
        """Claim the folder, which shows whether it is there, ours and can be written."""
        markers.claim(self._folder, self._audience)
        trial = self._folder / f"{markers.NAME}.0.new"  # named as a half-written file: swept up after a kill
        place.put(trial, b"")
        place.drop(trial)

    def _takes(self, parcel: Parcel) -> bool:
        takeaway = parcel.takeaway
        return not takeaway.withdrawn and not takeaway.told_on and fits(takeaway.audience, self._audience)

    def _bring(self, marker: Marker, parcels: Iterable[Parcel], keep: Iterable[Entry]) -> None:
        with speaking(self._language):
            told = [entry_of(parcel) for parcel in parcels]
            entries = newest_first([*keep, *(entry for entry, _ in told)])
            site = Site(marker.site, self._title or t("What customers told us"), marker.audience, self._language)
            pages = {entry.page: takeaway_page(site, entry, shown) for entry, shown in told}
            last = {
                "search-index.js": search_index(entries),
                "feed.xml": feed(entries, marker.site, site.title, self._address, self._language),
                "index.html": index_page(site, entries),
            }
        marker = marker.holding(entries)
        markers.write(self._folder, marker)  # first, so that after a kill no page of ours is taken for another's
        self._write({**_assets(), **pages, **last})
        self._clear(marker)

    def _write(self, files: dict[str, bytes]) -> None:
        place.open_folder(self._folder / "t")
        for name, data in files.items():
            place.put(self._folder / name, data)

    def _clear(self, marker: Marker) -> None:
        """Delete the pages nothing leads to any more, and what a kill left behind; then forget them."""
        shown = {entry.page for entry in marker.entries}
        for name in marker.made - shown:
            place.drop(self._folder / name)
        for path in self._left_behind():
            place.drop(path)
        markers.write(self._folder, Marker(marker.site, marker.audience, marker.entries, frozenset(shown)))

    def _left_behind(self) -> Iterator[Path]:
        for folder in (self._folder, self._folder / "t"):
            yield from (path for path in folder.glob(".*.new") if _STALE.match(path.name))


def _assets() -> dict[str, bytes]:
    return {name: (resource("site") / name).read_bytes() for name in ASSETS}
