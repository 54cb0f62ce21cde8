"""The seats of one meeting, and what may be said of each."""

from datetime import datetime
from functools import partial
from typing import Literal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.attendance.offers import OPEN
from companion.attendance.seats import OUTCOMES
from companion.basics.clock import day_of
from companion.desktop.meetings.offers import mail_row, offer_row, shown
from companion.desktop.meetings.statements import dated
from companion.desktop.meetings.verbs import Verbs
from companion.desktop.widgets.buttons import Act, button, link, menu_button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.chip import Chip
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.meetings import MeetingRow, SeatView
from companion.words import joining
from companion.words.attendance import evidence, seat_word, state
from companion.words.dates import clock_time, short_day
from companion.words.language import mark, t
from companion.words.meetings import not_named

TONES: dict[str, Literal["", "good", "warning", "bad"]] = {
    "was_there": "good",
    "coming": "good",
    "asked": "warning",
    "open": "",
    "was_not_there": "",
}


SETTLED = OUTCOMES | {"declined", "disputed"}  # another word on it needs a reason


def seats_card(row: MeetingRow, zone: str, now: datetime, verbs: Verbs) -> QWidget:
    """Who of ours sits in it, and what may be said of each."""
    card, rows = Card(margin=18), RowList()
    on_their_way = shown(row)
    waiting = {one.offer.person_id for one in on_their_way if one.offer.state in OPEN}
    for seat in row.seats:
        if seat.person_id not in waiting:
            rows.add(_seat(seat, row, zone, verbs))
    for offer in on_their_way:
        rows.add(offer_row(offer, zone, now, verbs))
    if hidden := not_named(row.others, past=row.past):
        rows.add(Row(hidden, PlainLabel(hidden, "soft")))
    if not rows.rows:
        said = t("Nobody of ours sat in it.") if row.past else t("Nobody of ours has a seat yet.")
        rows.add(Row(said, PlainLabel(said, "soft")))
    for mail in row.mails:
        rows.add(mail_row(mail, zone, now, verbs))
    card.add(rows)
    for line in _told_by_microsoft(row, zone, now):
        label = PlainLabel(line, "small")
        label.setContentsMargins(2, 0, 2, 0)  # where the rows and the link begin
        card.add(label)
    below = _below(row, short_day(day_of(row.meeting.start, zone)), verbs)
    if below:
        card.add(Flow(below, spacing=16))
    return card


def _below(row: MeetingRow, day: str, verbs: Verbs) -> list[QWidget]:
    """What only who hosts it or runs the programme does; a join report is anybody's who was there."""
    key, found = row.meeting.id, list[QWidget]()
    if not row.past and (row.runs or row.hosted):
        says = t("Propose somebody for {customer}, {day}…", customer=row.customer.name or row.meeting.title, day=day)
        found.append(link(t("Propose somebody…"), partial(verbs.propose, key), says=says))
    if row.past and (row.runs or row.hosted):
        found.append(link(t("Somebody else was there…"), partial(verbs.seat_somebody, key)))
    if row.past:
        found.append(link(t("Join report…"), partial(verbs.report, key)))
    return found


def _told_by_microsoft(row: MeetingRow, zone: str, now: datetime) -> list[str]:
    """How far the join report is, or who is free for an open review."""
    if row.report:
        day = day_of(row.report.at, zone) if row.report.at else None
        return [joining.report(row.report.code, day, day_of(now, zone))]
    return joining.who_is_free(row.free) if row.free else []


def _seat(seat: SeatView, row: MeetingRow, zone: str, verbs: Verbs) -> Row:
    words = QWidget()
    lines = QVBoxLayout(words)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    name = t("{name} (you)", name=seat.name) if seat.me else seat.name
    label = PlainLabel(name, "strong" if seat.me else "")
    label.setWordWrap(False)
    lines.addWidget(Flow([label, Chip(seat_word(seat.word, seat.state), TONES[seat.word])], spacing=8))
    told = _told(seat, zone)
    for line in _lines(seat, told, zone):
        lines.addWidget(PlainLabel(line, "small"))
    return Row(f"{name}, {seat_word(seat.word, seat.state)}, {told}", words, _answers(seat, row, verbs))


def _lines(seat: SeatView, told: str, zone: str) -> list[str]:
    """The team and the evidence; where it does not agree each side in a line of its own."""
    if seat.state == "disputed" and len(seat.in_force) > 1:
        sides = [dated(item, item.by, zone) for item in seat.in_force]
        return [line for line in (seat.team, *sides) if line]
    below = " · ".join(part for part in (seat.team, told) if part)
    return [below] if below else []


