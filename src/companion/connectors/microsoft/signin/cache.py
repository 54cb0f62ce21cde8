"""Tokens in one sealed secret. What changed is laid over what others kept meanwhile, so that no renewal is lost."""

import base64
import json
import logging
from collections.abc import Iterator
from typing import Any

from msal import SerializableTokenCache

from companion.calendars.signin import SignedIn
from companion.programme.model import Secrets

SECRET = "microsoft:tokens"  # noqa: S105 - the name of the secret
_LOG = logging.getLogger(__name__)
_OF_A_PERSON = ("AccessToken", "RefreshToken", "IdToken")
State = dict[str, dict[str, dict[str, Any]]]
Change = tuple[str, str, dict[str, Any] | None, str]  # kind, key, the entry or None, and the secret it had before


class Journal(SerializableTokenCache):  # type: ignore[misc]
    """MSAL's cache of tokens that remembers what it changed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.deserialize(text)
        self.changes: list[Change] = []

    def modify(
        self, credential_type: str, old_entry: dict[str, Any], new_key_value_pairs: dict[str, Any] | None = None
    ) -> None:
        """See `TokenCache.modify`, through which all that changes goes."""
        super().modify(credential_type, old_entry, new_key_value_pairs)
        key = self.key_makers[credential_type](**old_entry)
        entry = {**old_entry, **new_key_value_pairs} if new_key_value_pairs else None
        self.changes.append((credential_type, key, entry, str(old_entry.get("secret", ""))))

    def signed_in(self) -> str:
        """The id of who was added since it was read, "" where nobody was."""
        return next(
            (str(entry["home_account_id"]) for kind, _, entry, _ in self.changes if kind == "Account" and entry), ""
        )


class TokenStore:
    """The tokens of everyone who signed in on this device."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def read(self) -> Journal:
        """What is kept now."""
        return Journal(json.dumps(_state(self._secrets.get(SECRET))))

    def keep(self, journal: Journal) -> None:
        """Lay the changes of a journal over what is kept; whoever was signed out meanwhile stays so."""
        changes, journal.changes = journal.changes, []
        if changes:
            self._secrets.change(SECRET, lambda before: json.dumps(_without_strangers(_over(_state(before), changes))))

    def forget(self, person_id: str) -> None:
        """Remove every token of a person and the person."""

        def without(before: str | None) -> str | None:
            if before is None:
                return None
            state = _state(before)
            for entries in state.values():
                for key in [key for key, entry in entries.items() if entry.get("home_account_id") == person_id]:
                    del entries[key]
            return json.dumps(state)

        self._secrets.change(SECRET, without)

    def people(self, client_id: str, environment: str) -> list[SignedIn]:
        """Who is signed in for an app at a host, by address."""
        state = _state(self._secrets.get(SECRET))
        renewed = {
            entry.get("home_account_id")
            for entry in state.get("RefreshToken", {}).values()
            if entry.get("client_id") == client_id and entry.get("environment") == environment
        }
        found = {
            str(entry["home_account_id"]): str(entry.get("username", ""))
            for entry in state.get("Account", {}).values()
            if entry.get("home_account_id") in renewed and entry.get("environment") == environment
        }
        names = dict(_names(state))
        everyone = (SignedIn(key, address, names.get(key, "")) for key, address in found.items())
        return sorted(everyone, key=lambda person: (person.address, person.id))


def claims_of(id_token: str) -> dict[str, Any]:
    """What an id token says of a person; {} where it cannot be read."""
    part = [*id_token.split("."), "", ""][1]
    try:
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}


def _names(state: State) -> Iterator[tuple[str, str]]:
    for entry in state.get("IdToken", {}).values():
        yield str(entry.get("home_account_id")), str(claims_of(str(entry.get("secret", ""))).get("name", ""))


def _state(text: str | None) -> State:
    """What a secret holds; nothing where it is no cache of tokens: people sign in again then."""
    try:
        read = json.loads(text or "{}")
        return {kind: {key: dict(entry) for key, entry in entries.items()} for kind, entries in read.items()}
    except (ValueError, TypeError, AttributeError):
        _LOG.warning("The kept sign-ins at Microsoft cannot be read; people have to sign in again")
        return {}


def _over(state: State, changes: list[Change]) -> State:
    for kind, key, entry, secret in changes:
        entries = state.setdefault(kind, {})
        if entry is not None:
            entries[key] = entry
        elif entries.get(key, {}).get("secret", "") == secret:  # another may have renewed what we saw expire
            entries.pop(key, None)
    return state


def _without_strangers(state: State) -> State:
    """A token that comes back for someone who signed out meanwhile is not kept."""
    known = {entry.get("home_account_id") for entry in state.get("Account", {}).values()}
    for kind in _OF_A_PERSON:
        entries = state.get(kind, {})
        for key in [key for key, entry in entries.items() if entry.get("home_account_id") not in known]:
            del entries[key]
    return state
