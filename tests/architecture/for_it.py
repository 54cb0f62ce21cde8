"""The page for IT, made from the code; as a program it writes the page anew."""

import json
from collections.abc import Iterator
from dataclasses import fields

from architecture.tree import ROOT
from companion.basics.policy import policy_file
from companion.calendars.signin import Registration
from companion.connectors.microsoft.signin import identity
from companion.connectors.microsoft.signin.kept import SECRET
from companion.connectors.microsoft.signin.scopes import SCOPES, Scope
from companion.connectors.secrets.keys import SERVICE
from companion.words.microsoft import NEVER, consent_link, reason_of

PAGE = ROOT / "docs" / "for-it.md"
TEXT = ROOT / "tests" / "architecture" / "for_it.txt"
_EXAMPLE = Registration(
    client_id="00000000-1111-2222-3333-444444444444",
    authority="https://login.microsoftonline.com/ferro.example",
    firm="Ferro",
)
_FIELDS = {
    "client_id": "The id of the app you register, for people who sign in.",
    "authority": "Where they sign in: your tenant's domain or id at the end.",
    "graph_url": "The root of Microsoft Graph; another only in another cloud.",
    "proxy": "A proxy, as `http://proxy.ferro.example:8080`. Empty follows the system.",
    "ca_bundle": "A PEM file with your own certificate authority, trusted beside the system's.",
    "device_code": "`true` lets people sign in with a code typed on another device. Off unless this file allows it.",
    "free_busy": "`false` keeps Companion from asking who is free for an open review (section 2).",
    "collector_id": "The id of a second app, for the collector alone.",
    "certificate": "A PEM file with that app's certificate and key, readable by its owner only.",
    "firm": "What Companion calls your firm on its first screen.",
}
_SETTABLE = ("client_id", "authority", "graph_url", "proxy", "ca_bundle", "collector_id", "certificate")


def page() -> str:
    """The whole page."""
    plain = Registration()
    return TEXT.read_text("utf-8").format(
        delegated="\n".join(_rows("delegated")),
        application="\n".join(_rows("app")),
        never="\n".join(f"- {never}" for never in NEVER),
        fields="\n".join(_fields()),
        policy=json.dumps(
            {"firm": _EXAMPLE.firm, "client_id": _EXAMPLE.client_id, "authority": _EXAMPLE.authority}, indent=2
        ),
        linux=policy_file({}) if policy_file({}).parts[1] == "etc" else "/etc/companion/policy.json",
        consent=consent_link(_EXAMPLE),
        authority=plain.authority.split("/")[2],
        graph=plain.graph_url.split("/")[2],
        minutes=round(identity.MINUTES),
        secret=SECRET,
        service=SERVICE,
    )


def _rows(kind: str) -> Iterator[str]:
    """The permissions of a kind, a row each."""
    for scope in SCOPES:
        if scope.kind == kind:
            for name in scope.graph:
                yield f"| `{name}` | {scope.when} | {why(scope, name)} |"


def why(scope: Scope, name: str) -> str:
    """The reason of a permission; "" where nobody wrote one."""
    return reason_of(f"{name} (application)" if scope.kind == "app" else name)


def _fields() -> Iterator[str]:
    """Every name of the policy file, a row each."""
    for item in fields(Registration):
        if item.name not in ("fixed", "unclear"):
            option = f"`--{item.name.replace('_', '-')}`" if item.name in _SETTABLE else "policy file only"
            default = "`true`" if item.default is True else f"`{item.default}`" if item.default else "–"
            yield f"| `{item.name}` | {_FIELDS[item.name]} | {default} | {option} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(f"{PAGE.relative_to(ROOT)} is written")
