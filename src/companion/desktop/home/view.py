"""Lays out Home."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.home.mine import differing, old_note, promised, unsure
from companion.desktop.home.verbs import Verbs
from companion.desktop.widgets.buttons import button, link, menu_button
from companion.desktop.widgets.card import Card, PressCard, divider
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.pips import Pips
from companion.desktop.widgets.quote import Quote
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel, Sentence
from companion.programme.views.home import Beginning, DidYouJoin, HomeView, NextMeeting, Question, ToAllow, ToTell
from companion.takeaways.audience import say
from companion.takeaways.model import Takeaway
from companion.words.answers import waits_sentence
from companion.words.dates import clock_time, day_month, span
from companion.words.desk import waits
from companion.words.joined import to_you
from companion.words.joining import mine
from companion.words.language import mark, t, tn

MOST_UNREAD = 3
MOST_OLD = 2  # notes that may go, asked at a time


def greeting(now: datetime, zone: str, name: str) -> str:
    """Good morning, Dana."""
    hour = now.astimezone(ZoneInfo(zone)).hour
    first = name.split(" ", 1)[0]
    if hour < 12:
        return t("Good morning, {name}", name=first)
    return t("Good afternoon, {name}", name=first) if hour < 18 else t("Good evening, {name}", name=first)


def fill(column: Column, view: HomeView, now: datetime, verbs: Verbs) -> None:
    """Show all of Home."""
    column.begin()
    if view.person is None:
        column.add(header(t("Home")))
        column.add(_nobody(view.beginning or Beginning("me"), verbs))
        column.end()
        return
    column.add(header(greeting(now, view.zone, view.person.name), *_year(view, now)))
    if view.next:
        column.section(t("Next customer meeting"))
        column.add(_next(view.next, view.zone, now, verbs))
    else:
        _open_reviews(column, view, now, verbs)
    needs = _needs(view, now, verbs)
    if needs:
        column.section(t("Needs you"))
        column.add(_card(needs))
    if view.mine.promises:
        column.section(t("You promised"))
        column.add(_card(promised(view.mine.promises, day_of(now, view.zone), verbs)))
    if view.unread:
        column.section(t("Unread"))
        column.add(_unread(view, verbs))
    column.end()


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


def _year(view: HomeView, now: datetime) -> list[QWidget]:
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
    return [Pips(standing.heard, planned, standing.needs), label]


def _next(item: NextMeeting, zone: str, now: datetime, verbs: Verbs) -> QWidget:
    card = Card()
    name = item.customer.name
    card.column.setSpacing(6)
    below = [PlainLabel(_when(item, zone, now), "soft"), PlainLabel(_brief(item, zone, now), "small")]
    card.add(header(PlainLabel(_title(item), "heading"), *_next_buttons(item, now, verbs), below=below))
    if item.quote:
        card.column.addSpacing(6)
        card.add(divider())
        card.column.addSpacing(6)
        heard = _heard(item, day_of(now, zone))
        if heard:
            card.add(PlainLabel(heard, "small"))
        card.add(Quote(item.quote, item.quote_role, framed=False))
    card.setAccessibleName(f"{name} {_when(item, zone, now)}")
    return card


def _heard(item: NextMeeting, today: date) -> str:
    """When a sentence was heard and by whom; the day it was told where its meeting is not known."""
    if item.quote_on:
        return t("Last heard on {day}, by {name}", day=day_month(item.quote_on, today), name=item.quote_by)
    if item.quote_told:
        return t("Told on {day}, by {name}", day=day_month(item.quote_told, today), name=item.quote_by)
    return ""


def _title(item: NextMeeting) -> str:
    """The meeting's own title where it names the customer, else the customer."""
    name, title = item.customer.name, item.meeting.title
    return title if not name or name.casefold() in title.casefold() else name


def _when(item: NextMeeting, zone: str, now: datetime) -> str:
    meeting = item.meeting
    parts = [meeting.title] if meeting.title != _title(item) else []
    parts.append(
        span(meeting.start, meeting.end, zone, all_day=meeting.all_day, today=day_of(now, zone)),
    )
    if meeting.place:
        parts.append(meeting.place)
    if item.host:
        parts.append(t("hosted by {name}", name=item.host))
    if item.word:
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


def _next_buttons(item: NextMeeting, now: datetime, verbs: Verbs) -> list[QWidget]:
    """What is wanted first is filled: the note once it is about to begin, until then the brief."""
    meeting = item.meeting
    soon = (meeting.start - now).total_seconds() < 3600
    buttons: list[QWidget] = [link(t("Open"), lambda: verbs.meeting(meeting.id), says=t("Open the meeting"))]
    if meeting.link:
        buttons.append(button(t("Join"), lambda: verbs.join(meeting.link), tip=meeting.link))
    buttons.append(button(t("Brief"), lambda: verbs.brief(meeting.id), filled=not soon, says=t("Read the brief")))
    buttons.append(button(t("Listen"), lambda: verbs.listen(meeting.id), filled=soon, says=t("Listen, and note")))
    return buttons


def _open_reviews(column: Column, view: HomeView, now: datetime, verbs: Verbs) -> None:
    if not view.open_reviews:
        column.section(t("Next customer meeting"))
        column.add(_no_meeting_yet(view.beginning, verbs))
        return
    column.section(t("Reviews you may ask for"))
    card, rows = Card(), RowList()
    for item in view.open_reviews:
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(PlainLabel(_title(item), "strong"))
        lines.addWidget(PlainLabel(_when(item, view.zone, now), "small"))
        ask = button(
            t("Ask for a seat"), partial(verbs.ask_for, item.meeting.id),
            says=t("Ask for a seat at {customer}", customer=item.customer.name),
        )  # fmt: skip
        rows.add(Row(item.customer.name, words, [ask]))
    card.add(rows)
    column.add(card)


