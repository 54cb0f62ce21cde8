"""What Settings says of an account, a channel, a person and the import ledger."""

from datetime import datetime

from companion.calendars.model import Ledger, is_microsoft
from companion.calendars.signin import Registration
from companion.desktop.health.view import tone
from companion.desktop.microsoft import tenant_of
from companion.desktop.widgets.text import Tone
from companion.people.model import Person
from companion.programme.views.calendars import CalendarHealth
from companion.takeaways.audience import say
from companion.takeaways.model import Channel
from companion.words.channels import kind_name, where
from companion.words.health import standing
from companion.words.language import mark, t
from companion.words.ledger import ledger as ledger_words

ROLES = {
    "leader": mark("leader"),
    "host": mark("host"),
    "ops": mark("runs the programme"),
    "staff": mark("staff"),
}


def account_line(item: CalendarHealth, now: datetime, zone: str) -> tuple[str, Tone]:
    """Whose calendar it is and how it stands; and in which tone, as on its own page."""
    account = item.account
    whose = t("of our hosts") if account.hosts else account.owner
    if is_microsoft(account):
        whose = " · ".join([t("Microsoft 365")] + ([whose] if whose != account.name else []))
    return f"{whose} · {standing(item, now, zone)}", tone(item, "small")


def microsoft_line(registration: Registration) -> str:
    """Whether one can sign in with Microsoft, and who decided how."""
    if not registration.client_id:
        return t("Not set up. Your IT makes this app known to your firm's Microsoft, once.")
    app = t("app {client}", client=registration.client_id)
    tenant = tenant_of(registration) or t("any firm's people")
    if "client_id" in registration.fixed:
        firm = registration.firm
        how = t("Set up by {firm}", firm=firm) if firm else t("Set up by your firm's policy")
    else:
        how = t("Set up here")
    return f"{how} · {app} · {tenant}"


def ledger_line(ledger: Ledger) -> str:
    """Seen 412 · private 31 dropped · not a customer meeting 370 dropped · kept 11."""
    said = ledger_words(ledger)
    return said[:1].upper() + said[1:]


def channel_line(channel: Channel) -> str:
    """What a channel is and for whom."""
    if channel.kind == "smtp":
        return t(
            "mail by {host}, from {sender}", host=channel.config.get("host", ""), sender=channel.config.get("from", "")
        )
    audience = say(channel.audience or "company")
    if channel.kind == "graph_mail":
        return t("mail as {user}, by Microsoft 365", user=channel.config.get("user", ""))
    if channel.kind not in ("site", "folder"):
        kind, place = kind_name(channel.kind), where(channel.config)
        return t("{kind} {audience}, by {place}", kind=kind, audience=audience, place=place)
    folder = channel.config.get("dir", "")
    return t("site {audience}, in {folder}", audience=audience, folder=folder)


def person_line(person: Person) -> str:
    """Team, role and address."""
    role = t(ROLES[person.kind]) if person.kind in ROLES else person.role
    return " · ".join(part for part in (person.team, role, person.email) if part)
