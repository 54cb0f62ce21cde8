"""The link by which a meeting is joined, found in what a calendar entry says; pure."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

_URL = re.compile(r"https://[^\s<>\"'\\{}|^`\[\]]{4,4000}", re.IGNORECASE)
_HOSTS = (  # (host or the end of one, how the path of a join link begins)
    ("teams.microsoft.com", re.compile(r"/(l/meetup-join/|meet/)", re.IGNORECASE)),
    ("teams.microsoft.us", re.compile(r"/(l/meetup-join/|meet/)", re.IGNORECASE)),
    ("teams.live.com", re.compile(r"/meet/", re.IGNORECASE)),
    ("zoom.us", re.compile(r"/(j|my|w|s|wc)/")),
    ("zoom.com", re.compile(r"/(j|my|w|s|wc)/")),
    ("zoomgov.com", re.compile(r"/(j|my|w|s|wc)/")),
    ("meet.google.com", re.compile(r"/([a-z]{3}-[a-z]{4}-[a-z]{3}|lookup/)")),
    ("webex.com", re.compile(r"/(meet/|join/|[\w.-]+/j\.php|wbxmjs/|[\w.-]+/meet/)", re.IGNORECASE)),
)
_LONGEST = 2000


def join_link(fields: Iterable[str], body: str = "") -> str:
    """The https link to join by, "" for none.

    A known meeting service wins, wherever it stands; otherwise any link of `fields` (the places meant for a
    link: conference, URL, location). The body is searched for known services only, since it is full of others.
    """
    named = [link for text in fields for link in _links(text)]
    for link in (*named, *_links(body)):
        if _is_meeting(link):
            return link
    return named[0] if named else ""


def _links(text: str) -> list[str]:
    found = (_unwrapped(_trimmed(match[0])) for match in _URL.finditer(text))
    return [link for link in found if _is_clean(link)]


def _trimmed(url: str) -> str:
    url = url.rstrip(".,;:!?*_")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?")
    return url


def _unwrapped(url: str, depth: int = 3) -> str:
    """The link inside a wrapper that mail filters put round it."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    inner = ""
    if host.endswith(".safelinks.protection.outlook.com"):
        inner = parse_qs(parts.query).get("url", [""])[0]
    elif host in ("www.google.com", "google.com") and parts.path == "/url":
        query = parse_qs(parts.query)
        inner = (query.get("q") or query.get("url") or [""])[0]
    elif host == "urldefense.com" and parts.path.startswith("/v3/__"):
        inner = url.split("/v3/__", 1)[1].split("__;", 1)[0]
    else:
        return url
    return _unwrapped(_trimmed(inner), depth - 1) if inner and depth else ""


def _is_clean(url: str) -> bool:
    """Whether a link is https, names a host and hides no credentials."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme.lower() == "https"
            and bool(parts.hostname)
            and "@" not in parts.netloc
            and len(url) <= _LONGEST
            and url.isprintable()
        )
    except ValueError:
        return False


def _is_meeting(url: str) -> bool:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return any(
        (host == known or (host.endswith(f".{known}") and not host.startswith("dialin."))) and path.match(parts.path)
        for known, path in _HOSTS
    )
