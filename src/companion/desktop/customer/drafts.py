"""What is being written on a customer's page and is not saved: kept on this device within a second."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from companion.programme.model import House

_FIRST = "customer:"


@dataclass(frozen=True)
class Draft:
    """What the fields of an editor hold, and the revision of the fact it was begun from (0: a new one)."""

    fields: tuple[tuple[str, str], ...]
    base: int = 0


def keep_draft(house: House, customer_id: str, key: str, draft: Draft) -> None:
    """Keep what is being written; `key`: the fact's id, or `new:` and its kind."""
    with house.device() as device:
        found = _read(device.notes.draft(_FIRST + customer_id))
        found[key] = draft
        device.notes.put_draft(_FIRST + customer_id, _written(found), house.clock())


def drop_draft(house: House, customer_id: str, key: str) -> None:
    """Let go of what was written: it is saved, or its writer took it back."""
    with house.device() as device:
        found = _read(device.notes.draft(_FIRST + customer_id))
        if found.pop(key, None) is None:
            return
        if found:
            device.notes.put_draft(_FIRST + customer_id, _written(found), house.clock())
        else:
            device.notes.drop_draft(_FIRST + customer_id)


def drafts(house: House, customer_id: str) -> dict[str, Draft]:
    """All that is being written about a customer; what cannot be read is none."""
    with house.device(write=False) as device:
        return _read(device.notes.draft(_FIRST + customer_id))


def _written(found: Mapping[str, Draft]) -> str:
    return json.dumps(
        {key: {"fields": dict(one.fields), "base": one.base} for key, one in found.items()}, ensure_ascii=False
    )


def _read(body: str) -> dict[str, Draft]:
    try:
        held = json.loads(body) if body else {}
    except ValueError:
        return {}
    found: dict[str, Draft] = {}
    for key, one in held.items() if isinstance(held, dict) else ():
        if isinstance(one, dict) and isinstance(one.get("fields"), dict) and isinstance(one.get("base"), int):
            found[str(key)] = Draft(tuple((str(k), str(v)) for k, v in one["fields"].items()), one["base"])
    return found
