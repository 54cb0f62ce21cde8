"""Which domains outside the firm stand on guest lists: counts, from bytes in memory, for a first proposal."""

from collections import Counter
from collections.abc import Mapping

from companion.calendars.model import Glimpse, Window
from companion.connectors.ics.lines import unfold
from companion.connectors.ics.scan import Scanner, blocks_of
from companion.meetings.recognise import Rules
from companion.people.addresses import domain_of


def outside_domains(data: bytes, rules: Rules, window: Window) -> Mapping[str, int]:
    """Domain -> entries of the window with a guest from it. Private entries are never looked at."""
    counts: Counter[str] = Counter()
    scanner = Scanner()
    for block in blocks_of(unfold(data))[0]:
        entry = scanner.look(block)
        glimpse = entry.glimpse
        if not entry.whole or glimpse.private or not _within(glimpse, window):
            continue
        everybody = {*glimpse.guests, glimpse.organiser} - {""}
        counts.update({domain_of(address) for address in everybody if not rules.is_ours(address)} - {""})
    return counts


def _within(glimpse: Glimpse, window: Window) -> bool:
    if glimpse.first is None or glimpse.first > window.last:
        return False
    return bool(glimpse.repeats) or glimpse.first >= window.first
