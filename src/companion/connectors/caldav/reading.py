"""The XML of a 207 answer, read in one go: nothing is kept of it but the items, and a DTD is refused unread."""

from typing import Any
from urllib.parse import urlsplit
from xml.parsers import expat  # no entity is ever defined, since no DTD is let in

from companion.connectors.caldav.multistatus import Item, Multistatus, UnreadableError

_DAV, _CAL = "DAV:}", "urn:ietf:params:xml:ns:caldav}"
_MULTISTATUS, _ERROR, _RESPONSE, _PROPSTAT = f"{_DAV}multistatus", f"{_DAV}error", f"{_DAV}response", f"{_DAV}propstat"
_PRINCIPAL, _HOMES, _PARTS = f"{_DAV}current-user-principal", f"{_CAL}calendar-home-set", "components"
_HREF, _STATUS, _REPORT, _KINDS = f"{_DAV}href", f"{_DAV}status", f"{_DAV}report", f"{_DAV}resourcetype"
_PLAIN = {f"{_DAV}getetag": "etag", f"{_DAV}displayname": "name", f"{_DAV}getcontenttype": "content_type"}
_SETS = {f"{_CAL}supported-calendar-component-set": _PARTS, f"{_DAV}supported-report-set": "reports"}
_COMP, _DATA, _TOKEN = f"{_CAL}comp", f"{_CAL}calendar-data", f"{_DAV}sync-token"
_MOST_TAGS = 4_000_000  # a listing of 300,000 entries; a bomb of empty tags would keep us for minutes


def parse(body: bytes) -> Multistatus:
    """Read a 207 body; UnreadableError where it is something else."""
    reader = _Reader(body)
    if reader.root != _MULTISTATUS:
        raise UnreadableError(reader.root)
    return Multistatus(tuple(reader.items), reader.token)


def errors(body: bytes) -> frozenset[str]:
    """Local names of the preconditions a DAV:error names; none where the body is something else."""
    try:
        reader = _Reader(body)
    except UnreadableError:
        return frozenset()
    return frozenset(reader.named) if reader.root == _ERROR else frozenset()


class _Reader:
    """What the parser has told so far: the open tags, the item and the properties they belong to."""

    def __init__(self, body: bytes) -> None:
        self.items: list[Item] = []
        self.token = self.root = ""
        self.named: list[str] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self._item: dict[str, Any] = {}
        self._found: dict[str, Any] = {}  # properties of one propstat
        self._status = 0
        if body.count(b"<") > _MOST_TAGS:
            raise UnreadableError("tags")
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.Parse(body, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise UnreadableError(type(error).__name__) from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        open_ = self._open
        if len(open_) < 2:
            if not open_:
                self.root = tag
            elif tag == _RESPONSE:
                self._item = {"status": 200}
            elif self.root == _ERROR:
                self.named.append(tag.rpartition("}")[2])
        elif tag == _PROPSTAT:
            self._found, self._status = {}, 0
        elif tag in _SETS:
            self._found[_SETS[tag]] = set()
        elif tag == _COMP and _PARTS in self._found:
            self._found[_PARTS].add(attributes.get("name", "").upper())
        open_.append(tag)
        self._text.clear()

    def _end(self, tag: str) -> None:
        self._open.pop()
        over = self._open[-1] if self._open else ""
        if tag in _PLAIN:
            self._found[_PLAIN[tag]] = self._said()
        elif tag == _HREF:
            self._address(over)
        elif tag == _STATUS:
            self._code(over)
        elif tag == _PROPSTAT:
            if self._status == 200:
                self._item.update(self._found)
        elif tag == _RESPONSE:
            if len(self._open) == 1:
                self.items.append(_made(self._item))
        elif tag == _DATA:
            self._found["data"] = "".join(self._text).encode() or None
        elif over == _KINDS:
            self._found.setdefault("kinds", set()).add(tag.rpartition("}")[2])
        elif over == _REPORT and "reports" in self._found:
            self._found["reports"].add(tag.rpartition("}")[2])
        elif over == _PRINCIPAL and tag == f"{_DAV}unauthenticated":
            self._found["stranger"] = True
        elif tag == _TOKEN and over == _MULTISTATUS:
            self.token = self._said()
        self._text.clear()

    def _said(self) -> str:
        return "".join(self._text).strip()

    def _address(self, over: str) -> None:
        if over == _RESPONSE:
            self._item["href"] = _readable(self._said())
        elif over == _PRINCIPAL:
            self._found["principal"] = _readable(self._said())
        elif over == _HOMES and (home := _readable(self._said())):
            self._found.setdefault("homes", []).append(home)

    def _code(self, over: str) -> None:
        parts = self._said().split()
        code = int(parts[1]) if len(parts) > 1 and parts[1].isascii() and parts[1].isdigit() else 0
        if over == _PROPSTAT:
            self._status = code
        elif over == _RESPONSE:
            self._item["status"] = code


def _refuse(*_facts: object) -> None:
    raise UnreadableError("a DTD")


def _made(told: dict[str, Any]) -> Item:
    if "kinds" in told or "reports" in told or _PARTS in told or "homes" in told:
        for name in ("kinds", "reports", _PARTS):
            if name in told:
                told[name] = frozenset(told[name])
        told["homes"] = tuple(told.get("homes", ()))
    if "content_type" in told:
        told["content_type"] = told["content_type"].lower()
    return Item(**{"href": "", **told}) if "href" not in told else Item(**told)


def _readable(text: str) -> str:
    """An address; "" where it is none at all (half a bracket, a port of 99999)."""
    if ":" not in text:
        return text
    try:
        return text if urlsplit(text).port != 0 else ""
    except ValueError:
        return ""
