"""The key of the sealed file: random and kept by the keyring, or made of a passphrase."""

import base64
import binascii
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from companion.basics.errors import Problem
from companion.connectors.secrets.envelope import DamagedError

SERVICE = "Companion"
_LENGTH = 32  # bytes
# OWASP's choice for 32 MB of memory; the desk may be a small container.
_COST = {"n": 2**15, "r": 8, "p": 3}
_MOST_MEMORY = 128 * 1024 * 1024


class Keys(Protocol):
    """Makes a key and finds it again from the facts the file keeps. Raises Problem where it cannot."""

    @property
    def kind(self) -> str: ...
    def make(self) -> tuple[dict[str, Any], bytes]: ...
    def find(self, facts: dict[str, Any]) -> bytes: ...


class Keyring(Protocol):
    """What we ask of a keyring; any exception of its own may come out of it."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...


class KeyringKeys:
    """One short random key in the keyring: Windows' holds no more than 1,280 characters, our file all there is."""

    kind = "keyring"

    def __init__(self, path: Path, keyring: Keyring | None, name: str) -> None:
        self._path, self._keyring, self._name = path, keyring, name

    def make(self) -> tuple[dict[str, Any], bytes]:
        """A new key, read back before anything is sealed with it."""
        keyring = self._usable()
        key, entry = secrets.token_bytes(_LENGTH), f"key {secrets.token_hex(8)}"
        text = base64.b64encode(key).decode()
        try:
            keyring.set_password(SERVICE, entry, text)
            back = keyring.get_password(SERVICE, entry)
        except Exception as error:  # each system's keyring has errors of its own
            raise self._problem(error) from error
        if back != text:
            raise Problem("keyring_unusable", path=str(self._path), reason=self._name)
        return {"entry": entry, "keyring": self._name}, key

    def find(self, facts: dict[str, Any]) -> bytes:
        """The key of a file; Problem `secrets_key_missing` where the keyring has none for it."""
        keyring = self._usable()
        try:
            text = keyring.get_password(SERVICE, str(facts.get("entry")))
        except Exception as error:
            raise self._problem(error) from error
        try:
            key = base64.b64decode(text or "", validate=True)
        except binascii.Error:
            key = b""
        if len(key) != _LENGTH:
            raise Problem("secrets_key_missing", path=str(self._path), keyring=self._name)
        return key

    def _usable(self) -> Keyring:
        if self._keyring is None:
            raise Problem("keyring_unusable", path=str(self._path), reason=self._name)
        return self._keyring

    def _problem(self, error: Exception) -> Problem:
        # The kind of error only: a keyring's message may hold what it was given.
        return Problem("keyring_unusable", path=str(self._path), reason=f"{self._name}: {type(error).__name__}")


class PassphraseKeys:
    """A key made of a passphrase (scrypt), asked for once."""

    kind = "passphrase"

    def __init__(self, path: Path, ask: Callable[[], str]) -> None:
        self._path, self._ask = path, ask
        self._found: dict[str, bytes] = {}

    def make(self) -> tuple[dict[str, Any], bytes]:
        """A key with a salt of its own."""
        salt = secrets.token_hex(16)
        key = _derive(self._ask(), salt, _COST)
        self._found[salt] = key
        return {"salt": salt, "cost": _COST, "check": _check(key)}, key

    def find(self, facts: dict[str, Any]) -> bytes:
        """The key of a file; Problem `passphrase_wrong` for another passphrase."""
        salt, cost, check = facts.get("salt"), facts.get("cost"), facts.get("check")
        if not isinstance(salt, str) or cost != _COST or not isinstance(check, str):
            raise DamagedError
        key = self._found.get(salt) or _derive(self._ask(), salt, _COST)
        if not hmac.compare_digest(_check(key), check):
            raise Problem("passphrase_wrong", path=str(self._path))
        self._found[salt] = key
        return key


def _derive(passphrase: str, salt: str, cost: dict[str, int]) -> bytes:
    plain = unicodedata.normalize("NFC", passphrase).encode()  # keyboards differ in how they compose
    return hashlib.scrypt(plain, salt=salt.encode(), **cost, maxmem=_MOST_MEMORY, dklen=_LENGTH)


def _check(key: bytes) -> str:
    """Tells a wrong passphrase from a damaged file; it gives no more away than the seal itself."""
    return hmac.new(key, b"companion secrets", hashlib.sha256).hexdigest()[:16]
