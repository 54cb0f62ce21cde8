"""The reviews on Home that I may ask to hear."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.home.nextup import title_of, when
from companion.desktop.home.verbs import Verbs
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.rows import Row
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.home_seats import OpenReview, Seats
from companion.words.dates import day_month
from companion.words.language import t, tn


def review_rows(seats: Seats, zone: str, now: datetime, verbs: Verbs) -> list[Row]:
    """What I asked for first, then what is open, each with why it suits me."""
    return [_row(item, seats.needs, zone, now, verbs) for item in seats.reviews]


def suits(item: OpenReview, needs: int) -> str:
    """Why a review would suit the reader: never heard, and one is needed."""
    parts = [t("you have never heard them")] if item.new else []
    if needs:
        parts.append(tn("you need {count} more this year", "you need {count} more this year", needs))
    said = "; ".join(parts)
    return said[:1].upper() + said[1:] + "." if said else ""


def _row(item: OpenReview, needs: int, zone: str, now: datetime, verbs: Verbs) -> Row:
    name = item.customer.name or item.meeting.title
    below = [when(item, zone, now)]
    buttons: list[QWidget] = []
    if item.asked:
        below.append(_asked(item, zone, now))
    else:
        below.append(suits(item, needs))
        buttons = [
            button(
                t("Ask for it"), partial(verbs.ask_for, item.meeting.id),
                says=t("Ask for a seat at {customer}", customer=name),
            )
        ]  # fmt: skip
    words = QWidget()
    lines = QVBoxLayout(words)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addWidget(PlainLabel(title_of(item), "strong"))
    for line in filter(None, below):
        lines.addWidget(PlainLabel(line, "small"))
    return Row(" · ".join((name, *filter(None, below))), words, buttons)


def _asked(item: OpenReview, zone: str, now: datetime) -> str:
    if item.refused:
        return t("You asked; this one cannot be. No reason is owed, and others are open.")
    day = day_month(day_of(item.asked, zone), day_of(now, zone)) if item.asked else ""
    if item.host:
        return t("You asked on {day}; {name} decides.", day=day, name=item.host)
    return t("You asked on {day}; who runs the programme decides.", day=day)
