"""Only what the person wrote is kept of a reply, and all of it."""

import pytest

from companion.connectors.markup import text_of
from companion.connectors.quoting import MOST, unflowed, written
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
    assert isinstance(written(body), str)
    assert isinstance(written(text_of(body)), str)
