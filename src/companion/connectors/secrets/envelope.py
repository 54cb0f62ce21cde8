"""The sealed file: one line of JSON that says how it is sealed, then AES-256-GCM over the secrets."""

import json
import os
from typing import Any

_NONCE = 12  # bytes
_VERSION = 1


class DamagedError(Exception):
    """The file is not what was written."""


def seal(facts: dict[str, Any], key: bytes, values: dict[str, str]) -> bytes:
    """The file's bytes. `facts` stay readable, and cannot be changed without breaking the seal."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = json.dumps({"version": _VERSION, **facts}, sort_keys=True).encode()
    nonce = os.urandom(_NONCE)
    return head + b"\n" + nonce + AESGCM(key).encrypt(nonce, json.dumps(values).encode(), head)


def read_facts(data: bytes) -> dict[str, Any]:
    """How a file is sealed; DamagedError where that cannot be told."""
    try:
        facts = json.loads(data.partition(b"\n")[0])
    except ValueError as error:
        raise DamagedError from error
    if not isinstance(facts, dict) or facts.get("version") != _VERSION:
        raise DamagedError
    return facts


def unseal(data: bytes, key: bytes) -> dict[str, str]:
    """The secrets; DamagedError where a single bit changed or the key is another."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head, _, rest = data.partition(b"\n")
    try:
        values = json.loads(AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], head))
    except (InvalidTag, ValueError) as error:
        raise DamagedError from error
    if not isinstance(values, dict):
        raise DamagedError
    return {str(name): str(value) for name, value in values.items()}
