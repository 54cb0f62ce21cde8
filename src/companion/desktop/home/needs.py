"""Rows of Home about what was heard, told and asked: what needs me."""

from collections.abc import Iterator
from datetime import date, datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.home.mine import differing, old_note, unsure
from companion.desktop.home.verbs import Verbs
from companion.desktop.widgets.buttons import button, link, menu_button
from companion.desktop.widgets.rows import Row
from companion.desktop.widgets.text import PlainLabel, Sentence
from companion.programme.views.home import DidYouJoin, HomeView, Question, ToAllow, ToTell
from companion.takeaways.audience import say
from companion.words.answers import waits_sentence
from companion.words.dates import day_month
from companion.words.desk import waits
from companion.words.joined import to_you
from companion.words.language import mark, t, tn

MOST_OLD = 2  # notes that may go, asked at a time


def needs(view: HomeView, now: datetime, verbs: Verbs) -> list[Row]:
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
