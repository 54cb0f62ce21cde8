"""The file that says: this folder is a site of ours, for this audience, with these pages."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.connectors import place
from companion.connectors.site.entry import Entry, from_json, to_json
from companion.takeaways.audience import parse_bound

NAME = ".companion-site"


@dataclass(frozen=True)
class Marker:
    """What a site knows of itself. `made`: pages that are, or may be, there because we wrote them."""

    site: str
    audience: str
    entries: tuple[Entry, ...] = ()
    made: frozenset[str] = frozenset()

    def holding(self, entries: Iterable[Entry]) -> "Marker":
        """The same site with other entries; pages made before are not forgotten until they are gone."""
        kept = tuple(entries)
        return replace(self, entries=kept, made=self.made | {entry.page for entry in kept})


def claim(folder: Path, audience: str) -> Marker:
    """The folder's marker, written now where the folder is new or empty.

    Problems: `site_folder_foreign` (it holds other things), `site_other_audience`, `site_marker_damaged`.
    """
    place.open_folder(folder)
    path = folder / NAME
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        if place.foreign(folder, NAME):
            raise Problem("site_folder_foreign", path=str(folder)) from None
        marker = Marker(new_id(), parse_bound(audience))
        write(folder, marker)
        return marker
    except OSError as error:
        raise Problem("folder_unusable", path=str(folder), reason=place.reason(error)) from error
    marker = _read(raw, path)
    if marker.audience.casefold() != parse_bound(audience).casefold():
        raise Problem("site_other_audience", path=str(folder), bound=marker.audience, wanted=parse_bound(audience))
    return marker


def write(folder: Path, marker: Marker) -> None:
    """Put the marker into the folder."""
    body = {
        "site": marker.site,
        "audience": marker.audience,
        "made": sorted(marker.made),
        "entries": [to_json(entry) for entry in marker.entries],
    }
    place.put(folder / NAME, json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n")


def _read(raw: bytes, path: Path) -> Marker:
    try:
        body = json.loads(raw)
        entries = tuple(from_json(item) for item in body["entries"])
        made = frozenset(str(name) for name in body["made"])
        if any(name != f"t/{Path(name).name}" or not name.endswith(".html") for name in made):
            raise ValueError("a page outside the site")
        return Marker(str(body["site"]), parse_bound(str(body["audience"])), entries, made)
    except (ValueError, KeyError, TypeError, AttributeError, Problem) as error:
        raise Problem("site_marker_damaged", path=str(path)) from error
