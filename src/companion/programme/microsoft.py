"""Microsoft 365: who signs in, and how the firm's app is known there."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from companion.basics.settings import Settings
from companion.calendars.signin import Registration

_CHOSEN = ("client_id", "authority", "graph_url", "proxy", "ca_bundle")  # by a person, where no policy decides


def registration_of(settings: Settings, policy: Mapping[str, Any]) -> Registration:
    """The registration that holds: what the policy file says, else the settings, else Microsoft's own."""
    kinds = {field.name: field.type for field in fields(Registration)}
    told = {name: getattr(settings, name) for name in _CHOSEN if getattr(settings, name)}
    fixed = {name: value for name, value in policy.items() if name in kinds and name != "fixed"}
    good = {name: value for name, value in fixed.items() if isinstance(value, bool if name == "device_code" else str)}
    return Registration(**{**told, **good}, fixed=frozenset(good))
