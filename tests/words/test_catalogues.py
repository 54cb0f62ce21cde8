"""What reaches readers without the app is translated, whole and with its numbers, into every language there is."""

import re
from collections.abc import Iterator
from datetime import date
from string import Formatter

import pytest

from architecture.tree import none
from companion.basics.resources import resource
from companion.words.catalogue import Catalogue, read
from companion.words.dates import day_month, full_day, month_year, short_day
from companion.words.language import LANGUAGES, SOURCE, speak, speaking, spoken, t, tn
from words.reached import Text, reached

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
DAY = date(2026, 5, 8)


def of(language: str) -> Catalogue:
    return read(resource("translations") / language / "LC_MESSAGES" / "companion.po", language)


def pairs(language: str) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Each text with its translation's forms."""
    texts = of(language).texts
    for context, text in reached():
        yield text, texts.get((context, text[0]), ())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_nothing_else(language: str) -> None:
    known = {(context, text[0]) for context, text in reached()}
    held = set(of(language).texts)
    none([f"not translated: {context} {text}" for context, text in sorted(known - held)])
    none([f"no longer said: {context} {text}" for context, text in sorted(held - known)])


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_in_what_the_text_does(language: str) -> None:
    """A plural's singular may leave out its number, in English as elsewhere."""
    wrong = [
        f"{text[-1]} -> {form}"
        for text, forms in pairs(language)
        for form in forms
        if fields(form) != fields(text[-1]) and not (len(text) == 2 and fields(form) == fields(text[0]))
    ]
    none(wrong)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_holds_no_markup_and_no_space_at_its_ends(language: str) -> None:
    none(form for _, forms in pairs(language) for form in forms if re.search(r"[<>&\"\n]|^\s|\s$", form))


@pytest.mark.parametrize(("language", "forms"), [("it", 2), ("pl", 3), ("vi", 1)])
def test_a_plural_has_the_forms_of_its_language(language: str, forms: int) -> None:
    none(text[1] for text, found in pairs(language) if len(text) == 2 and len(found) != forms)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("it", ["1 racconto", "2 racconti", "5 racconti", "22 racconti"]),
        ("pl", ["1 relacja", "2 relacje", "5 relacji", "12 relacji", "22 relacje", "25 relacji"]),
        ("vi", ["1 câu chuyện", "2 câu chuyện"]),
        ("en", ["1 takeaway", "2 takeaways"]),
    ],
)
def test_numbers_are_said_as_one_says_them(language: str, said: list[str]) -> None:
    with speaking(language):
        numbers = [int(one.split()[0]) for one in said]
        assert [tn("{count} takeaway", "{count} takeaways", number) for number in numbers] == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["8 May 2026", "8 May", "8 May", "May 2026"]),
        ("it", ["8 maggio 2026", "8 maggio", "8 mag", "maggio 2026"]),
        ("pl", ["8 maja 2026", "8 maja", "8 maj", "maj 2026"]),
        ("vi", ["8 tháng 5 năm 2026", "8 tháng 5", "8 thg 5", "tháng 5 năm 2026"]),
    ],
)
def test_a_month_stands_otherwise_beside_a_day(language: str, said: list[str]) -> None:
    with speaking(language):
        assert [full_day(DAY), day_month(DAY), short_day(DAY), month_year(DAY)] == said


def test_the_app_itself_is_never_half_translated() -> None:
    speak("it")
    assert (t("Monday"), spoken()) == ("Monday", "en")
    with speaking("it"):
        assert (t("Monday"), spoken()) == ("lunedì", "it")


def test_what_is_spoken_is_said_of_a_language_there_is_not() -> None:
    with speaking("de"):
        assert (t("Monday"), spoken()) == ("Monday", "en")
