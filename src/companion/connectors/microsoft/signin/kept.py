"""Tokens in one sealed secret. What changed is laid over what others kept meanwhile, so that no renewal is lost."""

import base64
import json
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from companion.calendars.signin import SignedIn
from companion.programme.model import Secrets

SECRET = "microsoft:tokens"  # noqa: S105 - the name of the secret
_DEMANDS = "microsoft:claims"
LEAST = 300.0  # seconds a token must still live
PATIENCE = 20.0  # seconds for another process that renews; then both do, which few authorities mind
_LOG = logging.getLogger(__name__)
_OF_A_PERSON = ("AccessToken", "RefreshToken", "IdToken")
State = dict[str, dict[str, dict[str, Any]]]  # kind -> key -> entry, in the format MSAL's libraries share


@dataclass(frozen=True)
class Change:
    """One entry that was put (or, without one, taken away), and the secret it had before."""

    kind: str
    key: str
    entry: dict[str, Any] | None = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Owner:
    """Whose tokens: the app, the authority's host, and the person."""

    client_id: str
    environment: str
    person_id: str

    def has(self, entry: dict[str, Any]) -> bool:
        """Whether an entry is theirs."""
        whose = (entry.get("client_id"), entry.get("environment"), entry.get("home_account_id"))
        return whose == (self.client_id, self.environment, self.person_id)


class TokenStore:
    """The tokens of everyone who signed in on this device."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def read(self) -> State:
        """What is kept now."""
        return _state(self._secrets.get(SECRET))

    def renewing(self) -> AbstractContextManager[bool]:
        """While nobody else of this profile renews; a refresh token may be good once."""
        return self._secrets.alone("renewal", PATIENCE)

    def keep(self, changes: Sequence[Change]) -> None:
        """Lay changes over what is kept; whoever was signed out meanwhile stays so."""
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
        self.met(person_id)

    def demand(self, person_id: str, claims: str) -> None:
        """Keep the claims that only this person can bring, at the next sign-in, whichever process that is in."""
        self._secrets.change(_DEMANDS, lambda before: json.dumps({**_demands(before), person_id: claims}))

    def demanded(self, person_id: str) -> str:
        """The claims a person is to bring, "" for none."""
        return _demands(self._secrets.get(_DEMANDS)).get(person_id, "")

    def met(self, person_id: str) -> None:
        """The person brought them, or is gone."""

        def without(before: str | None) -> str | None:
            rest = {key: claims for key, claims in _demands(before).items() if key != person_id}
            return json.dumps(rest) if rest else None

        if self.demanded(person_id):
            self._secrets.change(_DEMANDS, without)

    def token(self, owner: Owner, scopes: Iterable[str]) -> tuple[str, float] | None:
        """(token, seconds it lives) for these permissions, without asking anybody; None where there is none."""
        wanted = set(scopes)
        for entry in self.read().get("AccessToken", {}).values():
            left = _number(entry.get("expires_on")) - time.time()
            for_it = owner.has(entry) and wanted <= set(str(entry.get("target", "")).split())
            if for_it and left > LEAST and is_token(entry.get("secret")):
                return str(entry["secret"]), left
        return None

    def people(self, client_id: str, environment: str) -> list[SignedIn]:
        """Who is signed in for an app at a host, by address."""
        state = self.read()
        renewed = list(state.get("RefreshToken", {}).values())
        found = {
            str(entry.get("home_account_id")): str(entry.get("username", ""))
            for entry in state.get("Account", {}).values()
            if any(Owner(client_id, environment, str(entry.get("home_account_id"))).has(one) for one in renewed)
        }
        names = dict(_names(state))
        everyone = (SignedIn(key, address, names.get(key, "")) for key, address in found.items())
        return sorted(everyone, key=lambda person: (person.address, person.id))


def is_token(value: Any) -> bool:
    """Whether it can be sent as a token: visible ASCII, nothing that would break a header."""
    return isinstance(value, str) and value.isascii() and value.isprintable() and bool(value) and " " not in value


def is_claims(value: Any) -> bool:
    """Whether it is a demand that can be passed on: an object as JSON."""
    try:
        return isinstance(value, str) and isinstance(json.loads(value), dict)
    except (ValueError, RecursionError):
        return False


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


def _number(text: Any) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        return 0.0


def _state(text: str | None) -> State:
    """What a secret holds; nothing where it is no cache of tokens: people sign in again then."""
    try:
        read = json.loads(text or "{}")
        return {kind: {key: dict(entry) for key, entry in entries.items()} for kind, entries in read.items()}
    except (ValueError, TypeError, AttributeError):
        _LOG.warning("The kept sign-ins at Microsoft cannot be read; people have to sign in again")
        return {}


def _demands(text: str | None) -> dict[str, str]:
    """Claims by person; those that cannot be passed on are none."""
    try:
        read = json.loads(text or "{}")
    except ValueError:
        return {}
    return {key: claims for key, claims in read.items() if is_claims(claims)} if isinstance(read, dict) else {}


def _over(state: State, changes: Iterable[Change]) -> State:
    for change in changes:
        entries = state.setdefault(change.kind, {})
        if change.entry is not None:
            entries[change.key] = change.entry
        elif entries.get(change.key, {}).get("secret", "") == change.secret:
            entries.pop(change.key, None)  # unless another renewed meanwhile what we saw expire
    return state


def _without_strangers(state: State) -> State:
    """A token that comes back for someone who signed out meanwhile is not kept."""
    known = {entry.get("home_account_id") for entry in state.get("Account", {}).values()}
    for kind in _OF_A_PERSON:
        entries = state.get(kind, {})
        for key in [key for key, entry in entries.items() if entry.get("home_account_id") not in known]:
            del entries[key]
    return state
