"""Rows of Home about seats on their way: an offer to me, and what my meetings ask of me."""

from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.home.verbs import Verbs
from companion.desktop.widgets.buttons import button, link, menu_button
from companion.desktop.widgets.rows import Row
from companion.desktop.widgets.text import PlainLabel, Sentence
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.presence import HostAsk
from companion.programme.views.home_seats import Leaving, SeatOffer, Seats, SitIn
from companion.words.dates import day_month, span
from companion.words.language import mark, t, tn
from companion.words.offers import refused_mine, unsure_mine

MOST_ASKED = 3  # meetings of mine at a time
CAME: dict[str, str] = {
    "ops": mark("who runs the programme proposed you"),
    "plan": mark("the plan of the programme has you there"),
    "swap": mark("{name} would give you the seat"),
    "handover": mark("the seat was {name}'s"),
}
WHY_NOT: tuple[tuple[str, str], ...] = (
    ("workload", mark("Too much to do")),
    ("clash", mark("I am elsewhere then")),
    ("conflict", mark("A conflict of interest")),
    ("leave", mark("I am on leave")),
)


def offer_rows(seats: Seats, zone: str, now: datetime, verbs: Verbs) -> list[Row]:
    """The seats that are offered to me."""
    return [_offer(item, zone, now, verbs) for item in seats.offers]


def host_rows(seats: Seats, zone: str, now: datetime, verbs: Verbs) -> list[Row]:
    """Who would like to sit in meetings of mine."""
    return [_host(item, zone, now, verbs) for item in seats.sit_ins]


def _offer(item: SeatOffer, zone: str, now: datetime, verbs: Verbs) -> Row:
    name = item.customer.name or item.meeting.title
    words = Sentence(mark("A seat for you: {customer}, {when}"), strong=("customer",), customer=name,
                     when=_when(item.meeting, zone, now))  # fmt: skip
    below = _why(item, day_of(now, zone))
    no = [(t(text), partial(verbs.answer_offer, item.offer_id, False, code)) for code, text in WHY_NOT]
    no.append((t("Something else…"), partial(verbs.no_with_words, item.offer_id)))
    no.append((t("Let somebody else have it…"), partial(verbs.swap, item.meeting.id)))
    return Row(f"{words.accessibleName()}. {below}", _two(words, below), [
        link(t("Open"), partial(verbs.meeting, item.meeting.id), says=t("Open the meeting with {name}", name=name)),
        button(t("Yes"), partial(verbs.answer_offer, item.offer_id, True, ""),
               says=t("Yes, I take the seat at {name}", name=name)),
        menu_button(t("No…"), no, says=t("No to the seat at {name}, with a reason", name=name)),
    ])  # fmt: skip


def _why(item: SeatOffer, today: date) -> str:
    """Who offers it and why me, in one line."""
    parts = [t("hosted by {name}", name=item.host)] if item.host else []
    if item.came in CAME and ("{name}" not in CAME[item.came] or item.instead_of):
        parts.append(t(CAME[item.came], name=item.instead_of))
    if item.new:
        parts.append(t("you have never heard them"))
    if item.needs:
        parts.append(tn("you need {count} more this year", "you need {count} more this year", item.needs))
    if item.until:
        parts.append(t("please answer by {day}", day=day_month(item.until, today)))
    said = "; ".join(parts)
    return said[:1].upper() + said[1:] + "." if said else ""


def _host(item: SitIn, zone: str, now: datetime, verbs: Verbs) -> Row:
    customer = item.customer.name or item.meeting.title
    name = t("{name} ({team})", name=item.name, team=item.team) if item.team else item.name
    words = Sentence(
        mark("May {name} sit in on {customer}, {when}?"), strong=("name", "customer"), name=name, customer=customer,
        when=_when(item.meeting, zone, now),
    )  # fmt: skip
    below = t("They only listen. A no needs no reason.")
    if item.instead_of:
        below = t("In the place of {name}. They only listen. A no needs no reason.", name=item.instead_of)
    return Row(f"{words.accessibleName()} {below}", _two(words, below), [
        link(t("Open"), partial(verbs.meeting, item.meeting.id), says=t("Open the meeting with {name}", name=customer)),
        button(t("Yes"), partial(verbs.allow, item.offer_id, True),
               says=t("Yes, {name} may sit in on {customer}", name=item.name, customer=customer)),
        button(t("No"), partial(verbs.allow, item.offer_id, False),
               says=t("No, {name} may not sit in on {customer}", name=item.name, customer=customer)),
    ])  # fmt: skip


