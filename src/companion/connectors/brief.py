"""A brief's page in every form: text, HTML, Markdown, and what is printed; each says the same, in one language."""

import re

from companion.briefs.model import Brief, Page
from companion.briefs.outline import Item, Outline, Section, outline
from companion.connectors.rendering import render, tidy
from companion.words.brief import lacking
from companion.words.language import speaking

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])")
_LEFT = frozenset(("room", "lines", "goals"))  # what the printed page has in its left column


def render_brief(brief: Brief, language: str = "en") -> Page:
    """The page in a reader's language. What people wrote is escaped in each form, and links lead to the web alone."""
    with speaking(language):
        told = outline(brief)
        facts = {
            "o": told, "about": _about(told), "md": _markdown, "address": _address, "shown": _shown,
            "columns": _columns(told), "lacking": lacking(),
        }  # fmt: skip
        return Page(
            text=tidy(render("brief/page.txt", **facts)),
            html=render("brief/page.html", **facts),
            markdown=tidy(render("brief/page.md.txt", **facts)),
            paper=render("brief/paper.html", **facts),
        )


def _about(told: Outline) -> str:
    return f"{told.customer}: {told.title}" if told.title else told.customer


def _columns(told: Outline) -> tuple[list[Section], list[Section]]:
    left = [section for section in told.sections if section.key in _LEFT]
    return left, [section for section in told.sections if section not in left]


def _markdown(text: str) -> str:
    """A text that Markdown shows as it is."""
    return _MARKS.sub(r"\\\1", text)


def _address(item: Item) -> str:
    """Where an item leads, "" unless it is a page of the web."""
    return item.link if item.link.lower().startswith(("https://", "http://")) else ""


def _shown(item: Item) -> str:
    """A link as paper shows it: nobody types more of it than where it leads."""
    if not item.link or len(item.text) <= 60:
        return item.text
    return f"{item.text.split('://')[-1].split('/')[0]}/…"
