"""What a reader gets is in their language as a whole: none of our English is left in it, and `lang` says so."""

import re
import shutil
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import get_args

import pytest

from companion.basics.resources import resource
from companion.connectors.card import render_card
from companion.connectors.cutting import said, withdrawal
from companion.connectors.letter import letter, withdrawn_letter
from companion.connectors.letters import render_letter
from companion.connectors.rendering import render_copy
from companion.connectors.site import pages as pages_module
from companion.connectors.site.channel import SiteChannel
from companion.connectors.site.pages import Site
from companion.takeaways.letters import Letter, LetterKind, LetterParcel
from companion.takeaways.model import Answer, Parcel
from companion.words.language import LANGUAGES, SOURCE
from takeaways.made import NOON, a_takeaway
from words.reached import reached

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
FACTS = {
    "token": "ABCDEFGH", "out_at": NOON.isoformat(), "why": ["nda", "ask", "review"], "team": "32", "did": "11",
}  # fmt: skip


def in_figures(language: str) -> Parcel:
    """A parcel whose author wrote nothing but figures, so that every word is ours."""
    names = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "customer_name")
    texts: dict[str, str] = {name: f"{number}" for number, name in enumerate(names, 20)}
    answers = tuple(Answer(kind, "t-1", kind, "11", NOON, "12", "13", "14") for kind in ("question", "already"))
    told = replace(a_takeaway(), **texts, id="t-1", published=NOON, revision=2, expires=NOON.date(), held_by="15")
    return Parcel(
        told, "31", "32", "33@44.55", language=language, answers=answers, answer_to="66@77.88", heard_on=NOON.date()
    )


@cache
def pieces() -> tuple[str, ...]:
    """The pieces of our English texts between what is filled in, of two words at least."""
    found = {piece.strip(" .,:;()") for _, given in reached() for one in given for piece in re.split(r"\{\w+\}", one)}
    return tuple(sorted(piece for piece in found if " " in piece))


def english(text: str) -> list[str]:
    """The English pieces that stand in a text."""
    seen = " ".join(unescape(text).split())
    return [piece for piece in pieces() if piece in seen and re.search(rf"\b{re.escape(piece)}\b", seen)]


def speaks(html: str, language: str) -> bool:
    return f'<html lang="{language}">' in html


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kind", get_args(LetterKind))
@pytest.mark.parametrize("role", ["", "host"])
def test_a_letter(language: str, kind: LetterKind, role: str) -> None:
    parcel = in_figures(language)
    one = Letter("1", kind, "33@44.55", "t-1", NOON, NOON, {**FACTS, "role": role})
    subject, told = render_letter(LetterParcel(one, "34", language, "35", (parcel,), answer_to="66@77.88"))
    assert speaks(told.html, language)
    assert english(f"{subject} {told.text} {told.html}") == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_mail_a_copy_and_what_is_said_in_a_chat(language: str) -> None:
    parcel = in_figures(language)
    for mail in (letter(parcel, "1@2.33", "c1", NOON), withdrawn_letter(parcel, "1@2.33", "c1", NOON)):
        plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
        assert plain is not None
        assert rich is not None
        assert speaks(rich.get_content(), language)
        assert english(f"{plain.get_content()} {rich.get_content()}") == []
    assert english(" ".join((*render_copy(parcel), said(parcel).text, withdrawal(parcel).text))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_card(language: str) -> None:
    card = render_card(in_figures(language), "16", "17", NOON.date())
    assert speaks(card.html, language)
    assert english(f"{card.text} {card.html}") == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_site(tmp_path: Path, language: str) -> None:
    site = SiteChannel(tmp_path, "company", language=language)
    site.publish([in_figures(language)])
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) >= 3
    for page in pages:
        shown = page.read_text("utf-8")
        assert speaks(shown, language)
        assert english(shown) == []


def test_a_site_is_made_anew_when_its_language_is_said_better(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site("1", "22", "company", "it")
    before = site.look()
    shutil.copytree(resource("translations"), tmp_path / "translations")
    with (tmp_path / "translations/it/LC_MESSAGES/companion.po").open("a", encoding="utf-8") as file:
        file.write("# better")
    monkeypatch.setattr(
        pages_module, "resource", lambda name: tmp_path / name if name == "translations" else resource(name)
    )
    pages_module._translations.cache_clear()
    after = site.look()
    pages_module._translations.cache_clear()
    assert after != before


def test_english_would_be_seen() -> None:
    assert "Only unread" in english("<p>Only unread</p>")
    assert english(render_copy(in_figures("en"))[1])
