"""Names of things: random for what people make, derived for what several machines must name alike."""

import re
import uuid
from datetime import date

SEAT_UID = "seat-{}@companion.invalid"  # of an entry of ours; the domain can be nobody's (RFC 2606)
SEAT_MARK = "X-COMPANION-SEAT"  # the property that still tells it where a calendar writes UIDs of its own

_MEETINGS = uuid.UUID("3b0d6c0e-8f5e-5f0a-9a57-6f1f0c2a7e11")
_EXCHANGE_UID = "040000008200E00074C5B7101A82E008"
_YEARS = range(1602, 4500)  # 1601 and 4501 stand for "none"
_OWN = re.compile(r"seat-[0-9a-z-]{8,64}@companion\.invalid(?![\w.-])", re.IGNORECASE)
_FOREIGN_UID = "7643616C2D55696401000000"  # the text "vCal-Uid" and the number 1, in hex


def new_id() -> str:
    """A random id (UUIDv4) as lower-case text."""
    return str(uuid.uuid4())


def canonical_uid(uid: str) -> str:
    """The UID that every copy of one series agrees on, whichever system wrote the copy.

    Exchange puts the instance's date into its GlobalObjectId, hex digits 32 to 39 (MS-OXCICAL 2.1.3.1.1.20.26);
    a foreign UID travels inside it in plain sight.
    """
    text = uid.strip()
    upper = text.upper()
    if not upper.startswith(_EXCHANGE_UID) or len(upper) < 80:
        return text
    at = upper.find(_FOREIGN_UID)
    if at > 0:
        try:
            inner = bytes.fromhex(upper[at + len(_FOREIGN_UID) :])
        except ValueError:
            inner = b""
        foreign = inner.rstrip(b"\0").decode("utf-8", "replace")
        if foreign:
            return foreign
    return upper[:32] + "00000000" + upper[40:]


def day_in_uid(uid: str) -> date | None:
    """The day of the instance in Exchange's GlobalObjectId, hex digits 32 to 39; None where it names none."""
    text = uid.strip()
    if len(text) < 80 or not text.upper().startswith(_EXCHANGE_UID):
        return None
    try:
        found = date(int(text[32:36], 16), int(text[36:38], 16), int(text[38:40], 16))
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def meeting_id(uid: str, rec_key: str) -> str:
    """The id of one meeting: UUIDv5 of its canonical UID and recurrence key, equal on every machine."""
    return str(uuid.uuid5(_MEETINGS, f"{canonical_uid(uid)}\n{rec_key}"))


def is_own_entry(uid: str) -> bool:
    """Whether an entry is one that we sent to a leader, whatever its calendar wrote before its UID."""
    return bool(_OWN.search(canonical_uid(uid)))
