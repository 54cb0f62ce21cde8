"""Briefs and questions as mail: the page in its body, the paper beside it, and a mail in return."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from companion.connectors.inlined import inlined
from companion.connectors.letter import file_name, programme_letter
from companion.connectors.letters import render_letter
from companion.programme import letters
from companion.takeaways.code import read_tag
from companion.takeaways.letters import Attachment, Letter, LetterParcel
from companion.takeaways.mailed import read_reply
from companion.takeaways.model import Shown
from companion.words.language import LANGUAGES

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FACTS = {
    "start": "2026-11-26T09:00:00+00:00", "day": "2026-11-26", "customer": "Kestrel Plumbing Supply",
    "guest": "Dana Okafor", "nda": False, "again": False,
}  # fmt: skip
PAGE = Shown(
    "Page as text",
    '<html><head><style>h1{}</style></head><body>\n<header><h1>Kestrel</h1></header><section class="avoid"><ul><li>'
    '<span class="label">A:</span> &lt;b&gt;</li></ul></section>'
    '<div class="back" aria-hidden="true">ruled</div></body>',
)


def parcel(made: Letter, language: str = "en", **facts: object) -> LetterParcel:
    told = replace(made, facts=made.facts | FACTS | facts)
    return LetterParcel(told, "Dana Okafor", language, "Ferro", (), "Europe/Amsterdam", "in@ferro.example")


def brief(role: str = letters.TO_READER, **facts: object) -> LetterParcel:
    made = letters.brief("m1", "dana", "dana@ferro.example", NOW, 0, role=role)
    paper = Attachment("Brief Łódź/Kestrel: 26.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")
    return replace(parcel(made, **facts), page=PAGE, attachments=(paper,))


def questions(language: str = "en", **facts: object) -> LetterParcel:
    return parcel(letters.after("m1", "dana", "dana@ferro.example", NOW, 0), language, **facts)


def test_the_page_stands_in_the_mail_and_its_paper_beside_it() -> None:
    message = programme_letter(brief(), "desk@ferro.example", NOW)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert "Page as text" in text.get_content()
    shown = html.get_content()
    assert "&lt;b&gt;" in shown
    assert "<style" not in shown
    assert "ruled" not in shown
    (paper,) = message.iter_attachments()
    assert (paper.get_filename(), paper.get_content()) == ("Brief Łódź Kestrel 26.pdf", b"%PDF-1.7 \x00\xff")


def test_a_page_brings_its_styles_to_each_tag_and_no_element_mails_do_not_know() -> None:
    shown = inlined(PAGE)
    assert '<h1 style="margin:0 0 12px' in shown
    assert '<div style="margin:16px 0;padding:0 12px 8px;border:1px solid #59636c">' in shown
    assert "class=" not in shown
    assert "<section" not in shown
    assert "</header>" not in shown
    assert inlined(None) == ""


@pytest.mark.parametrize(("role", "begins"), [("reader", "Brief: "), ("host", "What your guest reads: ")])
def test_a_customer_under_an_agreement_is_not_named_in_a_subject(role: str, begins: str) -> None:
    when = "Thursday, 26 November at 10:00"
    assert render_letter(brief(role))[0] == f"{begins}Kestrel Plumbing Supply, {when}"
    assert render_letter(brief(role, nda=True))[0] == begins + when
    assert "Kestrel" not in render_letter(questions(nda=True))[0]


def test_a_changed_one_says_so_first() -> None:
    subject, shown = render_letter(brief(again=True))
    assert subject.startswith("Changed: ")
    assert "The time, the place or the host has changed." in shown.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_in_return_has_the_code_and_the_questions(language: str) -> None:
    asked = questions(language)
    subject, shown = render_letter(asked)
    token = asked.letter.facts["token"]
    own = read_tag(subject)
    assert own
    assert (own.kind, own.token) == ("after", token)
    href = next(part for part in shown.html.split('"') if part.startswith("mailto:") and "body=" in part)
    sent = parse_qs(urlsplit(href.replace("&amp;", "&")).query)
    tag = read_tag(sent["subject"][0])
    assert tag
    assert (tag.kind, tag.token) == ("after", token)
    lines = sent["body"][0].split("\r\n")
    assert len([line for line in lines if line]) == 3
    answered = "\n".join(f"{line}\nMine." if line else "" for line in lines)
    assert read_reply(answered).answers == dict.fromkeys(("said", "scene", "surprise"), "Mine.")


def test_where_no_mail_is_read_nobody_is_asked_to_reply() -> None:
    shown = render_letter(replace(questions(), answer_to=""))[1]
    assert "Open Companion" in shown.text
    assert "mailto:" not in shown.html
    assert "replying" not in shown.text


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Brief Kestrel 26 November.pdf", "Brief Kestrel 26 November.pdf"), ("../../x\r\n.pdf", "x.pdf"),
        ("Công ty Thủy.pdf", "Công ty Thủy.pdf"), ("a" * 200 + ".pdf", "a" * 96 + ".pdf"), ("???.pdf", "file.pdf"),
    ],
)  # fmt: skip
def test_a_files_name_is_one_everywhere(name: str, plain: str) -> None:
    assert file_name(name) == plain
