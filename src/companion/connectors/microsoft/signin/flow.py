"""Signing in with the system's browser: authorization code with PKCE, the answer posted to our own listener."""

from collections.abc import Callable
from typing import Any

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.microsoft.signin.app import public_app
from companion.connectors.microsoft.signin.journal import Journal
from companion.connectors.microsoft.signin.loopback import listening
from companion.connectors.microsoft.signin.scopes import asked
from companion.connectors.microsoft.signin.wish import Wish
from companion.connectors.microsoft.signin.work import Work


def sign_in_by_browser(
    work: Work, journal: Journal, wish: Wish, ticket: Ticket, show: Callable[[str], None], minutes: float
) -> dict[str, Any]:
    """MSAL's answer with a token, now in the journal; Problem `ms_*` otherwise."""
    app = public_app(work, journal, wish.account)
    with listening() as loopback:
        with work.understood(wish.account):
            flow = app.initiate_auth_code_flow(
                asked(work.registration, wish.scopes), redirect_uri=loopback.redirect_uri, response_mode="form_post",
                prompt=None if wish.login else "select_account", login_hint=wish.login or None,
                claims_challenge=wish.claims or None,
            )  # fmt: skip
        loopback.expect(flow["state"])
        ticket.step("sign_in_browser")
        _open(show, flow["auth_uri"])
        answer = loopback.wait(ticket, wish.account, minutes)
    ticket.step("sign_in_answer")
    with work.understood(wish.account):  # another nonce too, or no id token where one was promised
        result = app.acquire_token_by_auth_code_flow(flow, answer)
    return work.checked(result, wish.account, wish.scopes)


def _open(show: Callable[[str], None], url: str) -> None:
    try:
        show(url)
    except Problem:
        raise
    except Exception as error:  # whatever a browser that does not start may raise
        raise Problem("ms_no_browser", reason=type(error).__name__) from error
