"""Every word of a page or mail that is not the author's goes through translation: seen with the pseudo-language."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from companion.connectors.letter import letter
from companion.connectors.rendering import render_copy
from companion.connectors.site.channel import SiteChannel
from companion.takeaways.model import Answer, Parcel
from companion.words.language import PSEUDO
from connectors.publishing.made import a_parcel
from takeaways.made import NOON

SHOWN = ("aria-label", "placeholder", "title", "alt", "data-all", "data-shown")


class Words(HTMLParser):
    """Collects what a reader sees or hears of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in SHOWN]


def bare(text: str) -> list[str]:
    """The words outside the pseudo-language's brackets; nested ones are taken from the inside out."""
    text = re.sub(r"\[T-[^\]]*\]", "", text)  # what a reader types is the same in every language
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = shorter
    return re.findall(r"[^\W\d_]{2,}", text)


def in_figures() -> Parcel:
    """A parcel whose author wrote nothing but figures, so that every letter is ours."""
    names = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "customer_name")
    said = Answer("1", "1", "already", "11", NOON, "12", "13", "14")
    parcel = a_parcel(1, answers=(said,), revision=2, **{name: f"{number}" for number, name in enumerate(names, 20)})
    return replace(
        parcel,
        author="31",
        team="32",
        language=PSEUDO,
        recipient="33@44.55",
        answer_to="66@77.88",
        first_published=NOON,
    )


def test_site(tmp_path: Path) -> None:
    SiteChannel(tmp_path / "full", "company", language=PSEUDO).publish([in_figures()])
    SiteChannel(tmp_path / "empty", "company", language=PSEUDO).publish([])
    for page in ("full/index.html", "full/t/t-1.html", "empty/index.html"):
        assert bare(" | ".join(Words((tmp_path / page).read_text("utf-8")).found)) == []


def test_mail_and_copy() -> None:
    message = letter(in_figures(), "1@2.3", "c1", NOON)
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    html, text = render_copy(in_figures())
    for shown in (plain.get_content(), text, *(" | ".join(Words(one).found) for one in (rich.get_content(), html))):
        assert bare(shown) == []


def test_a_bare_word_would_be_seen() -> None:
    assert bare("⟦Heard by ⟦31⟧⟧ Oops 12") == ["Oops"]
