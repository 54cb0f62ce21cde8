"""What Settings says of an account, a channel, a person and the import ledger."""

from datetime import datetime

from companion.calendars.model import Ledger
from companion.people.model import Person
from companion.programme.views.settings import AccountView
from companion.takeaways.audience import say
from companion.takeaways.model import Channel
from companion.words.dates import ago
from companion.words.language import mark, t, tn
from companion.words.ledger import ledger as ledger_words
from companion.words.problems import from_code

ROLES = {
    "leader": mark("leader"),
    "host": mark("host"),
    "ops": mark("runs the programme"),
    "staff": mark("staff"),
}


def account_line(item: AccountView, now: datetime) -> tuple[str, str]:
    """Whose calendar it is and how its last reading went; and "bad" where it failed."""
    whose = t("of our hosts") if item.account.hosts else item.account.owner
    state = item.state
    if state.trouble:
        facts = dict(item.runs[0].problems[0].get("facts", {})) if item.runs and item.runs[0].problems else {}
        return f"{whose} · {from_code(state.trouble, facts)}", "bad"
    if state.last_ok is None:
        return t("{whose} · not read yet", whose=whose), ""
    kept = tn("{count} meeting", "{count} meetings", item.kept)
    return t("{whose} · read {ago} · {kept} kept", whose=whose, ago=ago(state.last_ok, now), kept=kept), ""


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
    folder = channel.config.get("dir", "")
    audience = say(channel.audience or "company")
    return t("site {audience}, in {folder}", audience=audience, folder=folder)


def person_line(person: Person) -> str:
    """Team, role and address."""
    role = t(ROLES[person.kind]) if person.kind in ROLES else person.role
    return " · ".join(part for part in (person.team, role, person.email) if part)
