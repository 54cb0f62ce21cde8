"""The device's seal: names of calendar entries as HMACs, so that no address of a dropped one stays."""

import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from companion.basics.errors import Problem

_LENGTH = 32  # bytes
_FILE = "seal.key"


def device_seal(key: bytes) -> Callable[[str], str]:
    """A function from text to 32 hex digits (HMAC-SHA256, cut)."""

    def seal(text: str) -> str:
        return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]

    return seal


def open_seal(home: Path) -> Callable[[str], str]:
    """The seal of a profile; its key (file seal.key, 0600) is made at first use. Problem `seal_damaged`."""
    path = home / _FILE
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise Problem("home_unusable", path=str(path), reason=error.strerror or str(error)) from error
    if len(key) != _LENGTH:
        raise Problem("seal_damaged", path=str(path))
    return device_seal(key)


def _make(path: Path) -> None:
    """Write a new key whole, and only where there is none: of two processes that start at once, one wins."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_LENGTH))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
