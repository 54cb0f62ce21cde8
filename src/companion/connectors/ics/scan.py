"""A fast look at every entry: the few properties the gate needs, and not one more."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from companion.basics.ids import canonical_uid
from companion.calendars.model import Glimpse
from companion.connectors.ics.cancelled import without_prefix
from companion.connectors.ics.guests import address_of
from companion.connectors.ics.lines import decode, split_line, unescape
from companion.people.addresses import is_calendar, normal

_WORD = rb"(?i:(BEGIN|END):(VCALENDAR|VEVENT|VTIMEZONE|VALARM))"
_MARK = re.compile(rb"\n(?=[BbEe\x80-\xff\0- ])[^\n!-~]{0,20}" + _WORD)  # a literal first: fast; junk is no property
_NEXT = re.compile(rb"[^\n!-~]{0,20}" + _WORD)  # the same where a line end was lost between two
_COLON = ord(":")
_NESTED = re.compile(rb"\n(?i:(BEGIN|END):(?!VEVENT\b))[^\n]*")
_CLASSES = (b"CLASS", b"SENSITIVITY", b"CALENDARSERVER-ACCESS")
_CLASS = re.compile(rb"[^!-~]*(?:[A-Z0-9-]+\.)?(CLASS|X-CALENDARSERVER-ACCESS|[A-Z0-9-]*SENSITIVITY)(?![A-Z0-9-])(.*)")
_FOLDED = re.compile(rb"(?:CLASS|ACCESS)[^:\n]{0,40}:[^!-~]*\"?(?:PRIVATE|CONFIDENTIAL|RESTRICTED)\"?[^!-~]*")
_OPEN = {b"CLASS": (b"", b"PUBLIC"), b"X-CALENDARSERVER-ACCESS": (b"", b"PUBLIC")}
_NORMAL = (b"", b"0", b"PUBLIC", b"NORMAL", b"NONE")  # of a sensitivity
_WANTED = re.compile(
    rb"\n((?i:UID|SUMMARY|RECURRENCE-ID|ORGANIZER|ATTENDEE|DTSTART|DTEND|DURATION|RRULE|RDATE|STATUS|SEQUENCE))"
    rb"([;:][^\n]*)"
)
_PERSON = re.compile(rb"[^\"]*:mailto:([^\":;,\s]+@[^\":;,\s]+)\s*$", re.IGNORECASE)
_STAMP = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})Z?)?", re.IGNORECASE)
_ROOM = re.compile(rb"CUTYPE=\"?(?:ROOM|RESOURCE)", re.IGNORECASE)
_LENGTH = re.compile(r"\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,7})M)?(?:\d{1,9}S)?)?")


@dataclass(frozen=True)
class Header:
    """What a VCALENDAR says about all of its entries."""

    method: str = ""
    zone: str = ""  # X-WR-TIMEZONE
    private: bool = False  # Apple's calendar server may close a whole calendar


@dataclass(frozen=True, slots=True)
class Entry:
    """One VEVENT: its glimpse, and its bytes (unfolded) in case it passes."""

    glimpse: Glimpse
    group: str  # canonical UID: a series and its changed occurrences share it
    sequence: int
    header: Header
    raw: bytes = field(repr=False)
    number: int = 1  # of its beginning in the file
    whole: bool = True  # False: cut off before its end
    added: bool = False  # dates are added (RDATE, a second rule): a cheap look cannot tell when it ends
    onward: bool = False  # every later occurrence is changed in the same way (RANGE=THISANDFUTURE)


@dataclass(frozen=True, slots=True)
class Block:
    """The bytes of one VEVENT and the calendar it stands in; not `whole` where its end is missing."""

    header: Header
    raw: bytes = field(repr=False)
    number: int = 1  # of its beginning in the file
    whole: bool = True


def blocks_of(text: bytes) -> tuple[list[Block], dict[str, bytes]]:
    """Every entry of unfolded bytes, and the definitions of zones by TZID.

    A mark stands at the beginning of a line, or directly behind one that does: no text in a value ends or opens
    anything. There are as many entries as the bytes have beginnings: one whose line is damaged, so that only its
    end is found, is an entry that is not whole.
    """
    text = b"\n" + text
    blocks: list[Block] = []
    zones: dict[str, bytes] = {}
    header, open_at, zone_at, before = Header(), -1, -1, 0
    for mark in _marks(text):
        begins, what = mark[1][0] in b"Bb", mark[2].upper()
        if what == b"VALARM":
            continue
        if what == b"VTIMEZONE":
            if not begins and zone_at >= 0:
                zones.update(_zone_told(text[zone_at : mark.end()]))
            zone_at = mark.start() if begins else -1
            continue
        ends = what == b"VEVENT" and not begins
        if open_at >= 0:
            raw = text[open_at : mark.end() if ends else mark.start()]
            blocks.append(Block(header, raw, len(blocks) + 1, ends))
        elif ends and b"BEGIN:VEVENT" in text[before : mark.start()].upper():
            blocks.append(Block(header, text[before : mark.end()], len(blocks) + 1, whole=False))
        open_at = mark.start() if begins and what == b"VEVENT" else -1
        before = mark.end()
        if begins and what == b"VCALENDAR":
            header = _header(text, mark.end())
    if open_at >= 0:
        blocks.append(Block(header, text[open_at:], len(blocks) + 1, whole=False))
    return blocks, zones


def _marks(text: bytes) -> Iterator[re.Match[bytes]]:
    for found in _MARK.finditer(text):
        mark: re.Match[bytes] | None = found
        while mark:
            yield mark
            mark = _NEXT.match(text, mark.end())


def _header(text: bytes, begin: int) -> Header:
    end = re.compile(rb"\n(?:BEGIN|END):", re.IGNORECASE).search(text, begin)
    told = text[begin : end.start() if end else None].split(b"\n")
    lines = {line.name: line.value for line in map(split_line, told) if line}
    return Header(
        lines.get("METHOD", "").strip().upper(),
        lines.get("X-WR-TIMEZONE", "").strip(),
        is_private(text[begin - 1 : end.start() if end else None]),
    )


def _zone_told(block: bytes) -> dict[str, bytes]:
    found = re.search(rb"\n(TZID[;:][^\n]*)", block, re.IGNORECASE)
    line = split_line(found[1]) if found else None
    return {line.value.strip(): block} if line else {}


def is_private(raw: bytes) -> bool:
    """Whether a class other than public stands anywhere in an entry, unknown ones included (RFC 5545, 3.8.1.3)."""
    told = raw.upper()
    for word in _CLASSES:
        at = told.find(word)
        while at >= 0:
            end = told.find(b"\n", at)
            end = len(told) if end < 0 else end
            begin = told.rfind(b"\n", 0, at) + 1
            if _is_closed(told[begin:end], raw[begin:end]):
                return True
            at = told.find(word, end)
    return False


def _is_closed(line: bytes, written: bytes) -> bool:
    """Whether a line, in upper case and as it is written, says by any spelling that an entry is not for all.

    One that a wrong fold joined to the line before it counts where that line ends with it.
    """
    if line == b"CLASS:PUBLIC":  # as nearly all of them say
        return False
    found = _CLASS.match(line)
    if not found:
        tail = _FOLDED.search(written[-120:])
        return tail is not None and tail.end() == len(written[-120:])
    told = split_line(found[1] + found[2])
    value = decode(found[2]) if told is None else told.value
    return re.sub(rb"[\0- \":=\x7f]", b"", value.upper().encode()) not in _OPEN.get(found[1], _NORMAL)


def value_of(name: bytes, rest: bytes) -> str:
    """The value of a line as text, spaces around it left out; `rest` is all that stands behind its name."""
    if rest[0] == _COLON:
        return decode(rest[1:]).strip()
    line = split_line(name + rest)
    return line.value.strip() if line else ""


def without_nested(raw: bytes) -> bytes:
    """An entry without its alarms, which have summaries and attendees of their own."""
    kept, depth, at = [], 0, 0
    for mark in _NESTED.finditer(raw):
        if mark[1][0] in b"Bb":
            if depth == 0:
                kept.append(raw[at : mark.start()])
            depth += 1
        elif depth:
            depth -= 1
            at = mark.end()
    if not depth:
        kept.append(raw[at:])
    return b"".join(kept)


class Scanner:
    """Looks at entries; remembers addresses, since the same people are in many of them."""

    def __init__(self) -> None:
        self._addresses: dict[bytes, str] = {}

    def look(self, block: Block) -> Entry:
        """The entry of one VEVENT. What is private is looked at no further than its UID and its times."""
        private = block.header.private or is_private(block.raw)
        raw = without_nested(block.raw)
        single: dict[bytes, bytes] = {}
        people: dict[bytes, list[bytes]] = {b"ATTENDEE": [], b"ORGANIZER": []}
        for name, rest in _WANTED.findall(raw):
            if name.upper() in people:
                people[name.upper()].append(rest)
            elif name.upper() == b"RRULE" and b"RRULE" in single:
                single[b"RDATE"] = rest
            else:
                single.setdefault(name.upper(), rest)
        return self._entry(block, raw, private, single, people)

    def _entry(
        self, block: Block, raw: bytes, private: bool, single: dict[bytes, bytes], people: dict[bytes, list[bytes]]
    ) -> Entry:
        def value(name: bytes) -> str:
            rest = single.get(name)
            return value_of(name, rest) if rest is not None else ""

        uid = unescape(value(b"UID")) or _hashed(raw)
        rec = value(b"RECURRENCE-ID")
        if not rec.strip("0TZ"):  # Exchange writes zeros where it means none
            rec = ""
        start, end = value(b"DTSTART"), value(b"DTEND")
        first, minutes, last = _times(
            start, end, value(b"DURATION"), _told_of(single, b"DTSTART"), _told_of(single, b"DTEND")
        )
        rule = value(b"RRULE").upper()
        parts = dict(part.partition("=")[::2] for part in rule.split(";")) if rule else {}
        every = parts.get("INTERVAL", "")
        title = ""
        if not private:
            title = unescape(value(b"SUMMARY")).strip()
        guests = () if private else self._people(b"ATTENDEE", people)
        organisers = () if private else self._people(b"ORGANIZER", people)
        glimpse = Glimpse(
            uid=uid,
            rec=rec,
            title=title,
            private=private,
            organiser=organisers[0] if organisers else "",
            guests=guests,
            minutes=minutes,
            all_day=len(start) == 8,
            cancelled=block.header.method == "CANCEL"
            or value(b"STATUS").upper() == "CANCELLED"
            or (bool(title) and without_prefix(title) != title),
            repeats=parts.get("FREQ", "").lower(),
            interval=int(every) if every.isdecimal() and len(every) < 6 else 1,
            first=first,
            until=_until(parts, first, last) if rule else last,
        )
        sequence = value(b"SEQUENCE")
        number = int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0
        group, added = canonical_uid(uid), b"RDATE" in single
        onward = bool(rec) and b"THISANDFUTURE" in _told_of(single, b"RECURRENCE-ID").upper()
        return Entry(glimpse, group, number, block.header, raw, block.number, block.whole, added, onward)

    def _people(self, name: bytes, people: dict[bytes, list[bytes]]) -> tuple[str, ...]:
        """Their addresses, those of rooms and calendars left out."""
        found = (self._address(name, rest) for rest in people[name] if not _ROOM.search(rest))
        return tuple(dict.fromkeys(address for address in found if address and not is_calendar(address)))

    def _address(self, name: bytes, rest: bytes) -> str:
        quick = _PERSON.match(rest)
        raw = quick[1] if quick else rest
        known = self._addresses.get(raw)
        if known is None:
            if quick:
                known = normal(f"mailto:{raw.decode('utf-8', 'replace')}")
            else:
                line = split_line(name + rest)
                known = address_of(line) if line else ""
            self._addresses[raw] = known
        return known


def _hashed(raw: bytes) -> str:
    """A UID for an entry without one, equal on every download: a hash of all but its stamp."""
    lines = sorted(line.rstrip() for line in raw.split(b"\n") if not line.upper().startswith((b"DTSTAMP", b"UID")))
    return f"sha256-{hashlib.sha256(b''.join(lines)).hexdigest()[:32]}"


def _told_of(single: dict[bytes, bytes], name: bytes) -> bytes:
    return single.get(name, b"").partition(b":")[0]


def _stamp(text: str) -> datetime | None:
    found = _STAMP.fullmatch(text)
    if not found:
        return None
    numbers = [int(part or 0) for part in found.groups()]
    numbers[5] = 59 if numbers[5] == 60 else numbers[5]  # RFC 5545, 3.3.12
    try:
        return datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _times(
    start: str, end: str, length: str, zone: bytes, end_zone: bytes
) -> tuple[date | None, int | None, date | None]:
    """(first day, minutes, last day) of an entry, None for what a cheap look cannot tell."""
    first = _stamp(start)
    if first is None:
        return None, None, None
    last = _stamp(end) if end else None
    if last is None and length:
        found = _LENGTH.fullmatch(length.upper())
        if not found:
            return first.date(), None, None
        weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
        try:
            last = first + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
        except OverflowError:
            return first.date(), None, None
    elif last is None:
        last = first + timedelta(days=1) if len(start) == 8 and first.year < 9999 else first
    elif zone != end_zone or start.endswith("Z") != end.endswith("Z"):
        return first.date(), None, max(first, last).date()
    return first.date(), max(0, int((last - first).total_seconds() // 60)), max(first, last).date()


def _until(parts: dict[str, str], first: date | None, last: date | None) -> date | None:
    """The last day of a series whose rule tells it, the length of its occurrences included."""
    told = _stamp(parts["UNTIL"]) if "UNTIL" in parts else None
    if told is None or first is None or last is None or told.year > 9000:
        return None
    return told.date() + min(last - first, timedelta(days=9999))
