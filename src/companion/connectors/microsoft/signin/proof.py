"""Whether an id token is of the sign-in it came with: for this app, by this authority, of this person."""

from collections.abc import Mapping
from typing import Any


def is_proof(claims: Mapping[str, Any], client_id: str, issuer: object, person_id: str) -> bool:
    """Whether the claims agree with the app, how the authority calls itself, and the id `oid.tid` of who came.

    An authority of many firms leaves a gap `{tenantid}` in its name. Who is a guest of the firm has an id of their own
    in it, so the two are compared only where the person is at home.
    """
    tenant = claims.get("tid")
    user, _, home = person_id.rpartition(".")
    if claims.get("aud") != client_id or not isinstance(issuer, str) or not isinstance(tenant, str):
        return False
    named = issuer.replace("{tenantid}", tenant)
    here = claims.get("iss") == named and f"/{tenant}/" in named
    return here and (tenant != home or claims.get("oid") == user)
