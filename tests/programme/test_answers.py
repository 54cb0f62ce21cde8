"""Readers' answers by mail: whose they are, what they may set going, and that each comes in once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.people.model import Person
from companion.programme import answers, letters
from companion.programme.model import House
from companion.programme.views.answers import answers_of
from companion.takeaways.code import code_of
from companion.takeaways.letters import Letter
from companion.words.answers import from_whom
from fakes.house import Made
from fakes.ics import NOW
from fakes.told import TOLD, kept, newest, reply, sent, take, told, written

__all__ = ["told"]


def test_an_answer_of_ours_is_taken_in_under_the_name_we_know(told: Made) -> None:
    assert take(told.house, reply(sender="agnes@ferro.example")).ids
    (answer,) = kept(told.house)
    assert (answer.name, answer.team, answer.person_id, answer.came) == ("Agnes Moll", "Finance", "agnes", "mail")
    assert answers_of(told.house, "t1").rows[0].answer.text == "It does."


def test_an_alias_is_the_same_person(told: Made) -> None:
    take(told.house, reply(sender="d.okafor@ferro.example"))
    assert kept(told.house)[0].person_id == "dana"


def test_the_same_mail_from_two_sources_comes_in_once(told: Made) -> None:
    first, second = take(told.house, reply()), take(told.house, reply(), reply(2))
    assert (len(first.ids), second.known, len(second.ids)) == (1, 1, 1)
    assert len(kept(told.house)) == 2


@pytest.mark.parametrize("sender", ["somebody@kestrel.example", "", "agnes@elsewhere.example"])
def test_whom_nobody_knows_waits_to_be_looked_at_and_is_none_of_us(told: Made, sender: str) -> None:
    take(told.house, reply(sender=sender, sender_name="Agnes Moll"))
    assert kept(told.house) == []
    (aside,) = kept(told.house, "review")
    assert (aside.person_id, aside.team) == ("", "")
    assert "outside" in from_whom(aside)
    assert answers_of(told.house, "t1").rows == ()
    assert len(answers_of(told.house, "t1").aside) == 1


def test_who_may_not_read_it_and_who_left_are_looked_at(told: Made) -> None:
    assert take(told.house, reply(1, "t2")).review  # Agnes is in Finance
    with told.house.workspace() as tx:
        lev = tx.people.get("lev")
        assert lev
        tx.people.put(replace(lev, end=(NOW - timedelta(days=3)).date()))
    assert take(told.house, reply(2, "t2", sender="lev@ferro.example")).review
    assert kept(told.house) == []


@pytest.mark.parametrize("kind", ["changes", ""])
def test_what_is_to_be_looked_at_first_is_put_aside_also_without_a_word(told: Made, kind: str) -> None:
    assert take(told.house, reply(kind=kind, text="", aside=True)).review
    assert kept(told.house) == []
    assert [one.person_id for one in kept(told.house, "review")] == [""]


def test_a_yes_or_an_answer_that_may_be_forged_does_nothing(told: Made) -> None:
    token = sent(told.house, waiting(told.house))
    assert take(told.house, reply(kind="yes", token=token, sender="rosa@ferro.example", aside=True)).review
    assert newest(told.house).needs_yes
    assert take(told.house, reply(2, kind="hold", token=token, sender="rosa@ferro.example", aside=True)).acted


def test_automatic_strange_and_empty_ones_are_counted(told: Made) -> None:
    taken = take(
        told.house, reply(1, automatic=True), reply(2, code="AAAAAAAA"), reply(3, kind="", text=""), reply(4, text="")
    )  # fmt: skip
    assert (taken.automatic, taken.strange, taken.empty, len(taken.ids)) == (1, 1, 1, 1)  # a kind alone says something
    assert [answer.text for answer in kept(told.house)] == [""]


def test_an_answer_to_what_was_withdrawn_since_still_reaches_its_author(told: Made) -> None:
    with told.house.workspace() as tx:
        tx.takeaways.put(replace(TOLD, withdrawn=NOW))
    assert take(told.house, reply()).ids


def test_only_to_the_author_is_seen_by_nobody_else(told: Made) -> None:
    take(told.house, reply(only_author=True, kind="more"))
    answers.answer(replace(told.house, me="agnes@ferro.example"), "t1", "more", "They moved.", named=False)
    lev = replace(told.house, me="lev@ferro.example")
    assert answers_of(lev, "t1").rows == ()
    assert answers.front_line(lev, "kestrel") == ()
    assert len(answers_of(told.house, "t1").rows) == 2
    assert {row.answer.name for row in answers_of(told.house, "t1").rows} == {"Agnes Moll"}
    assert len(answers.front_line(told.house, "kestrel")) == 2


def test_what_the_front_line_knows_reaches_who_may_read_it(told: Made) -> None:
    take(told.house, reply(1, "t2", kind="more", sender="lev@ferro.example"), reply(2, kind="question"))
    take(told.house, reply(3, kind="more", text="They moved in spring."))
    agnes = replace(told.house, me="agnes@ferro.example")
    assert [known.answer.text for known in answers.front_line(agnes, "kestrel")] == ["They moved in spring."]
    assert len(answers.front_line(replace(told.house, me="lev@ferro.example"), "kestrel")) == 2


def test_while_it_is_held_the_front_line_knows_nothing_of_it(told: Made) -> None:
    take(told.house, reply(kind="more", sender="lev@ferro.example"))
    agnes, lev = (replace(told.house, me=f"{name}@ferro.example") for name in ("agnes", "lev"))
    assert len(answers.front_line(agnes, "kestrel")) == 1
    with told.house.workspace() as tx:
        tx.takeaways.put(replace(TOLD, held=NOW))
    assert answers.front_line(agnes, "kestrel") == ()
    assert len(answers.front_line(lev, "kestrel")) == 1  # who said it


def waiting(house: House) -> Letter:
    with house.workspace() as tx:
        tx.takeaways.put(replace(TOLD, needs_yes=True))
    return letters.host_yes(TOLD, "rosa@ferro.example", NOW)


def test_a_host_says_yes_by_mail_once(told: Made) -> None:
    token = sent(told.house, waiting(told.house))
    yes = reply(kind="yes", token=token, sender="rosa@ferro.example", text="")
    assert take(told.house, yes).acted == 1
    assert not newest(told.house).needs_yes
    with told.house.workspace() as tx:
        tx.takeaways.put(replace(TOLD, needs_yes=True))  # asked again later: the old mail says nothing of that
    assert take(told.house, yes).known == 1
    assert newest(told.house).needs_yes


@pytest.mark.parametrize("kind", ["yes", "hold"])
def test_without_the_token_nothing_is_done(told: Made, kind: str) -> None:
    sent(told.house, waiting(told.house))
    taken = take(told.house, reply(kind=kind, token="AAAAAAAA", sender="rosa@ferro.example"))
    assert (taken.acted, len(taken.review)) == (0, 1)
    assert newest(told.house).needs_yes
    assert newest(told.house).held is None
    assert [answer.kind for answer in kept(told.house, "review")] == [kind]


@pytest.mark.parametrize("sender", ["agnes@ferro.example", "rosa@elsewhere.example"])
def test_a_yes_from_another_address_is_looked_at(told: Made, sender: str) -> None:
    token = sent(told.house, waiting(told.house))
    assert take(told.house, reply(kind="yes", token=token, sender=sender)).review
    assert newest(told.house).needs_yes


@pytest.mark.parametrize("sender", ["r.vidal@home.example", ""])
def test_a_hold_stops_it_from_whatever_address_it_came(told: Made, sender: str) -> None:
    token = sent(told.house, waiting(told.house))
    assert take(told.house, reply(kind="hold", token=token, sender=sender, text="Stop.")).acted == 1
    held = newest(told.house)
    assert held.held
    assert held.held_by == "Rosa Vidal"
    assert held.held_why == ("Stop. (r.vidal@home.example)" if sender else "Stop.")


def test_a_host_who_is_none_of_our_people_may_hold_what_they_were_told_of(told: Made) -> None:
    host = "account@partner.example"
    with told.house.workspace() as tx:
        kestrel = tx.customers.get("kestrel")
        assert kestrel
        tx.customers.put(replace(kestrel, host_email=host))
    token = sent(told.house, letters.host_notice(TOLD, host, NOW))
    assert take(told.house, reply(kind="hold", token=token, sender=host, text="Not yet.")).acted == 1
    held = newest(told.house)
    assert (held.held is not None, held.held_by, held.held_why) == (True, host, "Not yet.")
    assert [letter.recipient for letter in written(told.house, "held")] == ["dana@ferro.example"]


def test_a_token_serves_nobody_but_who_it_was_written_to(told: Made) -> None:
    with told.house.workspace() as tx:
        tx.people.put(Person("ola", "ola@ferro.example", "Ola Berg", role="ops"))  # may say yes, was not asked
    token = sent(told.house, waiting(told.house))
    assert take(told.house, reply(kind="yes", token=token, sender="ola@ferro.example")).review
    assert newest(told.house).needs_yes


def test_the_token_of_one_letter_opens_nothing_else(told: Made) -> None:
    token = sent(told.house, letters.host_copy(TOLD, "rosa@ferro.example", NOW))
    waiting(told.house)
    assert take(told.house, reply(1, kind="yes", token=token, sender="rosa@ferro.example")).review
    assert take(told.house, reply(2, kind="reply", token=token, sender="rosa@ferro.example")).review
    assert take(told.house, reply(3, "t2", kind="hold", token=token, sender="rosa@ferro.example")).review
    assert newest(told.house).needs_yes
    assert newest(told.house, "t2").held is None


def test_a_yes_to_an_earlier_revision_is_no_yes(told: Made) -> None:
    token = sent(told.house, waiting(told.house))
    with told.house.workspace() as tx:
        tx.takeaways.put(replace(TOLD, revision=2, headline="Another", needs_yes=True))
    assert take(told.house, reply(kind="yes", token=token, sender="rosa@ferro.example")).review
    assert newest(told.house).needs_yes


def test_a_host_holds_by_mail_and_the_author_hears_why(told: Made) -> None:
    token = sent(told.house, letters.host_copy(TOLD, "rosa@ferro.example", NOW))
    take(told.house, reply(kind="hold", token=token, sender="rosa@ferro.example", text="Wait for the contract."))
    assert newest(told.house).held
    assert newest(told.house).held_why == "Wait for the contract."
    assert [letter.recipient for letter in written(told.house, "held")] == ["dana@ferro.example"]


def test_what_a_host_wrote_beside_a_yes_is_for_the_author(told: Made) -> None:
    token = sent(told.house, waiting(told.house))
    take(told.house, reply(kind="yes", token=token, sender="rosa@ferro.example", text="But ask Kestrel first."))
    assert [(answer.text, answer.only_author) for answer in kept(told.house)] == [("But ask Kestrel first.", True)]


def test_no_more_weekly_mails(told: Made) -> None:
    letter = letters.digest("Finance", "2026-W47", "agnes@ferro.example", NOW, [TOLD])
    letter = replace(letter, facts={**letter.facts, "token": "ABCDEFGH"})
    sent(told.house, letter)
    stop = {"code": code_of(letter.id), "kind": "stop"}
    assert take(told.house, reply(1, token="AAAAAAAA", **stop)).strange
    assert take(told.house, reply(2, token="ABCDEFGH", sender="lev@ferro.example", **stop)).strange
    assert take(told.house, reply(3, token="ABCDEFGH", **stop)).acted
    with told.house.workspace(write=False) as tx:
        assert [person.id for person in tx.people.all() if not person.digest] == ["agnes"]
