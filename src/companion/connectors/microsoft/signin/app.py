"""The app as the firm's Microsoft knows it: MSAL's application, made for one piece of work."""

from urllib.parse import urlsplit

from msal import ClientApplication, PublicClientApplication

from companion.basics.errors import Problem
from companion.calendars.signin import Registration
from companion.connectors.http import origin
from companion.connectors.microsoft.signin.authority import environment, tenant_unknown
from companion.connectors.microsoft.signin.journal import Journal
from companion.connectors.microsoft.signin.transport import Transport

CAPABILITIES = ["cp1"]  # we understand a claims challenge; tokens live longer for it


def public_app(registration: Registration, journal: Journal, transport: Transport, account: str) -> ClientApplication:
    """The app for people who sign in. Asks the authority once who it is; raises Problem `ms_*` where that fails."""
    if not registration.client_id:
        raise Problem("ms_not_set_up")
    environment(registration)
    try:
        app = PublicClientApplication(
            registration.client_id, authority=registration.authority, http_client=transport, token_cache=journal,
            client_capabilities=CAPABILITIES,
            instance_discovery=False,  # the authority is the firm's choice; it need not ask Microsoft's global cloud
        )  # fmt: skip
    except (ValueError, KeyError) as error:
        raise tenant_unknown(registration, account) from error
    return at_home(app, registration, account)


def at_home(app: ClientApplication, registration: Registration, account: str) -> ClientApplication:
    """The app, where all its authority names is on the authority's own host; Problem `ms_link_foreign` otherwise."""
    told = app.authority
    named = (told.authorization_endpoint, told.token_endpoint, told.device_authorization_endpoint)
    if any(place and origin(place) != origin(registration.authority) for place in named):
        raise Problem("ms_link_foreign", account=account, host=urlsplit(registration.authority).netloc)
    return app
