"""A 207 answer as plain values, and the one name of an address that servers write in several ways."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urljoin, urlsplit

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
    return one == other or (one != "" and other != "" and _bare(one) == _bare(other))


def _bare(etag: str) -> str:
    return etag.removeprefix("W/").strip('"').removesuffix("-gzip").removesuffix(";gzip")
