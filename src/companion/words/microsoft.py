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
        "Calendars.Read": mark(
            "to read the calendar of the person who signed in, and to ask who of our leaders is free for an open review"
        ),
        "Calendars.Read.Shared": mark("to read calendars that others shared with the person, as a programme mailbox"),
        "OnlineMeetings.Read": mark("to find the Teams meeting that belongs to a customer meeting"),
        "OnlineMeetingArtifact.Read.All": mark(
            "to read from the attendance report who of our own people joined; only of meetings the person organised"
        ),
        "Mail.Send": mark("to send takeaways and questions from the person's own mailbox"),
        "ChannelMessage.Send": mark("to post a takeaway in a Teams channel the person chose"),
        "Mail.Read": mark(
            "to find readers' answers in the mailbox the person names: subjects, and whole only mails with a code"
        ),
        "Mail.Read.Shared": mark(
            "the same in a shared mailbox: subjects, and whole only mails with a code of Companion's"
        ),
        "Calendars.Read (application)": mark("to read the programme's mailboxes without anybody signed in"),
        "OnlineMeetings.Read.All (application)": mark("to find the Teams meetings of the hosts named in a policy"),
        "OnlineMeetingArtifact.Read.All (application)": mark(
            "to read the attendance reports of the hosts named in a policy"
        ),
    }
)
_CONSENT = ("ms_consent_needed", "ms_consent_refused", "ms_admin_consent")
_REGISTRATION = ("ms_app_unknown", "ms_tenant_unknown", "ms_public_client_off", "ms_redirect_unknown")
NEVER = (
    mark("write to a calendar or answer an invitation"),
    mark("read mail, but for readers' answers in a mailbox that is named for them"),
    mark("read chats, files, transcripts or recordings"),
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
    registration: Known, scopes: Iterable[str], address: str = "", problem: Problem | None = None, *, mailbox: str = ""
) -> str:
    """A text one can mail to IT: what went wrong, what is asked for and why, and what is never asked for.

    `scopes` are Graph permissions such as Calendars.Read; `address` is whose account it is about, `mailbox` another
    one that it is to read. A consent is asked for only where one is lacking.
    """
    code = problem.code if problem is not None and problem.code != "ms_not_set_up" else ""
    if address:
        who = t("I would like to use Companion with my Microsoft 365 account {address}.", address=address)
    else:
        who = t("I would like to use Companion with my account at Microsoft 365.")
    lines = [t("Hello,"), "", who]
    if problem is not None and code:
        lines += [t("It says: {sentence}", sentence=sentence(problem))]
    lines += ["", *_asked(registration, code, problem, address, mailbox)]
    wanted = list(dict.fromkeys(scopes))
    if wanted and code in ("", *_CONSENT, *_REGISTRATION):
        lines += ["", t("It needs these delegated permissions of Microsoft Graph:")]
        lines += [f"- {scope}: {reason_of(scope)}" if reason_of(scope) else f"- {scope}" for scope in wanted]
    lines += ["", t("It never asks to:"), *(f"- {t(never)}" for never in NEVER), ""]
    lines += [t("App (client) id: {client}", client=registration.client_id or t("not registered yet"))]
    lines += [t("Authority and tenant: {authority}", authority=registration.authority)]
    lines += ["", t("More about it stands on the page For IT of Companion's documentation."), ""]
    return "\n".join(lines)


def _asked(registration: Known, code: str, problem: Problem | None, address: str, mailbox: str) -> list[str]:
    """What IT is asked to do, a paragraph."""
    facts = problem.facts if problem is not None else {}
    if not registration.client_id:
        return [t(
            "Please register the app in our tenant: a public client for Mobile and desktop applications, with the "
            "redirect address http://localhost and Allow public client flows set to Yes. Then send me its Application "
            "(client) ID and our tenant."
        )]  # fmt: skip
    if code == "ms_not_shared":
        return [t(
            "Please share the calendar of {mailbox} with {address}, with all details. No permission of the app and no "
            "consent is lacking.", mailbox=mailbox or t("the mailbox"), address=address or t("my account"),
        )]  # fmt: skip
    if code == "ms_not_assigned":
        return [t("Please assign me to the app. No consent is lacking.")]
    if code == "ms_mfa_needed":
        return [t(
            "Please look whether I have a second proof set up, and which rule wants it ({number}). No consent is "
            "lacking.", number=facts.get("number") or "-",
        )]  # fmt: skip
    if code == "ms_device_refused":
        return [t(
            "Please look which rule of Conditional Access refused the sign-in ({number}), and whether it can let me in "
            "from this computer. No consent is lacking.", number=facts.get("number") or "-",
        )]  # fmt: skip
    if code in _REGISTRATION:
        return [t(
            "Please compare the app's id and our tenant, below, with its registration. It should be enabled, a public "
            "client, and have the redirect address http://localhost for Mobile and desktop applications."
        )]  # fmt: skip
    if code and code not in _CONSENT:
        return [t("Please look into what it says.")]
    return [t("Please allow what it needs, for me or for the whole firm. An administrator can agree for the whole firm "
              "here: {link}", link=consent_link(registration))]  # fmt: skip
