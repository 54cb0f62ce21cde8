"""Every permission the app may ask for, each with its reason; never one that writes to a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from companion.calendars.signin import Registration
from companion.words.language import mark

SIGN_IN = ("User.Read",)
OWN_CALENDAR = ("Calendars.Read",)
SHARED_CALENDAR = ("Calendars.Read.Shared",)
JOIN_REPORTS = ("OnlineMeetings.Read", "OnlineMeetingArtifact.Read.All")
SEND_MAIL = ("Mail.Send",)
CHANNEL_MESSAGE = ("ChannelMessage.Send",)
READ_ANSWERS = ("Mail.Read",)
READ_SHARED_ANSWERS = ("Mail.Read.Shared",)
_GLOBAL = "https://graph.microsoft.com"


@dataclass(frozen=True)
class Scope:
    """One purpose: the Graph permissions it takes, of which kind, and when they are first asked for."""

    name: str
    graph: tuple[str, ...]
    kind: Literal["delegated", "app"]
    when: str  # a sentence of `words`


SCOPES = (
    Scope("sign_in", SIGN_IN, "delegated", mark("at the first sign-in")),
    Scope("own_calendar", OWN_CALENDAR, "delegated", mark("when a person connects their own calendar")),
    Scope(
        "shared_calendar", SHARED_CALENDAR, "delegated",
        mark("when a programme mailbox, a shared calendar or a host's calendar is connected"),
    ),
    Scope("join_reports", JOIN_REPORTS, "delegated", mark("when looking for who joined is turned on")),
    Scope("send_mail", SEND_MAIL, "delegated", mark("when somebody sends takeaways from their own mailbox")),
    Scope(
        "channel_message", CHANNEL_MESSAGE, "delegated",
        mark("when somebody posts takeaways in a Teams channel under their own name"),
    ),
    Scope("read_answers", READ_ANSWERS, "delegated", mark("when a mailbox that takes readers' answers is connected")),
    Scope(
        "read_shared_answers", READ_SHARED_ANSWERS, "delegated",
        mark("when that mailbox is a shared one"),
    ),
    Scope("collector_calendar", ("Calendars.Read",), "app", mark("only where IT sets up the collector")),
    Scope(
        "collector_reports", ("OnlineMeetings.Read.All", "OnlineMeetingArtifact.Read.All"), "app",
        mark("only where the collector also reads who joined"),
    ),
)  # fmt: skip


def graph_scopes(needs: Iterable[str]) -> tuple[str, ...]:
    """Graph permissions for purposes (`own_calendar`) or permissions (`Calendars.Read`), each once."""
    named = {scope.name: scope.graph for scope in SCOPES if scope.kind == "delegated"}
    return tuple(dict.fromkeys(part for need in needs for part in named.get(need, (need,))))


def asked(registration: Registration, scopes: Iterable[str]) -> list[str]:
    """Permissions as the identity provider wants them: with the root of another cloud's Graph before them."""
    root = registration.graph_url.rstrip("/")
    return [scope if root == _GLOBAL else f"{root}/{scope}" for scope in scopes]
