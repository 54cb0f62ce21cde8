"""Where a CalDAV sync stands: opaque to everyone else, and without the address of any entry."""

import json
from dataclasses import dataclass, field

from companion.connectors.caldav.discovery import Calendar, Found
from companion.connectors.ics_source import read_cursor


@dataclass(frozen=True)
class Cursor:
    """What the last round left behind, of the account at `place`. `full`: every calendar has yet to be listed whole.

    `found`: the calendars as last looked for, at `looked` (seconds since 1970); `tokens` and `counts` (how many
    members) go by a calendar's key.
    """

    place: str = ""  # user and address: after a move, nothing of this holds
    found: Found = field(default_factory=lambda: Found((), ()))
    looked: int = 0
    tokens: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    full: bool = True

    def text(self) -> str:
        """As it is stored."""
        calendars = [[one.href, one.name, one.syncs] for one in self.found.calendars]
        known = {key: {"token": token, "count": self.counts.get(key, 0)} for key, token in self.tokens.items()}
        found = {"place": self.place, "homes": self.found.homes, "looked": self.looked, "found": calendars}
        return json.dumps({**found, "calendars": known, "full": self.full})


def parse_cursor(text: str, place: str) -> Cursor:
    """Back from what was stored; a fresh start where that cannot be read or is of another place."""
    raw = read_cursor(text)
    try:
        if raw.get("place", place) != place:
            return Cursor(place)
        found = tuple(Calendar(str(href), str(name), bool(syncs)) for href, name, syncs in raw.get("found", ()))
        tokens = {str(key): str(value["token"]) for key, value in raw["calendars"].items()}
        counts = {str(key): int(value.get("count", 0)) for key, value in raw["calendars"].items()}
        homes = tuple(str(home) for home in raw["homes"])
        return Cursor(place, Found(homes, found), int(raw.get("looked", 0)), tokens, counts, bool(raw["full"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return Cursor(place)
