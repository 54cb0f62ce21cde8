"""The site's Atom feed (RFC 4287), for readers who like takeaways to come to them."""

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from companion.connectors.site.entry import Entry

_ATOM = "http://www.w3.org/2005/Atom"
_TAG = "tag:companion.invalid,2026:"  # no host of that name can ever exist, so nobody else's id is the same
MOST = 50


def feed(entries: Sequence[Entry], site_id: str, title: str, address: str = "", language: str = "en") -> bytes:
    """The newest entries; `address` is where the site is served, "" where it is a folder."""
    Xml.register_namespace("", _ATOM)
    root = Xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(root, "id", f"{_TAG}site/{site_id}")
    _add(root, "title", title)
    _add(root, "updated", max((entry.updated for entry in entries), default="2026-01-01T00:00:00Z"))
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{address}feed.xml")
    _add(root, "link", rel="alternate", type="text/html", href=f"{address}index.html")
    _add(_add(root, "author"), "name", title)
    for entry in entries[:MOST]:
        _entry(root, entry, address)
    Xml.indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(root, "unicode")}\n'.encode()


def _entry(root: Xml.Element, entry: Entry, address: str) -> None:
    element = _add(root, "entry")
    _add(element, "id", f"{_TAG}takeaway/{entry.id}")
    _add(element, "title", entry.headline)
    _add(element, "published", entry.published)
    _add(element, "updated", entry.updated)
    _add(_add(element, "author"), "name", entry.author or entry.team or "—")
    for term in filter(None, (entry.customer, entry.team)):
        _add(element, "category", term=term)
    _add(element, "link", rel="alternate", type="text/html", href=f"{address}{entry.page}")
    _add(element, "content", entry.html, type="html")


def _add(parent: Xml.Element, tag: str, text: str = "", **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    if text:
        element.text = text
    return element
