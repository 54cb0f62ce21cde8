"""The user's choices: a frozen dataclass as JSON. A settings file never stops the app."""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from companion.basics.paths import write_whole


@dataclass(frozen=True)
class Settings:
    """Choices of this profile on this machine; what the programme decides lives in the workspace."""

    me: str = ""  # the address the person signed in or named; "" before that
    workspace_url: str = ""  # "" means the file beside this one
    language: str = ""  # "" follows the system
    look: str = "system"  # system, light or dark
    role: str = "leader"  # leader or ops: which rooms show first
    client_id: str = ""  # of the firm's own app registration at Microsoft
    authority: str = ""  # "" means Microsoft's, for any firm
    graph_url: str = ""  # "" means Microsoft's global cloud
    proxy: str = ""  # "" follows the system
    ca_bundle: str = ""  # a PEM file to trust as well
    collector_id: str = ""  # of the app that reads as itself; on one machine of ops, if at all
    certificate: str = ""  # a PEM file with that app's key and certificate
    keyring_backend: str = ""  # told when it changes
    remind: str = "15"  # so many minutes before a meeting the window says so; "0" never
    remind_after: str = "yes"  # whether it asks for three lines after one: yes or no
    quiet: str = ""  # hours in which the window reminds of nothing, "19:00-07:00"
    unknown: dict[str, Any] = field(default_factory=dict)  # keys of a newer version, kept as they are


def read_settings(path: Path) -> tuple[Settings, list[str]]:
    """The settings and the keys that had to be dropped; defaults where there is no readable file."""
    try:
        raw = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(), []
    except (OSError, ValueError):
        return Settings(), ["*"]
    if not isinstance(raw, dict):
        return Settings(), ["*"]
    known = {item.name for item in fields(Settings)} - {"unknown"}
    good = {key: value for key, value in raw.items() if key in known and isinstance(value, str)}
    bad = [key for key in raw if key in known and key not in good]
    return replace(Settings(), **good, unknown={k: v for k, v in raw.items() if k not in known}), bad


def write_settings(path: Path, settings: Settings) -> None:
    """Write what differs from the defaults, in one step."""
    values = asdict(settings)
    unknown = values.pop("unknown")
    plain = asdict(Settings())
    kept = {key: value for key, value in values.items() if value != plain[key]}
    write_whole(path, json.dumps({**unknown, **kept}, indent=2, ensure_ascii=False).encode() + b"\n")