def _told(seat: SeatView, zone: str) -> str:
    """The evidence that decides, or every side where they do not agree."""
    if seat.state == "disputed":
        return " · ".join(dated(item, item.by, zone) for item in seat.in_force)
    item = seat.because
    told = evidence(
        item.source, item.says, item.by, day_of(item.at, zone), reason=item.reason, time=clock_time(item.at, zone)
    ) if item else ""  # fmt: skip
    # Its word is "open" then, which alone would not tell that somebody answered.
    return f"{state(seat.state)} {told}".strip() if seat.state == "declined" else told


def _answers(seat: SeatView, row: MeetingRow, verbs: Verbs) -> list[QWidget]:
    """What may be said of a seat; an assistant speaks for the leader, in three words."""
    said = _for_leader(seat, row, verbs) if seat.speak_for else _change(seat, row, verbs)
    return [*said, _their_brief(seat, row, verbs)] if seat.assisted and not row.past else said


def _for_leader(seat: SeatView, row: MeetingRow, verbs: Verbs) -> list[QWidget]:
    words = [("attended", mark("Was there"), mark("{name} was there"))] if row.past else [
        ("accepted", mark("Is coming"), mark("{name} is coming")),
        ("declined", mark("Cannot come"), mark("{name} cannot come")),
    ]  # fmt: skip
    return [
        button(t(text), partial(verbs.say_for, row.meeting.id, seat.person_id, what), says=t(says, name=seat.name))
        for what, text, says in words if what != seat.state
    ]  # fmt: skip


def _their_brief(seat: SeatView, row: MeetingRow, verbs: Verbs) -> QWidget:
    key, address = row.meeting.id, seat.email
    choices = [
        (t("Print…"), partial(verbs.print_for, key, address)),
        (t("Save as PDF…"), partial(verbs.save_for, key, address)),
    ]
    return menu_button(t("Print the brief"), choices, says=t("Print the brief of {name}", name=seat.name))


def _change(seat: SeatView, row: MeetingRow, verbs: Verbs) -> list[QWidget]:
    if not row.may_say(seat):
        return []
    choices = _after(seat, row, verbs) if row.past else _before(seat, row, verbs)
    choices.append((t("What was said…"), partial(verbs.history, row.meeting.id, seat.person_id)))
    change = menu_button(t("Change"), choices, says=t("Change the seat of {name}", name=seat.name))
    if not seat.waits or (seat.state == "disputed" and (seat.me or not row.runs)):
        return [change]  # one's own word cannot decide what others deny
    decide = partial(verbs.decide, row.meeting.id, seat.person_id, seat.name)
    return [
        button(t("Was there"), partial(decide, True), says=t("{name} was there", name=seat.name)),
        button(t("Was not there"), partial(decide, False), says=t("{name} was not there", name=seat.name)),
        change,
    ]


def _after(seat: SeatView, row: MeetingRow, verbs: Verbs) -> list[tuple[str, Act]]:
    """What may be said of a past seat; what was settled is corrected, with a reason."""
    key, person = row.meeting.id, seat.person_id
    if seat.state in SETTLED:
        return [(t("Correct…"), partial(verbs.correct, key, person, seat.state))]
    return [
        (t("Was there"), partial(verbs.say, key, person, "attended")),
        (t("Was not there"), partial(verbs.say, key, person, "missed")),
        (t("Excused"), partial(verbs.say, key, person, "excused")),
        (t("Someone else went…"), partial(verbs.someone_else, key, person)),
    ]


def _before(seat: SeatView, row: MeetingRow, verbs: Verbs) -> list[tuple[str, Act]]:
    key, person = row.meeting.id, seat.person_id
    if seat.state == "declined" and not seat.me:
        return [(t("Correct…"), partial(verbs.correct, key, person, seat.state))]
    offer = next((one.offer.id for one in row.offers if one.offer.person_id == person and
                  one.offer.state in ("offered", "accepted")), "")  # fmt: skip
    yes, no = partial(verbs.say, key, person, "accepted"), partial(verbs.say, key, person, "declined")
    if offer and seat.me:  # the host waits for this answer
        yes, no = partial(verbs.answer_offer, offer, True), partial(verbs.no_with_words, offer)
    found: list[tuple[str, Act]] = [(t("Is coming"), yes), (t("Cannot come"), no)]
    if seat.me and seat.state == "accepted":
        found.append((t("Let somebody else have it…"), partial(verbs.swap, key)))
    return found
