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
_MOST_TAGS = 4_000_000  # a listing of 300,000 entries; a bomb of empty tags would take a gigabyte
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
    stranger: bool = False  # the server says that it does not know who asks
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


def same_version(one: str, other: str) -> bool:
    """Whether two ETags mean the same: weak or strong, in quotes or not, marked by a proxy that packs, or not."""
    return one == other or _bare(one) == _bare(other)


def _bare(etag: str) -> str:
    return etag.removeprefix("W/").strip('"').removesuffix("-gzip").removesuffix(";gzip")


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
    if body.count(b"<") > _MOST_TAGS:
        raise UnreadableError("tags")
    try:
        return Safe.fromstring(body, forbid_dtd=True)
    except (Safe.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableError(type(error).__name__) from error


def _item(response: "Element") -> Item:
    href, status = "", 200
    props: dict[str, Element] = {}
    for part in response:
        if part.tag == f"{DAV}href":
            href = _address(part)
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
        principal=_address(_child(props.get(f"{DAV}current-user-principal"), "href")),
        stranger=_child(props.get(f"{DAV}current-user-principal"), "unauthenticated") is not None,
        homes=tuple(_address(one) for one in props.get(f"{CAL}calendar-home-set", ()) if _address(one)),
    )


def _child(holder: "Element | None", name: str) -> "Element | None":
    return None if holder is None else holder.find(f"{DAV}{name}")


def _address(element: "Element | None") -> str:
    """What stands in a DAV:href; "" where it is no address at all (half a bracket, a port of 99999)."""
    text = _text(element)
    if ":" not in text:
        return text
    try:
        return text if urlsplit(text).port != 0 else ""
    except ValueError:
        return ""


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
