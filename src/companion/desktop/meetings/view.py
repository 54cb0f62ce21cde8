"""Lays out the facts of one meeting."""

from functools import partial

from PySide6.QtWidgets import QWidget

from companion.basics.clock import day_of
from companion.calendars.model import Judgement
from companion.desktop.meetings.offers import invitation
from companion.desktop.meetings.seats import seats_card
from companion.desktop.meetings.verbs import Verbs
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.meetings import MeetingRow, MeetingsView
from companion.words.dates import span
from companion.words.language import t, tn
from companion.words.recognition import explain
from companion.words.time import FORMS

LONG = 48  # characters of a link: it is not broken into lines


def fill(column: Column, row: MeetingRow, view: MeetingsView, verbs: Verbs) -> None:
    """Show one meeting."""
    meeting = row.meeting
    column.begin()
    column.add(_head(row, view, verbs))
    column.section(t("Seats"))
    column.add(seats_card(row, view.zone, view.now, verbs))
    texts = invitation(row, verbs)
    if texts:
        column.section(t("For the invitation"))
        card = Card(margin=18)
        for text in texts:
            card.add(text)
        column.add(card)
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
    column.add(PlainLabel(_why(row, view.threshold), "soft"))
    column.add(link(t("What counts as a customer meeting"), lambda: verbs.rules(meeting.customer_id)))
    column.add(_more(row, verbs), 8)
    column.end()


def _why(row: MeetingRow, threshold: int) -> str:
    meeting = row.meeting
    return explain(Judgement("kept", meeting.customer_id, meeting.score, row.why), row.customer.name, threshold)


def _head(row: MeetingRow, view: MeetingsView, verbs: Verbs) -> QWidget:
    meeting, zone, now = row.meeting, view.zone, view.now
    name = row.customer.name
    named = not name or name.casefold() in meeting.title.casefold()
    below: list[QWidget] = [] if named else [PlainLabel(meeting.title, "soft")]
    when = span(meeting.start, meeting.end, zone, all_day=meeting.all_day, today=day_of(now, zone))
    hosted = t("hosted by {name}", name=row.host) if row.host else ""
    form = t(FORMS[view.form(meeting)]) if view.form(meeting) else ""
    for parts in ((when, hosted, "" if meeting.place else form), (meeting.place, form if meeting.place else "")):
        if any(parts):
            below.append(PlainLabel(" · ".join(part for part in parts if part), "soft"))
    if row.new and not row.hosted:
        below.append(PlainLabel(t("You have never heard them."), "soft"))
    if row.twin:
        title = row.twin.title
        said = t("Probably the same as {title}: same room, time and guest. If so, say of one: It is none.", title=title)
        below.append(PlainLabel(said, "soft"))
    if name:
        # In a box of its own: a button's fixed width would hold the words beside it.
        about = t("About {name}", name=name)
        shown = about if len(about) <= LONG else t("About this customer")
        below.append(Flow([link(shown, lambda: verbs.customer(row.customer.id), says=about)]))
    return header(meeting.title if named else name, *_head_buttons(row, verbs), below=below)


def _head_buttons(row: MeetingRow, verbs: Verbs) -> list[QWidget]:
    meeting = row.meeting
    buttons: list[QWidget] = []
    if meeting.link and not row.past:
        buttons.append(button(t("Join"), lambda: verbs.join(meeting.link), tip=meeting.link))
    if row.briefed:
        buttons.append(button(t("Brief"), lambda: verbs.brief(meeting.id), says=t("Read the brief")))
    if row.mine or row.note_id:
        label = t("Open my note") if row.note_lines else t("Listen")
        buttons.append(button(label, lambda: verbs.listen(meeting.id), filled=True))
    elif row.open and not row.hosted:
        buttons.append(button(t("Ask for a seat"), lambda: verbs.ask_for(meeting.id), filled=True))
    return buttons


def _more(row: MeetingRow, verbs: Verbs) -> QWidget:
    key = row.meeting.id
    buttons: list[QWidget] = []
    if row.meeting.verdict != "yes":
        buttons.append(link(t("It is a customer meeting"), lambda: verbs.confirm(key), soft=True))
    buttons.append(link(t("It is none"), lambda: verbs.dismiss(key), says=t("It is no customer meeting"), soft=True))
    buttons.append(link(t("Forget it…"), lambda: verbs.forget(key), says=t("Forget this meeting"), soft=True))
    return Flow(buttons, spacing=16)
