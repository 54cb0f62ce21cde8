"""Only what the person wrote is kept of a reply, and all of it."""

import pytest

from companion.connectors.markup import text_of
from companion.connectors.quoting import MOST, below, unflowed, written
from connectors.replies import HTML, PLAIN


@pytest.mark.parametrize("name", PLAIN)
def test_what_was_quoted_is_left_out(name: str) -> None:
    body, own = PLAIN[name]
    assert written(body) == own


@pytest.mark.parametrize("name", HTML)
def test_html_is_read_like_text(name: str) -> None:
    body, own = HTML[name]
    assert written(text_of(body)) == own


def test_paragraphs_that_flow_are_joined() -> None:
    body = "This is one \nlong line \nof text.\nAnd another.\n> quoted \n> too\n-- \nAgnes"
    assert unflowed(body) == "This is one long line of text.\nAnd another.\n> quoted too\n-- \nAgnes"
    assert unflowed("halb \nwort", delete_space=True) == "halbwort"
    assert unflowed(" >not quoted\n From here") == ">not quoted\nFrom here"


def test_an_endless_text_is_bounded() -> None:
    assert len(written("word " * 100_000)) <= MOST


@pytest.mark.parametrize(
    "body", [">" * 100_000, "On " * 100_000 + "wrote:", "<" * 100_000, "<!" * 50_000, "<p>" * 100_000]
)
def test_hostile_text_ends(body: str) -> None:
    assert isinstance(written(body) + below(body), str)
    assert isinstance(written(text_of(body)), str)


@pytest.mark.parametrize(
    "body",
    [
        "Yes.\n\nFrom: Ferro\nSent: Thursday\nTo: Dana\nSubject: Three\n\n{}",
        "Yes.\n-- \nDana\n\n________________________________\nDa: Ferro\nInviato: giovedì\nA: Dana\nOggetto: Tre\n{}",
        "-----Original Message-----\nFrom: Ferro\nSent: Thursday\nTo: Dana\nSubject: Three\n\n{}",
        "Yes.\n\nOn Thu, 26 Nov 2026 at 11:10, Ferro <desk@ferro.example> wrote:\n\n{}",
    ],
)
def test_what_is_quoted_without_a_sign_is_there_to_be_looked_at(body: str) -> None:
    assert below(body.format("One sentence they said\nWe lose a day.\n> older")) == (
        "One sentence they said\nWe lose a day."
    )
    assert "lose" not in written(body.format("We lose a day."))


@pytest.mark.parametrize("body", ["Yes.\n\nOn 26/11/2026 11:10, Ferro wrote:\n> Three\n\nRain.", "Yes.\n-- \nDana"])
def test_nothing_is_quoted_without_a_sign(body: str) -> None:
    assert below(body) == ""
