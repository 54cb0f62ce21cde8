"""A token without anybody there: from the cache, or renewed."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from msal import TokenCache

from companion.basics.errors import Problem
from companion.connectors.microsoft.signin.app import environment, public_app
from companion.connectors.microsoft.signin.cache import Journal, TokenStore
from companion.connectors.microsoft.signin.flow import Wish
from companion.connectors.microsoft.signin.scopes import asked
from companion.connectors.microsoft.signin.work import Work

LEAST = 300.0  # seconds a token must still live


def kept_token(journal: Journal, work: Work, person_id: str, scopes: Sequence[str]) -> tuple[str, float] | None:
    """(token, seconds it lives) from the cache, without asking anybody."""
    query = {
        "client_id": work.registration.client_id, "environment": environment(work.registration),
        "home_account_id": person_id,
    }  # fmt: skip
    kind = TokenCache.CredentialType.ACCESS_TOKEN
    for entry in journal.search(kind, target=asked(work.registration, scopes), query=query):
        left = float(entry["expires_on"]) - time.time()
        if left > LEAST:
            return str(entry["secret"]), left
    return None


def renewed_token(
    work: Work, store: TokenStore, person_id: str, wish: Wish, demanded: Callable[[str], None]
) -> tuple[str, float]:
    """(token, seconds it lives), asked for now. Problem `ms_*` with the reason where Microsoft gives none.

    `demanded` is told the claims that only a person can bring.
    """
    journal = store.read()
    result = _renew(work, journal, person_id, wish)
    if result is not None and result.get("error") == "invalid_grant":
        # Another process may have renewed in between and made our refresh token the old one.
        fresh = store.read()
        if _refresh_tokens(fresh, person_id) != _refresh_tokens(journal, person_id):
            journal, result = fresh, _renew(work, fresh, person_id, wish)
    store.keep(journal)
    if result is not None and result.get("claims"):
        demanded(str(result["claims"]))
    good = work.checked(result, wish.account, wish.scopes)
    return str(good["access_token"]), float(good.get("expires_in", 0))


def _renew(work: Work, journal: Journal, person_id: str, wish: Wish) -> dict[str, Any] | None:
    """MSAL's answer; None where the person is not signed in."""
    query = {"home_account_id": person_id, "environment": environment(work.registration)}
    account = next(iter(journal.search(TokenCache.CredentialType.ACCOUNT, query=query)), None)
    if account is None:
        return None
    app = public_app(work.registration, journal, work.transport, wish.account)
    result: dict[str, Any] | None = app.acquire_token_silent_with_error(
        asked(work.registration, wish.scopes), account, claims_challenge=wish.claims or None,
        http_exceptions=(Problem,),  # ours; MSAL would load a library we do not use
    )  # fmt: skip
    return result


def _refresh_tokens(journal: Journal, person_id: str) -> set[str]:
    kind = TokenCache.CredentialType.REFRESH_TOKEN
    return {str(entry["secret"]) for entry in journal.search(kind, query={"home_account_id": person_id})}
