"""What is to stay in the room stays there also in what is said beside a takeaway, and when it is decided later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import actions, answers, due, holding, publishing, telling
from companion.programme.model import House
from companion.takeaways.model import Takeaway
from fakes.house import AGNES, ROSA, Made
from fakes.ics import NOW
from fakes.post import MEETING, Post, as_, ready
from fakes.told import kept, newest, reply, sent, take, told, written

__all__ = ["told"]

MAIL = publishing.Order(("Mail", "Site"), (AGNES.email,))
HERON = "It is about Project Heron."


@pytest.fixture
def house(told: Made) -> House:
    with told.house.workspace() as tx:
        kestrel = tx.customers.get("kestrel")
        assert kestrel
        tx.customers.put(replace(kestrel, off_limits=("Project Heron",)))
    return told.house


VERBS: dict[str, Callable[[House], object]] = {
    "withdrawn_why": lambda house: publishing.withdraw(house, "t1", HERON),
    "reply": lambda house: answers.answer_all(house, "t1", HERON),
    "action": lambda house: actions.add(house, "t1", HERON),
    "result": lambda house: actions.finish(house, actions.add(house, "t1", "Ask them").id, HERON),
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_an_author_says_beside_it_is_held_back_before_it_is_written(house: House, verb: str) -> None:
    take(house, reply())
    with pytest.raises(Problem) as refused:
        VERBS[verb](house)
    assert refused.value.code == "words_kept_back"
    assert "Heron" not in str(refused.value.facts)
    assert newest(house).withdrawn is None
    assert not [one.reply for one in kept(house) if one.reply]
    with house.workspace(write=False) as tx:
        assert not [one for one in tx.takeaways.actions() if "Heron" in one.text + one.result]


@pytest.mark.parametrize("dressed", ["Project H&#101;ron", "Project H[er](https://x.example)on"])
def test_also_where_it_is_dressed_as_a_mark(house: House, dressed: str) -> None:
    with pytest.raises(Problem):
        actions.add(house, "t1", dressed)


def test_without_those_words_it_goes(house: House) -> None:
    made = actions.add(house, "t1", "Ask them")
    assert actions.finish(house, made.id, "They were asked").done
    assert publishing.withdraw(house, "t1", "It was not theirs to tell").withdrawn


def test_a_readers_words_by_mail_reach_the_author_alone(house: House) -> None:
    take(house, reply(1, text=HERON), reply(2, text="It does."))
    assert {one.text: one.only_author for one in kept(house)} == {HERON: True, "It does.": False}
    (letter,) = written(house, "answers")
    assert len(letter.facts["answers"]) == 2  # its author hears of both


def test_a_readers_words_in_the_app_reach_the_author_alone(house: House) -> None:
    agnes = replace(house, me=AGNES.email)
    assert answers.answer(agnes, "t1", "more", HERON).only_author
    assert not answers.answer(agnes, "t1", "more", "They buy a ship.").only_author


def test_words_that_were_looked_at_first_reach_the_author_alone(house: House) -> None:
    take(house, reply(1, sender="agnes@home.example", text=HERON))
    ((waiting, _),) = answers.to_review(house)
    assert answers.accept(house, waiting.id, AGNES.email).only_author


def test_an_authors_answer_by_mail_that_holds_them_is_put_aside(house: House) -> None:
    take(house, reply())
    (letter,) = written(house, "answers")
    token = sent(house, letter)
    mail = reply(2, kind="reply", token=token, sender="dana@ferro.example", text=HERON)
    assert take(house, mail).review
    assert [one.reply for one in kept(house)] == [""]


def waiting(made: Made, post: Post) -> tuple[House, Takeaway]:
    """A takeaway for everyone, whose host was told and whose day has not come."""
    house = ready(made, post)
    told = publishing.publish(house, MEETING, "By the tide", "company", MAIL)
    due.run(house)
    assert post.letters == [("host_notice", ROSA.email)]
    return house, newest(house, told.id)


def set_for_customer(house: House, **changes: object) -> None:
    with house.workspace() as tx:
        kestrel = tx.customers.get("kestrel")
        assert kestrel
        tx.customers.put(replace(kestrel, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("changes", [{"off_limits": ("tide",)}, {"nda": True}])
@pytest.mark.parametrize("late", [False, True])
def test_what_is_kept_back_since_it_was_told_waits_for_a_yes(
    made: Made, changes: dict[str, object], late: bool
) -> None:
    post = Post()
    house, told = waiting(made, post)
    if not late:
        set_for_customer(house, **changes)
        due.run(house)
        assert newest(house, told.id).needs_yes
    made.time[0] += timedelta(days=2)
    set_for_customer(house, **changes)
    due.run(house)
    assert post.sent == []
    assert not post.shown.get("Site")
    assert ("host_yes", ROSA.email) in post.letters
    holding.agree(as_(house, ROSA.email), told.id)
    due.run(house)
    assert ("Mail", AGNES.email, 1) in post.sent  # a yes has seen it
    assert newest(house, told.id).needs_yes is False


def test_held_and_let_go_it_is_asked_again(made: Made) -> None:
    post = Post()
    house, told = waiting(made, post)
    holding.hold(house, told.id, "A typo")
    set_for_customer(house, off_limits=("tide",))
    made.time[0] += timedelta(days=2)
    holding.let_go(house, told.id)
    due.run(house)
    assert post.sent == []


def test_what_nothing_is_kept_back_of_goes_on_its_day_and_stays(made: Made) -> None:
    post = Post()
    house, told = waiting(made, post)
    made.time[0] += timedelta(days=2)
    due.run(house)
    assert ("Mail", AGNES.email, 1) in post.sent
    set_for_customer(house, off_limits=("tide",))  # what is out is for the host to hold
    due.run(house)
    assert newest(house, told.id).needs_yes is False


def test_what_is_told_in_a_team_meeting_is_read_by_the_team_without_those_words(made: Made) -> None:
    house = ready(made, Post())
    set_for_customer(house, off_limits=("tide",))
    with pytest.raises(Problem) as refused:
        telling.tell(house, MEETING, NOW.date(), "By the tide", "We lose a crew day.")
    assert refused.value.code == "words_kept_back"
    assert telling.tell(house, MEETING, NOW.date(), "By the water", "We lose a crew day.").told_on


def test_a_headline_goes_out_without_a_code_that_leads_elsewhere(made: Made) -> None:
    house = ready(made, Post())
    assert publishing.publish(house, MEETING, "By the tide [T-AAAAAAAA]", "company", MAIL).headline == "By the tide"
    with pytest.raises(Problem) as refused:
        publishing.publish(house, MEETING, "[T-AAAAAAAA yes K7QX2M4A]", "team:Finance", MAIL)
    assert refused.value.code == "headline_missing"
