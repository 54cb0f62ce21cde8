"""Secrets in a sealed file, with the key from elsewhere."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from companion.basics.errors import Problem
from companion.basics.paths import write_whole
from companion.connectors.secrets.envelope import DamagedError, read_facts, seal, unseal
from companion.connectors.secrets.keys import Keys
from companion.connectors.secrets.lock import locked


class SealedSecrets:
    """Reads the file at every call, since another process may have written it. Never overwrites a damaged one."""

    lasting = True

    def __init__(self, path: Path, keys: Keys) -> None:
        self._path, self._keys = path, keys

    def get(self, name: str) -> str | None:
        """The secret of that name, None where there is none."""
        found = self._open()
        return found[2].get(name) if found else None

    def put(self, name: str, value: str) -> None:
        """Keep a secret."""
        self.change(name, lambda _before: value)

    def drop(self, name: str) -> None:
        """Forget a secret; nothing happens where there is none."""
        self.change(name, lambda _before: None)

    def change(self, name: str, turn: Callable[[str | None], str | None]) -> None:
        """Replace a secret by what `turn` makes of it (None: none); no other process or thread comes in between."""
        with locked(self._path):
            found = self._open()
            before = found[2].get(name) if found else None
            after = turn(before)
            if after == before:
                return
            facts, key, values = found or (*self._begin(), {})
            rest = {kept: value for kept, value in values.items() if kept != name}
            self._write(facts, key, rest if after is None else {**rest, name: after})

    def alone(self, name: str, seconds: float) -> AbstractContextManager[bool]:
        """While one thread of one process does work of that name; waits that long, yields whether it is the only one.

        Reading and changing secrets goes on meanwhile.
        """
        return locked(self._path.with_name(f"{self._path.name}.{name}"), seconds)

    def _begin(self) -> tuple[dict[str, Any], bytes]:
        facts, key = self._keys.make()
        return {**facts, "by": self._keys.kind}, key

    def _write(self, facts: dict[str, Any], key: bytes, values: dict[str, str]) -> None:
        write_whole(self._path, seal(facts, key, values))

    def _open(self) -> tuple[dict[str, Any], bytes, dict[str, str]] | None:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Problem("secrets_unreadable", path=str(self._path), reason=error.strerror or str(error)) from error
        try:
            facts = read_facts(data)
            if facts.get("by") not in ("keyring", "passphrase"):
                raise DamagedError
            if facts["by"] != self._keys.kind:
                raise Problem("secrets_other_mode", path=str(self._path), sealed=facts["by"], mode=self._keys.kind)
            key = self._keys.find(facts)
            return facts, key, unseal(data, key)
        except DamagedError as error:
            raise Problem("secrets_damaged", path=str(self._path)) from error
