"""What mails and letters say of who reads an answer, and of what to do next."""

from dataclasses import replace

import pytest

from companion.connectors.cutting import said
from companion.connectors.letter import shown
from companion.connectors.letters import render_letter
from companion.takeaways.code import read_tag
from companion.takeaways.letters import Letter, LetterKind, LetterParcel
from companion.takeaways.model import Answer, Parcel, Shown
from connectors.publishing.made import a_parcel
from takeaways.made import NOON

SEEN = "Colleagues see your answer with your name"


def a_letter(kind: LetterKind, parcel: Parcel, **changes: str) -> Shown:
    about = parcel.takeaway.id
    letter = Letter("l", kind, "dana@ferro.example", about, NOON, NOON, {"token": "AAAABBBB"}, (about,))
    return render_letter(LetterParcel(letter, parcels=(parcel,), answer_to="a@ferro.example", **changes))[1]


def answers(*only: bool) -> tuple[Answer, ...]:
    return tuple(
        Answer(f"a{number}", "t", "question", "Why?", NOON, "Agnes", only_author=one) for number, one in enumerate(only)
    )


def test_whoever_answers_is_told_before_that_colleagues_see_it_with_their_name() -> None:
    parcel = a_parcel(audience="team:Safety")
    for told in (shown(parcel), a_letter("host_copy", parcel), a_letter("digest", parcel)):
        assert SEEN in told.text
        assert SEEN in told.html
    assert SEEN in said(parcel).text
    plain = "A plain reply to this mail goes only to the author."
    assert plain in shown(parcel).text
    assert plain in shown(parcel).html
    assert SEEN not in shown(replace(parcel, answer_to="")).text


def test_a_reader_of_plain_text_chooses_the_kind_and_who_sees_it() -> None:
    tags = [tag for line in shown(a_parcel()).text.splitlines() if (tag := read_tag(line))]
    kinds = ["changes", "question", "already", "differently", "more"]
    assert [tag.kind for tag in tags if not tag.only_author] == kinds
    assert [tag.kind for tag in tags if tag.only_author] == ["question"]


def test_only_a_quotation_is_called_the_customers_own_words() -> None:
    for parcel, is_quoted in ((a_parcel(), True), (a_parcel(quote="", quote_role=""), False)):
        for text in (shown(parcel).text, shown(parcel).html, said(parcel).text):
            assert ("own words" in text) == is_quoted
            assert "author&#39;s reading." in text or "author's reading." in text


def test_each_link_says_its_kind_to_a_screen_reader() -> None:
    for html in (shown(a_parcel()).html, a_letter("digest", a_parcel()).html):
        assert html.count('aria-label="A question, only to the author"') == 1


def test_a_chat_is_looked_at_by_what_stands_on_its_buttons() -> None:
    text = said(a_parcel()).text
    assert "mailto:" not in text
    assert "\n\nOnly to the author: This changes my work · A question · " in text


@pytest.mark.parametrize(
    ("private", "what"),
    [
        ((True,), "What you write back goes only to who wrote this."),
        ((True, True), "what you write goes to each of them, and to nobody else."),
        ((False, True), "below the answers that were not only for you."),
        ((False, False), "what you write goes to each of them, and colleagues see it under the takeaway."),
    ],
)
def test_the_author_learns_who_reads_what_they_write_back(private: tuple[bool, ...], what: str) -> None:
    told = a_letter("answers", replace(a_parcel(), answers=answers(*private)))
    assert what in told.text
    assert "Write your answer at its top and send it." in told.html
    assert (">Answer all of them<" in told.html) == (len(private) > 1)


def test_a_held_letter_says_whom_to_write_to_and_where_to_go_on() -> None:
    held = a_parcel(held=NOON, held_by="Rosa Vidal", held_why="They announce it on Friday.")
    told = a_letter("held", held, held_address="rosa@ferro.example").text
    assert "Talk to Rosa Vidal (rosa@ferro.example)." in told
    assert "in Companion, under Read" in told
    assert "Talk to Rosa Vidal." in a_letter("held", held).text
