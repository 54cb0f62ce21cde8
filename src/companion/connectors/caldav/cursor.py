"""Where a CalDAV sync stands: opaque to everyone else, and without the address of any entry."""

import json
from dataclasses import dataclass, field

from companion.connectors.ics_source import read_cursor


@dataclass(frozen=True)
class Cursor:
    """The token of each calendar, by its address. `full`: every calendar has yet to be listed whole."""

    homes: tuple[str, ...] = ()
    tokens: dict[str, str] = field(default_factory=dict)
    full: bool = True

    def text(self) -> str:
        """As it is stored."""
        calendars = {key: {"token": token} for key, token in self.tokens.items()}
        return json.dumps({"homes": self.homes, "calendars": calendars, "full": self.full})


def parse_cursor(text: str) -> Cursor:
    """Back from what was stored; a fresh start where that cannot be read."""
    raw = read_cursor(text)
    try:
        tokens = {str(key): str(value["token"]) for key, value in raw["calendars"].items()}
        return Cursor(tuple(str(home) for home in raw["homes"]), tokens, bool(raw["full"]))
    except (KeyError, TypeError, AttributeError):
        return Cursor()
