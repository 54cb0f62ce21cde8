"""The link by which a meeting is joined, found in what a calendar entry says; pure."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from companion.calendars.wrappers import unwrapped

_URL = re.compile(r"https://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+(?:\{[^{}\s<>]{0,400}\})?", re.IGNORECASE)
_ENTITY_END = re.compile(r"&(?:lt|gt|quot|apos|nbsp|#0*(?:34|39|60|62|160)|#x0*(?:22|27|3c|3e|a0));", re.IGNORECASE)
_AND = re.compile(r"&(?:amp|#0*38|#x0*26);", re.IGNORECASE)
_BROKEN_END = re.compile(r"(?:%3e|%22|%20)+$", re.IGNORECASE)
_WORTH = re.compile(r"teams|zoom|meet|webex|safelinks|google|urldefense|linkprotect", re.IGNORECASE)
_LOOSE = ".,;:!?*&"
_BARE = str.maketrans({"{": "%7b", "}": "%7d", '"': "%22"})
_ID = r"[\w.%=+@~-]"
_HOSTS = (  # (host, or the end of one where it begins with a dot; how path and query of a join link begin)
    (("teams.microsoft.com", "teams.microsoft.us", "gov.teams.microsoft.us", "dod.teams.microsoft.us",
      "teams.cloud.microsoft"),
     rf"(/_#|/v2/\?[^#]*#)?/(l/meetup-join|meet)/{_ID}|/dl/launcher/[\w.]+\?url=%2f_%23%2f(l%2fmeetup-join|meet)%2f"),
    (("teams.live.com",), rf"/meet/{_ID}"),
    (("zoom.us", ".zoom.us", "zoom.com", ".zoom.com", "zoomgov.com", ".zoomgov.com"),
     rf"/(([jws]|wc(/join)?)/\d|my/{_ID})"),
    (("meet.google.com",), rf"/([a-z]{{3}}-[a-z]{{4}}-[a-z]{{3}}(?![\w-])|lookup/{_ID})"),
    ((".webex.com",),
     rf"/((meet|join|wbxmjs)/{_ID}|([\w.-]+/)*j\.php\?|([\w.-]+/)+meet(ing/(info|download))?/{_ID})"),
)  # fmt: skip
_SERVICES = tuple(
    (tuple(host for host in hosts if host[0] != "."), tuple(host for host in hosts if host[0] == "."),
     re.compile(path, re.IGNORECASE))
    for hosts, path in _HOSTS
)  # fmt: skip
_NO_MEETING = ("dialin.", "support.", "help.")
_SHORTEST, _LONGEST = 12, 2000  # signs of a link; wrapped ones are longer
_LONGEST_WRAPPED = 8000
_MOST = 2000  # links looked at in one text


def join_link(meant: Iterable[str], texts: Iterable[str] = ()) -> str:
    """The https link to join by, "" for none.

    A known meeting service wins, wherever it stands. Else any link of `meant`, the places made for a link to
    join by: a firm may have a meeting server of its own. One that dresses up as a known service is never taken.
    """
    named = list(_links(meant))
    known = (link for links in (named, _links(texts, _WORTH)) for link in links if _is_meeting(link))
    return next(known, "") or next((link for link in named if not _dresses_up(link)), "")


def _links(texts: Iterable[str], worth: re.Pattern[str] | None = None) -> Iterator[str]:
    """The links of some texts, clean and unwrapped; only those with a trace of `worth`, texts being full of others."""
    for text in texts:
        for match in islice(_URL.finditer(text), _MOST):
            if len(match[0]) <= _LONGEST_WRAPPED and (worth is None or worth.search(match[0])):
                before = text[match.start() - 1 : match.start()]
                link = _clean(_trimmed(unwrapped(_trimmed(match[0], before))))
                if link:
                    yield link


def _trimmed(url: str, before: str = "") -> str:
    """A link without what only stands round it: entities, brackets, the marks and the full stop of a sentence."""
    entity = _ENTITY_END.search(url)
    url = _AND.sub("&", url[: entity.start()] if entity else url)
    url = _AND.sub("&", url).translate(_BARE)  # some write it twice over
    url = _BROKEN_END.sub("", url)
    loose = _LOOSE + ("_" if before == "_" else "")
    end, unopened = len(url), url.count(")") - url.count("(")
    while end and (url[end - 1] in loose or (url[end - 1] == ")" and unopened > 0)):
        unopened -= url[end - 1] == ")"
        end -= 1
    return url[:end]


def _clean(url: str) -> str:
    """The link where it is https, names a host and nobody's password; else ""."""
    if not _SHORTEST <= len(url) <= _LONGEST or not _URL.fullmatch(url):
        return ""
    try:
        parts = urlsplit(url)
        fit = bool(parts.hostname) and "@" not in parts.netloc and parts.port in (None, 443)
    except ValueError:
        return ""
    return url if fit else ""


def _is_meeting(url: str) -> bool:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    rest = url[url.index(parts.netloc) + len(parts.netloc) :]
    return not host.startswith(_NO_MEETING) and any(
        (host in whole or host.endswith(ends)) and path.match(rest) for whole, ends, path in _SERVICES
    )


def _dresses_up(url: str) -> bool:
    """Whether a host of nobody we know carries a known one's name, or is a known one's that leads to no meeting."""
    host = f".{(urlsplit(url).hostname or '').lower()}."
    return any(f"{end.strip('.')}." in host for whole, ends, _ in _SERVICES for end in (*whole, *ends))
