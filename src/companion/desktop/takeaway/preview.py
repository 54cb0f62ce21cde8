"""The takeaway as its readers will see it, with its reading time and what is worth a second look."""

from companion.desktop.takeaway.facts import Opened
from companion.desktop.widgets.article import Article, origin
from companion.desktop.widgets.card import divider
from companion.desktop.widgets.chip import Chip
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.text import PlainLabel
from companion.takeaways.audience import say
from companion.takeaways.gate import check
from companion.takeaways.model import Takeaway
from companion.takeaways.reading import budget, hints, seconds
from companion.words.gate import finding
from companion.words.language import mark, t
from companion.words.problems import from_code

BUDGETS = {"short": mark("short"), "good": mark("good"), "long": mark("long")}
MOST = 6  # hints at a time; more would not be read


def fill(column: Column, takeaway: Takeaway, opened: Opened) -> None:
    """Show it."""
    column.begin()
    length = budget(seconds(takeaway))
    time = t("{seconds} seconds to read: {judged}", seconds=seconds(takeaway), judged=t(BUDGETS[length]))
    column.add(header(t("As a reader sees it"), Chip(time, "good" if length == "good" else "warning")))
    where = origin(takeaway, opened.author.name, say(takeaway.audience), "")
    article = Article(takeaway, where, opened.author.team, panel=24)
    if takeaway.question:
        article.add(divider(), 4)
        article.add(PlainLabel(takeaway.question, "strong"))
    column.add(article, 4)
    found = check(takeaway, opened.contacts)
    if found:
        column.section(t("Before it leaves the room"))
        for item in found[:MOST]:
            column.add(PlainLabel(finding(item.code, item.text), "warning"))
    advice = hints(takeaway, opened.author.language)
    if advice:
        column.section(t("It could be better"))
        for hint in advice[:MOST]:
            column.add(PlainLabel(from_code(hint.code, hint.facts), "soft"))
    column.end()
