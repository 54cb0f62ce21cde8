"""The app as the firm's Microsoft knows it: MSAL's application, made for one piece of work."""

from collections.abc import Callable

from msal import ClientApplication, PublicClientApplication

from companion.basics.errors import Problem
from companion.connectors.http import origin
from companion.connectors.microsoft.signin.authority import environment, tenant_unknown
from companion.connectors.microsoft.signin.journal import Journal
from companion.connectors.microsoft.signin.work import Work

CAPABILITIES = ["cp1"]  # we understand a claims challenge; tokens live longer for it


def public_app(work: Work, journal: Journal, account: str) -> ClientApplication:
    """The app for people who sign in. Asks the authority once who it is; raises Problem `ms_*` where that fails."""
    registration = work.registration
    if not registration.client_id:
        raise Problem("ms_not_set_up")
    environment(registration)

    def made() -> ClientApplication:
        return PublicClientApplication(
            registration.client_id, authority=registration.authority, http_client=work.transport, token_cache=journal,
            client_capabilities=CAPABILITIES,
            instance_discovery=False,  # the authority is the firm's choice; it need not ask Microsoft's global cloud
        )  # fmt: skip

    return at_home(work, account, made)


def at_home(work: Work, account: str, make: Callable[[], ClientApplication]) -> ClientApplication:
    """The app that `make` makes, where all its authority names is on the authority's own host.

    Problem `ms_tenant_unknown`, `ms_answer_wrong` where it names no addresses, `ms_link_foreign` for another host.
    """
    with work.understood(account):
        try:
            app = make()
        except (ValueError, KeyError) as error:
            raise tenant_unknown(work.registration, account) from error
        told = app.authority
        named = (told.authorization_endpoint, told.token_endpoint, told.device_authorization_endpoint)
        if not all(named[:2]):
            raise ValueError
        if any(place and origin(place) != origin(work.registration.authority) for place in named):
            raise Problem("ms_link_foreign", account=account, host=work.host)
        return app
