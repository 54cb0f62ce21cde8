"""Events as plain JSON and back, for commands that cross."""

from datetime import datetime
from typing import Any

from companion.calendars.model import Event, Guest, Reason


def event_to_json(event: Event) -> dict[str, Any]:
    """The event as JSON values."""
    return {
        "uid": event.uid, "rec_key": event.rec_key, "start": event.start.isoformat(), "end": event.end.isoformat(),
        "all_day": event.all_day, "zone": event.zone, "title": event.title, "status": event.status,
        "organiser": guest_to_json(event.organiser) if event.organiser else None,
        "guests": [guest_to_json(guest) for guest in event.guests], "others": event.others, "link": event.link,
        "sequence": event.sequence, "customer_id": event.customer_id, "score": event.score,
        "why": [reason_to_json(reason) for reason in event.why], "guests_known": event.guests_known,
        "place": event.place,
    }  # fmt: skip


def event_from_json(body: dict[str, Any]) -> Event:
    """The event that `event_to_json` wrote."""
    return Event(
        uid=body["uid"], rec_key=body["rec_key"],
        start=datetime.fromisoformat(body["start"]), end=datetime.fromisoformat(body["end"]),
        all_day=body["all_day"], zone=body["zone"], title=body["title"], status=body["status"],
        organiser=guest_from_json(body["organiser"]) if body["organiser"] else None,
        guests=tuple(guest_from_json(guest) for guest in body["guests"]), others=body["others"], link=body["link"],
        sequence=body["sequence"], customer_id=body["customer_id"], score=body["score"],
        why=tuple(reason_from_json(reason) for reason in body["why"]), guests_known=body["guests_known"],
        place=body.get("place", ""),
    )  # fmt: skip


def guest_to_json(guest: Guest) -> list[str]:
    """A guest as four texts."""
    return [guest.address, guest.name, guest.kind, guest.answer]


def guest_from_json(body: list[str]) -> Guest:
    """The guest that `guest_to_json` wrote."""
    address, name, kind, answer = body
    return Guest(address, name, kind, answer)  # type: ignore[arg-type]


def reason_to_json(reason: Reason) -> dict[str, Any]:
    """A reason as JSON values."""
    return {"code": reason.code, "facts": dict(reason.facts), "points": reason.points}


def reason_from_json(body: dict[str, Any]) -> Reason:
    """The reason that `reason_to_json` wrote."""
    return Reason(body["code"], tuple(sorted(body["facts"].items())), body["points"])
