"""Which entries are worth a look at all: those with a trace of a customer, and whatever shares a UID with them.

In a calendar of ten thousand entries a few hundred have to do with a customer. The others are recognised
here by their bytes, and are never taken apart. The rule is one-sided: an entry without a trace can never
be kept, an entry with one may still fall.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from companion.basics.ids import canonical_uid, meeting_id
from companion.connectors.ics.lines import unescape
from companion.connectors.ics.scan import Block, is_private, value_of
from companion.meetings.recognise import Rules
from companion.people.addresses import domain_in_ascii

_LINES = re.compile(rb"\n((?i:UID|SUMMARY|RRULE|RDATE|RECURRENCE-ID))([;:][^\n]*)")
_BEHIND_AT = re.compile(rb"@([^@ ?\n]*)")  # all of a domain: `people.addresses.normal` ends one at any of these signs


@dataclass(frozen=True, slots=True)
class _Trace:
    """What the bytes of one entry tell."""

    matters: bool
    private: bool
    uids: tuple[str, ...] = ()  # canonical; an alarm may have one, too


def worth_a_look(blocks: Sequence[Block], tracer: "Tracer") -> tuple[list[Block], Counter[str]]:
    """The blocks of every UID that may have something kept, in their order, and how many others there are.

    The others are counted `private` where their own class (or their calendar) says so, else `not_customer`: without
    a trace of a customer nobody asks whether they are outside the window, forgotten or broken as well.
    """
    traces = [tracer.trace(block) for block in blocks]
    matter = {uid for trace in traces if trace.matters for uid in trace.uids}
    if tracer.spoken:  # entries that share a UID may be meetings of their own, spoken of by when they begin
        told = Counter(uid for trace in traces if not trace.private for uid in trace.uids)
        matter |= {uid for uid, times in told.items() if times > 1}
    worth: list[Block] = []
    others: Counter[str] = Counter()
    for block, trace in zip(blocks, traces, strict=True):
        if trace.matters or not matter.isdisjoint(trace.uids):
            worth.append(block)
        else:
            others["private" if trace.private else "not_customer"] += 1
    return worth, others


class Tracer:
    """Looks for one set of rules; remembers titles and domains, since they come again and again."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._yes = {identity for identity, _ in rules.said_yes}
        addresses = (address for rule in rules.customers for address in rule.addresses)
        domains = (domain for rule in rules.customers for domain in rule.domains)
        known = {*domains, *(address.rpartition("@")[2] for address in addresses)} - {""}
        self._customers = tuple(written.encode() for domain in known for written in {domain, domain_in_ascii(domain)})
        self._domains: dict[bytes, bool] = {}
        self._titles: dict[bytes, bool] = {}

    @property
    def spoken(self) -> bool:
        """Whether people said yes to anything."""
        return bool(self._yes)

    def trace(self, block: Block) -> _Trace:
        """The trace of one entry. Of a private one nothing but its UID is looked at."""
        uids: list[str] = []
        titles: list[bytes] = []
        private, recurs = block.header.private or is_private(block.raw), False
        for name, rest in _LINES.findall(block.raw):
            sign = name[:2].upper()
            if sign == b"UI":
                uids.append(unescape(value_of(name, rest)))
            elif sign == b"SU":
                titles.append(rest)
            else:
                recurs = True
        groups = tuple(map(canonical_uid, uids))
        if not block.whole or not groups or "" in groups:  # an entry without a UID is named by its content
            return _Trace(matters=True, private=private, uids=groups)
        matters = not private and (
            self._is_named(titles) or self._is_among_guests(block.raw) or self._is_spoken_of(uids, recurs)
        )
        return _Trace(matters, private, groups)

    def _is_named(self, titles: list[bytes]) -> bool:
        """Whether a title names a customer."""
        found = False
        for rest in titles:
            known = self._titles.get(rest)
            if known is None:
                known = self._rules.customer_named(unescape(value_of(b"SUMMARY", rest)))[0] != ""
                self._titles[rest] = known
            found = found or known
        return found

    def _is_among_guests(self, raw: bytes) -> bool:
        """Whether a customer's domain stands behind an @ anywhere, be it in the text or in an alarm.

        A domain that is not plain ASCII or is encoded counts as a trace, and so do values in a charset that may
        hide the @.
        """
        if not raw.isascii() and b"CHARSET" in raw.upper():
            return True
        for told in set(_BEHIND_AT.findall(raw.replace(b"%40", b"@"))):
            known = self._domains.get(told)
            if known is None:
                lower = told.lower()
                known = not told.isascii() or b"%" in told or any(domain in lower for domain in self._customers)
                self._domains[told] = known
            if known:
                return True
        return False

    def _is_spoken_of(self, uids: list[str], recurs: bool) -> bool:
        """Whether people may have said yes to an occurrence: of a series or a change it takes more to know."""
        return self.spoken and (recurs or any(meeting_id(uid, "-") in self._yes for uid in uids))
