"""Values that cross as plain JSON, and back."""

from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, TypeVar, get_type_hints

from companion.attendance.model import Evidence
from companion.basics.storable import storable
from companion.customers.memory import Fact
from companion.customers.model import Contact
from companion.takeaways.model import Action, Answer, Takeaway

T = TypeVar("T", Evidence, Takeaway, Answer, Action, Fact, Contact)


def to_json(value: Evidence | Takeaway | Answer | Action | Fact | Contact) -> dict[str, Any]:
    """A flat value as JSON: instants and days in ISO 8601."""
    return {key: _written(item) for key, item in asdict(value).items()}


def _written(item: Any) -> Any:
    if isinstance(item, str):
        return storable(item)
    return item.isoformat() if isinstance(item, datetime | date) else item


def _from_json(kind: type[T], body: dict[str, Any]) -> T:
    hints = get_type_hints(kind)
    known = {item.name for item in fields(kind)}  # a newer device may send more
    return kind(**{key: _read(hints[key], item) for key, item in body.items() if key in known})


def _read(hint: Any, item: Any) -> Any:
    if isinstance(item, list):
        return tuple(tuple(part) if isinstance(part, list) else part for part in item)
    if item is None or not isinstance(item, str):
        return item
    if hint in (datetime, datetime | None):
        return datetime.fromisoformat(item)
    if hint in (date, date | None):
        return date.fromisoformat(item)
    return item


def evidence_from_json(body: dict[str, Any]) -> Evidence:
    """The evidence that `to_json` wrote."""
    return _from_json(Evidence, body)


def takeaway_from_json(body: dict[str, Any]) -> Takeaway:
    """The takeaway that `to_json` wrote."""
    return _from_json(Takeaway, body)


def answer_from_json(body: dict[str, Any]) -> Answer:
    """The answer that `to_json` wrote."""
    return _from_json(Answer, body)


def action_from_json(body: dict[str, Any]) -> Action:
    """The action that `to_json` wrote."""
    return _from_json(Action, body)


def fact_from_json(body: dict[str, Any]) -> Fact:
    """The fact that `to_json` wrote."""
    return _from_json(Fact, body)


def contact_from_json(body: dict[str, Any]) -> Contact:
    """The contact that `to_json` wrote."""
    return _from_json(Contact, body)