def mailed_rows(seats: Seats, zone: str, now: datetime, verbs: Verbs) -> list[Row]:
    """What I answered by mail and could not be followed."""
    found = []
    for item, customer in seats.mailed:
        name = customer or item.meeting.title
        day = day_month(day_of(item.meeting.start, zone), day_of(now, zone))
        said = refused_mine(item.refused, name, day) if item.refused else unsure_mine(item.unsure, name, day)
        says = t("Open the meeting with {name}", name=name)
        found.append(Row(said, PlainLabel(said), [link(t("Open"), partial(verbs.meeting, item.meeting.id), says=says)]))
    return found


def sat_rows(seats: Seats, zone: str, now: datetime, verbs: Verbs) -> list[Row]:
    """Who sat in my meetings of late: one row for the meeting, and one for each who was to come."""
    found: list[Row] = []
    for item in seats.who_sat[:MOST_ASKED]:
        found += [_who_sat(item, zone, now, verbs), *(_listener(item, person, verbs) for person in item.listeners)]
    return found


def _who_sat(item: HostAsk, zone: str, now: datetime, verbs: Verbs) -> Row:
    name = item.customer or item.meeting.title
    day = day_month(day_of(item.meeting.start, zone), day_of(now, zone))
    words = Sentence(mark("Who sat in at {customer} on {day}?"), strong=("customer",), customer=name, day=day)
    key, people = item.meeting.id, tuple(person.id for person in item.listeners)
    says = t("Nobody sat in at {name}", name=name)
    buttons: list[QWidget] = [button(t("Nobody"), partial(verbs.nobody_sat, key, people), says=says)]
    if not people:
        buttons.insert(0, button(t("Somebody…"), partial(verbs.somebody_sat, key, ""),
                                 says=t("Somebody sat in at {name}", name=name)))  # fmt: skip
    return Row(words.accessibleName(), words, buttons)


def _listener(item: HostAsk, person: Person, verbs: Verbs) -> Row:
    key, who, about = item.meeting.id, person.name, item.customer or item.meeting.title
    shown = t("{name} ({team})", name=who, team=person.team) if person.team else who
    label = PlainLabel(shown)
    label.setContentsMargins(20, 0, 0, 0)  # below the question
    return Row(t("{name}, at {customer}", name=who, customer=about), label, [
        button(t("Was there"), partial(verbs.sat, key, person.id, "attended"),
               says=t("{name} was there, {customer}", name=who, customer=about)),
        button(t("Was not"), partial(verbs.sat, key, person.id, "missed"),
               says=t("{name} was not there, {customer}", name=who, customer=about)),
        button(t("Someone else…"), partial(verbs.somebody_sat, key, person.id),
               says=t("Someone else came instead of {name}, {customer}", name=who, customer=about)),
    ])  # fmt: skip


def leaving_row(item: Leaving, now: datetime, zone: str, verbs: Verbs) -> Row:
    """What becomes of my notes once I leave."""
    today = day_of(now, zone)
    said = tn("Your last day in the programme is {day}. {count} note is yours alone: nobody else can ever open it.",
              "Your last day in the programme is {day}. {count} notes are yours alone: nobody else can ever open them.",
              item.notes, day=day_month(item.day, today))  # fmt: skip
    if item.day < today:
        said = tn("You left the programme on {day}. {count} note is yours alone: nobody else can ever open it.",
                  "You left the programme on {day}. {count} notes are yours alone: nobody else can ever open them.",
                  item.notes, day=day_month(item.day, today))  # fmt: skip
    below = t("Take them with you, or delete them. Your takeaways stay, under your former role.")
    return Row(f"{said} {below}", _two(PlainLabel(said), below), [
        button(t("Take them with me…"), verbs.export_notes, says=t("Export my notes")),
        button(t("Delete them…"), verbs.delete_notes, says=t("Delete my notes")),
    ])  # fmt: skip


def _when(meeting: Meeting, zone: str, now: datetime) -> str:
    return span(meeting.start, meeting.end, zone, all_day=meeting.all_day, today=day_of(now, zone))


def _two(first: QLabel, below: str) -> QWidget:
    if not below:
        return first
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addWidget(first)
    lines.addWidget(PlainLabel(below, "small"))
    return box
