"""The author answers back, what was put aside is looked at, and what was done is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import actions, answers
from companion.programme.apply import HANDLERS
from companion.programme.views.answers import answers_of
from companion.takeaways.answering import days_to_answer, pace
from companion.takeaways.model import Answer
from companion.words.answers import pace_sentence
from fakes.house import Made
from fakes.ics import NOW
from fakes.post import as_
from fakes.told import kept, reply, take, told, written

__all__ = ["told"]


def test_the_author_hears_of_answers_once_a_day(told: Made) -> None:
    take(told.house, reply(1))
    take(told.house, reply(2), reply(3, only_author=True))
    (first,) = written(told.house, "answers")
    assert first.recipient == "dana@ferro.example"
    assert len(first.facts["answers"]) == 3
    with told.house.workspace() as tx:
        tx.letters.put(replace(first, state="sent"))
    take(told.house, reply(4))
    take(told.house, reply(5))
    later = [letter for letter in written(told.house, "answers") if letter.id != first.id]
    assert len(later) == 1
    assert len(later[0].facts["answers"]) == 2
    assert later[0].due > NOW


def test_the_author_answers_once_for_all_by_mail(told: Made) -> None:
    take(told.house, reply(1), reply(2, sender="lev@ferro.example"))
    (letter,) = written(told.house, "answers")
    answer = reply(9, kind="reply", token=letter.facts["token"], sender="dana@ferro.example", text="From December.")
    assert take(told.house, answer).acted == 1
    assert [one.reply for one in kept(told.house)] == ["From December."] * 2
    assert {one.recipient for one in written(told.house, "replied")} == {"agnes@ferro.example", "lev@ferro.example"}
    assert take(told.house, answer).known == 1
    assert len(written(told.house, "replied")) == 2


def test_the_author_answers_those_who_wait_or_those_named(told: Made) -> None:
    take(told.house, reply(1), reply(2, sender="lev@ferro.example"), reply(3, sender="dana@ferro.example"))
    first = next(one for one in kept(told.house) if one.person_id == "agnes")
    answers.answer_all(told.house, "t1", "To you alone.", [first.id[:8]])
    assert {one.person_id: one.reply for one in kept(told.house)} == {"agnes": "To you alone.", "lev": "", "dana": ""}
    done = answers.answer_all(told.house, "t1", "To the rest.")
    assert [one.person_id for one in done] == ["lev"]
    with pytest.raises(Problem) as caught:
        answers.answer_all(told.house, "t1", "Again.")
    assert caught.value.code == "nobody_waits"


def test_an_author_who_answers_once_more_is_heard_again(told: Made) -> None:
    take(told.house, reply())
    (answer,) = kept(told.house)
    answers.reply(told.house, answer.id, "Because.")
    answers.reply(told.house, answer.id, "I was wrong.")
    (waiting,) = written(told.house, "replied")  # it has not gone yet, and will say the newer words
    with told.house.workspace() as tx:
        tx.letters.put(replace(waiting, state="sent"))
    answers.reply(told.house, answer.id, "I was wrong.")  # the same again is no news
    assert len(written(told.house, "replied")) == 1
    answers.reply(told.house, answer.id, "It is both.")
    assert {one.state for one in written(told.house, "replied")} == {"sent", "pending"}


def test_only_the_author_answers(told: Made) -> None:
    take(told.house, reply())
    with pytest.raises(Problem) as caught:
        answers.answer_all(replace(told.house, me="lev@ferro.example"), "t1", "No.")
    assert caught.value.code == "reply_not_yours"
    with pytest.raises(Problem) as caught:
        answers.answer_all(told.house, "t1", "  ")
    assert caught.value.code == "reply_empty"


def test_a_command_of_somebody_else_is_refused_where_it_arrives(told: Made) -> None:
    take(told.house, reply())
    with told.house.workspace() as tx, pytest.raises(Problem) as caught:
        HANDLERS["answer_back"](tx, {"id": "t1", "by": "lev", "text": "No."}, NOW)
    assert caught.value.code == "reply_not_yours"
    assert kept(told.house)[0].reply == ""


def test_without_a_post_nothing_is_written_and_all_is_kept(told: Made) -> None:
    with told.house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), post=""))
    take(told.house, reply())
    answers.answer_all(told.house, "t1", "Thanks.")
    with told.house.workspace(write=False) as tx:
        assert tx.letters.all() == []
    assert kept(told.house)[0].reply == "Thanks."


def test_you_said_we_did_reaches_reader_and_host(told: Made) -> None:
    take(told.house, reply(1), reply(2, sender="lev@ferro.example"))
    agnes = next(one for one in kept(told.house) if one.person_id == "agnes")
    day = (NOW + timedelta(days=9)).date()
    made = actions.add(told.house, "t1", "One book for both", "lev@ferro.example", day, [agnes.id])
    assert actions.all_of(told.house, "t1") == [made]
    assert answers_of(told.house, "t1").owners == {"lev": "Lev Brandt"}
    actions.finish(replace(told.house, me="lev@ferro.example"), made.id[:6], "Both use one book now.")
    told_to = {(letter.recipient, letter.facts["role"]) for letter in written(told.house, "did")}
    assert told_to == {("agnes@ferro.example", "reader"), ("rosa@ferro.example", "host")}
    with pytest.raises(Problem) as caught:
        actions.finish(told.house, made.id, "Again.")
    assert caught.value.code == "action_done"


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        (lambda house: actions.add(house, "t1", " "), "action_empty"),
        (lambda house: actions.add(house, "t1", "x", "nobody@ferro.example"), "person_unknown"),
        (lambda house: actions.add(house, "t1", "x", answer_ids=["nope"]), "answer_unknown"),
        (lambda house: actions.finish(house, "nope", "x"), "action_unknown"),
    ],
)
def test_actions_that_make_no_sense_are_refused(told: Made, verb: object, code: str) -> None:
    with pytest.raises(Problem) as caught:
        verb(told.house)  # type: ignore[operator]
    assert caught.value.code == code


def test_in_a_shared_workspace_only_who_does_it_or_judges_it_says_done(told: Made) -> None:
    with told.house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), shared=True))
    made = actions.add(told.house, "t1", "One book", "lev@ferro.example")
    with pytest.raises(Problem) as caught:
        actions.finish(replace(told.house, me="agnes@ferro.example"), made.id, "Done.")
    assert caught.value.code == "action_not_yours"
    actions.finish(replace(told.house, me="rosa@ferro.example"), made.id, "Done.")


def test_a_reader_sets_nothing_going_that_the_host_would_hear_of(told: Made) -> None:
    agnes = as_(told.house, "agnes@ferro.example")
    with pytest.raises(Problem) as caught:
        actions.add(agnes, "t1", "Twenty per cent off")
    assert caught.value.code == "action_add_not_yours"
    for address in ("dana@ferro.example", "rosa@ferro.example"):
        actions.add(as_(told.house, address), "t1", "One book")


def test_actions_are_listed_for_who_may_read_their_takeaway_and_who_does_them(told: Made) -> None:
    dana = as_(told.house, "dana@ferro.example")
    one, other = actions.add(dana, "t2", "For People"), actions.add(dana, "t2", "By Agnes", "agnes@ferro.example")
    assert {action.id for action in actions.all_of(as_(told.house, "lev@ferro.example"))} == {one.id, other.id}
    assert actions.all_of(as_(told.house, "agnes@ferro.example")) == [other]


def test_accepting_as_one_of_us_and_as_outside(told: Made) -> None:
    take(told.house, reply(1, sender="agnes@home.example"), reply(2, sender="joe@kestrel.example", sender_name="Joe"))
    one, two = (answer for answer, _ in answers.to_review(told.house))
    assert answers.accept(told.house, one.id, "agnes@ferro.example").name == "Agnes Moll"
    outside = answers.accept(told.house, two.id[:8])
    assert (outside.person_id, outside.only_author, outside.state) == ("", True, "taken")
    lev = replace(told.house, me="lev@ferro.example")
    assert [row.answer.name for row in answers_of(lev, "t1").rows] == ["Agnes Moll"]
    assert [row.outside for row in answers_of(told.house, "t1").rows] == [False, True]
    with pytest.raises(Problem):
        answers.accept(told.house, one.id)


def test_of_what_is_dismissed_no_word_stays_and_it_comes_no_second_time(told: Made) -> None:
    take(told.house, reply(1, sender="joe@kestrel.example"))
    gone = answers.dismiss(told.house, answers.to_review(told.house)[0][0].id)
    assert (gone.text, gone.name, gone.address, gone.state) == ("", "", "", "dismissed")
    assert take(told.house, reply(1, sender="joe@kestrel.example")).known == 1
    with pytest.raises(Problem) as caught:
        answers.accept(told.house, gone.id)
    assert caught.value.code == "answer_unknown"


def test_in_a_shared_workspace_an_author_looks_at_their_own_alone(told: Made) -> None:
    with told.house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), shared=True))
    take(told.house, reply(1, sender="joe@kestrel.example"))
    assert len(answers.to_review(told.house)) == 1
    assert answers.to_review(replace(told.house, me="lev@ferro.example")) == []


def test_days_to_answer_with_n_and_those_who_wait_apart() -> None:
    start = datetime(2026, 11, 2, tzinfo=UTC)
    said = [
        Answer(str(n), "t1", "question", "x", start, replied=start + timedelta(days=days) if days else None)
        for n, days in enumerate((1, 2, 9, 0, 0))
    ]
    said.append(replace(said[0], id="r", state="review"))
    assert days_to_answer(said) == (2.0, 3)
    assert days_to_answer([]) == (None, 0)
    found = pace(said, start + timedelta(days=6, hours=3))
    assert (found.waiting, found.longest) == (2, 6)
    assert pace_sentence(found) == "Answered after 2 days (median of 3 answers). 2 wait, longest 6 days."
