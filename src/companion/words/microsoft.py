"""What the app asks of Microsoft, in words: the reason of each permission, and the request one can mail to IT."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from companion.basics.errors import Problem
from companion.words.language import mark, t
from companion.words.problems import sentence

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "User.Read": mark("to know who signed in (name and address), nothing else"),
        "Calendars.Read": mark("to read the calendar of the person who signed in"),
        "Calendars.Read.Shared": mark("to read calendars that others shared with the person, as a programme mailbox"),
        "OnlineMeetings.Read": mark("to find the Teams meeting that belongs to a customer meeting"),
        "OnlineMeetingArtifact.Read.All": mark(
            "to read from the attendance report who of our own people joined; only of meetings the person organised"
        ),
        "Mail.Send": mark("to send takeaways and questions from the person's own mailbox"),
        "ChannelMessage.Send": mark("to post a takeaway in a Teams channel the person chose"),
        "Calendars.Read (application)": mark("to read the programme's mailboxes without anybody signed in"),
        "OnlineMeetings.Read.All (application)": mark("to find the Teams meetings of the hosts named in a policy"),
        "OnlineMeetingArtifact.Read.All (application)": mark(
            "to read the attendance reports of the hosts named in a policy"
        ),
    }
)
NEVER = (
    mark("write to a calendar or answer an invitation"),
    mark("read mail, chats, files, transcripts or recordings"),
    mark("read the directory of the firm"),
)


class Known(Protocol):
    """How the firm's Microsoft knows this app."""

    @property
    def client_id(self) -> str: ...
    @property
    def authority(self) -> str: ...
    @property
    def firm(self) -> str: ...


def reason_of(scope: str) -> str:
    """Why a permission is asked for, in the reader's language; "" for one that is not ours."""
    return t(REASONS[scope]) if scope in REASONS else ""


def consent_link(registration: Known) -> str:
    """Where an administrator agrees for the whole firm; "" where no app is registered."""
    if not registration.client_id:
        return ""
    return f"{registration.authority.rstrip('/')}/adminconsent?client_id={registration.client_id}"


def request_for_it(
    registration: Known, scopes: Iterable[str], address: str = "", problem: Problem | None = None
) -> str:
    """A text one can mail to IT: what went wrong, which permissions are wanted and why, and what is never asked for.

    `scopes` are Graph permissions such as Calendars.Read; `address` is whose account it is about.
    """
    lines = [t("Hello,"), ""]
    lines += [t("I would like to use Companion with my Microsoft 365 account {address}.", address=address or "…")]
    if problem is not None:
        lines += [t("It says: {sentence}", sentence=sentence(problem))]
    wanted = list(dict.fromkeys(scopes))
    if wanted:
        lines += ["", t("It needs these delegated permissions of Microsoft Graph:")]
        lines += [f"- {scope}: {reason_of(scope)}" if reason_of(scope) else f"- {scope}" for scope in wanted]
    lines += ["", t("It never asks to:"), *(f"- {t(never)}" for never in NEVER), ""]
    lines += [t("App (client) id: {client}", client=registration.client_id or t("not registered yet"))]
    lines += [t("Authority and tenant: {authority}", authority=registration.authority)]
    if link := consent_link(registration):
        lines += [t("An administrator can agree for the whole firm here: {link}", link=link)]
    lines += ["", t("More about it stands on Companion's page for IT, docs/for-it.md."), ""]
    return "\n".join(lines)
