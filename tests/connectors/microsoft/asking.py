"""Asking the stand-in by hand, with the headers that every good request has."""

import ssl
from typing import Any, Protocol

import httpx

from servers.microsoft import Microsoft365

PREFER = 'IdType="ImmutableId", outlook.timezone="UTC"'
WINDOW = {"startDateTime": "2026-10-01T00:00:00Z", "endDateTime": "2027-02-01T00:00:00Z"}


class Ask(Protocol):
    """GET a path or a link; httpx.HTTPStatusError where it is refused. `$` is put before what needs one."""

    def __call__(self, path: str, *, prefer: str = PREFER, **params: str) -> dict[str, Any]: ...


def asking(microsoft: Microsoft365, token: str) -> Ask:
    """Whoever holds a token."""
    trust = ssl.create_default_context(cafile=str(microsoft.ca))

    def ask(path: str, *, prefer: str = PREFER, **params: str) -> dict[str, Any]:
        url = path if path.startswith("https:") else f"{microsoft.graph}/v1.0/{path}"
        named = {f"${name}" if name in ("select", "filter", "expand", "top") else name: v for name, v in params.items()}
        headers = {"Authorization": f"Bearer {token}", **({"Prefer": prefer} if prefer else {})}
        with httpx.Client(verify=trust, trust_env=False) as client:
            told = client.get(url, params=named or None, headers=headers).raise_for_status()
        found: dict[str, Any] = told.json()
        return found

    return ask
