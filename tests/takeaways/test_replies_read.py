"""A reply to the three questions, read: in every language, with the questions kept or not."""

import pytest

from companion.takeaways.mailed import Replied, read_reply
from companion.words.language import LANGUAGES, speaking, t
from companion.words.meeting_mail import QUESTIONS

SAID, SCENE, SURPRISE = "We lose a crew day.", "Two trainers stood in the rain.", "They never open the portal."


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_under_a_kept_question_answers_it(language: str) -> None:
    with speaking(language):
        asked = [t(text) for text in QUESTIONS.values()]
    text = "\n\n".join(f"{one}:\n{said}" for one, said in zip(asked, (SAID, SCENE, SURPRISE), strict=True))
    whole = Replied({"said": SAID, "scene": SCENE, "surprise": SURPRISE}, ())
    assert read_reply(text) == whole
    assert read_reply(text.upper().replace(":\n", "\n")).answers.keys() == whole.answers.keys()
    assert read_reply(text.replace(":\n", ": ")) == whole


def test_a_prefilled_mail_with_nothing_written_says_nothing() -> None:
    assert read_reply("\n\n\n".join(f"{text}:" for text in QUESTIONS.values())) == Replied({}, ())


def test_one_answer_and_a_line_before_it() -> None:
    text = f"In the car, so short.\n\nOne sentence they said:\n\nOne scene you would retell:\n{SCENE}\nStill wet.\n"
    assert read_reply(text) == Replied({"scene": f"{SCENE}\nStill wet."}, ("In the car, so short.",))


@pytest.mark.parametrize("sign", [".", ")", " ."])
def test_three_numbers_are_the_three_answers(sign: str) -> None:
    text = f"1{sign} {SAID}\n2{sign} {SCENE}\n3{sign} {SURPRISE}"
    assert read_reply(text) == Replied({"said": SAID, "scene": SCENE, "surprise": SURPRISE}, ())


def test_two_numbers_are_lines() -> None:
    assert read_reply(f"1. {SAID}\n2. {SCENE}") == Replied({}, (f"1. {SAID}", f"2. {SCENE}"))


def test_all_else_is_lines_and_what_a_mail_programme_broke_is_one_again() -> None:
    broken = "They told us that a whole crew waits for the trainer each time the\ndock is closed without a word."
    assert read_reply(f"{SAID}\n{SCENE}\n\n{broken}\n") == Replied(
        {}, (SAID, SCENE, broken.replace("\n", " "))
    )  # fmt: skip
