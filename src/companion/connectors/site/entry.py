"""What a site remembers of each takeaway it shows: enough to make index, feed and search again without it."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from companion.connectors.markdown import clean, one_line, to_plain
from companion.connectors.rendering import Story, render, story
from companion.takeaways.model import Parcel

_ID = re.compile(r"[A-Za-z0-9_-]{1,100}\Z")
_NAMES = frozenset({"con", "prn", "aux", "nul"})  # no file can be called that on Windows


@dataclass(frozen=True)
class Entry:
    """One takeaway on the site; every text is cleaned, instants are RFC 3339 in UTC."""

    id: str
    revision: int
    headline: str
    customer: str
    author: str
    team: str
    quote: str
    role: str
    lead: str  # the scene's beginning, shown where there is no quote
    text: str  # everything search looks through
    html: str  # the whole takeaway for feed readers
    published: str
    updated: str

    @property
    def page(self) -> str:
        """Its page's place in the site."""
        return f"t/{self.id}.html"


def entry_of(parcel: Parcel) -> tuple[Entry, Story]:
    """What the site remembers of a parcel, and what its page shows."""
    takeaway = parcel.takeaway
    if not _ID.match(takeaway.id) or takeaway.id.lower() in _NAMES:
        raise ValueError(f"not an id that can name a file: {takeaway.id!r}")
    if takeaway.published is None:
        raise ValueError(f"takeaway {takeaway.id} is not published")
    told = story(parcel)
    scene = to_plain(takeaway.scene)
    parts = [told.headline, scene, told.quote, told.role, *(to_plain(p.text) for p in told.passages), told.question]
    parts += [part for said in told.answers for part in (said.text, said.reply)]
    parts += [told.customer, told.author, told.team]
    return Entry(
        id=takeaway.id,
        revision=takeaway.revision,
        headline=told.headline,
        customer=told.customer,
        author=told.author,
        team=told.team,
        quote=one_line(told.quote),
        role=told.role,
        lead=scene if len(scene) <= 200 else scene[:200].rpartition(" ")[0] + " …",
        text=" · ".join(one_line(part) for part in parts if part),
        html=render("copy/takeaway.html", s=told, heading=False),
        published=rfc3339(parcel.first_published or takeaway.published),
        updated=rfc3339(takeaway.published),
    ), told


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """The order of index and feed; the id decides between equal instants."""
    return sorted(entries, key=lambda entry: (entry.published, entry.id), reverse=True)


def rfc3339(instant: datetime) -> str:
    """2026-11-12T09:30:00Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_json(entry: Entry) -> dict[str, Any]:
    """The entry for the marker file."""
    return asdict(entry)


def from_json(raw: dict[str, Any]) -> Entry:
    """The entry as the marker file holds it; ValueError where it is not one of ours."""
    values: dict[str, Any] = {}
    for item in fields(Entry):
        value = raw.get(item.name)
        wanted = int if item.name == "revision" else str
        if not isinstance(value, wanted):
            raise ValueError(f"entry without {item.name}")
        values[item.name] = clean(value) if isinstance(value, str) else value
    if not _ID.match(values["id"]):
        raise ValueError("entry with a strange id")
    return Entry(**values)
