"""Signing in with a code typed elsewhere, where IT allows it: for machines without a browser."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.signin import Code
from companion.connectors.microsoft.signin.app import public_app
from companion.connectors.microsoft.signin.journal import Journal
from companion.connectors.microsoft.signin.scopes import asked
from companion.connectors.microsoft.signin.wish import Wish
from companion.connectors.microsoft.signin.work import Work

_SLICE = 0.05  # seconds between two looks at the ticket
_OFTEN = 1.0  # seconds between two questions, whatever the authority says
_WAITING = ("authorization_pending", "slow_down")


def sign_in_by_code(
    work: Work, journal: Journal, wish: Wish, ticket: Ticket, show: Callable[[Code], None]
) -> dict[str, Any]:
    """MSAL's answer with a token, now in the journal; Problem `ms_*` otherwise."""
    if not work.registration.device_code:
        raise Problem("ms_code_not_allowed")
    app = public_app(work, journal, wish.account)
    if not app.authority.device_authorization_endpoint:  # the authority offers no codes
        raise Problem("ms_code_refused", account=wish.account, number="-")
    with work.understood(wish.account):
        flow = app.initiate_device_flow(asked(work.registration, wish.scopes))
    if "user_code" not in flow:
        work.checked(flow, wish.account, wish.scopes)
    with work.understood(wish.account):
        until = datetime.fromtimestamp(flow["expires_at"], UTC)
        code, interval = Code(str(flow["verification_uri"]), str(flow["user_code"]), until), float(flow["interval"])
    show(code)
    while True:
        _rest(max(_OFTEN, interval), ticket)
        with work.understood(wish.account):
            # One attempt: MSAL's own waiting hears a cancel late.
            result = app.acquire_token_by_device_flow(flow, exit_condition=lambda _: True)
        if result.get("error") not in _WAITING:
            return work.checked(result, wish.account, wish.scopes)
        if time.time() > flow["expires_at"]:
            raise Problem("ms_code_expired", account=wish.account)


def _rest(seconds: float, ticket: Ticket) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        ticket.step()
        time.sleep(min(_SLICE, left))
    ticket.step()
