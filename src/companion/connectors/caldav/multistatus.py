"""A 207 answer as plain values, and the one name of an address that servers write in several ways."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Safe

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DAV = "{DAV:}"
CAL = "{urn:ietf:params:xml:ns:caldav}"
_SAFE = "@:!$&'()*+,;=~-._"


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
    path = urlsplit(href).path
    return "/".join(quote(unquote(part), safe=_SAFE) for part in path.split("/"))


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
    href = _text(response.find(f"{DAV}href"))
    good = [stat for stat in response.findall(f"{DAV}propstat") if _status(stat) == 200]
    whole = response.find(f"{DAV}status")
    status = _status(response) if whole is not None else 200
    props: dict[str, Element] = {prop.tag: prop for stat in good for box in stat.findall(f"{DAV}prop") for prop in box}

    def text(tag: str) -> str:
        return _text(props.get(tag))

    reports = props.get(f"{DAV}supported-report-set")
    parts = props.get(f"{CAL}supported-calendar-component-set")
    data = props.get(f"{CAL}calendar-data")
    return Item(
        href,
        status,
        etag=text(f"{DAV}getetag"),
        kinds=frozenset(_local(child.tag) for child in props.get(f"{DAV}resourcetype", ())),
        name=text(f"{DAV}displayname"),
        content_type=text(f"{DAV}getcontenttype").lower(),
        components=None if parts is None else frozenset(comp.get("name", "").upper() for comp in parts),
        reports=None if reports is None else frozenset(_reports(reports)),
        principal=_text(_href(props.get(f"{DAV}current-user-principal"))),
        homes=tuple(_text(one) for one in props.get(f"{CAL}calendar-home-set", ()) if _text(one)),
        data=data.text.encode() if data is not None and data.text else None,
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
