"""Lays out the list of customers and one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from companion.basics.clock import day_of
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column, ReadingColumn, header
from companion.desktop.widgets.items import Item
from companion.desktop.widgets.quote import Quote
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel, Reading
from companion.meetings.model import Meeting
from companion.programme.views.customers import CustomerRow, CustomersView
from companion.words.answers import from_whom
from companion.words.dates import day_month, short_day
from companion.words.language import t

MOST_MEETINGS = 8


@dataclass(frozen=True)
class Verbs:
    """What the page can be told to do."""

    meeting: Callable[[str], None]
    takeaway: Callable[[str], None]


def items(view: CustomersView) -> list[Item]:
    """Customers by name, with when they were heard."""
    return [Item(row.customer.id, row.customer.name, _heard(row, view.zone, view.now)) for row in view.rows]


def _heard(row: CustomerRow, zone: str, now: datetime) -> str:
    today = day_of(now, zone)
    parts = []
    if row.last_heard:
        parts.append(t("heard {day}", day=short_day(day_of(row.last_heard, zone), today)))
    if row.next:
        parts.append(t("next {day}", day=short_day(day_of(row.next.start, zone), today)))
    return " · ".join(parts) or t("not heard yet")


def fill(column: Column, row: CustomerRow, zone: str, now: datetime, verbs: Verbs) -> None:
    """Show one customer."""
    customer = row.customer
    column.begin()
    column.add(header(customer.name))
    about = [customer.segment, t("hosted by {name}", name=row.host) if row.host else "", ", ".join(customer.domains)]
    column.add(PlainLabel(" · ".join(part for part in about if part), "soft"))
    quoted = next((takeaway for takeaway in row.takeaways if takeaway.quote), None)
    if quoted:
        column.add(Quote(quoted.quote, quoted.quote_role), 12)
    if customer.story.strip():
        words = ReadingColumn()
        words.add(Reading(customer.story))
        column.add(words, 12)
    _meetings(column, row, zone, now, verbs)
    _takeaways(column, row, zone, verbs)
    if row.known:
        column.section(t("What colleagues know"))
        for known in row.known:
            text = t("{who}: {text}", who=from_whom(known.answer), text=known.answer.text)
            column.add(PlainLabel(text))
    _under_way(column, row, day_of(now, zone), verbs)
    if row.contacts:
        column.section(t("Their people"))
        names = [f"{c.name or c.address}, {c.role}" if c.role else c.name or c.address for c in row.contacts]
        column.add(PlainLabel(" · ".join(names)))
    if row.heard_by:
        column.section(t("Heard by"))
        column.add(PlainLabel(", ".join(row.heard_by)))
    column.end()


def _meetings(column: Column, row: CustomerRow, zone: str, now: datetime, verbs: Verbs) -> None:
    column.section(t("Meetings"))
    if not row.meetings:
        column.add(PlainLabel(t("No meeting with them is known."), "soft"))
        return
    card, rows = Card(margin=18), RowList()
    for meeting in row.meetings[:MOST_MEETINGS]:
        text = _line(meeting, zone, now)
        rows.add(Row(text, PlainLabel(text, elide=True), press=True), partial(verbs.meeting, meeting.id))
    card.add(rows)
    column.add(card)


def _under_way(column: Column, row: CustomerRow, today: date, verbs: Verbs) -> None:
    """What answers set going, each leading to the takeaway it came of."""
    if not row.under_way:
        return
    column.section(t("Under way"))
    card, rows = Card(margin=18), RowList()
    for one in row.under_way:
        text = t("{who}: {text}", who=one.owner or t("somebody who is gone"), text=one.action.text)
        due = one.action.due
        if due:
            day = day_month(due, today)
            until = t("was due on {day}", day=day) if due < today else t("until {day}", day=day)
            text = f"{text} · {until}"
        rows.add(Row(text, PlainLabel(text), press=True), partial(verbs.takeaway, one.action.takeaway_id))
    card.add(rows)
    column.add(card)


def _line(meeting: Meeting, zone: str, now: datetime) -> str:
    return f"{short_day(day_of(meeting.start, zone), day_of(now, zone))} · {meeting.title}"


def _takeaways(column: Column, row: CustomerRow, zone: str, verbs: Verbs) -> None:
    if not row.takeaways:
        return
    column.section(t("What they said"))
    card, rows = Card(margin=18), RowList()
    for takeaway in row.takeaways:
        day = day_month(day_of(takeaway.published, zone)) if takeaway.published else ""
        text = " · ".join(part for part in (takeaway.headline, day) if part)
        rows.add(Row(text, PlainLabel(text, elide=True), press=True), partial(verbs.takeaway, takeaway.id))
    card.add(rows)
    column.add(card)
