"""What the gate reads is what readers read: the site, the mail and the search show no word that it let pass."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from companion.connectors.letter import letter
from companion.connectors.markdown import to_read
from companion.connectors.site.channel import SiteChannel
from companion.customers.model import Contact, Customer
from companion.takeaways.gate import GateFacts, apply, blocking, check
from companion.takeaways.model import Parcel, Takeaway
from fakes.ics import NOW
from takeaways.firm import BARE

HERON = Customer("c", "Marea Boats", off_limits=("secret",))
FACTS = GateFacts(HERON, as_read=to_read)
DRESSES = {
    "an entity": "se&#99;ret",
    "a named entity": "secr&eacute;t",
    "a link in the word": "se[cr](https://x.example)et",
    "an empty link": "se[](https://x.example)cret",
    "two links": "[se](https://a.example)[cret](https://b.example)",
    "a link's title": '[x](https://x.example "se&#99;ret")',
    "a link's address": "[x](https://x.example/se%63ret)",
    "a link defined below": "se[cr][1]et\n\n[1]: https://x.example",
}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("field", ["scene", "quote", "goal", "matters", "will_do", "headline", "correction"])
def test_a_word_that_only_the_reader_sees_holds_it_back(dress: str, field: str) -> None:
    takeaway = replace(BARE, **{field: f"They said {DRESSES[dress]}"})
    stops = blocking(check(takeaway, FACTS))
    assert [(item.code, item.field) for item in stops] == [("off_limits", field)]
    assert apply(takeaway, stops[0]) == takeaway  # nothing is offered in its place


def test_the_whole_field_is_shown_and_nothing_is_offered_in_its_place() -> None:
    text = "They said se&#99;ret, and A[nn](https://x.example)a Kowalska too."
    people = (Contact("p", "c", "", "Anna Kowalska", "owner"),)
    shown = check(replace(BARE, scene=text), replace(FACTS, contacts=people))
    hidden = [item for item in shown if item.span == (0, len(text))]
    assert {(item.code, item.text, item.blocks) for item in hidden} == {
        ("off_limits", "secret", True), ("name", "Anna Kowalska", False),
    }  # fmt: skip
    assert not [item for item in hidden if item.replacement]
    assert apply(replace(BARE, scene=text), hidden[0]).scene == text


@pytest.mark.parametrize("text", ["A **secret** one.", "<https://x.example/secret>", "# secret\n\n- secret\n- secret"])
def test_what_its_source_shows_is_found_once_where_it_stands(text: str) -> None:
    assert all(text[slice(*item.span)] == "secret" for item in check(replace(BARE, scene=text), FACTS))


@pytest.mark.parametrize("text", ["Plain.\n\n* one & two\n* 3 < 4", "[a](https://ok.example) `b` ~~c~~", "5 %\n\nthen"])
def test_harmless_marks_are_no_finding(text: str) -> None:
    assert check(replace(BARE, scene=text), FACTS) == []


def test_no_page_mail_or_search_shows_what_passed(tmp_path: Path) -> None:
    bare = Takeaway("t1", 1, "dana", "", "c", "company", "Head", scene="S", published=NOW, customer_name="Marea Boats")
    for number, dressed in enumerate(DRESSES.values()):
        takeaway = replace(bare, scene=f"They said {dressed}", goal=dressed, matters=dressed)
        parcel = Parcel(takeaway, "Dana", "Finance", "agnes@ferro.example", answer_to="answers@ferro.example")
        site = tmp_path / str(number)
        site.mkdir()
        SiteChannel(site, "company").publish([parcel])
        body = letter(parcel, "desk@ferro.example", "c", NOW).get_body(("html",))
        assert body is not None
        pages = [page.read_text("utf-8", "replace") for page in site.rglob("*") if page.is_file()]
        shows = any("secret" in re.sub("<[^>]*>", "", page) for page in (*pages, body.get_content()))
        assert blocking(check(takeaway, FACTS)) or not shows
