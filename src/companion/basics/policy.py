"""What a firm's IT decides for every profile of a machine: one JSON file that the app reads and never writes."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from companion.basics.errors import Problem


@dataclass(frozen=True)
class Policy:
    """What the policy file says, and why it could not be read; no values where there is none."""

    values: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None


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


def read_policy(path: Path | None = None) -> Policy:
    """The policy file; of one that cannot be read nobody knows what it decides, and a problem says so."""
    file = path or policy_file()
    try:
        raw = json.loads(file.read_bytes().decode("utf-8-sig"))  # editors of Windows put a mark before the text
    except FileNotFoundError:
        return Policy()
    except OSError as error:
        return Policy(problem=Problem("policy_unreadable", path=str(file), reason=error.strerror or str(error)))
    except (ValueError, RecursionError):  # no JSON, no text, or brackets without end
        return Policy(problem=Problem("policy_no_json", path=str(file)))
    if not isinstance(raw, dict):
        return Policy(problem=Problem("policy_no_json", path=str(file)))
    return Policy(raw)
