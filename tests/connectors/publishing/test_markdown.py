"""What people write is shown, and does nothing."""

import re
import time

import pytest

from companion.connectors.markdown import clean, one_line, to_html, to_plain, to_read

ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)", "[x](vbscript:x)", "![x](https://evil.example/t.png)",
    "<svg onload=alert(1)>", "<a href='javascript:alert(1)'>x</a>", "[x](//evil.example)", r"[x](\\host\share)",
    "<javascript:alert(1)>", "[x]: javascript:alert(1)\n\n[x]", "<iframe src=//evil.example>", "<!-- --><b>x</b>",
    "[x](file:///etc/passwd)", "<style>*{display:none}</style>", "<math><mi xlink:href='x'>",
    "[x](\x01javascript:alert(1))",
    "[a](https://ok.example \"onmouseover=alert(1) '\")", "`<script>`", "|a|\n|-|\n|<script>x</script>|",
    "&#60;script&#62;alert(1)&#60;/script&#62;", "<form action=//evil.example><input>",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_written_can_act(attack: str) -> None:
    html = to_html(attack)
    assert not re.search(r"<\s*/?\s*(script|img|svg|style|iframe|math|form|input|object)\b", html, re.IGNORECASE)
    for tag in re.findall(r"<[^>]*>", html):
        assert not re.search(r"\son\w+\s*=", re.sub(r'"[^"]*"', '""', tag), re.IGNORECASE)
    for address in re.findall(r'(?:href|src)="([^"]*)"', html):
        assert re.match(r"(https?|mailto):", address), address


def test_text_is_shown_as_it_was_meant() -> None:
    assert to_html("a *b* **c** ~~d~~ `e`") == "<p>a <em>b</em> <strong>c</strong> <s>d</s> <code>e</code></p>"
    assert "<li>one</li>" in to_html("- one\n- two")
    assert "<td>1</td>" in to_html("|a|\n|:-:|\n|1|")
    assert to_html("[x](https://ok.example)") == (
        '<p><a href="https://ok.example" rel="noopener noreferrer nofollow">x</a></p>'
    )


def test_headings_stand_below_the_pages_own() -> None:
    assert to_html("# a") == "<h3>a</h3>"
    assert to_html("###### a") == "<h6>a</h6>"


def test_plain_text_has_no_marks_left() -> None:
    assert to_plain("# a\n\n*b* & <i> [c](https://ok.example)") == "a b & <i> c"


def test_all_that_can_be_read_holds_where_links_lead_and_what_they_say() -> None:
    assert to_read("se[cr](https://x.example)et and se&#99;ret").split("\n") == [
        "secret and secret",
        "https://x.example",
    ]
    assert to_read('[x](https://x.example/%63 "a&#99;")').split("\n") == ["x", "https://x.example/c", "ac"]
    assert to_read("one\n\ntwo").split() == ["one", "two"]


def test_hidden_characters_are_gone_and_letters_have_one_form() -> None:
    assert clean("a\u202eb\u2066c\x00d\r\ne\ud800\uffff") == "abcd\ne"
    assert one_line(" a\n b\u202e ") == "a b"
    assert one_line("Ho\u0300a") == "Hòa"


@pytest.mark.parametrize("bomb", ["[" * 20_000, "*a_" * 7_000, "> " * 10_000, "`" * 20_000, "|" * 20_000])
def test_a_bomb_takes_no_longer_than_a_blink(bomb: str) -> None:
    began = time.process_time()
    to_html(bomb)
    assert time.process_time() - began < 5
