"""What a site remembers of each takeaway it shows: enough to make lists, feed and search again without it."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from companion.connectors.markdown import clean, one_line, words_of
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
    updated: str  # of this revision
    digest: str = ""  # of what it was made of; "" where that is not known

    @property
    def month(self) -> str:
        """The month it stands in for good: 2026-11, of the day it was first told."""
        return self.published[:7]

    @property
    def page(self) -> str:
        """Its page's place in the site."""
        return f"t/{self.id}.html"


def entry_of(parcel: Parcel) -> tuple[Entry, Story]:
    """What the site remembers of a parcel, and what its page shows."""
    takeaway = parcel.takeaway
    check_id(takeaway.id)
    if takeaway.published is None:
        raise ValueError(f"takeaway {takeaway.id} is not published")
    told = story(parcel)
    scene = words_of(told.scene.html)
    parts = [told.headline, scene, told.quote, told.role, *(words_of(one.html) for one in told.passages), told.question]
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
        published=rfc3339(first_told(parcel)),
        # What waited for its host is new to readers on the day it went out.
        updated=rfc3339(max(takeaway.revised or takeaway.published, takeaway.out_at or takeaway.published)),
        digest=digest_of(parcel),
    ), told


def digest_of(parcel: Parcel) -> str:
    """The same for the same parcel in every run: it says that a page did not change without making it."""
    return hashlib.sha256(repr(parcel).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def first_told(parcel: Parcel) -> datetime:
    """When readers first heard of it, whichever revision this is."""
    told = parcel.first_published or parcel.takeaway.published
    if told is None:
        raise ValueError(f"takeaway {parcel.takeaway.id} is not published")
    return told


def check_id(takeaway_id: str) -> str:
    """The id, where it can name a file on every system; ValueError otherwise."""
    if not _ID.match(takeaway_id) or takeaway_id.lower() in _NAMES:
        raise ValueError(f"not an id that can name a file: {takeaway_id!r}")
    return takeaway_id


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """The order of lists and feed; the id decides between equal instants."""
    return sorted(entries, key=lambda entry: (entry.published, entry.id), reverse=True)


def rfc3339(instant: datetime) -> str:
    """2026-11-12T09:30:00Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_json(entry: Entry) -> dict[str, Any]:
    """The entry for a month's file."""
    return dict(vars(entry))


def from_json(raw: dict[str, Any]) -> Entry:
    """The entry as such a file holds it; ValueError where it is not one of ours."""
    values: dict[str, Any] = {}
    for item in fields(Entry):
        value = raw.get(item.name, "" if item.name == "digest" else None)  # sites of the first form had none
        wanted = int if item.name == "revision" else str
        if not isinstance(value, wanted):
            raise ValueError(f"entry without {item.name}")
        values[item.name] = clean(value) if isinstance(value, str) else value
    check_id(values["id"])
    return Entry(**values)
