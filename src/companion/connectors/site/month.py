"""One month of a site: what stands in it and what was taken off it, kept in a file of its own."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from companion.basics.errors import Problem
from companion.connectors import place
from companion.connectors.site.entry import Entry, check_id, from_json, newest_first, to_json
from companion.connectors.site.marker import Stand

FOLDER = ".companion-months"


@dataclass(frozen=True)
class Gone:
    """A page that shows nothing any more. `withdrawn`: by its author; else only not shown, and it may come back."""

    day: date
    withdrawn: bool


@dataclass(frozen=True)
class Month:
    """A month (2026-11) with its entries, newest first, and by id the pages that only say they are gone."""

    name: str
    entries: tuple[Entry, ...] = ()
    gone: Mapping[str, Gone] = field(default_factory=dict)

    def stand(self, digest: str, version: str) -> Stand:
        """What the marker remembers of it; `version` is that of its search file."""
        return Stand(
            digest=digest,
            count=len(self.entries),
            version=version,
            updated=max((entry.updated for entry in self.entries), default=""),
            teams=_counted(entry.team for entry in self.entries),
            customers=_counted(entry.customer for entry in self.entries),
        )


def digest_of_month(shown: Mapping[str, str], withdrawn: Mapping[str, date]) -> str:
    """Of all a month is to hold: the digests of what it shows, and what its authors took back when."""
    lines = [f"{key} {value}" for key, value in shown.items()]
    lines += [f"{key} withdrawn {day}" for key, day in withdrawn.items()]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:32]


def read(folder: Path, name: str) -> Month:
    """The month as its file holds it, empty where there is none yet; Problem `site_marker_damaged`."""
    path = folder / FOLDER / f"{name}.json"
    try:
        body = json.loads(path.read_bytes())
        entries = newest_first(from_json(item) for item in body["entries"])
        gone = {check_id(key): Gone(date.fromisoformat(day), bool(own)) for key, (day, own) in body["gone"].items()}
    except FileNotFoundError:
        return Month(name)
    except OSError as error:
        raise Problem("folder_unusable", path=str(folder), reason=place.reason(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Problem("site_marker_damaged", path=str(path)) from error
    return Month(name, tuple(entries), gone)


def write(folder: Path, month: Month) -> None:
    """Put the month's file into the folder."""
    gone = {key: (month.gone[key].day.isoformat(), month.gone[key].withdrawn) for key in sorted(month.gone)}
    entries = ",\n".join(json.dumps(to_json(entry), ensure_ascii=False) for entry in month.entries)
    body = f'{{"gone": {json.dumps(gone)}, "entries": [\n{entries}\n]}}\n'
    place.open_folder(folder / FOLDER)
    place.put(folder / FOLDER / f"{month.name}.json", body.encode())


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(name for name in names if name).items()))
