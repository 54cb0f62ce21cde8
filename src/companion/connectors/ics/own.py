"""Entries of ours in somebody's calendar: evidence of nothing, and of no time of their own."""

import re

from companion.basics.ids import SEAT_MARK, is_own_entry
from companion.connectors.ics.lines import decode, split_line, unescape
from companion.connectors.ics.scan import Block

_NAME = b"companion"
_HIDDEN = b"companion.invalid".hex().encode()  # as Exchange writes a foreign UID into its own
_SIGNS = (_NAME, _NAME.upper(), _NAME.title(), _HIDDEN, _HIDDEN.upper())
_MARK = re.compile(rb"\n(?:[A-Za-z0-9-]+\.)?" + SEAT_MARK.encode() + rb"[;:]", re.IGNORECASE)
_UID = re.compile(rb"\n(UID[;:][^\n]*)", re.IGNORECASE)


def without_own(blocks: list[Block]) -> tuple[list[Block], int]:
    """The entries that are not ours, and how many are: told by their UID, or by a mark where that was changed."""
    others = [block for block in blocks if not _is_own(block.raw)]
    return others, len(blocks) - len(others)


def _is_own(raw: bytes) -> bool:
    if not any(sign in raw for sign in _SIGNS):  # nearly all of them, and this costs next to nothing
        return False
    if _MARK.search(raw):
        return True
    found = _UID.search(raw)
    line = split_line(found[1]) if found else None
    uid = line.value if line else decode(found[1].partition(b":")[2]) if found else ""
    return is_own_entry(unescape(uid))
