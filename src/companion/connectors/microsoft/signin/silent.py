"""A token without anybody there: renewed, or the reason why not."""

from typing import Any

from msal import TokenCache

from companion.basics.errors import Problem
from companion.connectors.microsoft.signin.app import public_app
from companion.connectors.microsoft.signin.authority import environment
from companion.connectors.microsoft.signin.journal import Journal
from companion.connectors.microsoft.signin.kept import TokenStore, is_claims
from companion.connectors.microsoft.signin.scopes import asked
from companion.connectors.microsoft.signin.wish import Wish
from companion.connectors.microsoft.signin.work import Work


def renewed_token(work: Work, store: TokenStore, person_id: str, wish: Wish) -> tuple[str, float]:
    """(token, seconds it lives), asked for now. Problem `ms_*` with the reason where Microsoft gives none.

    Claims that only the person can bring are kept for the next sign-in.
    """
    with store.renewing():
        journal = Journal(store.read())
        result = _renew(work, journal, person_id, wish)
        if result is not None and result.get("error") == "invalid_grant":
            # Another process may have signed the person in, or renewed where we no longer waited for it.
            fresh = Journal(store.read())
            if _refresh_tokens(fresh, person_id) != _refresh_tokens(journal, person_id):
                journal, result = fresh, _renew(work, fresh, person_id, wish)
        store.keep(journal.changes)
    if result is not None and is_claims(result.get("claims")):
        store.demand(person_id, result["claims"])
    good = work.checked(result, wish.account, wish.scopes, _address(journal, person_id))
    with work.understood(wish.account):
        return str(good["access_token"]), float(good.get("expires_in", 0))


def _renew(work: Work, journal: Journal, person_id: str, wish: Wish) -> dict[str, Any] | None:
    """MSAL's answer; None where the person is not signed in."""
    query = {"home_account_id": person_id, "environment": environment(work.registration)}
    account = next(iter(journal.search(TokenCache.CredentialType.ACCOUNT, query=query)), None)
    if account is None:
        return None
    app = public_app(work, journal, wish.account)
    with work.understood(wish.account):
        result: dict[str, Any] | None = app.acquire_token_silent_with_error(
            asked(work.registration, wish.scopes), account, claims_challenge=wish.claims or None,
            http_exceptions=(Problem,),  # ours; MSAL would load a library we do not use
        )  # fmt: skip
    return result


def _address(journal: Journal, person_id: str) -> str:
    found = journal.search(TokenCache.CredentialType.ACCOUNT, query={"home_account_id": person_id})
    return next((str(entry.get("username") or "") for entry in found), "")


def _refresh_tokens(journal: Journal, person_id: str) -> set[str]:
    kind = TokenCache.CredentialType.REFRESH_TOKEN
    return {str(entry["secret"]) for entry in journal.search(kind, query={"home_account_id": person_id})}
