"""Documents in every form: HTML of their own, Markdown, and what is printed; each says the same."""

import re
from itertools import count

from companion.briefs.model import Page
from companion.connectors.charts import draw
from companion.connectors.rendering import render, tidy
from companion.programme.document import Document
from companion.words.brief import lacking
from companion.words.language import speaking

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])")


def render_report(document: Document) -> Page:
    """The document in its language. What people wrote is escaped in each form, and nothing is fetched."""
    with speaking(document.language):
        numbers = count()
        charts = {id(part.chart): draw(part.chart, numbers) for part in document.sections if part.chart}
        facts = {"d": document, "drawn": lambda chart: charts[id(chart)], "md": _markdown, "lacking": lacking()}
        markdown = tidy(render("report/page.md.txt", **facts))
        return Page(
            text=markdown, html=render("report/page.html", **facts), markdown=markdown,
            paper=render("report/paper.html", **facts),
        )  # fmt: skip


def _markdown(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
