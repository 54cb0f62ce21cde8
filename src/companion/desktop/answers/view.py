"""Lays out the list of takeaways that were answered, and the answers to one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.answers.words import actor, counts, since, to_whom, what_is_done
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.items import Item
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel, Tone
from companion.programme.views.answers import AnswerRow, AnswersView, AsideRow, MyAnswers
from companion.takeaways.model import Action
from companion.words.answers import from_whom, kind_words, pace_sentence
from companion.words.language import t


@dataclass(frozen=True)
class Verbs:
    """What the page can be told to do."""

    pick: Callable[[str, bool], None]  # an answer's id, whether it is chosen
    answer: Callable[[AnswersView], None]  # those chosen, else all who wait
    act: Callable[[AnswersView], None]
    done: Callable[[Action], None]
    accept: Callable[[AsideRow], None]  # as whoever its address belongs to, else as outside
    accept_as: Callable[[AsideRow], None]  # as somebody of ours
    dismiss: Callable[[AsideRow], None]
    mails: Callable[[str], None]  # a takeaway's id
    read: Callable[[str], None]  # a takeaway's id


def items(view: MyAnswers) -> list[Item]:
    """Who waits first, then what is to be looked at or done, then what was answered, then what was not."""
    waits = [one for one in view.views if one.waiting]
    left = [one for one in view.views if not one.waiting]
    mine = [one for one in left if one.aside or _todo(one)]
    rest = [one for one in left if one not in mine]
    sections = (
        (t("To answer"), waits),
        (t("To look at or to do"), mine),
        (t("Answered"), [one for one in rest if one.rows]),
        (t("No answer yet"), [one for one in rest if not one.rows]),
    )
    listed: list[Item] = []
    for label, found in sections:
        if found:
            listed.append(Item("", label))
            listed += [_item(one) for one in found]
    return listed


def _todo(view: AnswersView) -> list[Action]:
    return [one for one in view.actions if one.done is None and view.me in (one.owner_id, view.takeaway.author_id)]


def _item(view: AnswersView) -> Item:
    waiting = len(view.waiting)
    return Item(view.takeaway.id, view.takeaway.headline, counts(view, len(_todo(view))), "", strong=waiting > 0)


def fill(column: Column, view: AnswersView, whole: MyAnswers, picked: set[str], verbs: Verbs) -> None:
    """Show one takeaway's answers."""
    takeaway = view.takeaway
    column.begin()
    column.add(header(PlainLabel(takeaway.headline, "heading"), link(t("Read it"), partial(verbs.read, takeaway.id))))
    pace = pace_sentence(view.pace) if view.author else ""
    if pace:
        column.add(PlainLabel(pace, "soft"))
    _aside(column, view, whole, verbs)
    waits = view.waiting
    if waits:
        column.section(t("To answer"))
        column.add(_answers(waits, whole, picked, verbs))
    if not view.rows and not view.aside:
        said = t("Nobody has answered yet. Answers by mail come in by themselves where there is an inbox; a mail that "
                 "came to you can be taken in here, or dropped on this page as a file.")  # fmt: skip
        column.add(PlainLabel(said, "soft"), 12)
    if view.author:
        column.add(_acts(view, verbs), 10)
    _actions(column, view, whole, verbs)
    rest = [row for row in view.rows if row not in waits]
    if rest:
        column.section(t("Answered") if view.author else t("Answers"))
        column.add(_answers(rest, whole, picked if view.author else None, verbs))
    column.end()


def _acts(view: AnswersView, verbs: Verbs) -> QWidget:
    """What the author does with answers."""
    made = []
    if view.rows:
        filled = bool(view.waiting)
        made.append(button(t("Answer once for all…"), partial(verbs.answer, view), filled=filled))
        made.append(button(t("Make it an action…"), partial(verbs.act, view)))
    made.append(button(t("Take in mails…"), partial(verbs.mails, view.takeaway.id)))
    return Flow(made, spacing=8)


