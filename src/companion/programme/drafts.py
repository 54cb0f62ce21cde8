"""What an author has open: kept on the device for each note and audience, until it is published."""

import json

from companion.programme.model import DeviceTx
from companion.takeaways.model import Takeaway

_FIRST = "takeaway:"
_FIELDS = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "audience")


def draft_key(meeting_id: str, audience: str = "") -> str:
    """Under which name the device keeps what is written for these readers; "" as it was when there was only one."""
    return f"{_FIRST}{meeting_id}{f'|{audience}' if audience else ''}"


def keys_of(device: DeviceTx, takeaway: Takeaway) -> list[str]:
    """Under which names something is kept of it: its own, and the old one where that was for the same readers."""
    own, old = draft_key(takeaway.meeting_id, takeaway.audience), draft_key(takeaway.meeting_id)
    found = [own] if device.notes.draft(own) else []
    return [*found, old] if _is_for(device.notes.draft(old), takeaway.audience) else found


def kept(device: DeviceTx, takeaway: Takeaway) -> str:
    """What was written of it and not published, "" for nothing."""
    return next((device.notes.draft(key) for key in keys_of(device, takeaway)), "")


def _is_for(body: str, audience: str) -> bool:
    if not body:
        return False
    try:
        read = json.loads(body)
    except ValueError:
        return False  # nobody can read it, and nobody throws it away
    return isinstance(read, dict) and read.get("audience", audience) == audience


def written(takeaway: Takeaway) -> str:
    """What its author wrote, as a draft holds it."""
    return json.dumps({name: getattr(takeaway, name) for name in _FIELDS}, ensure_ascii=False)
