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
from companion.desktop.widgets.text import PlainLabel, Sentence
from companion.programme.views.reading import ReadRow, ReadView
from companion.takeaways.audience import say
from companion.takeaways.model import Answer
from companion.takeaways.pillars import say as say_pillar
from companion.words.dates import day_month, month_year
from companion.words.desk import waits
from companion.words.gate import FIELDS
from companion.words.language import mark, t
from companion.words.releasing import stands

ANSWERS = (
    ("changes", mark("This changes my work")),
    ("question", mark("A question")),
    ("already", mark("We already do")),
    ("differently", mark("I see it differently")),
    ("more", mark("I know more about this customer")),
)
SAID = {
    "changes": mark("{who}, it changes their work: {text}"),
    "question": mark("{who} asks: {text}"),
    "already": mark("{who}, already done: {text}"),
    "differently": mark("{who} sees it differently: {text}"),
    "more": mark("{who} knows more about them: {text}"),
}


@dataclass(frozen=True)
class Verbs:
    """What the page can be told to do."""

    answer: Callable[[str, str, str], None]  # (takeaway id, kind, what was pressed)
    withdraw: Callable[[str], None]
    customer: Callable[[str], None]
    edit: Callable[[str], None]  # a meeting id
    reply: Callable[[Answer], None]
    where: Callable[[str], None]
    hold: Callable[[str], None]
    let_go: Callable[[str], None]
    agree: Callable[[str], None]
    prolong: Callable[[str], None]
    answers: Callable[[str], None]


def items(view: ReadView) -> list[Item]:
    """Unread first, then the rest, each under its heading."""
    listed: list[Item] = []
    for unread, label in ((True, t("Unread")), (False, t("Earlier"))):
        rows = [row for row in view.rows if row.unread == unread]
        if rows:
            listed.append(Item("", label))
        listed += [_item(row, view.zone) for row in rows]
    if view.withdrawn:
        listed += [Item("", t("Withdrawn")), *(_item(row, view.zone) for row in view.withdrawn)]
    return listed


def _item(row: ReadRow, zone: str) -> Item:
    takeaway = row.takeaway
    when = month_year(day_of(takeaway.published, zone)) if takeaway.published and not row.unread else ""
    below = " · ".join(part for part in (row.author, takeaway.customer_name, when) if part)
    return Item(takeaway.id, takeaway.headline, below, "" if row.state == "out" else stands(row.state), row.unread)


def fill(column: Column, row: ReadRow, view: ReadView, verbs: Verbs, under: PlainLabel | None = None) -> None:
    """Show one takeaway; `under` says how many it reached, where it is mine."""
    takeaway, zone = row.takeaway, view.zone
    column.begin()
    if row.state != "out":
        column.add(PlainLabel(_standing(row, view), "strong"))
    day = day_month(day_of(takeaway.published, zone)) if takeaway.published else ""
    article = Article(takeaway, origin(takeaway, row.author, say(takeaway.audience), day), row.team, panel=32)
    for line in _labels(row, zone):
        article.add(PlainLabel(line, "small"))
    article.add(divider(), 4)
    if takeaway.question:
        article.add(Sentence(mark("{question}"), strong=("question",), question=takeaway.question))
    if row.state == "out":
        buttons = [button(t(label), partial(verbs.answer, takeaway.id, kind, t(label))) for kind, label in ANSWERS]
        article.add(Flow(buttons))
    for answer in row.answers:
        article.add(_answer(answer))
        if answer.reply:
            article.add(Sentence(mark("{author}: {text}"), strong=("author",), author=row.author, text=answer.reply))
        elif row.mine:
            who = answer.name or t("A reader")
            article.add(Flow([link(t("Answer…"), partial(verbs.reply, answer), says=t("Answer {name}", name=who))]))
    if under is not None:
        article.add(under, 8)
    own = []
    alias = takeaway.customer_name not in ("", row.customer.name)  # who they are is not for every reader
    if row.customer.name and (row.stops or not alias):
        own.append(
            link(t("More about {customer}", customer=row.customer.name), partial(verbs.customer, row.customer.id))
        )
    own += [link(label, partial(act, key)) for label, act, key in _acts(row, verbs)]
    if own:
        article.add(Flow(own, spacing=16), 8)
    column.add(article)
    column.end()


def _answer(answer: Answer) -> Sentence:
    name = answer.name or t("A reader")
    who = t("{name}, {team}", name=name, team=answer.team) if answer.team else name
    return Sentence(SAID.get(answer.kind, SAID["more"]), strong=("who",), tone="soft", who=who, text=answer.text)


def _standing(row: ReadRow, view: ReadView) -> str:
    """How my own stands, where readers do not see it."""
    takeaway, zone = row.takeaway, view.zone
    if takeaway.withdrawn:
        said = t("Withdrawn on {day}.", day=day_month(day_of(takeaway.withdrawn, zone)))
        return f"{said} {takeaway.withdrawn_why}".strip()
    if row.state == "expired" and takeaway.expires:
        return t("Shown until {day}; readers see it no more.", day=day_month(takeaway.expires))
    said = waits(takeaway, view.now, zone)
    return t("{said} Why: {why}", said=said, why=takeaway.held_why) if takeaway.held_why else said


def _labels(row: ReadRow, zone: str) -> list[str]:
    """What was put right, what is the author's reading of it, its pillars, and how long it is shown."""
    takeaway = row.takeaway
    found = []
    corrected = takeaway.revised or takeaway.published
    if takeaway.correction and corrected:
        day = day_month(day_of(corrected, zone))
        found.append(t("Corrected on {day}: {text}", day=day, text=takeaway.correction))
    told = {name for name in FIELDS if getattr(takeaway, name, "")}
    thought = [t(FIELDS[name]) for name, origin in takeaway.origins if origin == "interpretation" and name in told]
    if thought:
        found.append(t("The author's interpretation: {fields}.", fields=", ".join(thought)))
    labels = [say_pillar(pillar) for pillar in takeaway.pillars]
    if takeaway.expires:
        labels.append(t("shown until {day}", day=f"{day_month(takeaway.expires)} {takeaway.expires.year}"))
    return [*found, " · ".join(labels)] if labels else found


def _acts(row: ReadRow, verbs: Verbs) -> list[tuple[str, Callable[[str], None], str]]:
    """What I may do with it: (label, verb, what it takes)."""
    takeaway, standing = row.takeaway, row.state != "withdrawn"
    found = [(t("Where it went…"), verbs.where, takeaway.id)] if row.stops else []
    if row.mine and standing:
        found.insert(0, (t("All answers…"), verbs.answers, takeaway.id))
        found.append((t("Correct it…"), verbs.edit, takeaway.meeting_id))
        found.append((t("Withdraw it…"), verbs.withdraw, takeaway.id))
    if row.mine and row.state == "expired":
        found.append((t("Show it longer…"), verbs.prolong, takeaway.id))
    if row.stops and row.state in ("out", "waiting", "asked"):
        found.append((t("Hold it…"), verbs.hold, takeaway.id))
    if row.stops and row.state == "held":
        found.append((t("Let it go…"), verbs.let_go, takeaway.id))
    if row.stops and not row.mine and row.state == "asked":
        found.append((t("Say yes…"), verbs.agree, takeaway.id))
    return found
