"""Links as mail filters rewrite them, and the link that was there before; pure."""

import base64
import binascii
import re
import string
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_DEEPEST = 4  # a filter wraps what another has wrapped
_IN_QUERY = tuple(  # host, path, and which part of the query holds the link
    (re.compile(host), re.compile(path), names)
    for host, path, names in (
        (r"[\w.-]+\.safelinks\.(protection\.)?((partner\.)?outlook\.c(om|n)|office365\.us|o365\.cn)", "", ("url",)),
        (r"(www\.)?google(\.[a-z]{2,3}){1,2}", "/url$", ("q", "url")),
        (r"urldefense\.proofpoint\.com", "/v[12]/url$", ("u",)),
        (r"linkprotect\.cudasvc\.com", "/url$", ("a",)),
    )
)
_PROOFPOINT = re.compile(r"https://urldefense\.(?:com|us)/v3/__(.+?)__;([^!]*)!", re.IGNORECASE)
_ONE_SLASH = re.compile(r"^([a-z]+:/)(?=[^/])", re.IGNORECASE)
_HOLE = re.compile(r"\*(?:\*(.))?")  # one sign, or a run of them whose length the letter tells
_RUNS = {sign: count for count, sign in enumerate(f"{string.ascii_letters.swapcase()}{string.digits}-_", 2)}


def unwrapped(url: str) -> str:
    """The link inside whatever filters put round it; "" where it cannot be told, or lies deeper than they go."""
    for _ in range(_DEEPEST):
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return ""
        held = next((names for name, path, names in _IN_QUERY if name.fullmatch(host) and path.match(parts.path)), ())
        if held:
            url = _from_query(parts, held)
        elif host in ("urldefense.com", "urldefense.us"):
            url = _filled(url)
        else:
            return url
    return ""


def _from_query(parts: SplitResult, names: tuple[str, ...]) -> str:
    query = parse_qs(parts.query)
    inner = next((query[name][0] for name in names if name in query), "")
    if parts.path == "/v2/url":  # Proofpoint's second way: a hyphen for each per cent sign, an underscore for a slash
        inner = unquote(inner.translate(str.maketrans("-_", "%/")))
    return inner.strip()


def _filled(url: str) -> str:
    """Proofpoint's third way: what it found dangerous is cut out, and stands behind the link in base64."""
    found = _PROOFPOINT.match(url)
    if not found:
        return ""
    try:
        signs = base64.urlsafe_b64decode(f"{found[2]}==").decode()
    except (ValueError, binascii.Error):
        return ""
    at = 0

    def fill(hole: re.Match[str]) -> str:
        nonlocal at
        long = _RUNS.get(hole[1], 0) if hole[1] else 1
        at += long
        return signs[at - long : at]

    return _HOLE.sub(fill, _ONE_SLASH.sub(r"\1/", found[1]))
