"""The secrets of a profile, by the mode COMPANION_SECRETS names."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.paths import Paths
from companion.connectors.secrets.desktop_keyring import FindKeyring, KeyringSecrets
from companion.connectors.secrets.keyrings import find_keyring
from companion.connectors.secrets.keys import PassphraseKeys
from companion.connectors.secrets.memory import SessionSecrets
from companion.connectors.secrets.sealed import SealedSecrets
from companion.programme.model import Secrets

Ask = Callable[[], str]


def open_secrets(
    paths: Paths,
    mode: str = "",
    ask: Ask | None = None,
    environ: Mapping[str, str] | None = None,
    find: FindKeyring = find_keyring,
) -> Secrets:
    """Secrets in `mode` ("" takes COMPANION_SECRETS, else keyring). Touches neither keyring nor file yet.

    `ask` prompts for a passphrase where no file holds it. Problem `secrets_mode_unknown` for another mode.
    """
    env = os.environ if environ is None else environ
    mode = mode or env.get("COMPANION_SECRETS", "") or "keyring"
    if mode == "session":
        return SessionSecrets()
    if mode == "passphrase":
        return SealedSecrets(paths.secrets, PassphraseKeys(paths.secrets, lambda: _passphrase(env, ask)))
    if mode == "keyring":
        return KeyringSecrets(paths.secrets, find)
    raise Problem("secrets_mode_unknown", mode=mode)


def _passphrase(env: Mapping[str, str], ask: Ask | None) -> str:
    named = env.get("COMPANION_PASSPHRASE_FILE", "")
    if named:
        try:
            text = Path(named).read_text("utf-8").rstrip("\r\n")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise Problem("passphrase_unreadable", path=named, reason=reason) from error
    else:
        text = ask() if ask else ""
    if not text:
        raise Problem("passphrase_missing")
    return text