def _needs(view: HomeView, now: datetime, verbs: Verbs) -> list[Row]:
    today, mine = day_of(now, view.zone), view.mine
    rows = [
        *(_joined(joined, view, now, verbs) for joined in view.did_you_join),
        *(unsure(mail, today, verbs) for mail in mine.unsure),
        *(_telling(telling, view, now, verbs) for telling in view.to_tell),
        *(differing(note, verbs) for note in mine.two_texts),
        *(_question(question, verbs) for question in view.questions),
        *(_to_allow(one, view, now, verbs) for one in view.to_allow),
    ]
    if view.waiting > len(view.questions):  # where all of them are questions, each has its row above
        said = t("Answers to you: {waits}", waits=waits_sentence(view.waiting, view.longest))
        show = button(t("Show them"), verbs.answers, says=t("Show the answers to you"))
        rows.append(Row(said, PlainLabel(said), [show]))
    if view.stuck:
        said = tn("{count} message did not go out, or nobody knows whether it did.",
                  "{count} messages did not go out, or nobody knows whether they did.", view.stuck)  # fmt: skip
        again = button(t("Try again"), verbs.deliver, says=t("Send what waits again"))
        rows.append(Row(said, PlainLabel(said), [button(t("Show the outbox"), verbs.outbox), again]))
    return [*rows, *(old_note(note, today, verbs) for note in mine.old[:MOST_OLD])]


def _card(found: list[Row]) -> Card:
    card, rows = Card(margin=18), RowList()
    for row in found:
        rows.add(row)
    card.add(rows)
    return card


def _joined(item: DidYouJoin, view: HomeView, now: datetime, verbs: Verbs) -> Row:
    key = item.meeting.id
    day = day_month(day_of(item.meeting.start, view.zone), day_of(now, view.zone))
    name = item.customer.name or item.meeting.title
    words = Sentence(mark("Did you join {customer} on {day}?"), strong=("customer",), customer=name, day=day)
    buttons = [
        button(t("I was there"), lambda: verbs.say(key, "attended"), says=t("I was there, {name}", name=name)),
        button(t("I was not"), lambda: verbs.say(key, "missed"), says=t("I was not there, {name}", name=name)),
        menu_button(
            t("Other"),
            [
                (t("Someone went for me…"), lambda: verbs.someone_else(key)),
                (t("It was no customer meeting"), lambda: verbs.no_meeting(key)),
            ],
            says=t("Other answers, {name}", name=name),
        ),
    ]
    told = " ".join(_also(item))
    if not told:
        return Row(words.accessibleName(), words, buttons)
    both = QWidget()
    lines = QVBoxLayout(both)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addWidget(words)
    lines.addWidget(PlainLabel(told, "small"))
    return Row(f"{words.accessibleName()} {told}", both, buttons)


def _also(item: DidYouJoin) -> Iterator[str]:
    if item.report:
        yield to_you(item.report.reason)
    if item.replied:
        yield t("Your reply is in the note.")


def _telling(item: ToTell, view: HomeView, now: datetime, verbs: Verbs) -> Row:
    name = item.customer.name or item.meeting.title
    today = day_of(now, view.zone)
    words = Sentence(
        mark("Tell your team about {customer} — {state}"), strong=("customer",), customer=name,
        state=_so_far(item, today),
    )  # fmt: skip
    go = button(t("Continue"), lambda: verbs.listen(item.meeting.id), says=t("Continue, {name}", name=name))
    return Row(words.accessibleName(), words, [go])


def _so_far(item: ToTell, today: date) -> str:
    said = _in_note(item)
    due = t("until {day} it completes your seat", day=day_month(item.until, today)) if item.until >= today else ""
    return "; ".join(part for part in (said, due) if part) or t("ten minutes are enough")


def _in_note(item: ToTell) -> str:
    if item.replied:
        return t("your reply is in the note")
    if item.lines:
        return tn("your note has {count} line", "your note has {count} lines", item.lines)
    return tn("your note has {count} answer", "your note has {count} answers", item.answers) if item.answers else ""


def _question(item: Question, verbs: Verbs) -> Row:
    who = item.name or t("A reader")
    words = Sentence(mark("{name} asked you a question: {text}"), strong=("name",), name=who, text=item.text)
    read = link(t("Read it"), lambda: verbs.takeaway(item.takeaway.id), says=t("Read what {name} asks about", name=who))
    go = button(t("Answer…"), lambda: verbs.reply(item), says=t("Answer {name}", name=who))
    return Row(words.accessibleName(), words, [read, go])


def _to_allow(item: ToAllow, view: HomeView, now: datetime, verbs: Verbs) -> Row:
    takeaway, key = item.takeaway, item.takeaway.id
    words = Sentence(
        mark("{headline} · {author}, {audience}. {state}"), strong=("headline",), headline=takeaway.headline,
        author=item.author, audience=say(takeaway.audience), state=waits(takeaway, now, view.zone),
    )  # fmt: skip
    name = takeaway.headline
    buttons = [button(t("Hold it…"), lambda: verbs.hold(key), says=t("Hold: {headline}", headline=name))]
    if item.state == "asked":
        buttons.insert(0, button(t("Say yes…"), lambda: verbs.agree(key), says=t("Say yes: {headline}", headline=name)))
    buttons.insert(0, link(t("Read it"), lambda: verbs.look(takeaway), says=t("Read: {headline}", headline=name)))
    return Row(words.accessibleName(), words, buttons)


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
