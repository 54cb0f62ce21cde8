"""Letters: written once by name, sent once by the post, and only while they say what is so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import letters, postbag
from companion.programme.channels import all_of as all_channels
from companion.programme.model import House
from companion.takeaways.letters import Letter
from companion.takeaways.model import Action, Answer, Takeaway, Unsure
from fakes.house import Made
from fakes.sending import Ways, house_with, told

AGNES, LEV, ROSA, DANA = (f"{name}@ferro.example" for name in ("agnes", "lev", "rosa", "dana"))


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def house(made: Made, ways: Ways) -> House:
    house = house_with(made.house, ways, "Mail")
    with_post(house, "Mail")
    return house


def with_post(house: House, name: str) -> None:
    key = next((channel.id for channel in all_channels(house) if channel.name == name), "")
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), post=key, name="Ferro", answers_to="insights@ferro.example"))


def put(house: House, *made: Letter) -> int:
    with house.workspace() as tx:
        return tx.letters.add(made)


def states(house: House) -> dict[str, tuple[str, str]]:
    return {letter.kind: (letter.state, letter.trouble) for letter in postbag.all_of(house)}


def test_made_twice_it_is_one_letter_with_the_token_of_the_first(house: House, made: Made, ways: Ways) -> None:
    takeaway = told(house, out_at=made.time[0] + timedelta(days=1))
    first, second = (letters.host_notice(takeaway, ROSA, made.time[0]) for _ in range(2))
    assert (first.id, len(first.facts["token"])) == (second.id, 8)
    assert first.facts["token"] != second.facts["token"]
    assert (put(house, first), put(house, second)) == (1, 0)
    for _ in range(3):
        postbag.send(house)
    (written,) = ways["Mail"].written
    assert (written.letter.facts["token"], written.name) == (first.facts["token"], "Rosa Vidal")
    assert written.parcels[0].takeaway == takeaway, "the host reads the whole before anybody else"
    assert put(house, letters.host_notice(replace(takeaway, revision=2), ROSA, made.time[0])) == 1


def test_without_a_post_letters_wait_and_are_counted(house: House, made: Made, ways: Ways) -> None:
    with_post(house, "")
    put(house, letters.host_copy(told(house), ROSA, made.time[0]))
    assert (postbag.send(house), letters.without_post(house)) == ([], 1)
    with_post(house, "Mail")
    postbag.send(house)
    assert (ways["Mail"].sent, letters.without_post(house)) == ([(ROSA, -1)], 0)


@pytest.mark.parametrize(
    ("news", "sent", "over"),
    [
        ({"needs_yes": True}, {"host_copy", "host_notice", "host_yes", "answers"}, {"held"}),
        ({}, {"host_copy", "host_notice", "answers", "replied", "did"}, {"host_yes", "held"}),
        ({"held": "now"}, {"held", "answers"}, {"host_yes"}),
        ({"withdrawn": "now"}, set(), {"host_copy", "host_notice", "host_yes", "held", "answers", "replied", "did"}),
        ({"revision": 2}, {"answers", "replied", "did"}, {"host_copy", "host_notice", "host_yes", "held"}),
    ],
)
def test_a_letter_goes_while_it_says_what_is_so(
    house: House, made: Made, ways: Ways, news: dict[str, object], sent: set[str], over: set[str]
) -> None:
    now = made.time[0]
    takeaway = told(house)
    answer = Answer("a1", "t1", "question", "Which dock?", now, "Lev Brandt", "People", address=LEV)
    action = Action("x", "t1", "Name the dock", "dana", now, None, ("a1",), now, "Dock 4")
    put(
        house, letters.host_copy(takeaway, ROSA, now), letters.host_notice(takeaway, ROSA, now),
        letters.host_yes(takeaway, ROSA, now, ["nda"]), letters.held(replace(takeaway, held=now), DANA, now),
        letters.answers(takeaway, DANA, now, now.date(), ["a1"]), letters.replied(takeaway, answer, now),
        letters.did(takeaway, action, LEV, now),
    )  # fmt: skip
    told(house, **{key: now if value == "now" else value for key, value in news.items()})
    postbag.send(house)
    found = states(house)
    assert {kind for kind, (state, _) in found.items() if state == "sent"} == sent
    assert {kind for kind, told_ in found.items() if told_ == ("withdrawn", "letter_over")} == over


def test_readers_see_in_letters_their_own_words_and_what_was_said_with_a_name(
    house: House, made: Made, ways: Ways
) -> None:
    now = made.time[0]
    takeaway = told(house)
    said = [
        Answer("a1", "t1", "question", "Mine", now, "Lev Brandt", address=LEV, only_author=True),
        Answer("a2", "t1", "question", "Secret", now, "Agnes Moll", address=AGNES, only_author=True),
        Answer("a3", "t1", "question", "Open", now, "Agnes Moll", address=AGNES),
    ]
    with house.workspace() as tx:
        for answer in said:
            tx.takeaways.put_answer(answer)
    action = Action("x", "t1", "Do it", "dana", now, None, ("a1", "a2", "a3"), now, "Done")
    put(
        house, letters.did(takeaway, action, LEV, now), letters.did(takeaway, action, ROSA, now, role=letters.TO_HOST),
        letters.answers(takeaway, DANA, now, now.date(), ["a1", "a2", "a3"]),
    )  # fmt: skip
    postbag.send(house)
    shown = {(p.letter.recipient): [a.text for a in p.parcels[0].answers] for p in ways["Mail"].written}
    assert shown == {LEV: ["Mine", "Open"], ROSA: ["Open"], DANA: ["Mine", "Secret", "Open"]}


def test_a_held_letter_knows_where_to_write_to_who_holds_it(house: House, made: Made, ways: Ways) -> None:
    now = made.time[0]
    with house.workspace(write=False) as tx:
        (rosa,) = [person for person in tx.people.all() if ROSA in person.addresses]
    put(house, letters.held(told(house, held=now, held_by=rosa.name, held_by_id=rosa.id), DANA, now))
    postbag.send(house)
    assert [parcel.held_address for parcel in ways["Mail"].written] == [ROSA]


def test_nobody_knows_of_a_letter_so_a_person_is_asked(house: House, made: Made, ways: Ways) -> None:
    put(house, letters.host_copy(told(house), ROSA, made.time[0]))
    ways["Mail"].next = [Unsure()]
    (letter,) = postbag.send(house)
    made.time[0] += timedelta(days=3)
    postbag.send(house, retry=True)
    assert (states(house), len(ways["Mail"].sent)) == ({"host_copy": ("unknown", "")}, 1)
    postbag.send_again(house, letter.id[:8])
    postbag.send(house)
    assert (states(house), len(ways["Mail"].sent)) == ({"host_copy": ("sent", "")}, 2)
    with pytest.raises(Problem) as caught:
        postbag.it_arrived(house, letter.id)
    assert caught.value.code == "letter_not_unknown"


def test_a_letter_cut_off_by_a_kill_is_asked_for_too(house: House, made: Made, ways: Ways) -> None:
    put(house, letters.host_copy(told(house), ROSA, made.time[0]))
    with house.workspace() as tx:
        assert tx.letters.claim(tx.letters.all()[0], made.time[0])
    postbag.send(house)
    assert states(house) == {"host_copy": ("sending", "")}, "another machine may be at it"
    made.time[0] += timedelta(minutes=11)
    postbag.send(house)
    assert (states(house), ways["Mail"].sent) == ({"host_copy": ("unknown", "")}, [])


def test_with_the_post_away_one_letter_is_tried_and_all_go_later(house: House, made: Made, ways: Ways) -> None:
    for key in ("t1", "t2", "t3"):
        put(house, letters.host_copy(told(house, key), ROSA, made.time[0]))
    ways["Mail"].always = Problem("mail_unreachable", host="h", port=1, reason="r")
    postbag.send(house)
    assert (ways["Mail"].asked, {letter.state for letter in postbag.all_of(house)}) == (1, {"pending"})
    ways["Mail"].always = None
    made.time[0] += timedelta(minutes=2)
    postbag.send(house)
    assert len(ways["Mail"].sent) == 3


def test_held_it_says_by_whom(house: House, made: Made, ways: Ways) -> None:
    takeaway: Takeaway = told(house, held=made.time[0], held_by=ROSA, held_why="the price is in it")
    put(house, letters.held(takeaway, DANA, made.time[0]))
    postbag.send(house)
    subject, shown = house.render_letter(ways["Mail"].written[0])
    assert subject.startswith("Held back: Headline t1 [T-")
    assert "Rosa Vidal holds your takeaway back: the price is in it" in shown.text
