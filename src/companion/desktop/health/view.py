"""Lays out how one calendar stands: the sentence on top, what is set aside, the last runs, the days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.calendars.model import Account, is_microsoft, mailbox_of
from companion.calendars.signin import APP
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel, Tone
from companion.programme.patience import FOR_IT, SIGNED_OUT_MYSELF
from companion.programme.views.calendars import CalendarHealth, CalendarsView, Spell
from companion.words import health as words
from companion.words.language import t, tn
from companion.words.ledger import ledger
from companion.words.problems import from_code, sentence

Open = Callable[[str], None]  # by the account's name
EXPLAINED = {"signin_other", "not_signed_in"}  # a password alone does not mend these
BY_ADDRESS = {"signin_other", "address_missing"}  # another password mends nothing
MOST_SPELLS, MOST_ASIDE = 10, 20
TONES: dict[str, Tone] = {
    "signed_out": "bad", "failing": "bad", "doubted": "warning", "set_aside": "warning", "not_read_lately": "warning",
}  # fmt: skip


def is_collected(account: Account) -> bool:
    """Whether the collector reads it, which never runs in a window: nothing here reads it, or signs in to it."""
    return account.user == APP and is_microsoft(account)


def tone(item: CalendarHealth, usual: Tone = "") -> Tone:
    """The tone of how it stands; what somebody chose is no alarm."""
    return "soft" if item.state.trouble == SIGNED_OUT_MYSELF else TONES.get(item.condition, usual)


@dataclass(frozen=True)
class Verbs:
    """What the page can be told to do."""

    read: Open
    test: Open
    password: Callable[[Account], None]
    address: Callable[[Account], None]
    believe: Open
    try_again: Open
    remove: Open
    sign_in: Callable[[Account], None]
    sign_out: Callable[[Account], None]
    request: Open
    reports: Callable[[Account], None]


def fill(column: Column, item: CalendarHealth, view: CalendarsView, verbs: Verbs) -> None:
    """Show one account."""
    column.begin()
    column.add(header(item.account.name, *_buttons(item, verbs)))
    column.add(PlainLabel(_facts(item), "soft", elide=True))
    column.add(_standing(item, view, verbs), 10)
    if item.aside:
        column.add(_aside_head(item, verbs), 18)
        column.add(_aside(item, view))
    column.section(t("The last runs"))
    column.add(_runs(item, view))
    column.section(t("What is read"))
    column.add(_days(item, view))
    column.add(_more(item, verbs), 8)
    column.end()


def _facts(item: CalendarHealth) -> str:
    """Whose calendar it is, what kind, and where."""
    account = item.account
    if is_microsoft(account) and account.name == account.owner:  # it stands above
        return _kind(account)
    whose = t("Calendar of our hosts") if account.hosts else t("Calendar of {owner}", owner=account.owner)
    return " · ".join(part for part in (whose, _kind(account), _place(item)) if part)


def _place(item: CalendarHealth) -> str:
    """Where it is: of a mailbox its address, unless that stands there already; else the server."""
    if not is_microsoft(item.account):
        return item.server
    mailbox = mailbox_of(item.account)
    return "" if mailbox == item.account.owner else mailbox


def _kind(account: Account) -> str:
    if is_microsoft(account):
        return t("Microsoft 365, read by the collector") if is_collected(account) else t("Microsoft 365")
    if account.kind == "caldav":
        return t("calendar server")
    return t("published calendar") if account.url.startswith(("http", "webcal")) else t("file")


def _buttons(item: CalendarHealth, verbs: Verbs) -> list[QWidget]:
    account, name = item.account, item.account.name
    if is_collected(account):
        return []
    buttons: list[QWidget] = [button(t("Test"), partial(verbs.test, name), says=t("Test {name}", name=name))]
    mend = _mend(item, verbs)
    read = button(t("Read now"), partial(verbs.read, name), filled=mend is None, says=t("Read {name} now", name=name))
    if mend is None:
        return [*buttons, read]
    label, act = mend
    return [*buttons, read, button(label, partial(act, account), filled=True, says=f"{label} {name}")]


def _mend(item: CalendarHealth, verbs: Verbs) -> tuple[str, Callable[[Account], None]] | None:
    """What a person has to give, or to say, before it can be read again."""
    if item.condition == "doubted":
        return t("It is right so…"), lambda account: verbs.believe(account.name)
    if item.condition != "signed_out":
        return None
    if is_microsoft(item.account):
        return t("Sign in"), verbs.sign_in
    if item.state.trouble in BY_ADDRESS:
        return t("Address…"), verbs.address
    return t("Password…"), verbs.password


def _explanation(item: CalendarHealth) -> str:
    """Why it cannot be read, where one sentence is not enough; "" otherwise."""
    cause = item.cause
    if cause is None or not (item.condition == "failing" or cause.code in EXPLAINED | FOR_IT):
        return ""
    return sentence(cause, "window")


def _standing(item: CalendarHealth, view: CalendarsView, verbs: Verbs) -> QWidget:
    lines: list[QWidget] = [PlainLabel(words.standing(item, view.now, view.zone), tone(item))]
    if is_collected(item.account):
        lines.append(PlainLabel(t("Ops read it, with the collector. What it finds comes here by itself."), "soft"))
    said = _explanation(item)
    if said:
        lines.append(PlainLabel(said, "soft"))
    cause = item.cause
    if cause is not None and cause.code in FOR_IT and not is_collected(item.account):
        ask = partial(verbs.request, item.account.name)
        lines.append(Flow([button(t("Copy the request for IT"), ask)]))
    return _lines(lines, 2 if len(lines) < 3 else 6)


def _lines(labels: Sequence[QWidget], spacing: int = 2) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    for label in labels:
        column.addWidget(label)
    return box


def _aside_head(item: CalendarHealth, verbs: Verbs) -> QWidget:
    name = item.account.name
    again = button(t("Try again"), partial(verbs.try_again, name),
                   says=t("Try again what was set aside of {name}", name=name))  # fmt: skip
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(PlainLabel(t("Set aside"), "section"), 1)
    row.addWidget(again)
    again.setVisible(not is_collected(item.account))
    return line


def _aside(item: CalendarHealth, view: CalendarsView) -> QWidget:
    card, rows = Card(margin=18), RowList()
    told = words.set_aside(item.aside, view.now, view.zone)
    for said, how in told[:MOST_ASIDE]:
        rows.add(Row(f"{said} {how}", _lines([PlainLabel(said), PlainLabel(how, "small")], 0)))
    card.add(rows)
    rest = len(told) - MOST_ASIDE
    if rest > 0:
        card.add(PlainLabel(tn("and {count} more", "and {count} more", rest), "small"))
    return card


def _runs(item: CalendarHealth, view: CalendarsView) -> QWidget:
    if not item.runs and item.quiet is None:
        if is_collected(item.account):
            return PlainLabel(t("It was not read yet."), "soft")
        return PlainLabel(t("It was not read yet. Read it now, or wait a moment: the app does so by itself."), "soft")
    card, rows = Card(margin=18), RowList()
    if item.quiet is not None:
        said = words.quiet(item.quiet, view.now, view.zone)
        rows.add(Row(said, PlainLabel(said)))
    for spell in item.spells[:MOST_SPELLS]:
        lines = _spell(spell, view, _explanation(item))
        says = ". ".join(label.text() for label in lines)
        rows.add(Row(says, _lines(lines, 0)))
    card.add(rows)
    return card


def _spell(spell: Spell, view: CalendarsView, above: str) -> list[PlainLabel]:
    """When and what changed; the ledger; what was skipped and why, but what stands above already."""
    run = spell.run
    news = words.changes(run.added, run.changed, run.removed)
    nothing = words.nothing(told=bool(run.problems), seen=run.ledger.seen)
    lines = [PlainLabel(words.begun(" · ".join([_when(spell, view), news or nothing])))]
    if run.ledger.seen:
        lines.append(PlainLabel(ledger(run.ledger), "small"))
    told = dict.fromkeys(from_code(problem["code"], problem["facts"], "window") for problem in run.problems)
    return [*lines, *(PlainLabel(text, "small") for text in told if text != above)]


def _when(spell: Spell, view: CalendarsView) -> str:
    run = spell.run
    when = words.stamp(run.started, view.now, view.zone)
    if spell.count > 1:
        first = words.stamp(spell.first, view.now, view.zone)
        return t("{first} to {last} · {count} times", first=first, last=when, count=spell.count)
    return f"{when} · {words.took(run.finished - run.started)}" if run.finished else when


def _days(item: CalendarHealth, view: CalendarsView) -> QWidget:
    state = item.state
    today = day_of(view.now, view.zone)
    days = words.days_read(state.first, state.last, today) or t("No day was read yet.")
    lines: list[QWidget] = [PlainLabel(days)]
    if state.last_full is not None:
        when = words.moment(state.last_full, view.now, view.zone)
        lines.append(PlainLabel(t("Everything in it was listed last {moment}.", moment=when), "small"))
    return _lines(lines)


def _more(item: CalendarHealth, verbs: Verbs) -> QWidget:
    name = item.account.name
    rare = [link(t("Remove…"), partial(verbs.remove, name), says=t("Remove {name}…", name=name), soft=True)]
    if is_microsoft(item.account):
        if not is_collected(item.account) and item.condition != "signed_out":
            out = partial(verbs.sign_out, item.account)
            rare.insert(0, link(t("Sign out…"), out, says=t("Sign out of {name}…", name=name), soft=True))
            says = t("Who joined the meetings of {name}…", name=name)
            rare.insert(0, link(t("Who joined…"), partial(verbs.reports, item.account), says=says, soft=True))
    elif item.state.trouble not in BY_ADDRESS:
        move = partial(verbs.address, item.account)
        rare.insert(0, link(t("Address…"), move, says=t("Change the address of {name}…", name=name), soft=True))
    return Flow(rare, spacing=16)
