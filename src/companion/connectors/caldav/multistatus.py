"""A 207 answer as plain values, and the one name of an address that servers write in several ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Safe

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DAV = "{DAV:}"
CAL = "{urn:ietf:params:xml:ns:caldav}"
_SAFE = "@:!$&'()*+,;=~-._"
_PLAIN = re.compile(r"/(?!/)[A-Za-z0-9/@:!$&'()*+,;=~._-]*\Z")  # a path that is written in the one way already


class UnreadableError(Exception):
    """The answer is not the XML it should be."""


@dataclass(frozen=True)
class Item:
    """What a server says of one address. `href` as it was written; properties only where they were found."""

    href: str
    status: int  # of the whole item, 200 where it has properties
    etag: str = ""
    kinds: frozenset[str] = frozenset()  # local names of the resource type
    name: str = ""
    content_type: str = ""
    components: frozenset[str] | None = None  # VEVENT, VTODO…; None where it does not say
    reports: frozenset[str] | None = None  # the reports it can make; None where it does not say
    principal: str = ""
    homes: tuple[str, ...] = ()
    data: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Multistatus:
    """The items of an answer, and the token where the answer has one."""

    items: tuple[Item, ...]
    token: str = ""


def key_of(href: str) -> str:
    """The path of an address, written in one way: `%40` and `@` are the same, `%2F` and `/` are not."""
    if _PLAIN.match(href):
        return href
    path = urlsplit(href).path
    return "/".join(quote(unquote(part), safe=_SAFE) for part in path.split("/"))


def key_from(base: str, href: str) -> str:
    """The key of an address that an answer from `base` writes whole or in part."""
    return href if _PLAIN.match(href) else key_of(urljoin(base, href))


def parse(body: bytes) -> Multistatus:
    """Read a 207 body; UnreadableError where it is something else."""
    root = _root(body)
    if root.tag != f"{DAV}multistatus":
        raise UnreadableError(root.tag)
    items = tuple(_item(response) for response in root.findall(f"{DAV}response"))
    return Multistatus(items, _text(root.find(f"{DAV}sync-token")))


def errors(body: bytes) -> frozenset[str]:
    """Local names of the preconditions a DAV:error names; none where the body is something else."""
    try:
        root = _root(body)
    except UnreadableError:
        return frozenset()
    return frozenset(_local(child.tag) for child in root) if root.tag == f"{DAV}error" else frozenset()


def _root(body: bytes) -> "Element":
    try:
        return Safe.fromstring(body, forbid_dtd=True)
    except (Safe.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableError(type(error).__name__) from error


def _item(response: "Element") -> Item:
    href, status = "", 200
    props: dict[str, Element] = {}
    for part in response:
        if part.tag == f"{DAV}href":
            href = _text(part)
        elif part.tag == f"{DAV}status":
            status = _status(response)
        elif part.tag == f"{DAV}propstat" and _status(part) == 200:
            props.update((prop.tag, prop) for box in part if box.tag == f"{DAV}prop" for prop in box)
    data = props.get(f"{CAL}calendar-data")
    etag = _text(props.get(f"{DAV}getetag"))
    content_type = _text(props.get(f"{DAV}getcontenttype")).lower()
    kinds = frozenset(_local(child.tag) for child in props.get(f"{DAV}resourcetype", ()))
    text = data.text.encode() if data is not None and data.text else None
    entry = Item(href, status, etag=etag, content_type=content_type, kinds=kinds, data=text)
    return _place(entry, props) if kinds or not etag else entry


def _place(item: Item, props: "dict[str, Element]") -> Item:
    """The item with what is told of folders and people only."""
    reports = props.get(f"{DAV}supported-report-set")
    parts = props.get(f"{CAL}supported-calendar-component-set")
    return replace(
        item,
        name=_text(props.get(f"{DAV}displayname")),
        components=None if parts is None else frozenset(comp.get("name", "").upper() for comp in parts),
        reports=None if reports is None else frozenset(_reports(reports)),
        principal=_text(_href(props.get(f"{DAV}current-user-principal"))),
        homes=tuple(_text(one) for one in props.get(f"{CAL}calendar-home-set", ()) if _text(one)),
    )


def _href(holder: "Element | None") -> "Element | None":
    return None if holder is None else holder.find(f"{DAV}href")


def _reports(holder: "Element") -> Iterator[str]:
    for report in holder.iter(f"{DAV}report"):
        for kind in report:
            yield _local(kind.tag)


def _status(holder: "Element") -> int:
    parts = _text(holder.find(f"{DAV}status")).split()
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def _text(element: "Element | None") -> str:
    return (element.text or "").strip() if element is not None else ""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
