"""The Markdown file goes out and comes back unchanged; a wrong one is refused in words."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.takeaways.text import FIELDS, from_markdown, to_markdown
from companion.words.language import PSEUDO, speaking
from companion.words.problems import sentence
from takeaways.made import a_takeaway

WRITTEN = """\
# They plan by the tide

Nineteen people work
in a harbour.

It empties twice a day.

> You send me a window of half a day.
> I live in windows of forty minutes.
> — the head of the yard

## Why it matters
- We book by our route.
- Two of five forms ask twice.

## What we will do

Ask for the tide table.

## Question
Where else?

---

Heard by Ines Prado on 12 November 2026
"""


def test_a_file_is_read_by_its_parts() -> None:
    assert from_markdown(WRITTEN) == {
        "headline": "They plan by the tide",
        "scene": "Nineteen people work\nin a harbour.\n\nIt empties twice a day.",
        "quote": "You send me a window of half a day.\nI live in windows of forty minutes.",
        "quote_role": "the head of the yard",
        "goal": "",
        "matters": "- We book by our route.\n- Two of five forms ask twice.",
        "will_do": "Ask for the tide table.",
        "question": "Where else?",
    }


def test_windows_line_ends_a_byte_order_mark_and_capitals_do_not_matter() -> None:
    loud = "\ufeff" + WRITTEN.replace("## Why it matters", "## WHY IT MATTERS:").replace("\n", "\r\n")
    assert from_markdown(loud) == from_markdown(WRITTEN)


texts = st.text("ab #>—-\\\n*_`<&|é…", max_size=40)
TRICKY = "# not a headline\n> not a quote\n---\n\\# nor this\n— nobody\n\\\\---"


@given(st.fixed_dictionaries(dict.fromkeys(FIELDS, texts)))
@example(dict.fromkeys(FIELDS, TRICKY))
@example(dict.fromkeys(FIELDS, "\\— x"))
def test_what_goes_out_comes_back(fields: dict[str, str]) -> None:
    kept = {name: text.strip() for name, text in fields.items()}
    for name in ("headline", "quote_role"):
        kept[name] = " ".join(kept[name].split())
    kept["quote"] = "\n".join(line.rstrip() for line in kept["quote"].split("\n"))
    if not kept["quote"]:
        kept["quote_role"] = ""
    takeaway = replace(a_takeaway(), **kept)
    written = to_markdown(takeaway, "Heard by Ines Prado")
    if any(kept.values()):
        assert from_markdown(written) == kept
    else:
        with pytest.raises(Problem, match="takeaway_file_empty"):
            from_markdown(written)


def test_headings_may_stand_in_the_readers_language() -> None:
    with speaking(PSEUDO):
        written = to_markdown(a_takeaway())
        assert "## ⟦Why it matters⟧" in written
        assert from_markdown(written)["matters"] == a_takeaway().matters


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("\n\n", "takeaway_file_empty", "There is nothing to publish in heard.md."),
        ("# A\n\n## Budget\n\nx", "takeaway_file_heading", "Line 3 of heard.md has a heading"),
        ("> one\n\ntext\n\n> two", "takeaway_file_quotes", "Line 5 of heard.md begins a second quote"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(text: str, code: str, said: str) -> None:
    with pytest.raises(Problem, match=code) as caught:
        from_markdown(text, "heard.md")
    assert sentence(caught.value).startswith(said)
