"""A planted word is found in whatever dress, and no text makes the gate slow."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.customers.model import Contact, Customer
from companion.takeaways.gate import GateFacts, check
from companion.takeaways.gate_text import fold, places_of, plain, word
from companion.words.gate import FIELDS
from takeaways.firm import BARE

SECRETS = ("Falcon", "Project Heron", "zażółcony", "giải thể", "Q-seven")
ALIKE = str.maketrans("aeopcyxiksAEOPCTHKMBX", "аеорсухікѕАЕОРСТНКМВХ")  # Cyrillic that passes for Latin
HIDDEN = ("\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060", "\u0301", "\ufe0f")


def looked_alike(text: str) -> str:
    return text.translate(ALIKE)


def full_width(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def hidden(text: str) -> str:
    return "".join(one + HIDDEN[at % len(HIDDEN)] for at, one in enumerate(text))


def broken(text: str) -> str:
    return f"{text[:3]}-\n{text[3:]}"


def spelled(text: str) -> str:
    return " ".join(text.replace(" ", ""))


def cut(text: str) -> str:
    return f"{text[:3]}\r\n  {text[3:]}"


DRESSES = {
    "as it is": str,
    "loud": str.upper,
    "small": str.lower,
    "bare": lambda text: text.replace("ż", "z").replace("ó", "o").replace("ł", "l").replace("ả", "a").replace("ể", "e"),
    "look-alike letters": looked_alike,
    "full width": full_width,
    "hidden signs": hidden,
    "a hyphen at the line's end": broken,
    "a word cut by a line's end": cut,
    "spelled": spelled,
    "dotted": lambda text: ".".join(text.replace(" ", "")),
    "starred": lambda text: "".join(f"*{one}" for one in text),
    "underlined": lambda text: f"__{text}__",
    "tied": lambda text: text.replace(" ", "-"),
    "spaced by no-break": lambda text: text.replace(" ", "\u00a0"),
    "joined": lambda text: text.title().replace(" ", ""),
    "digits for letters": lambda text: text.replace("o", "0").replace("l", "1").replace("e", "3"),
}
FIELD = st.sampled_from(list(FIELDS))
AROUND = st.text("abc é,.!?\n“”—1 ", max_size=30)


@pytest.mark.parametrize("dress", DRESSES)
@given(secret=st.sampled_from(SECRETS), field=FIELD, before=AROUND, after=AROUND)
def test_a_planted_word_is_found_in_any_field_and_dress(
    dress: str, secret: str, field: str, before: str, after: str
) -> None:
    text = f"{before} {DRESSES[dress](secret)} {after}"
    shown = check(
        replace(BARE, **{field: text}), GateFacts(customer=Customer("c", "N", off_limits=SECRETS), ops_words=("other",))
    )
    assert "off_limits" in {item.code for item in shown if item.blocks}, (dress, text)
    for item in shown:
        assert text[slice(*item.span)] == item.text


@pytest.mark.parametrize(
    "dress", [dress for dress in DRESSES if dress not in ("small", "spelled", "digits for letters")]
)
def test_a_line_with_a_feeling_is_found_in_any_dress(dress: str) -> None:
    line = "she went quiet and looked at her hands"
    text = f"The owner: {DRESSES[dress](line)}."
    shown = check(replace(BARE, scene=text), GateFacts(feelings=(line,)))
    assert [(item.code, item.blocks) for item in shown] == [("feeling", True)], text


@pytest.mark.parametrize(
    "dress", ["loud", "look-alike letters", "full width", "hidden signs", "a hyphen at the line's end"]
)
def test_a_name_is_found_in_any_dress(dress: str) -> None:
    text = f"We met {DRESSES[dress]('Kowalska')} there."
    people = (Contact("k", "c", "", "Anna Kowalska"),)
    assert [item.code for item in check(replace(BARE, scene=text), GateFacts(contacts=people))] == ["name"], text


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("€\u200b40,000", "€\u200b40,000"),
        ("４０ 000 €", "４０ 000 €"),
        ("500 trie\u0323\u0302u đo\u0302\u0300ng", None),
    ],
)
def test_figures_are_read_through_hidden_signs_and_other_forms(text: str, money: str | None) -> None:
    assert [item.text for item in check(replace(BARE, scene=text), GateFacts())] == [money or text]


def test_a_longer_word_is_another_word() -> None:
    for text in ("Falconry", "unfalcon", "fal con", "Gyrfalcon"):
        assert list(places_of(fold(text), word("Falcon"))) == [], text
    assert list(places_of(fold("van, văn"), word("văn"))) == [(5, 8)]
    assert list(places_of(fold("10 and lo"), word("10"))) == [(0, 2)]
    assert list(places_of(fold("a ₿₿ b"), word("₿₿"))) == [(2, 4)]


@given(st.text(max_size=80))
def test_a_plain_text_keeps_its_places(text: str) -> None:
    shown, places = plain(text)
    assert len(places) == len(shown) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)


BOMBS = [
    "1", "1.1,", "1 ", "€ ", "a-\n", "close ", "March ", "close March 2019. ", "next ", "\u0301", "mila", "5 % cost ",
    "F a l c o n a ", "Falcon ", "a a a a a furious owner ", "“", "\n", "Mila March ",
]  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_text_makes_it_slow(bomb: str) -> None:
    """A search that tried every way would not end within the life of this machine."""
    facts = GateFacts(
        customer=Customer("c", "N", off_limits=("Falcon", "aaaaaa")),
        feelings=("a a a a a a a a a a",),
        contacts=(Contact("k", "c", "", "Mila March"),),
        today=date(2026, 11, 22),
    )
    check(replace(BARE, scene=bomb * (20_000 // len(bomb))), facts)
