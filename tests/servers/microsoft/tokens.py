"""Who holds which token for what: shared by the authority that issues them and by Graph that asks for them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from companion.basics.errors import Problem
from companion.calendars.signin import APP
from servers.microsoft.mailbox import User


@dataclass
class Grant:
    """What a token allows. `user` None: the collector, as itself."""

    user: User | None
    scopes: frozenset[str]
    good: bool = True
    claims: str = ""  # with which it was asked for


def short(scope: str) -> str:
    """A scope without the resource before it."""
    return scope.rpartition("/")[2]


@dataclass
class Ledger:
    """All tokens ever issued. `secrets` holds every text that must never be seen outside of a sealed file."""

    access: dict[str, Grant] = field(default_factory=dict)
    refresh: dict[str, Grant] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    needs_claims: set[str] = field(default_factory=set)  # addresses whose old tokens no longer do
    revoked: set[str] = field(default_factory=set)

    def issue(self, kind: str, grant: Grant) -> str:
        """A new token; `kind` access or refresh."""
        token = self.secret(kind)
        (self.access if kind == "access" else self.refresh)[token] = grant
        return token

    def secret(self, kind: str) -> str:
        """A new text nobody can guess."""
        made = f"{kind}-{secrets.token_urlsafe(24)}"
        self.secrets.add(made)
        return made

    def spoil(self, user: User) -> None:
        """The access tokens of somebody are good no longer."""
        for grant in self.access.values():
            if grant.user is user:
                grant.good = False


@dataclass
class FakeTokens:
    """Tokens without signing in, for tests of what reads with them; one for each person and scopes, as a cache has."""

    ledger: Ledger
    users: Sequence[User]
    kept: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    asked: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)

    def token(self, person_id: str, scopes: Sequence[str], account: str, claims: str = "") -> str:
        """A token; a new one where claims are demanded."""
        self.asked.append((person_id, tuple(scopes), claims))
        user = next((one for one in self.users if one.id == person_id), None)
        if (user is None and person_id != APP) or (user and user.address in self.ledger.revoked):
            raise Problem("ms_signin_needed", account=account)
        key = (person_id, tuple(scopes))
        if claims or key not in self.kept:
            demanded = "" if claims == "{}" else claims
            grant = Grant(user, frozenset(map(short, scopes)), claims=demanded)
            self.kept[key] = self.ledger.issue("access", grant)
        return self.kept[key]
