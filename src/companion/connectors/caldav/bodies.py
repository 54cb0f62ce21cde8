"""The XML we send. No limit is ever asked for: some servers lose members past it (RFC 6578, section 3.7)."""

from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
_PLACE = (
    "<d:resourcetype/><d:displayname/><d:current-user-principal/><d:supported-report-set/>"
    "<c:calendar-home-set/><c:supported-calendar-component-set/>"
)


def about_place() -> bytes:
    """PROPFIND: what is here, who am I, and where are my calendars?"""
    return f"{_HEAD}<d:propfind {_NAMES}><d:prop>{_PLACE}</d:prop></d:propfind>".encode()


def about_members() -> bytes:
    """PROPFIND, Depth 1: every member and its version."""
    props = "<d:getetag/><d:resourcetype/><d:getcontenttype/>"
    return f"{_HEAD}<d:propfind {_NAMES}><d:prop>{props}</d:prop></d:propfind>".encode()


def events_between(first: date | None, last: date | None) -> bytes:
    """REPORT calendar-query: the version of every entry with an occurrence from `first` to before `last`; None: all."""
    span = f'<c:time-range start="{first:%Y%m%d}T000000Z" end="{last:%Y%m%d}T000000Z"/>' if first and last else ""
    return (
        f'{_HEAD}<c:calendar-query {_NAMES}><d:prop><d:getetag/></d:prop><c:filter><c:comp-filter name="VCALENDAR">'
        f'<c:comp-filter name="VEVENT">{span}</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>'
    ).encode()


def changes_since(token: str) -> bytes:
    """REPORT sync-collection: what changed since the token; everything where it is empty."""
    return (
        f"{_HEAD}<d:sync-collection {_NAMES}><d:sync-token>{escape(token)}</d:sync-token>"
        "<d:sync-level>1</d:sync-level><d:prop><d:getetag/><d:getcontenttype/></d:prop></d:sync-collection>"
    ).encode()


def entries(hrefs: Iterable[str]) -> bytes:
    """REPORT calendar-multiget: the entries at these addresses."""
    asked = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
    props = "<d:prop><d:getetag/><c:calendar-data/></d:prop>"
    return f"{_HEAD}<c:calendar-multiget {_NAMES}>{props}{asked}</c:calendar-multiget>".encode()
