"""Answers between the lines of the letter, as Outlook quotes it: none is lost, and nothing of the letter is one."""

import pytest

from companion.connectors.letters import render_letter
from companion.connectors.mails import reply_of
from companion.connectors.markup import text_of
from companion.programme import listening, mailed
from companion.programme.taken import Taken
from companion.takeaways.between import with_between
from companion.takeaways.code import tag
from companion.takeaways.mailed import Replied, read_reply
from companion.words.language import LANGUAGES, speaking, t
from companion.words.meeting_mail import QUESTIONS
from connectors.test_letters_of_meetings import questions
from fakes.house import Made
from fakes.told import take, told
from programme.test_mailed import OVER, asked, letter

__all__ = ["asked", "told"]
HEADING = "From: Ferro <desk@ferro.example>\nSent: Thursday, 26 November 2026 11:10\nTo: Dana\nSubject: Three lines\n\n"
SAID = ("We lose a crew day.", "Two trainers stood in the rain.", "They never open the portal.")
NOTHING = "\n\nThis mail is confidential. If it is not for you, delete it.\n"


def quoted(language: str = "en", answers: tuple[str, ...] = (), *, html: bool = False) -> str:
    """The letter as it went out, its answers typed under its questions."""
    shown = render_letter(questions(language))[1]
    text = text_of(shown.html) if html else shown.text
    with speaking(language):
        for question, answer in zip(QUESTIONS.values(), answers, strict=False):
            text = text.replace(t(question), f"{t(question)}\n{answer}")
    return text


def answered(made: Made, body: str) -> Taken:
    token = letter(made.house).facts["token"]
    head = f"From: dana@ferro.example\r\nSubject: RE: Three lines {tag('m1', 'after', token)}\r\nMessage-ID: <1@x>\r\n"
    mail = f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}".encode()
    return take(made.house, reply_of(mail, OVER))


@pytest.mark.parametrize("html", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_under_the_questions_of_the_quoted_letter_answers_them(
    asked: Made, language: str, *, html: bool
) -> None:
    assert answered(asked, f"See below.\n\n{HEADING}{quoted(language, SAID, html=html)}").acted == 1
    assert mailed.fetch(asked.house) == 1
    note = listening.get(asked.house, "m1")
    assert (note.said, note.scene, note.surprise) == SAID
    assert [line.text for line in note.lines] == ["See below."]


@pytest.mark.parametrize("html", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_letter_is_an_answer(asked: Made, language: str, *, html: bool) -> None:
    assert answered(asked, HEADING + quoted(language, html=html)).empty == 1
    assert (mailed.fetch(asked.house), mailed.unsure(asked.house)) == (0, ())


def test_answers_on_top_stay_as_they_are_whatever_stands_at_the_end(asked: Made) -> None:
    top = "".join(f"{number}. {said}\n" for number, said in enumerate(SAID, 1))
    answered(asked, f"{top}\n{HEADING}{quoted()}{NOTHING}")
    mailed.fetch(asked.house)
    note = listening.get(asked.house, "m1")
    assert ((note.said, note.scene, note.surprise), note.lines) == (SAID, ())


def test_words_of_which_nobody_knows_whose_they_are_are_asked(asked: Made) -> None:
    answered(asked, HEADING + quoted().replace("Hello Dana Okafor,", "Hello Dana Okafor,\nIn the rain, all of it."))
    assert mailed.fetch(asked.house) == 0
    (waits,) = mailed.unsure(asked.house)
    assert (waits.text, waits.sender) == ("In the rain, all of it.", "dana@ferro.example")


def test_a_letter_whose_lines_were_broken_and_whose_links_were_written_out() -> None:
    """As Outlook writes a plain reply, also to questions of ops."""
    ops = "One scene of the day with them that you would like to retell to all of your colleagues"
    below = quoted(answers=(SAID[0],))
    for whole, broken in (
        ("One scene you would retell", ops.replace("like to ", "like\nto ")),
        ("One sentence they said", "One sentence\nthey said"),
        ("in@ferro.example, where", "in@ferro.example<mailto:in@ferro.example?subject=Three%20lines>,\nwhere"),
        ("a page next", "a page\nnext"),
    ):
        assert whole in below
        below = below.replace(whole, broken)
    text, sure = with_between("", below, {"scene": [ops]})
    assert (read_reply(text, {"scene": [ops]}), sure) == (Replied({"said": SAID[0]}, ()), True)


def test_what_is_written_beside_the_questions_comes_as_lines() -> None:
    below = f"Caught in the rain.\n\n{quoted(answers=SAID)}\nP.S. They pay late.\n"
    said = read_reply(with_between("", below, {})[0])
    assert said.lines == ("Caught in the rain.", "P.S. They pay late.")
    assert tuple(said.answers.values()) == SAID
