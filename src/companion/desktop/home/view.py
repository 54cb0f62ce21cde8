"""Lays out Home."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.home.mine import promised
from companion.desktop.home.needs import needs
from companion.desktop.home.nextup import next_card
from companion.desktop.home.reviews import review_rows
from companion.desktop.home.seats import host_rows, leaving_row, mailed_rows, offer_rows, sat_rows
from companion.desktop.home.verbs import Verbs
from companion.desktop.home.work import work_rows
from companion.desktop.widgets.buttons import link
from companion.desktop.widgets.card import Card, PressCard
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.pips import Pips
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.home import Beginning, HomeView
from companion.programme.views.worklist import Worklist
from companion.takeaways.model import Takeaway
from companion.words.dates import day_month
from companion.words.language import t

MOST_UNREAD = 3


def greeting(now: datetime, zone: str, name: str) -> str:
    """Good morning, Dana."""
    hour = now.astimezone(ZoneInfo(zone)).hour
    first = name.split(" ", 1)[0]
    if hour < 12:
        return t("Good morning, {name}", name=first)
    return t("Good afternoon, {name}", name=first) if hour < 18 else t("Good evening, {name}", name=first)


def fill(column: Column, view: HomeView, now: datetime, verbs: Verbs, work: Worklist | None = None) -> None:
    """Show all of Home. `work`: what ops have to see to, once it is read."""
    column.begin()
    if view.person is None:
        column.add(header(t("Home")))
        column.add(_nobody(view.beginning or Beginning("me"), verbs))
        column.end()
        return
    column.add(header(greeting(now, view.zone, view.person.name), *year(view, now, verbs)))
    wanting = [*_of_seats(view, now, verbs), *needs(view, now, verbs)]
    if view.next:
        column.section(t("Next customer meeting"))
        column.add(next_card(view.next, view.zone, now, verbs))
    elif view.hosting:
        column.section(t("You host next"))
        column.add(next_card(replace(view.hosting, host=""), view.zone, now, verbs, listens=False))
    elif not view.open_reviews:
        column.section(t("Next customer meeting"))
        column.add(_nothing_ahead(view, verbs))
    if wanting:
        column.section(t("Needs you"))
        column.add(_card(wanting))
    if work and work.items:
        column.section(t("The programme needs you"))
        column.add(_card(work_rows(work, verbs)))
    if view.open_reviews:
        column.section(t("Reviews you may ask for"))
        column.add(_card(review_rows(view.seats, view.zone, now, verbs)))
        column.add(Flow([link(t("All open reviews"), verbs.open_reviews)]))
    if view.mine.promises:
        column.section(t("You promised"))
        column.add(_card(promised(view.mine.promises, day_of(now, view.zone), verbs)))
    if view.unread:
        column.section(t("Unread"))
        column.add(_unread(view, verbs))
    column.end()


def _of_seats(view: HomeView, now: datetime, verbs: Verbs) -> list[Row]:
    """Others wait for these answers: before everything else."""
    found = [
        *offer_rows(view.seats, view.zone, now, verbs), *host_rows(view.seats, view.zone, now, verbs),
        *mailed_rows(view.seats, view.zone, now, verbs), *sat_rows(view.seats, view.zone, now, verbs),
    ]  # fmt: skip
    if view.seats.leaving:
        found.append(leaving_row(view.seats.leaving, now, view.zone, verbs))
    return found


def _nobody(found: Beginning, verbs: Verbs) -> Empty:
    """Nobody is known by the address of who works here: why, and what comes next."""
    if found.lacks == "programme":
        known = t("You are {address}.", address=found.me)
        if found.signed_in:
            known = t("You are signed in as {address}.", address=found.me)
        return Empty(
            t("{known} The programme is not on this computer yet; it knows which firms are customers, and until then "
              "no meeting counts.", known=known),
            t("Open my invitation"), verbs.invitation, filled=True,
            more=[(t("Start a programme"), verbs.start)],
        )  # fmt: skip
    if found.lacks == "person":
        return Empty(
            t("Nobody in the programme has the address {address}. Ask who runs it to add you, or say which address is "
              "yours.", address=found.me), t("This is me…"), verbs.who, filled=True,
        )  # fmt: skip
    return Empty(
        t("Say who you are, and your customer meetings, seats and notes come together here."),
        t("This is me…"), verbs.who, filled=True,
    )  # fmt: skip


def _nothing_ahead(view: HomeView, verbs: Verbs) -> QWidget:
    if view.seats.ahead and view.beginning is None:
        said = t("You have no seat ahead, and no review is open in the next six weeks.")
        return PlainLabel(said, "soft") if view.standing and view.standing.expected else PlainLabel(
            t("You have no seat ahead."), "soft")  # fmt: skip
    return _no_meeting_yet(view.beginning, verbs)


def _no_meeting_yet(found: Beginning | None, verbs: Verbs) -> Empty:
    """No meeting is known: what is missing for one."""
    if found is None:
        return Empty(t("No customer meeting is known yet. They come from calendars."), t("Calendars"), verbs.calendars)
    if found.runs_it:
        return Empty(
            t("Calendars were read, but no customer is known yet, so no meeting counts. Choose which firms are "
              "customers."), t("Choose the customers"), verbs.customers, filled=True,
        )  # fmt: skip
    return Empty(
        t("Calendars were read, but no customer is known yet, so no meeting counts. Who runs the programme chooses "
          "which firms are customers.")
    )  # fmt: skip


def year(view: HomeView, now: datetime, verbs: Verbs) -> list[QWidget]:
    """My year as pips, in words, and why."""
    standing = view.standing
    if standing is None:
        return []
    planned = min(standing.coming, max(0, standing.expected - standing.heard))
    said = (
        t("{heard} of {expected} this year", heard=standing.heard, expected=standing.expected)
        if standing.expected
        else t("{heard} this year", heard=standing.heard)
    )
    if standing.next and planned:
        day = day_month(day_of(standing.next.start, view.zone), day_of(now, view.zone))
        said = t("{said} · next on {day}", said=said, day=day)
    label = PlainLabel(said, "soft")
    label.setWordWrap(False)
    why = link(t("Why?"), partial(verbs.why, standing.person_id), says=t("Why does my year stand so?"))
    return [Pips(standing.heard, planned, standing.needs), label, why]


def _card(found: list[Row]) -> Card:
    card, rows = Card(margin=18), RowList()
    for row in found:
        rows.add(row)
    card.add(rows)
    return card


def _unread(view: HomeView, verbs: Verbs) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(16)
    for takeaway in view.unread[:MOST_UNREAD]:
        line.addWidget(_story(takeaway, view, verbs), 1)
    for _ in range(MOST_UNREAD - len(view.unread)):
        line.addStretch(1)
    return box


def _story(takeaway: Takeaway, view: HomeView, verbs: Verbs) -> QWidget:
    author, team = view.authors.get(takeaway.author_id, ("", ""))
    card = PressCard(takeaway.headline)
    card.add(PlainLabel(takeaway.headline, "strong"))
    by = ", ".join(part for part in (author, team) if part)
    card.add(PlainLabel(" · ".join(part for part in (by, takeaway.customer_name) if part), "small"))
    card.column.addStretch(1)
    card.pressed.connect(lambda: verbs.takeaway(takeaway.id))
    return card
