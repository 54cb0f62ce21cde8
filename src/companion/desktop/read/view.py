"""Lays out the list of takeaways and one of them with its answers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from companion.basics.clock import day_of
from companion.desktop.widgets.article import Article, origin
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import divider
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.items import Item
from companion.desktop.widgets.text import Sentence
from companion.programme.views.reading import ReadRow, ReadView
from companion.takeaways.audience import say
from companion.takeaways.model import Answer
from companion.words.dates import day_month, month_year
from companion.words.language import mark, t

ANSWERS = (
    ("changes", mark("This changes my work")),
    ("question", mark("A question")),
    ("already", mark("We already do")),
    ("differently", mark("I see it differently")),
)
SAID = {
    "changes": mark("{who}, it changes their work: {text}"),
    "question": mark("{who} asks: {text}"),
    "already": mark("{who}, already done: {text}"),
    "differently": mark("{who} sees it differently: {text}"),
    "more": mark("{who} wants to know more: {text}"),
}


@dataclass(frozen=True)
class Verbs:
    """What the page can be told to do."""

    answer: Callable[[str, str, str], None]  # (takeaway id, kind, what was pressed)
    withdraw: Callable[[str], None]
    customer: Callable[[str], None]
    edit: Callable[[str], None]  # a meeting id
    reply: Callable[[Answer], None]


def items(view: ReadView) -> list[Item]:
    """Unread first, then the rest, each under its heading."""
    listed: list[Item] = []
    for unread, label in ((True, t("Unread")), (False, t("Earlier"))):
        rows = [row for row in view.rows if row.unread == unread]
        if rows:
            listed.append(Item("", label))
        listed += [_item(row, view.zone) for row in rows]
    return listed


def _item(row: ReadRow, zone: str) -> Item:
    takeaway = row.takeaway
    when = month_year(day_of(takeaway.published, zone)) if takeaway.published and not row.unread else ""
    below = " · ".join(part for part in (row.author, takeaway.customer_name, when) if part)
    return Item(takeaway.id, takeaway.headline, below, "", row.unread)


def fill(column: Column, row: ReadRow, zone: str, verbs: Verbs) -> None:
    """Show one takeaway."""
    takeaway = row.takeaway
    column.begin()
    day = day_month(day_of(takeaway.published, zone)) if takeaway.published else ""
    article = Article(takeaway, origin(takeaway, row.author, say(takeaway.audience), day), row.team, panel=32)
    article.add(divider(), 4)
    if takeaway.question:
        article.add(Sentence(mark("{question}"), strong=("question",), question=takeaway.question))
    buttons = [button(t(label), partial(verbs.answer, takeaway.id, kind, t(label))) for kind, label in ANSWERS]
    article.add(Flow(buttons))
    for answer in row.answers:
        article.add(_answer(answer))
        if answer.reply:
            article.add(Sentence(mark("{author}: {text}"), strong=("author",), author=row.author, text=answer.reply))
        elif row.mine:
            who = answer.name or t("A reader")
            article.add(Flow([link(t("Answer…"), partial(verbs.reply, answer), says=t("Answer {name}", name=who))]))
    own = []
    if row.customer.name:
        own.append(
            link(t("More about {customer}", customer=row.customer.name), partial(verbs.customer, row.customer.id))
        )
    if row.mine:
        own.append(link(t("Correct it"), partial(verbs.edit, takeaway.meeting_id)))
        own.append(link(t("Withdraw it…"), partial(verbs.withdraw, takeaway.id)))
    if own:
        article.add(Flow(own, spacing=16), 8)
    column.add(article)
    column.end()


def _answer(answer: Answer) -> Sentence:
    name = answer.name or t("A reader")
    who = t("{name}, {team}", name=name, team=answer.team) if answer.team else name
    return Sentence(SAID.get(answer.kind, SAID["more"]), strong=("who",), tone="soft", who=who, text=answer.text)
