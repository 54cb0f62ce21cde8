"""What is written and not published: kept on this device, one draft for each audience of a note."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from companion.programme.drafts import draft_key
from companion.programme.model import DeviceTx, House
from companion.takeaways.model import Takeaway

TEXTS = (
    "headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "audience", "may_quote",
    "customer_name", "correction",
)  # fmt: skip
LISTS = ("pillars", "origins")


@dataclass(frozen=True)
class Kept:
    """The drafts of a note, and for whom the one is that was on top."""

    fields: tuple[dict[str, Any], ...] = ()
    shown: str = ""


def kept_drafts(house: House, meeting_id: str, audiences: Iterable[str]) -> Kept:
    """The drafts of a meeting's note, each for other readers; what cannot be read is none."""
    with house.device(write=False) as device:
        shown, listed = _index(device, meeting_id)
        keys = [draft_key(meeting_id, one) for one in dict.fromkeys((*listed, *audiences))]
        found = [_read(device.notes.draft(key)) for key in (draft_key(meeting_id), *keys)]
    return Kept(tuple(fields for fields in found if fields), shown)


def keep_draft(house: House, takeaway: Takeaway, before: str = "") -> None:
    """Keep what is written, and that it is on top; `before`: for whom it was kept until now."""
    meeting_id, audience = takeaway.meeting_id, takeaway.audience
    body = json.dumps(fields_of(takeaway), ensure_ascii=False)
    with house.device() as device:
        _shown, listed = _index(device, meeting_id)
        old = _read(device.notes.draft(draft_key(meeting_id)))
        if old and old.get("id", takeaway.id) == takeaway.id:
            device.notes.drop_draft(draft_key(meeting_id))  # of when there was only one
        if before and before != audience:
            device.notes.drop_draft(draft_key(meeting_id, before))
        device.notes.put_draft(draft_key(meeting_id, audience), body, house.clock())
        left = [one for one in listed if one not in (before, audience)]
        index = json.dumps({"shown": audience, "audiences": [*left, audience]}, ensure_ascii=False)
        device.notes.put_draft(_index_key(meeting_id), index, house.clock())


def drop_draft(house: House, takeaway: Takeaway) -> None:
    """Let go of what is written of one takeaway; the others stay."""
    with house.device() as device:
        device.notes.drop_draft(draft_key(takeaway.meeting_id, takeaway.audience))


def fields_of(takeaway: Takeaway) -> dict[str, Any]:
    """What an author writes of a takeaway, as plain JSON."""
    made: dict[str, Any] = {name: getattr(takeaway, name) for name in (*TEXTS, *LISTS)}
    return {**made, "id": takeaway.id, "expires": takeaway.expires.isoformat() if takeaway.expires else ""}


def with_draft(takeaway: Takeaway, fields: dict[str, Any]) -> Takeaway:
    """The takeaway with the fields a draft holds; what cannot be read changes nothing."""
    known: dict[str, Any] = {key: fields[key] for key in TEXTS if isinstance(fields.get(key), str)}
    if isinstance(pillars := fields.get("pillars"), list):
        known["pillars"] = tuple(str(item) for item in pillars)
    if isinstance(origins := fields.get("origins"), list):
        known["origins"] = tuple(
            (str(one[0]), str(one[1])) for one in origins if isinstance(one, list) and len(one) == 2
        )
    if isinstance(ends := fields.get("expires"), str):
        known["expires"] = _day(ends)
    return replace(takeaway, **known)


def _index(device: DeviceTx, meeting_id: str) -> tuple[str, list[str]]:
    """For whom the draft on top is, and for whom there may be any: a team can be renamed, its draft stays."""
    found = _read(device.notes.draft(_index_key(meeting_id)))
    shown, listed = found.get("shown"), found.get("audiences")
    names = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    return shown if isinstance(shown, str) else "", names


def _index_key(meeting_id: str) -> str:
    return f"takeaways:{meeting_id}"


def _read(body: str) -> dict[str, Any]:
    try:
        found = json.loads(body) if body else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
