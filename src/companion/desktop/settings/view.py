"""Lays out Settings, section by section."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from companion.basics.settings import Settings
from companion.calendars.model import Account, is_microsoft
from companion.calendars.signin import Registration
from companion.desktop.health.view import is_collected
from companion.desktop.settings.words import account_line, channel_line, ledger_line, microsoft_line, person_line
from companion.desktop.widgets.buttons import button, menu_button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.lines import two
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.channels import BY_PERSON, WEBHOOKS
from companion.programme.proposal import level
from companion.programme.views.calendars import CalendarHealth
from companion.programme.views.settings import SettingsView
from companion.takeaways.model import MAILS, Channel
from companion.words.language import mark, t, tn
from companion.words.rules import points

Do = Callable[[], None]
Open = Callable[[str], None]
FEW = 8  # people, and calendars, shown before all are asked for
SECTIONS = {  # what stands above the page, and what above the section
    "you": (mark("You"), mark("You and this window")),
    "reminders": (mark("Reminders"), mark("Reminders")),
    "assistants": (mark("Assistants"), mark("Who may act for you")),
    "calendars": (mark("Calendars"), mark("Calendars")),
    "privacy": (mark("Privacy"), mark("What was read, and what was dropped")),
    "copy": (mark("Copy of notes"), mark("A copy of your notes")),
    "people": (mark("People"), mark("People")),
    "channels": (mark("Channels"), mark("Where takeaways go")),
    "programme": (mark("Programme"), mark("Programme")),
}
_OTHERS = {
    "teams": mark("Teams, by a workflow…"),
    "graph_channel": mark("Teams, under your own name…"),
    "slack": mark("Slack…"),
    "graph_mail": mark("Mail from your own mailbox…"),
}
LOOKS = ("system", "light", "dark")


@dataclass(frozen=True)
class Verbs:
    """What Settings can be told to do."""

    me: Do
    look: Open
    language: Do
    role: Open
    calendar: Open  # by the account's id
    add_calendar: Do
    read_calendar: Open
    test_calendar: Open
    remove_calendar: Open
    import_people: Do
    all_people: Do
    invite: Do
    add_site: Do
    add_mail: Do
    add_channel: Open  # by its kind: teams, slack, graph_mail, graph_channel
    channel_address: Open
    channel_password: Callable[[Channel], None]  # of a mail server
    channel_sign_in: Callable[[Channel], None]
    outbox: Do
    post: Open  # by the channel's name, "" for none
    test_channel: Open
    remove_channel: Open
    programme: Do
    rules: Do
    questions: Do  # of a note
    share: Callable[[tuple[str, ...]], None]  # meeting ids
    all_calendars: Do
    sign_in: Callable[[Account], None]
    sign_out: Callable[[Account], None]
    set_up: Do  # how the firm's Microsoft knows this app
    held: Open  # what is held about me, or the data sheet
    statement: Do  # my own


def fill(
    column: Column, view: SettingsView, choices: Settings, registration: Registration, now: datetime, verbs: Verbs,
    *, whole: frozenset[str], mine: Mapping[str, QWidget],
) -> Mapping[str, QWidget]:  # fmt: skip
    """Show Settings, long lists cut but those in `whole`; the section labels by key, to go to.

    `mine`: the sections about me alone, by key.
    """
    column.begin()
    panels = {
        **mine,
        "you": _you(view, choices, verbs),
        "calendars": _calendars(view, registration, now, verbs, "calendars" in whole),
        "privacy": _privacy(view, verbs),
        "people": _people(view, verbs, "people" in whole),
        "channels": _channels(view, verbs),
        "programme": _programme(view, verbs),
    }
    sections: dict[str, QWidget] = {}
    for key, (_short, title) in SECTIONS.items():
        sections[key] = column.section(t(title), 0 if not sections else 18)
        column.add(panels[key])
    column.end()
    return sections


def _you(view: SettingsView, choices: Settings, verbs: Verbs) -> QWidget:
    card, rows = Card(margin=18), RowList()
    me = view.me or t("Nobody has said yet")
    rows.add(Row(t("You"), two(t("You"), me), [button(t("Change…"), verbs.me, says=t("Change who you are"))]))
    looks = {"system": t("As the system"), "light": t("Light"), "dark": t("Dark")}
    pick = menu_button(
        looks.get(choices.look, looks["system"]),
        [(looks[key], partial(verbs.look, key)) for key in LOOKS],
        says=t("Light or dark: {now}", now=looks.get(choices.look, looks["system"])),
    )
    rows.add(Row(t("Light or dark"), two(t("Light or dark"), ""), [pick]))
    rows.add(
        Row(
            t("Language"),
            two(t("Language"), choices.language or t("as the system")),
            [button(t("Change…"), verbs.language, says=t("Change the language"))],
        )
    )
    ops = choices.role == "ops"
    said = t("Board and Customers stand in the list") if ops else t("Home, Meetings and Read stand in the list")
    other = button(t("Not any more") if ops else t("I do"), partial(verbs.role, "leader" if ops else "ops"),
                   says=t("Change whether you run the programme"))  # fmt: skip
    rows.add(Row(t("You run the programme"), two(t("You run the programme"), said), [other]))
    card.add(rows)
    return card


def _calendars(view: SettingsView, registration: Registration, now: datetime, verbs: Verbs, whole: bool) -> QWidget:
    card, rows = Card(margin=18), RowList()
    shown = view.accounts if whole else view.accounts[:FEW]
    for item in shown:
        name = item.account.name
        line, tone = account_line(item, now, view.programme.zone)
        more = menu_button(t("More"), _for_calendar(item, verbs), says=t("More for {name}", name=name))
        row = Row(f"{name}, {line}", two(name, line, tone), [more], press=True)
        rows.add(row, partial(verbs.calendar, item.account.id))
    if not view.accounts:
        rows.add(Row("", PlainLabel(t("No calendar is connected yet."), "soft")))
    rows.add(_microsoft(registration, verbs))
    card.add(rows)
    buttons = [button(t("Add a calendar…"), verbs.add_calendar, filled=True)]
    if view.accounts:
        buttons.append(button(t("How they stand"), partial(verbs.calendar, ""), says=t("How the calendars stand")))
    if len(view.accounts) > len(shown):
        buttons.append(button(t("Show all {count}", count=len(view.accounts)), verbs.all_calendars))
    card.add(Flow(buttons, spacing=8))
    if not view.secrets_lasting:
        card.add(
            PlainLabel(
                t("This system keeps no secrets safely: passwords and sign-ins are held until you close the window."),
                "warning",
            )
        )
    return card


def _for_calendar(item: CalendarHealth, verbs: Verbs) -> list[tuple[str, Do]]:
    """What can be done with a calendar, the rarest last."""
    account, name = item.account, item.account.name
    remove = (t("Remove…"), partial(verbs.remove_calendar, name))
    if is_collected(account):
        return [remove]
    found: list[tuple[str, Do]] = [
        (t("Read now"), partial(verbs.read_calendar, name)),
        (t("Test"), partial(verbs.test_calendar, name)),
    ]
    if is_microsoft(account):
        if item.condition == "signed_out":
            found.insert(0, (t("Sign in"), partial(verbs.sign_in, account)))
        else:
            found.append((t("Sign out…"), partial(verbs.sign_out, account)))
    return [*found, remove]


def _microsoft(registration: Registration, verbs: Verbs) -> Row:
    """How the firm's Microsoft knows this app; what a policy decides is shown and not offered to be changed."""
    title, line = t("Microsoft 365"), microsoft_line(registration)
    if "client_id" in registration.fixed and "authority" in registration.fixed:
        return Row(f"{title}, {line}", two(title, line))
    label = t("Change…") if registration.client_id else t("Set up…")
    return Row(f"{title}, {line}", two(title, line), [button(label, verbs.set_up, says=t("Set up Microsoft 365"))])


