"""The authority of a registration: where its people sign in."""

from urllib.parse import urlsplit

from companion.basics.errors import Problem
from companion.calendars.signin import Registration


def environment(registration: Registration) -> str:
    """The host under which what an authority gave is kept. Problem `ms_authority_wrong` where it is no such."""
    try:
        parts = urlsplit(registration.authority)
        good = parts.scheme == "https" and bool(parts.hostname) and bool(parts.path.strip("/")) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise Problem("ms_authority_wrong", authority=registration.authority)
    return str(parts.hostname)


def tenant_unknown(registration: Registration, account: str) -> Problem:
    """The problem of an authority that does not know the tenant."""
    parts = urlsplit(registration.authority)
    return Problem("ms_tenant_unknown", account=account, host=parts.netloc, tenant=parts.path.strip("/"))
