"""Lays out the facts of one meeting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.calendars.model import Judgement
from companion.desktop.widgets.buttons import button, link, menu_button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.chip import Chip
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.meetings import MeetingRow, SeatView
from companion.words import joining
from companion.words.attendance import evidence, seat_word
from companion.words.dates import span
from companion.words.joined import statement
from companion.words.language import t, tn
from companion.words.recognition import explain

Open = Callable[[str], None]
TONES: dict[str, Literal["", "good", "warning", "bad"]] = {
    "was_there": "good",
    "coming": "good",
    "asked": "warning",
    "open": "",
    "was_not_there": "",
}


@dataclass(frozen=True)
class Verbs:
    """What the page can be told to do."""

    say: Callable[[str, str, str], None]  # (meeting id, person id, state)
    someone_else: Callable[[str, str], None]  # (meeting id, person id)
    seat_somebody: Open
    ask_for: Open
    confirm: Open
    dismiss: Open
    forget: Open
    listen: Open
    takeaway: Open
    customer: Open
    join: Open
    rules: Open  # by the customer's id
    report: Open  # take in a join report


def fill(
    column: Column, row: MeetingRow, zone: str, now: datetime, me: str, verbs: Verbs, *, threshold: int = 50
) -> None:
    """Show one meeting; `threshold` is the points that an entry needs today."""
    meeting = row.meeting
    column.begin()
    column.add(_head(row, zone, now, verbs))
    column.section(t("Seats"))
    column.add(_seats(row, zone, now, verbs))
    if row.takeaways:
        column.section(t("Takeaways"))
        card, rows = Card(margin=18), RowList()
        for takeaway in row.takeaways:
            row_of = Row(takeaway.headline, PlainLabel(takeaway.headline), press=True)
            rows.add(row_of, partial(verbs.takeaway, takeaway.id))
        card.add(rows)
        column.add(card)
    if row.guests:
        column.section(t("Their people"))
        names = ", ".join(guest.name or guest.address for guest in row.guests)
        others = tn("and {count} other guest", "and {count} other guests", meeting.others) if meeting.others else ""
        column.add(PlainLabel(" ".join(part for part in (names, others) if part)))
    if row.groups:
        column.section(t("Invited together"))
        told = [t("{name}, a group", name=group.name or group.address) for group in row.groups]
        column.add(PlainLabel("\n".join(told)))
    column.section(t("Why it is here"))
    column.add(PlainLabel(_why(row, threshold), "soft"))
    column.add(link(t("What counts as a customer meeting"), lambda: verbs.rules(meeting.customer_id)))
    column.add(_more(row, verbs), 8)
    column.end()


def _why(row: MeetingRow, threshold: int) -> str:
    meeting = row.meeting
    return explain(Judgement("kept", meeting.customer_id, meeting.score, row.why), row.customer.name, threshold)


def _head(row: MeetingRow, zone: str, now: datetime, verbs: Verbs) -> QWidget:
    meeting = row.meeting
    name = row.customer.name
    named = not name or name.casefold() in meeting.title.casefold()
    below = [] if named else [PlainLabel(meeting.title, "soft")]
    when = span(meeting.start, meeting.end, zone, all_day=meeting.all_day, today=day_of(now, zone))
    hosted = t("hosted by {name}", name=row.host) if row.host else ""
    below.append(PlainLabel(" · ".join(part for part in (when, hosted) if part), "soft"))
    if row.twin:
        title = row.twin.title
        said = t("Probably the same as {title}: same room, time and guest. If so, say of one: It is none.", title=title)
        below.append(PlainLabel(said, "soft"))
    return header(meeting.title if named else name, *_head_buttons(row, verbs), below=below)


def _head_buttons(row: MeetingRow, verbs: Verbs) -> list[QWidget]:
    meeting = row.meeting
    buttons: list[QWidget] = []
    if meeting.link and not row.past:
        buttons.append(button(t("Join"), lambda: verbs.join(meeting.link), tip=meeting.link))
    if row.mine or row.note_id:
        label = t("Open my note") if row.note_lines else t("Listen")
        buttons.append(button(label, lambda: verbs.listen(meeting.id), filled=True))
    elif row.open:
        buttons.append(button(t("Ask for a seat"), lambda: verbs.ask_for(meeting.id), filled=True))
    return buttons


def _seats(row: MeetingRow, zone: str, now: datetime, verbs: Verbs) -> QWidget:
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
    return evidence(item.source, item.says, item.by, day_of(item.at, zone), reason=item.reason) if item else ""


def _answers(seat: SeatView, row: MeetingRow, verbs: Verbs) -> list[QWidget]:
    key, person = row.meeting.id, seat.person_id

    def say(state: str) -> Callable[[], None]:
        return lambda: verbs.say(key, person, state)

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


def _more(row: MeetingRow, verbs: Verbs) -> QWidget:
    key = row.meeting.id
    buttons: list[QWidget] = []
    if row.customer.name:
        buttons.append(link(t("About {name}", name=row.customer.name), lambda: verbs.customer(row.customer.id)))
    if row.meeting.verdict != "yes":
        buttons.append(link(t("It is a customer meeting"), lambda: verbs.confirm(key), soft=True))
    buttons.append(link(t("It is none"), lambda: verbs.dismiss(key), says=t("It is no customer meeting"), soft=True))
    buttons.append(link(t("Forget it…"), lambda: verbs.forget(key), says=t("Forget this meeting"), soft=True))
    return Flow(buttons, spacing=16)
