"""Secrets with the help of the system's keyring; in memory where there is none that works."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from companion.basics.errors import Problem
from companion.connectors.secrets.keyrings import find_keyring
from companion.connectors.secrets.keys import SERVICE, Keyring, KeyringKeys
from companion.connectors.secrets.memory import SessionSecrets
from companion.connectors.secrets.sealed import SealedSecrets

FindKeyring = Callable[[], tuple[Keyring | None, str]]


class KeyringSecrets:
    """Looks for the keyring at first need. May wait for the user to unlock it: not for the thread that draws.

    Where the sealed file exists, a keyring that does not work is a Problem, not a reason to forget.
    """

    def __init__(self, path: Path, find: FindKeyring = find_keyring) -> None:
        self._path, self._find = path, find
        self._memory = SessionSecrets()
        self._sealed: SealedSecrets | None = None
        self._works: bool | None = None

    @property
    def lasting(self) -> bool:
        """Whether what is put will be there at the next start."""
        if self._path.exists():
            return True
        self._open()
        return bool(self._works)

    def get(self, name: str) -> str | None:
        """The secret of that name, None where there is none."""
        held = self._memory.get(name)
        if held is not None or not self._path.exists():
            return held
        return self._open().get(name)

    def put(self, name: str, value: str) -> None:
        """Keep a secret: in the file where there is a keyring, else until the app ends."""
        self.change(name, lambda _before: value)

    def change(self, name: str, turn: Callable[[str | None], str | None]) -> None:
        """Replace a secret by what `turn` makes of it (None: none), where it is or will be kept."""
        if self.lasting:
            held = self._memory.get(name)
            try:
                self._open().change(name, lambda kept: turn(kept if held is None else held))
            except Problem as problem:
                if problem.code != "keyring_unusable" or self._path.exists():
                    raise
                self._works = False
            else:
                self._memory.drop(name)
                return
        self._memory.change(name, turn)

    def alone(self, name: str, seconds: float) -> AbstractContextManager[bool]:
        """While one thread (where secrets last: of one process) does work of that name, for which it waits so long."""
        return (self._open() if self.lasting else self._memory).alone(name, seconds)

    def drop(self, name: str) -> None:
        """Forget a secret."""
        self._memory.drop(name)
        if self._path.exists():
            self._open().drop(name)

    def _open(self) -> SealedSecrets:
        if self._sealed is None:
            keyring, name = self._find()
            self._works = keyring is not None and (self._path.exists() or _answers(keyring))
            self._sealed = SealedSecrets(self._path, KeyringKeys(self._path, keyring, name or "-"))
        return self._sealed


def _answers(keyring: Keyring) -> bool:
    """Whether a keyring gives an answer at all; a locked or broken one does not."""
    try:
        keyring.get_password(SERVICE, "-")
    except Exception:
        return False
    return True
