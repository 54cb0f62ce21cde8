"""The file that says: this folder is a site of ours, for this audience, and these months stand as they should."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.connectors import place
from companion.connectors.site.entry import Entry, from_json
from companion.takeaways.audience import parse_bound

NAME = ".companion-site"
MONTH = re.compile(r"\d{4}-\d{2}\Z")


@dataclass(frozen=True)
class Stand:
    """How one month stands. `digest`: of all that is in it, "" where a run did not get to its end."""

    digest: str = ""
    count: int = 0
    version: str = ""  # of its search file, so that no browser shows an old one
    updated: str = ""  # the newest revision's instant
    teams: Mapping[str, int] = field(default_factory=dict)
    customers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Marker:
    """What a site knows of itself. `look`: of everything but the takeaways that makes its pages what they are."""

    site: str
    audience: str
    look: str = ""
    months: Mapping[str, Stand] = field(default_factory=dict)
    old: tuple[Entry, ...] = ()  # of a site of the first form, which kept all in this file
    strays: frozenset[str] = frozenset()  # pages that such a site may have left behind

    def standing(self, changed: Mapping[str, Stand]) -> "Marker":
        """The same site with some months standing otherwise."""
        return replace(self, months={**self.months, **changed})


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
    body: dict[str, Any] = {
        "site": marker.site,
        "audience": marker.audience,
        "look": marker.look,
        "months": {name: asdict(marker.months[name]) for name in sorted(marker.months, reverse=True)},
    }
    place.put(folder / NAME, json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n")


def _read(raw: bytes, path: Path) -> Marker:
    try:
        body = json.loads(raw)
        marker = Marker(str(body["site"]), parse_bound(str(body["audience"])))
        if "entries" in body:
            return _first_form(marker, body)
        months = {str(name): _stand(item) for name, item in body["months"].items()}
        if not all(map(MONTH.match, months)):
            raise ValueError("a month outside the calendar")
        return replace(marker, look=str(body["look"]), months=months)
    except (ValueError, KeyError, TypeError, AttributeError, Problem) as error:
        raise Problem("site_marker_damaged", path=str(path)) from error


def _first_form(marker: Marker, body: dict[str, Any]) -> Marker:
    made = frozenset(str(name) for name in body["made"])
    if any(name != f"t/{Path(name).name}" or not name.endswith(".html") for name in made):
        raise ValueError("a page outside the site")
    old = tuple(from_json(item) for item in body["entries"])
    return replace(marker, old=old, strays=made - {entry.page for entry in old})


def _stand(raw: dict[str, Any]) -> Stand:
    counts = {kind: {str(name): int(n) for name, n in raw[kind].items()} for kind in ("teams", "customers")}
    words = {name: str(raw[name]) for name in ("digest", "version", "updated")}
    return Stand(count=int(raw["count"]), **words, **counts)  # type: ignore[arg-type]
