"""What a mail is made of: all of the text, nothing fetched from elsewhere, headers that cannot be broken."""

import re
from email.message import EmailMessage
from email.policy import SMTP

from companion.connectors.letter import letter
from companion.takeaways.code import read_tag
from companion.words.language import PSEUDO
from connectors.publishing.made import a_parcel
from takeaways.made import NOON, a_takeaway

ALL_OF_IT = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "customer_name")


def parts(message: EmailMessage) -> tuple[str, str]:
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    return plain.get_content(), rich.get_content()


def a_letter(language: str = "en", **changes: object) -> EmailMessage:
    parcel = a_parcel(recipient="agnes@ferro.example", **changes)
    parcel = type(parcel)(**{**parcel.__dict__, "language": language})
    return letter(parcel, "programme@ferro.example", "c1", NOON)


def test_both_bodies_hold_the_whole_takeaway_text_first() -> None:
    message = a_letter()
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    for body in parts(message):
        for field in ALL_OF_IT:
            assert getattr(a_takeaway(), field) in body


def test_the_html_fetches_nothing_and_has_its_styles_inline() -> None:
    html = parts(a_letter(scene="![x](https://elsewhere.example/x.png) <img src=x> [a](https://ok.example)"))[1]
    tags = " ".join(re.findall(r"<[^>]*>", html))
    assert not re.search(r"<(img|script|style|link|iframe|object|form)\b|url\(|@import|\ssrc=|\sbackground=", tags)
    assert set(re.findall(r'href="([^"]{8})', html)) == {"mailto:a", "https://"}


def test_headers_say_what_it_is_and_where_answers_go() -> None:
    message = a_letter()
    assert message["From"] == "Ines Prado <programme@ferro.example>"
    assert message["To"] == "agnes@ferro.example"
    assert message["Reply-To"] == "answers@ferro.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<takeaways.ferro.example>"
    assert message["X-Companion-Id"] == f"{a_takeaway().id}/1"
    assert message["Date"].datetime == NOON
    assert message["Message-ID"].endswith("@ferro.example>")
    assert read_tag(message["Subject"]) is not None


def test_ids_and_links_stand_in_the_head_as_they_are() -> None:
    head = a_letter(revision=2).as_bytes(policy=SMTP).decode("ascii").partition("\r\n\r\n")[0]
    lines = {name: line for name, _, line in (one.partition(": ") for one in head.split("\r\n"))}
    assert re.fullmatch(r"<[0-9a-f]{64}@ferro\.example>", lines["In-Reply-To"])
    assert lines["References"] == lines["In-Reply-To"] != lines["Message-ID"]
    assert re.fullmatch(r"<mailto:[^ >]+>", lines["List-Unsubscribe"])


def test_a_headline_cannot_add_headers() -> None:
    message = a_letter(headline="Hello\r\nBcc: all@ferro.example\u202egnp")
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Hello Bcc: all@ferro.examplegnp [T-")


def test_every_letter_of_the_world_survives() -> None:
    message = a_letter(headline="Hòa Bình: tấm pallet — “Północ”", scene="Nguyễn Thị Lan, Łódź, 名")
    raw = bytes(message)
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 998
    assert "Nguyễn Thị Lan, Łódź, 名" in parts(message)[0]
    assert message["Subject"].startswith("Hòa Bình: tấm pallet — “Północ” [T-")


def test_the_mail_speaks_the_readers_language() -> None:
    plain, rich = parts(a_letter(PSEUDO))
    for body in (plain, rich):
        assert "⟦Why it matters to us in Safety⟧" in body or "⟦Why it matters to us in {team}⟧" in body
        assert "⟦What we will do⟧" in body


def test_a_later_version_says_so() -> None:
    assert "This is version 3; it replaces the one you had." in parts(a_letter(revision=3))[0]
