"""The list of meetings, by month, as items."""

from collections.abc import Iterator
from datetime import date, datetime

from companion.basics.clock import day_of
from companion.desktop.widgets.items import Item
from companion.programme.views.meetings import MeetingRow, MeetingsView
from companion.words.attendance import seat_word
from companion.words.dates import clock_time, month_year, short_day
from companion.words.language import t

FILTERS = ("all", "mine", "open")


def items(view: MeetingsView, chosen: str) -> list[Item]:
    """The meetings of a filter under their months: what is coming first, then the past, latest first."""
    rows = [row for row in view.rows if _passes(row, chosen)]
    ahead = [row for row in rows if not row.past]
    past = [row for row in reversed(rows) if row.past]
    listed: list[Item] = []
    for part, label in ((ahead, t("{month}")), (past, t("{month}, past"))):
        month: date | None = None
        for row in part:
            day = day_of(row.meeting.start, view.zone)
            if month != day.replace(day=1):
                month = day.replace(day=1)
                listed.append(Item("", label.format(month=month_year(day))))
            listed.append(_item(row, view.zone, view.now))
    return listed


def first_of(view: MeetingsView) -> str:
    """The meeting to show where none was asked for: my next one, else the next, else the last."""
    ahead = [row for row in view.rows if not row.past]
    mine = [row for row in ahead if row.mine]
    rows = mine or ahead or list(view.rows[-1:])
    return rows[0].meeting.id if rows else ""


def _passes(row: MeetingRow, chosen: str) -> bool:
    if chosen == "mine":
        return row.mine
    return row.open if chosen == "open" else True


def _item(row: MeetingRow, zone: str, now: datetime) -> Item:
    meeting = row.meeting
    day = day_of(meeting.start, zone)
    when = short_day(day, day_of(now, zone))
    if not meeting.all_day:
        when = t("{day}, {time}", day=when, time=clock_time(meeting.start, zone))
    below = " · ".join(part for part in (when, ", ".join(_names(row))) if part)
    return Item(meeting.id, row.customer.name or meeting.title, below, _tag(row), row.mine)


def _names(row: MeetingRow) -> Iterator[str]:
    for seat in row.seats:
        if seat.word in ("coming", "was_there", "asked"):
            yield seat.name


def _tag(row: MeetingRow) -> str:
    if row.meeting.verdict == "no":
        return t("no customer meeting")
    if row.meeting.status == "cancelled":
        return t("cancelled")
    mine = next((seat for seat in row.seats if seat.me), None)
    if mine:
        return seat_word(mine.word)
    return t("open seat") if row.open else ""
