"""Secrets for as long as the app runs."""

import contextlib
import threading
from collections.abc import Callable, Iterator


class SessionSecrets:
    """Nothing is written; the user is told."""

    lasting = False

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._changing = threading.Lock()
        self._working: dict[str, threading.Lock] = {}

    def get(self, name: str) -> str | None:
        """The secret of that name, None where there is none."""
        return self._values.get(name)

    def put(self, name: str, value: str) -> None:
        """Keep a secret until the app ends."""
        self._values[name] = value

    def drop(self, name: str) -> None:
        """Forget a secret."""
        self._values.pop(name, None)

    def change(self, name: str, turn: Callable[[str | None], str | None]) -> None:
        """Replace a secret by what `turn` makes of it (None: none), with nobody in between."""
        with self._changing:
            after = turn(self.get(name))
            if after is None:
                self.drop(name)
            else:
                self.put(name, after)

    @contextlib.contextmanager
    def alone(self, name: str, seconds: float) -> Iterator[bool]:
        """While one thread does work of that name; yields whether it is the only one after that many seconds."""
        lock = self._working.setdefault(name, threading.Lock())
        held = lock.acquire(timeout=seconds)
        try:
            yield held
        finally:
            if held:
                lock.release()