def _privacy(view: SettingsView, verbs: Verbs) -> QWidget:
    card = Card(margin=18)
    card.add(PlainLabel(ledger_line(view.ledger)))
    card.add(
        PlainLabel(
            t("Of what was dropped nothing is kept but these counts. Your notes stay on this computer until you "
              "publish something of them."), "small",
        )
    )  # fmt: skip
    if view.waiting:
        card.add(PlainLabel(tn("{count} thing waits to reach the workspace.", "{count} things wait to reach the "
                               "workspace.", view.waiting), "small"))  # fmt: skip
    if view.asking:
        rows = RowList()
        for item in view.asking:
            yes = button(
                t("Yes, share it"), partial(verbs.share, item.ids), says=t("Yes, share {title}", title=item.title)
            )
            said = t("waits for your yes before anybody else sees it")
            rows.add(Row(f"{item.title}, {said}", two(item.title, said), [yes]))
        card.add(rows)
    card.add(_told(verbs))
    card.add(PlainLabel(t("Everything on this computer is in {folder}", folder=view.home), "small"))
    return card


def _told(verbs: Verbs) -> RowList:
    """Where everybody finds what is held about them, and under which agreement."""
    rows = RowList()
    for title, line, act in (
        (t("What is held about me"), t("in the workspace and on this computer"), partial(verbs.held, "mine")),
        (t("My statement"), t("my meetings, what counted, what did not, and why"), verbs.statement),
        (t("Data sheet"), t("for a works council; and the agreement under which names are shown"),
         partial(verbs.held, "sheet")),
    ):  # fmt: skip
        opens = button(t("Open"), act, says=t("Open: {what}", what=title))
        rows.add(Row(f"{title}, {line}", two(title, line), [opens]))
    return rows


