"""The next customer meeting on Home."""

from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from companion.basics.clock import day_of
from companion.desktop.home.verbs import Verbs
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import Card, divider
from companion.desktop.widgets.column import header
from companion.desktop.widgets.quote import Quote
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.home import NextMeeting
from companion.programme.views.home_seats import OpenReview
from companion.words.dates import clock_time, day_month, span
from companion.words.joining import mine
from companion.words.language import t


def next_card(item: NextMeeting, zone: str, now: datetime, verbs: Verbs, *, listens: bool = True) -> QWidget:
    card = Card()
    name = item.customer.name
    card.column.setSpacing(6)
    below = [PlainLabel(when(item, zone, now), "soft"), PlainLabel(_brief(item, zone, now), "small")]
    buttons = _next_buttons(item, now, verbs, listens=listens)
    card.add(header(PlainLabel(title_of(item), "heading"), *buttons, below=below))
    if item.quote:
        card.column.addSpacing(6)
        card.add(divider())
        card.column.addSpacing(6)
        heard = _heard(item, day_of(now, zone))
        if heard:
            card.add(PlainLabel(heard, "small"))
        card.add(Quote(item.quote, item.quote_role, framed=False))
    card.setAccessibleName(f"{name} {when(item, zone, now)}")
    return card


def _heard(item: NextMeeting, today: date) -> str:
    """When a sentence was heard and by whom; the day it was told where its meeting is not known."""
    if item.quote_on:
        return t("Last heard on {day}, by {name}", day=day_month(item.quote_on, today), name=item.quote_by)
    if item.quote_told:
        return t("Told on {day}, by {name}", day=day_month(item.quote_told, today), name=item.quote_by)
    return ""


def title_of(item: NextMeeting | OpenReview) -> str:
    """The meeting's own title where it names the customer, else the customer."""
    name, title = item.customer.name, item.meeting.title
    return title if not name or name.casefold() in title.casefold() else name


def when(item: NextMeeting | OpenReview, zone: str, now: datetime) -> str:
    meeting = item.meeting
    parts = [meeting.title] if meeting.title != title_of(item) else []
    parts.append(
        span(meeting.start, meeting.end, zone, all_day=meeting.all_day, today=day_of(now, zone)),
    )
    if meeting.place:
        parts.append(meeting.place)
    if item.host:
        parts.append(t("hosted by {name}", name=item.host))
    if isinstance(item, OpenReview) and item.word:
        parts.append(mine(item.word))
    return " · ".join(parts)


def _brief(item: NextMeeting, zone: str, now: datetime) -> str:
    """Whether its brief is here, and as of when it holds."""
    today = day_of(now, zone)
    if item.brief:
        day, time = day_of(item.brief, zone), clock_time(item.brief, zone)
        if day == today:
            return t("The brief is ready, as of {time}.", time=time)
        return t("The brief is ready, as of {day}, {time}.", day=day_month(day, today), time=time)
    if item.brief_from:
        day = day_of(item.brief_from, zone)
        return t("The brief comes on {day}; it can be read before.", day=day_month(day, today))
    return t("The brief is made when you open it.")


def _next_buttons(item: NextMeeting, now: datetime, verbs: Verbs, *, listens: bool) -> list[QWidget]:
    """What is wanted first is filled: the note once it is about to begin, until then the brief."""
    meeting = item.meeting
    soon = (meeting.start - now).total_seconds() < 3600
    buttons: list[QWidget] = [link(t("Open"), lambda: verbs.meeting(meeting.id), says=t("Open the meeting"))]
    if meeting.link:
        buttons.append(button(t("Join"), lambda: verbs.join(meeting.link), tip=meeting.link))
    filled = listens and not soon
    buttons.append(button(t("Brief"), lambda: verbs.brief(meeting.id), filled=filled, says=t("Read the brief")))
    if listens:  # a host notes nothing here: the seat is another's
        buttons.append(button(t("Listen"), lambda: verbs.listen(meeting.id), filled=soon, says=t("Listen, and note")))
    return buttons
