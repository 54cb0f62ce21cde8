"""A brief as plain JSON, and back."""

from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from companion.briefs.model import Brief, Somebody, Stated

_MOMENTS = ("made", "start", "end")
_STATED = ("customer_lines", "goals", "promises", "avoid", "team_facts", "front_line")


def brief_to_json(brief: Brief) -> dict[str, Any]:
    """Days and moments as ISO 8601."""
    found: dict[str, Any] = _plain(asdict(brief))
    return found


def brief_from_json(body: dict[str, Any]) -> Brief:
    """The brief again; what a newer version wrote beside what is known here is left out."""
    known = {one.name for one in fields(Brief)}
    values: dict[str, Any] = {key: value for key, value in body.items() if key in known}
    values |= {key: datetime.fromisoformat(values[key]) for key in _MOMENTS}
    values |= {key: tuple(map(_stated, values.get(key, ()))) for key in _STATED}
    values["last"] = _day(values.get("last"))
    values["room"] = tuple(_somebody(one) for one in values.get("room", ()))
    values["listen_for"] = tuple(values.get("listen_for", ()))
    values["quote"] = _stated(values["quote"]) if values.get("quote") else None
    return Brief(**values)


def _stated(body: dict[str, Any]) -> Stated:
    return Stated(**{**body, "day": _day(body.get("day")), "due": _day(body.get("due"))})


def _somebody(body: dict[str, Any]) -> Somebody:
    return Somebody(**{**body, "met": _day(body.get("met"))})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
