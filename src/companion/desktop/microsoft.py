"""Calendars in Microsoft 365: one's own, another mailbox, and how the firm's Microsoft knows this app."""

from collections.abc import Callable

from companion.basics.changes import Changes
from companion.calendars.signin import Registration
from companion.desktop.ask import Field
from companion.desktop.frame import Frame
from companion.desktop.signin import connect, copy_request
from companion.programme import microsoft
from companion.programme.model import House
from companion.words.language import t

Do = Callable[[], None]
TENANTS = "https://login.microsoftonline.com/"
COMMON = "organizations"  # any firm's people


def add_mine(frame: Frame, done: Do) -> None:
    """Sign in and read one's own calendar; asks first for what IT gives where that is not known."""
    _when_set_up(frame, lambda: connect(frame, done))


def add_mailbox(frame: Frame, done: Do) -> None:
    """Ask which mailbox, sign in, and read it: a programme's, or one that a colleague shared."""

    def asked(answers: dict[str, str]) -> None:
        if not answers["mailbox"]:  # without one, it would be one's own calendar that is read
            ask(answers, t("Its address is missing: without it there is no other mailbox to read."))
            return
        connect(
            frame, done, name=answers["name"], mailbox=answers["mailbox"], owner=answers["owner"],
            hosts=answers["hosts"] == "yes",
        )  # fmt: skip

    def ask(before: dict[str, str], said: str) -> None:
        frame.ask.form(
            t("Another mailbox"), said,
            [
                Field("mailbox", t("Its address"), hint="reviews@ferro.example"),
                Field("name", t("What it is called here"), start=before["name"], hint=t("as its address")),
                Field("owner", t("Whose it is, if one person's"), start=before["owner"],
                      hint="rosa.vidal@ferro.example"),
                Field("hosts", t("It holds the reviews of our hosts, not one person's days"), "check",
                      start=before["hosts"]),
            ],
            t("Sign in"), asked,
        )  # fmt: skip

    text = t("You sign in as yourself. It has to be shared with you: its owner or your IT does that.")
    _when_set_up(frame, lambda: ask({"name": "", "owner": "", "hosts": "yes"}, text))


def set_up(frame: Frame, then: Do = lambda: None) -> None:
    """Ask for what IT gives: the app's id, the firm's tenant, the way there; what a policy fixes is not asked."""
    frame.tasks.read(lambda house, _ticket: house.registration, lambda known: _ask_registration(frame, known, then))


def tenant_of(registration: Registration) -> str:
    """The firm's tenant as it is typed: "" for any firm, a whole address where it is not Microsoft's own."""
    authority = registration.authority.rstrip("/")
    if not authority.startswith(TENANTS):
        return authority
    tenant = authority.removeprefix(TENANTS)
    return "" if tenant == COMMON else tenant


def _when_set_up(frame: Frame, act: Do) -> None:
    def known(registration: Registration) -> None:
        if registration.client_id:
            act()
        else:
            _not_yet(frame, act)

    frame.tasks.read(lambda house, _ticket: house.registration, known)


def _not_yet(frame: Frame, act: Do) -> None:
    ways = {"have": lambda: set_up(frame, act), "ask": lambda: copy_request(frame)}
    frame.ask.choose(
        t("Microsoft 365 is not set up yet"),
        t("Your IT makes this app known to your firm's Microsoft, once, and gives you its id."),
        [
            ("ask", t("Copy the request for IT")),
            ("have", t("I have the app's id")),
        ],
        lambda key: ways[key](),
    )  # fmt: skip


def _ask_registration(frame: Frame, known: Registration, then: Do) -> None:
    def asked(answers: dict[str, str]) -> None:
        chosen = _chosen(answers)
        frame.tasks.write(
            lambda house, _ticket: microsoft.set_registration(house, **chosen), kept, rooms=Changes.PROGRAMME
        )

    def kept(house: House) -> None:
        frame.tasks.adopt(house)
        then()

    fields = [
        Field("client_id", t("The app's id (client id)"), start=known.client_id),
        Field("authority", t("Your firm's tenant"), start=tenant_of(known), hint=t("ferro.example, or its id")),
        Field("graph_url", t("Another cloud's address (rarely)"), start=_unless_usual(known, "graph_url"),
              hint=Registration.graph_url),
        Field("proxy", t("Proxy"), start=known.proxy, hint=t("as the system")),
        Field("ca_bundle", t("Certificates to trust as well (a PEM file)"), "file", start=known.ca_bundle),
    ]  # fmt: skip
    decided = ", ".join(field.label for field in fields if field.key in known.fixed)
    text = t("Your IT gives you these. They are no secrets.")
    if decided:
        text = t("{text} Your firm's policy decides: {what}.", text=text, what=decided)
    frame.ask.form(
        t("Microsoft 365"), text, [field for field in fields if field.key not in known.fixed], t("Save"), asked
    )


def _chosen(answers: dict[str, str]) -> dict[str, str]:
    """What was typed, with the tenant as the address to sign in at."""
    tenant = answers.get("authority", "")
    if tenant and "://" not in tenant:
        return {**answers, "authority": f"{TENANTS}{tenant}"}
    return answers


def _unless_usual(known: Registration, name: str) -> str:
    value = str(getattr(known, name))
    return "" if value == getattr(Registration, name) else value
