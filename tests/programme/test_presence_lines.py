"""A host's reply, read line by line: what is plain is taken, what is not is never guessed."""

import pytest

from companion.people.model import Person
from companion.programme.sat_lines import Said, read_sat
from companion.words.language import LANGUAGES, speaking, t
from companion.words.presence import buttons

DANA = Person("dana", "dana@ferro.example", "Dana Okafor", ("d.okafor@ferro.example",))
LEV = Person("lev", "lev@ferro.example", "Lev Brandt")
LUCJA = Person("lucja", "lucja@ferro.example", "Łucja Żak")
ROSA = Person("rosa", "rosa@ferro.example", "Rosa Vidal", role="host")
ANNA, TWIN = Person("a1", "a1@ferro.example", "Anna Bell"), Person("a2", "a2@ferro.example", "Anna Bell")
OURS = (DANA, LEV, LUCJA, ROSA, ANNA, TWIN)
DANA_WAS, DANA_NOT = Said("dana", "attended"), Said("dana", "missed")


def said(text: str, *listed: Person, language: str = "en") -> tuple[Said, ...]:
    read = read_sat(text, listed or (DANA,), OURS, Person(**{**vars(ROSA), "language": language}))
    assert read.unclear == ()
    return read.said


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dana Okafor: yes", DANA_WAS),
        ("dana okafor - NO.", DANA_NOT),
        ("Dana: yes", DANA_WAS),
        ("* d.okafor@ferro.example: yes", DANA_WAS),
        ("Dana Okafor was there", DANA_WAS),
        ("Dana Okafor was not there.", DANA_NOT),
        ("Dana Okafor", DANA_WAS),
        ("Sì!", DANA_WAS),
        ("không", DANA_NOT),
        ("Khong", DANA_NOT),
        ("all of them", DANA_WAS),
        ("Dana Okafor: no, she was on a train", Said("dana", "missed", "", "she was on a train")),
        ("Dana Okafor: Yes, but late", Said("dana", "attended", "", "but late")),
        ("Dana Okafor: Lev Brandt", Said("dana", "delegated", "lev")),
        ("Dana Okafor: lev@ferro.example", Said("dana", "delegated", "lev")),
        ("Dana Okafor: Lev Brandt went instead", Said("dana", "delegated", "lev")),
        ("Dana Okafor: no, Lev Brandt went", Said("dana", "delegated", "lev")),
        ("Dana Okafor: instead Lucja Zak", Said("dana", "delegated", "lucja")),
        ("Dana Okafor: somebody else", Said("dana", "delegated")),
        ("Dana Okafor: no (qualcun altro)", Said("dana", "delegated")),
    ],
)
def test_a_plain_line_is_taken(text: str, wanted: Said) -> None:
    assert said(text) == (wanted,)


@pytest.mark.parametrize(
    "text",
    [
        "Dana Okafor: I think so",
        "Dana Okafor: yes?",
        "Dana Okafor: yes, was she not?",
        "Dana Okafor: no, I do not know",
        "Dana Okafor: no idea",
        "Dana Okafor: nie wiem",
        "Dana Okafor: yes and no",
        "Dana Okafor: Anna Bell",
        "Dana Okafor: no, Lev Brandt says she was ill",
        "I saw Dana Okafor in the lift",
        "Dana Okafor: yes\nDana Okafor: no",
        "Lev Brandt: no",
        "Anna Bell",
        "perhaps",
        "It went well, thanks",
    ],
)
def test_what_is_not_plain_is_left_to_people(text: str) -> None:
    read = read_sat(text, (DANA,), OURS, ROSA)
    assert (read.said, read.nobody) == ((), False)
    assert read.unclear


def test_a_yes_to_two_names_is_nobodys() -> None:
    assert read_sat("yes", (DANA, LEV), OURS, ROSA).unclear == ("yes",)
    assert said("both", DANA, LEV) == (DANA_WAS, Said("lev", "attended"))


def test_what_is_plain_is_taken_beside_what_is_not() -> None:
    read = read_sat("Dana Okafor: yes\nLev Brandt: hm", (DANA, LEV), OURS, ROSA)
    assert (read.said, read.unclear) == ((DANA_WAS,), ("Lev Brandt: hm",))


@pytest.mark.parametrize("text", ["Dana no. Lev yes.", "Dana yes, but Lev not", "Dana yes; Lev no", "Dana: no (Łucja)"])
def test_a_word_on_somebody_else_who_was_asked_about_is_not_lost(text: str) -> None:
    read = read_sat(text, (DANA, LEV, LUCJA), OURS, ROSA)
    assert (read.said, read.unclear) == ((), (text,))
    assert said("Dana: no, her levee broke", DANA, LEV) == (Said("dana", "missed", "", "her levee broke"),)


def test_nobody_is_an_answer() -> None:
    assert read_sat("Nobody.", (), OURS, ROSA).nobody
    assert said("Nikt z nas", DANA, LEV) == (DANA_NOT, Said("lev", "missed"))


def test_who_came_unasked_is_taken_by_name() -> None:
    assert said("Dana Okafor: no\nLucja Zak") == (DANA_NOT, Said("lucja", "attended"))
    assert read_sat("Lev Brandt: yes", (), OURS, ROSA).said == (Said("lev", "attended"),)


def test_words_beside_and_the_hosts_own_name_are_no_answers() -> None:
    (one,) = said("Hello,\nDana Okafor: yes\nIt was short.\n\nRosa Vidal")
    assert one == Said("dana", "attended", "", "Hello, It was short.")


def test_in_polish_a_no_may_be_a_yes() -> None:
    host = Person(**{**vars(ROSA), "language": "pl"})
    assert read_sat("Dana Okafor: no", (DANA,), OURS, host).unclear == ("Dana Okafor: no",)
    assert said("Dana Okafor: nie", language="pl") == (DANA_NOT,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_button_reads_as_what_it_says(language: str) -> None:
    host = Person(**{**vars(ROSA), "language": language})
    with speaking(language):
        there, nobody, otherwise = (body for _, body in buttons([DANA.name, LUCJA.name]))
        (nobody_came, _), (_, empty) = buttons([])[0], buttons([])[1]
        assert nobody_came == t("Nobody of us sat in")
        alone = buttons([])[0][1]
    listed = (DANA, LUCJA)
    assert there == otherwise
    assert {one.state for one in read_sat(there, listed, OURS, host).said} == {"attended"}
    assert {one.state for one in read_sat(nobody, listed, OURS, host).said} == {"missed"}
    assert (read_sat(alone, (), OURS, host).nobody, empty) == (True, "")
