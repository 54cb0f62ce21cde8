"""The system's keyring, chosen from those that keep what they are given; never by name from the environment."""

import importlib
import sys

from companion.connectors.secrets.keys import Keyring

_ALLOWED = {
    "darwin": (("keyring.backends.macOS", "Keyring", "macOS Keychain"),),
    "win32": (("keyring.backends.Windows", "WinVaultKeyring", "Windows Credential Manager"),),
}
_DESKTOPS = (
    ("keyring.backends.SecretService", "Keyring", "Secret Service"),
    ("keyring.backends.kwallet", "DBusKeyring", "KWallet"),
    ("keyring.backends.libsecret", "Keyring", "libsecret"),
)
Candidates = tuple[tuple[str, str, str], ...]


def allowed(platform: str = sys.platform) -> Candidates:
    """(module, class, name) of the keyrings we trust on a platform, best first."""
    return _ALLOWED.get(platform, _DESKTOPS)


def find_keyring(candidates: Candidates | None = None) -> tuple[Keyring | None, str]:
    """The first that runs here, and its name; None and "" where there is none. Takes about 100 ms."""
    for module, kind, name in allowed() if candidates is None else candidates:
        try:
            backend = getattr(importlib.import_module(module), kind)
            if not backend.viable:
                continue
            keyring: Keyring = backend()
        except Exception:  # noqa: S112 - a keyring that cannot even be looked at is none
            continue
        if hasattr(keyring, "persist"):
            keyring.persist = "local machine"  # Windows would let it roam to other machines
        return keyring, name
    return None, ""
