"""Seats on their way, below the seats: how far each is in a sentence, and what can be done about it."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.attendance.offers import OPEN
from companion.basics.clock import day_of
from companion.desktop.meetings.verbs import Verbs
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.chip import Chip
from companion.desktop.widgets.column import header
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.rows import Row
from companion.desktop.widgets.text import PlainLabel
from companion.programme.presence import Waiting
from companion.programme.views.meetings import MeetingRow
from companion.programme.views.row_offers import OfferView
from companion.words.dates import day_month
from companion.words.language import mark, t
from companion.words.offers import NO_REASONS, refused_of, why_unsure

MOST_LINES = 6  # of a mail
STATES: dict[str, str] = {
    "host": mark("{asked} was asked on {day}, as the host; no answer yet."),
    "nobody": mark("No host is known who could be asked: who runs the programme answers."),
    "offered": mark("{asked} was asked on {day}; no answer yet."),
    "vetoed": mark("The host said no on {day}."),
    "accepted": mark("Said yes on {day}."),
    "declined": mark("{name} said no on {day}."),
    "withdrawn": mark("Taken back on {day}."),
}


def shown(row: MeetingRow) -> list[OfferView]:
    """What waits, and the last answer of each; what became a seat stands above already."""
    seated = {seat.person_id for seat in row.seats if seat.state in ("accepted", "attended")}
    last: dict[str, OfferView] = {}
    for one in row.offers:  # the last first
        last.setdefault(one.offer.person_id, one)
    return [one for one in last.values() if one.offer.state in OPEN or
            (not row.past and one.offer.state != "accepted" and one.offer.person_id not in seated)]  # fmt: skip


def sentence(one: OfferView, zone: str, now: datetime) -> str:
    """How far it is: Rosa Vidal was asked on 20 November, as the host; no answer yet."""
    offer = one.offer
    day = day_month(day_of(offer.since, zone), day_of(now, zone))
    code = "nobody" if offer.state == "host" and not one.asked else offer.state
    said = t(STATES[code], asked=one.asked, name=one.name, day=day)
    reason = t(NO_REASONS[offer.reason]) if offer.reason in NO_REASONS else offer.reason
    return t("{said} Reason: {reason}.", said=said, reason=reason.rstrip(".")) if reason else said


def offer_row(one: OfferView, zone: str, now: datetime, verbs: Verbs) -> Row:
    """One seat on its way."""
    name = t("{name} (you)", name=one.name) if one.me else one.name
    label = PlainLabel(name, "strong" if one.me else "")
    label.setWordWrap(False)
    words = QWidget()
    lines = QVBoxLayout(words)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    waits = one.offer.state in OPEN
    chip = Chip(t("waits for the host") if one.offer.state == "host" else t("asked") if waits else t("open"),
                "warning" if waits else "")  # fmt: skip
    lines.addWidget(Flow([label, chip], spacing=8))
    said = sentence(one, zone, now)
    lines.addWidget(PlainLabel(" · ".join(part for part in (one.team, said) if part), "small"))
    for told in (why_unsure(one.unsure) if one.unsure else "",
                 refused_of(one.refused, one.mailed_by) if one.refused else ""):  # fmt: skip
        if told:
            said = f"{said} {told}"
            lines.addWidget(PlainLabel(told, "warning"))
    return Row(f"{name}. {said}", words, list(_buttons(one, verbs)))


def _buttons(one: OfferView, verbs: Verbs) -> Iterator[QWidget]:
    key, name = one.offer.id, one.name
    if one.offer.state == "offered" and one.may_answer and one.for_them:
        yield button(t("Said yes…"), partial(verbs.answer_for, key, True), says=t("{name} said yes", name=name))
        yield button(t("Said no…"), partial(verbs.answer_for, key, False), says=t("{name} said no", name=name))
    elif one.offer.state == "offered" and one.may_answer:
        yield button(t("Yes"), partial(verbs.answer_offer, key, True), says=t("Yes, {name} takes the seat", name=name))
        yield button(t("No…"), partial(verbs.no_with_words, key), says=t("No, {name} does not take it", name=name))
    elif one.offer.state == "host" and one.may_allow:
        yield button(t("Yes"), partial(verbs.allow, key, True), says=t("Yes, {name} may sit in", name=name))
        yield button(t("No"), partial(verbs.allow, key, False), says=t("No, {name} may not sit in", name=name))
    if one.may_withdraw and one.offer.state in OPEN:
        says = t("Take back what {name} was asked", name=name)
        yield link(t("Take it back…"), partial(verbs.withdraw, key), says=says)


def mail_row(mail: Waiting, zone: str, now: datetime, verbs: Verbs) -> Row:
    """A mail on who was there that nobody could read to its end: its lines, and that somebody looked."""
    day = day_month(day_of(mail.told.at, zone), day_of(now, zone))
    who = mail.person or mail.told.sender
    said = t("{name} answered by mail on {day}. Not all of it could be read:", name=who, day=day)
    if mail.told.sender:
        said = t("A mail of {day} in the name of {name} came from {sender}; nobody knows whether it is theirs:",
                 day=day, name=mail.person, sender=mail.told.sender)  # fmt: skip
    words = QWidget()
    lines = QVBoxLayout(words)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addWidget(PlainLabel(said))
    for line in mail.lines[:MOST_LINES]:
        lines.addWidget(PlainLabel(t("“{line}”", line=line), "small"))
    done = button(t("Seen"), partial(verbs.settle, mail.told.id), says=t("I have seen the mail of {name}", name=who))
    return Row(f"{said} {' '.join(mail.lines)}", words, [done])


def invitation(row: MeetingRow, verbs: Verbs) -> list[QWidget]:
    """Once somebody comes: a line for the invitation and a paragraph for the customer, each to be copied."""
    found: list[QWidget] = []
    for one in row.offers:
        for title, text in ((t("Line for the invitation"), one.line), (t("Paragraph for the customer"), one.paragraph)):
            if text:
                copy = button(t("Copy"), partial(verbs.copy, text),
                              says=t("Copy: {what}, {name}", what=title, name=one.name))  # fmt: skip
                found.append(header(PlainLabel(text), copy, below=[PlainLabel(title, "small")]))
    return found
