"""The list of meetings, by month, as items."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise

from companion.attendance.offers import OPEN
from companion.basics.clock import day_of, start_of
from companion.desktop.widgets.items import Item, Later
from companion.programme.views.meetings import MeetingRow, MeetingsView
from companion.words.attendance import seat_word
from companion.words.dates import clock_time, month_year, short_day
from companion.words.joining import mine
from companion.words.language import t
from companion.words.meetings import not_named

EARLIER = "earlier"  # the key of the entry that lists more


def items(view: MeetingsView, chosen: str) -> Iterator[Item | Later]:
    """The meetings of a filter under their months: what is coming first, then the past, latest first."""
    past, begins, ends = False, view.now, view.now  # the month under which the last one stands, an empty one at first
    for row in view.listed:
        if not passes(row, chosen):
            continue
        # Two comparisons and no calendar for all but the first of a month: most entries are never looked at.
        if row.past != past or not begins <= row.meeting.start < ends:
            day = day_of(row.meeting.start, view.zone)
            past, (begins, ends) = row.past, _month(day, view.zone)
            label = t("{month}, past") if past else t("{month}")
            yield Item("", label.format(month=month_year(day)))
        yield Later(row.meeting.id, _title(row), partial(_item, row, view.zone, view.now))
    if view.earlier and chosen == "all":  # the other filters have all of theirs
        yield Item(EARLIER, t("Earlier meetings…"), t("List more of what is over"))


def _month(day: date, zone: str) -> tuple[datetime, datetime]:
    first = day.replace(day=1)
    try:
        return start_of(first, zone), start_of((first + timedelta(days=31)).replace(day=1), zone)
    except OverflowError:  # the first and the last month there are: a heading each time does no harm
        return datetime.max.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def first_of(view: MeetingsView, chosen: str = "all") -> str:
    """The meeting to show where none was asked for: my next one, else my leaders', the next, the last; "" for none."""
    rows = [row for row in view.listed if passes(row, chosen)]
    ahead = [row for row in rows if not row.past]
    mine = next((row for row in ahead if row.mine), None) or next((row for row in ahead if row.assisted), None)
    row = mine or next(iter(rows), None)
    return row.meeting.id if row else ""


def passes(row: MeetingRow, chosen: str) -> bool:
    """Whether a filter shows a meeting."""
    if chosen == "mine":
        return row.mine
    if chosen == "leaders":
        return row.assisted
    if chosen == "decide":
        return row.waits
    return (row.open or _asked(row)) if chosen == "open" else not row.apart


def after(view: MeetingsView, last: str) -> str:
    """The next one listed after a meeting, "" where it was the last."""
    keys = [row.meeting.id for row in view.listed if not row.apart]
    return next((key for before, key in pairwise(keys) if before == last), "")


def last_of(view: MeetingsView) -> str:
    """The last meeting listed so far, "" for none."""
    return next((row.meeting.id for row in reversed(view.listed) if not row.apart), "")


def _asked(row: MeetingRow) -> bool:
    """Who works here asked for a seat in it, and waits for the host."""
    return any(one.me and one.offer.state == "host" for one in row.offers)


def _item(row: MeetingRow, zone: str, now: datetime) -> Item:
    meeting = row.meeting
    day = day_of(meeting.start, zone)
    when = short_day(day, day_of(now, zone))
    if not meeting.all_day:
        when = t("{day}, {time}", day=when, time=clock_time(meeting.start, zone))
    names = " · ".join(part for part in (", ".join(_names(row)), not_named(row.others, past=row.past)) if part)
    if row.open:  # what there is to choose by
        free = mine(row.free.mine) if row.free and row.free.mine else ""
        names = " · ".join(part for part in (t("hosted by {name}", name=row.host) if row.host else "", free) if part)
    below = " · ".join(part for part in (when, names) if part)
    return Item(meeting.id, _title(row), below, _tag(row), row.mine)


def _title(row: MeetingRow) -> str:
    return row.customer.name or row.meeting.title


def _names(row: MeetingRow) -> Iterator[str]:
    for seat in row.seats:
        if seat.word in ("coming", "was_there", "asked"):
            yield seat.name


def _tag(row: MeetingRow) -> str:
    if row.meeting.verdict == "no":
        return t("no customer meeting")
    if row.meeting.status == "cancelled":
        return t("cancelled")
    if row.waits:
        return t("to decide")
    own = next((seat for seat in row.seats if seat.me), None) or next((s for s in row.seats if s.assisted), None)
    if own and not _asked(row):
        return seat_word(own.word, own.state)
    if _asked(row):
        return t("you asked")
    if any(one.offer.state == "host" and one.may_allow and row.hosted for one in row.offers):
        return t("asks you")
    if any(one.offer.state in OPEN for one in row.offers):
        return t("asked")
    return t("open seat") if row.open else ""