def _answers(rows: Sequence[AnswerRow], whole: MyAnswers, picked: set[str] | None, verbs: Verbs) -> QWidget:
    card, lines = Card(margin=18), RowList()
    for row in rows:
        lines.add(_answer(row, whole, picked, verbs))
    card.add(lines)
    return card


def _answer(row: AnswerRow, whole: MyAnswers, picked: set[str] | None, verbs: Verbs) -> Row:
    """One answer; the author can choose it, to answer several at once."""
    answer = row.answer
    head = f"{from_whom(answer)} · {kind_words(answer.kind)}"
    words: list[tuple[str, Tone]] = [(head, "strong")]
    if answer.text:
        words.append((answer.text, ""))
    words.append((since(answer, whole.now, whole.zone), "small"))
    if answer.reply:
        words.append((t("Answered: {text}", text=answer.reply), "soft"))
    content = _lines([PlainLabel(text, tone) for text, tone in words])
    says = " ".join(text for text, _tone in words)
    if picked is None or row.mine:
        return Row(says, content)
    check = QCheckBox()
    check.setAccessibleName(t("Choose the answer of {who}: {text}", who=from_whom(answer), text=answer.text))
    check.setChecked(answer.id in picked)
    check.toggled.connect(partial(verbs.pick, answer.id))
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(check, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(content, 1)
    made = Row(says, box)
    made.buttons = [check]  # up and down go from answer to answer
    return made


def _aside(column: Column, view: AnswersView, whole: MyAnswers, verbs: Verbs) -> None:
    if not view.aside:
        return
    column.section(t("To look at"))
    said = t("Their sender is nobody who was sent this. Nobody else sees them until you say whose they are.")
    column.add(PlainLabel(said, "soft"))
    card, lines = Card(margin=18), RowList()
    for one in view.aside:
        lines.add(_to_look_at(one, whole, verbs))
    card.add(lines)
    column.add(card)


def _to_look_at(one: AsideRow, whole: MyAnswers, verbs: Verbs) -> Row:
    answer = one.answer
    who = to_whom(answer)
    head = f"{who} · {kind_words(answer.kind)}"
    words: list[tuple[str, Tone]] = [
        (head, "strong"),
        (answer.text, ""),
        (since(answer, whole.now, whole.zone), "small"),
    ]
    outside = t("It is {name}'s", name=one.whose) if one.whose else t("From outside")
    buttons = [
        button(outside, partial(verbs.accept, one), says=f"{outside}: {who}"),
        button(t("It is a colleague's…"), partial(verbs.accept_as, one),
               says=t("Say which colleague's it is: {who}", who=who)),
        button(t("Dismiss…"), partial(verbs.dismiss, one), says=t("Dismiss what {who} wrote", who=who)),
    ]  # fmt: skip
    labels: list[QWidget] = [PlainLabel(text, tone) for text, tone in words if text]
    return Row(f"{head}. {answer.text}", _lines([*labels, Flow(buttons, spacing=8)]))


def _actions(column: Column, view: AnswersView, whole: MyAnswers, verbs: Verbs) -> None:
    if not view.actions:
        return
    column.section(t("What they set going"))
    card, lines = Card(margin=18), RowList()
    today = day_of(whole.now, whole.zone)
    for one in sorted(view.actions, key=lambda one: (one.done is not None, one.due is None, one.due, one.made)):
        below = what_is_done(one, today, whole.zone)
        head = t("{who}: {text}", who=actor(view, one), text=one.text)
        late = one.done is None and one.due is not None and one.due < today
        content = _lines([PlainLabel(head), PlainLabel(below, "warning" if late else "small")])
        mine = one.done is None and (view.author or one.owner_id == view.me)
        says = t("Done: {text}", text=one.text)
        done = [button(t("Done: we did…"), partial(verbs.done, one), says=says)] if mine else []
        lines.add(Row(f"{head}. {below}", content, done))
    card.add(lines)
    column.add(card)


def _lines(widgets: Sequence[QWidget]) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    for widget in widgets:
        column.addWidget(widget)
    return box
