"""Rows of Home about my notes, my mails and my promises."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.desktop.home.verbs import Verbs
from companion.desktop.widgets.buttons import button, link, menu_button
from companion.desktop.widgets.rows import Row
from companion.desktop.widgets.text import PlainLabel, Sentence
from companion.programme.views.home_notes import OldNote, Promise, TwoTexts, UnsureMail
from companion.words.brief import due
from companion.words.dates import day_month
from companion.words.language import mark, t, tn

MOST_PROMISES = 3
SHORT = 60  # characters of a promise in a menu


def unsure(item: UnsureMail, today: date, verbs: Verbs) -> Row:
    """A reply that may be somebody else's: mine, or not."""
    day, sender, about = day_month(item.day, today), item.mail.sender, item.about
    if about:
        words = Sentence(mark("A reply about {customer}, {day}, came from {sender}. Is it yours?"),
                         strong=("customer",), customer=about, day=day, sender=sender)  # fmt: skip
    else:
        words = Sentence(mark("A reply of {day} came from {sender}. Is it yours?"), day=day, sender=sender)
    name = about or day
    return Row(words.accessibleName(), words, [
        link(t("Read it"), lambda: verbs.look_at(item), says=t("Read the reply about {what}", what=name)),
        button(t("It is mine"), lambda: verbs.take(item), says=t("The reply about {what} is mine", what=name)),
        button(t("It is not"), lambda: verbs.leave(item), says=t("The reply about {what} is not mine", what=name)),
    ])  # fmt: skip


def differing(item: TwoTexts, verbs: Verbs) -> Row:
    """Two texts where one was expected; the note shows both."""
    said = mark("Your note on {customer} says one thing in two ways")
    if item.count > 1:
        said = mark("Your note on {customer} says {count} things in two ways")
    words = Sentence(said, strong=("customer",), customer=item.about, count=str(item.count))
    settle = button(t("Settle it"), lambda: verbs.listen(item.note_id), says=t("Settle it: {what}", what=item.about))
    return Row(words.accessibleName(), words, [settle])


def old_note(item: OldNote, today: date, verbs: Verbs) -> Row:
    """A raw note that has served."""
    words = Sentence(
        mark("The takeaway of your note on {customer}, {day}, has been out for 90 days. Do you still need the note?"),
        strong=("customer",), customer=item.about, day=day_month(item.day, today),
    )  # fmt: skip
    name = item.about
    return Row(words.accessibleName(), words, [
        link(t("Read it"), lambda: verbs.listen(item.note_id), says=t("Read the note on {what}", what=name)),
        button(t("Keep"), lambda: verbs.keep(item), says=t("Keep the note on {what}", what=name)),
        button(t("Delete…"), lambda: verbs.delete(item), says=t("Delete the note on {what}", what=name)),
    ])  # fmt: skip


def promised(found: Sequence[Promise], today: date, verbs: Verbs) -> list[Row]:
    """What I promised, soonest due first; a row leads to where it is settled."""
    return [*(_promise(one, today, verbs) for one in found[:MOST_PROMISES]), *_more(found[MOST_PROMISES:], verbs)]


def _promise(one: Promise, today: date, verbs: Verbs) -> Row:
    box, lines = QWidget(), QVBoxLayout()
    box.setLayout(lines)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addWidget(PlainLabel(one.fact.text))
    below = " · ".join(part for part in (one.customer, due(one.fact.due, today) if one.fact.due else "") if part)
    late = one.fact.due is not None and one.fact.due < today
    lines.addWidget(PlainLabel(below, "warning" if late else "small"))
    row = Row(f"{one.fact.text} · {below}", box, press=True)
    row.pressed.connect(lambda: verbs.promise(one))
    return row


def _more(rest: Sequence[Promise], verbs: Verbs) -> list[Row]:
    if not rest:
        return []
    said = tn("and {count} more", "and {count} more", len(rest))
    choices = [(t("{customer}: {text}", customer=one.customer, text=_short(one.fact.text)),
                partial(verbs.promise, one)) for one in rest]  # fmt: skip
    return [Row(said, PlainLabel(said, "soft"), [menu_button(t("Show"), choices, says=t("Show more promises"))])]


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"
