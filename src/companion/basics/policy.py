"""What a firm's IT decides for every profile of a machine: one JSON file that the app reads and never writes."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def policy_file(environ: Mapping[str, str] | None = None) -> Path:
    """COMPANION_POLICY, else policy.json in the system's folder for such things."""
    env = os.environ if environ is None else environ
    if env.get("COMPANION_POLICY"):
        return Path(env["COMPANION_POLICY"]).expanduser()
    if sys.platform == "win32":
        return Path(env.get("PROGRAMDATA", r"C:\ProgramData")) / "Companion" / "policy.json"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Companion/policy.json")
    return Path("/etc/companion/policy.json")


def read_policy(path: Path | None = None) -> dict[str, Any]:
    """What the policy file says; {} where there is none or it cannot be read."""
    try:
        raw = json.loads((path or policy_file()).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return raw if isinstance(raw, dict) else {}
