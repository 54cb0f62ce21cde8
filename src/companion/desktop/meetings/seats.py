"""The seats of one meeting, and what may be said of each."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Literal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.meetings.verbs import Verbs
from companion.desktop.widgets.buttons import button, link, menu_button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.chip import Chip
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.meetings import MeetingRow, SeatView
from companion.words import joining
from companion.words.attendance import evidence, seat_word, state
from companion.words.joined import statement
from companion.words.language import mark, t

TONES: dict[str, Literal["", "good", "warning", "bad"]] = {
    "was_there": "good",
    "coming": "good",
    "asked": "warning",
    "open": "",
    "was_not_there": "",
}


def seats_card(row: MeetingRow, zone: str, now: datetime, verbs: Verbs) -> QWidget:
    """Who of ours sits in it, and what may be said of each."""
    card, rows = Card(margin=18), RowList()
    for seat in row.seats:
        rows.add(_seat(seat, row, zone, verbs))
    if not row.seats:
        said = t("Nobody of ours sat in it.") if row.past else t("Nobody of ours has a seat yet.")
        rows.add(Row(said, PlainLabel(said, "soft")))
    card.add(rows)
    for line in _told_by_microsoft(row, zone, now):
        label = PlainLabel(line, "small")
        label.setContentsMargins(2, 0, 2, 0)  # where the rows and the link begin
        card.add(label)
    below: list[QWidget] = [link(t("Seat somebody…"), lambda: verbs.seat_somebody(row.meeting.id))]
    if row.past:
        below.append(link(t("Join report…"), lambda: verbs.report(row.meeting.id)))
    card.add(Flow(below, spacing=16))
    return card


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
    lines.addWidget(Flow([label, Chip(seat_word(seat.word), TONES[seat.word])], spacing=8))
    told = _told(seat, zone)
    below = " · ".join(part for part in (seat.team, told) if part)
    if below:
        lines.addWidget(PlainLabel(below, "small"))
    return Row(f"{name}, {seat_word(seat.word)}, {told}", words, _answers(seat, row, verbs))


def _told(seat: SeatView, zone: str) -> str:
    """The evidence that decides, or every side where they do not agree."""
    if seat.state == "disputed":
        sides = seat.in_force
        return " · ".join(statement(x.source, x.says, x.by, day_of(x.at, zone), reason=x.reason) for x in sides)
    item = seat.because
    told = evidence(item.source, item.says, item.by, day_of(item.at, zone), reason=item.reason) if item else ""
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
    key, person = row.meeting.id, seat.person_id

    def say(what: str) -> Callable[[], None]:
        return lambda: verbs.say(key, person, what)

    if row.past:
        choices = [
            (t("Was there"), say("attended")),
            (t("Was not there"), say("missed")),
            (t("Excused"), say("excused")),
            (t("Someone else went…"), lambda: verbs.someone_else(key, person)),
        ]
    else:
        choices = [(t("Is coming"), say("accepted")), (t("Cannot come"), say("declined"))]
    change = menu_button(t("Change"), choices, says=t("Change the seat of {name}", name=seat.name))
    if not seat.waits or (seat.me and seat.state == "disputed"):  # one's own word cannot decide what others deny
        return [change]
    return [
        button(t("Was there"), say("attended"), says=t("{name} was there", name=seat.name)),
        button(t("Was not there"), say("missed"), says=t("{name} was not there", name=seat.name)),
        change,
    ]
