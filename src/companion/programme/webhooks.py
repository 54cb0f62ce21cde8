"""Addresses of webhooks: who knows one can post in our name, so each is a secret, and leads only where it should."""

from typing import Literal
from urllib.parse import SplitResult, parse_qs, urlsplit

from companion.basics.errors import Problem
from companion.basics.hosts import is_loopback

WebhookKind = Literal["teams", "slack"]
_TEAMS = (".logic.azure.com", ".api.powerplatform.com")  # also NAME.environment.api.powerplatform.com
_SLACK = ("hooks.slack.com", "hooks.slack-gov.com")
_CONNECTORS = (".webhook.office.com",)  # retired by Microsoft in May 2026
_CONNECTORS_BY_PATH = ("outlook.office.com", "outlook.office365.com")


def check_address(kind: WebhookKind, name: str, address: str) -> str:
    """The host of a webhook's address, which is all of it that may be shown.

    Problems: `webhook_wrong`, `webhook_not_secure`, `webhook_foreign`, `teams_retired`, `teams_key_missing`,
    `slack_workflow`. None of them repeats the address.
    """
    parts = _split(name, address)
    host = (parts.hostname or "").lower().rstrip(".")
    here = is_loopback(host)
    if host.endswith(_CONNECTORS) or (host in _CONNECTORS_BY_PATH and parts.path.startswith("/webhook")):
        raise Problem("teams_retired", name=name)
    if parts.scheme != "https" and not here:
        raise Problem("webhook_not_secure", name=name)
    if not here and not (host.endswith(_TEAMS) if kind == "teams" else host in _SLACK):
        raise Problem("webhook_foreign", name=name, host=host, known=_known(kind))
    if not here and parts.port not in (None, 443):
        raise Problem("webhook_wrong", name=name)
    if kind == "teams" and not parse_qs(parts.query).get("sig"):
        raise Problem("teams_key_missing", name=name)
    if kind == "slack" and not parts.path.startswith("/services/"):
        raise Problem("slack_workflow", name=name)
    return host


def _split(name: str, address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        good = good and "@" not in parts.netloc and address.isprintable() and " " not in address
    except ValueError:
        good = False
    if not good or not address.isascii():
        raise Problem("webhook_wrong", name=name) from None
    return parts


def _known(kind: WebhookKind) -> str:
    return ", ".join(f"*{suffix}" for suffix in _TEAMS) if kind == "teams" else ", ".join(_SLACK)