def _people(view: SettingsView, verbs: Verbs, everyone: bool) -> QWidget:
    card, rows = Card(margin=18), RowList()
    shown = view.people if everyone else view.people[:FEW]
    for person in shown:
        line = person_line(person)
        rows.add(Row(f"{person.name}, {line}", two(person.name, line)))
    if not view.people:
        rows.add(Row("", PlainLabel(t("Nobody is known yet. A table of names, addresses, teams and roles is enough."))))
    card.add(rows)
    buttons = [button(t("Import people…"), verbs.import_people), button(t("Write an invitation…"), verbs.invite)]
    if len(view.people) > len(shown):
        buttons.append(button(t("Show all {count}", count=len(view.people)), verbs.all_people))
    card.add(Flow(buttons, spacing=8))
    return card


def _channels(view: SettingsView, verbs: Verbs) -> QWidget:
    card, rows = Card(margin=18), RowList()
    rows.add(Row("", two(t("The Read page, and Copy for mail or Teams"), t("always there, nothing to set up"))))
    for channel in view.channels:
        post = channel.id == view.programme.post
        more = menu_button(
            t("More"), _for_channel(channel, post, verbs), says=t("More for {name}", name=channel.name)
        )  # fmt: skip
        line = channel_line(channel) + (t(" · the programme writes its letters by it") if post else "")
        rows.add(Row(f"{channel.name}, {line}", two(channel.name, line), [more]))
    card.add(rows)
    others = menu_button(
        t("Add another…"), [(t(label), partial(verbs.add_channel, kind)) for kind, label in _OTHERS.items()],
        says=t("Add Teams, Slack or Microsoft mail"),
    )  # fmt: skip
    site, mail = button(t("Add a site…"), verbs.add_site), button(t("Add a mail server…"), verbs.add_mail)
    sent = button(t("Show the outbox"), verbs.outbox)
    card.add(Flow([site, mail, others, sent], spacing=8))
    return card


def _for_channel(channel: Channel, post: bool, verbs: Verbs) -> list[tuple[str, Do]]:
    """What can be done with a channel, the rarest last."""
    found: list[tuple[str, Do]] = [(t("Test"), partial(verbs.test_channel, channel.name))]
    if channel.kind in MAILS:
        label = t("Write no letters by it") if post else t("Let the programme write by it")
        found.append((label, partial(verbs.post, "" if post else channel.name)))
    if channel.kind == "smtp":
        found.append((t("New password…"), partial(verbs.channel_password, channel)))
    if channel.kind in WEBHOOKS:
        found.append((t("New address…"), partial(verbs.channel_address, channel.name)))
    if channel.kind in BY_PERSON:
        found.append((t("Sign in here…"), partial(verbs.channel_sign_in, channel)))
    return [*found, (t("Remove…"), partial(verbs.remove_channel, channel.name))]


def _programme(view: SettingsView, verbs: Verbs) -> QWidget:
    programme = view.programme
    card, rows = Card(margin=18), RowList()
    parts = [
        t("our domains: {domains}", domains=", ".join(programme.our_domains)) if programme.our_domains else "",
        t("days by the clock of {zone}", zone=programme.zone),
        t("since {day}", day=programme.start.isoformat()) if programme.start else "",
    ]
    line = " · ".join(part for part in parts if part)
    change = button(t("Change…"), verbs.programme, says=t("Change the programme"))
    rows.add(Row(programme.name, two(programme.name or t("Without a name yet"), line), [change]))
    counts = t("What counts as a customer meeting")
    sure = points(level(programme.threshold), programme.threshold)
    see = button(t("Open"), verbs.rules, says=t("Open: {what}", what=counts))
    rows.add(Row(f"{counts}, {sure}", two(counts, sure), [see]))
    asked, when = t("Questions of a note"), t("what a listener is asked afterwards")
    open_them = button(t("Open"), verbs.questions, says=t("Open: {what}", what=asked))
    rows.add(Row(f"{asked}, {when}", two(asked, when), [open_them]))
    card.add(rows)
    return card
