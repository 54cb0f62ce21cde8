"""Where it went: to whom, which revision, what cannot be taken back, and the text for the customer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import holding, outbox, publishing
from companion.programme.answers import answer
from companion.programme.model import House
from companion.programme.publishing import Order
from companion.programme.views.where import FEWEST, where_it_went
from companion.takeaways.model import Takeaway, Unsure
from companion.words.shared import Shared, told_to_customer
from fakes.house import Made
from fakes.post import MEETING, Post, as_, ready


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def house(made: Made, post: Post) -> House:
    return ready(made, post, host_hours=0)


def published(house: House, audience: str = "company", order: Order | None = None) -> Takeaway:
    wide = Order(("Mail", "Site"), ("agnes@ferro.example", "x@partner.example"), outside_ok=True)
    return publishing.publish(house, MEETING, "By the tide", audience, order or wide)


def test_every_channel_and_recipient_with_what_they_have(house: House, post: Post) -> None:
    takeaway = published(house)
    post.trouble = [Unsure()]
    outbox.run(house)
    went = where_it_went(house, takeaway.id)
    rows = {row.recipient: row for row in went.rows}
    assert {key: (row.revision, row.state, row.can_take_back) for key, row in rows.items()} == {
        "": (1, "sent", True), "agnes@ferro.example": (1, "unknown", False), "x@partner.example": (1, "sent", False),
        "rosa@ferro.example": (1, "sent", False),
    }  # fmt: skip
    assert (rows["agnes@ferro.example"].name, rows["rosa@ferro.example"].kind) == ("Agnes Moll", "letter:host_copy")
    assert (went.state, went.reached, len(went.stays)) == ("out", 3, 3)
    assert "ask the recipient" in rows["agnes@ferro.example"].sentence


def test_a_correction_that_waits_says_that_they_have_the_older_one(house: House, post: Post) -> None:
    takeaway = published(house)
    outbox.run(house)
    publishing.correct(house, takeaway.id, "The moon", {"scene": "They plan by the moon."})
    before = {row.recipient: (row.revision, row.newest) for row in where_it_went(house, takeaway.id).rows}
    assert before["agnes@ferro.example"] == (1, False)
    outbox.run(house)
    after = {row.recipient: (row.revision, row.newest) for row in where_it_went(house, takeaway.id).rows}
    assert after["agnes@ferro.example"] == (2, True)


def test_withdrawn_it_says_who_was_told(house: House) -> None:
    takeaway = published(house)
    outbox.run(house)
    publishing.withdraw(house, takeaway.id, "Told in confidence")
    assert not any(row.told_withdrawn for row in where_it_went(house, takeaway.id).rows)
    outbox.run(house)
    went = where_it_went(house, takeaway.id)
    assert {row.recipient for row in went.rows if row.told_withdrawn} == {
        "agnes@ferro.example", "x@partner.example", "rosa@ferro.example"
    }  # fmt: skip
    assert (went.state, went.customer_text) == ("withdrawn", went.withdrawn_text)
    assert "We withdrew it on 21 November 2026." in went.customer_text


def test_openings_are_told_from_five_on_and_answers_always(house: House) -> None:
    takeaway = published(house)
    answer(replace(house, me="agnes@ferro.example"), takeaway.id, "question", "Which tide?", named=False)
    for number in range(1, FEWEST + 1):
        with house.workspace() as tx:
            tx.takeaways.count_opening(takeaway.id)
        went = where_it_went(house, takeaway.id)
        assert (went.openings, went.answers) == (number if number >= 5 else None, 1)


def test_only_its_author_the_host_and_ops_are_told(house: House) -> None:
    takeaway = published(house)
    for address in ("dana@ferro.example", "rosa@ferro.example", "ola@ferro.example"):
        assert where_it_went(as_(house, address), takeaway.id).rows
    with pytest.raises(Problem, match="where_not_yours"):
        where_it_went(as_(house, "agnes@ferro.example"), takeaway.id)


def test_ops_see_that_there_is_one_only_for_its_author_and_no_word_of_it(house: House) -> None:
    takeaway = published(house, "me", Order())
    went = where_it_went(as_(house, "ola@ferro.example"), takeaway.id)
    assert (went.takeaway.headline, went.takeaway.quote) == ("By the tide", "")
    assert "crew day" not in repr(went)
    assert went.customer_text == "What Dana Okafor wrote after our meeting was shared with nobody."
    assert "crew day" in repr(where_it_went(as_(house, "dana@ferro.example"), takeaway.id))


def test_the_customer_is_told_what_was_shared_and_with_how_many(house: House, made: Made) -> None:
    takeaway = published(house)
    assert "It was put on" not in where_it_went(house, takeaway.id).customer_text, "nothing has gone out yet"
    outbox.run(house)
    text = where_it_went(house, takeaway.id).customer_text
    for said in (
        "Dana Okafor", "By the tide", "They plan by the tide.", "“We lose a crew day.”",
        "It went to 3 people by mail.", "1 of them is not of our firm.", "It was put on 1 page.", "we take it back",
    ):  # fmt: skip
        assert said in text
    made.time[0] += timedelta(days=1)
    soon = where_it_went(house, takeaway.id).withdrawn_text
    assert "We withdrew it on 22 November 2026." in soon
    assert "cannot be called back" in soon


def test_the_text_tells_of_chats_and_corrections_too() -> None:
    shared = Shared(None, None, None, "Dana", "By the tide", (), "", "", "It was the moon.", 0, 0, 0, 2)
    text = told_to_customer(shared)
    assert "posted in 2 chats" in text
    assert "We corrected it since: It was the moon." in text
    assert "by mail" not in text


def test_what_stands_on_read_alone_was_shared_and_the_customer_is_told_so(house: House) -> None:
    takeaway = published(house, order=Order())
    went = where_it_went(house, takeaway.id)
    assert (went.was_out, "with nobody" in went.customer_text) == (True, False)
    assert "Colleagues can read it in our own app." in went.customer_text
    assert "Colleagues could read it in our own app." in went.withdrawn_text
    assert "Our app shows it no more." in went.withdrawn_text
    holding.hold(house, takeaway.id, "A name stood in it.")
    held = where_it_went(house, takeaway.id)
    assert (held.was_out, "could read it" in held.customer_text) == (True, True)


@pytest.mark.parametrize("then", ["hold", "withdraw"])
def test_a_place_that_was_cleared_still_counts(house: House, then: str) -> None:
    takeaway = published(house, order=Order(("Site",)))
    outbox.run(house)
    holding.hold(house, takeaway.id, "") if then == "hold" else publishing.withdraw(house, takeaway.id)
    outbox.run(house)
    went = where_it_went(house, takeaway.id)
    place = next(row for row in went.rows if row.kind == "site")
    assert (place.revision, place.was_there) == (0, True)
    assert "It was put on 1 page." in went.customer_text


def test_what_never_went_out_was_shared_with_nobody(house: House) -> None:
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), host_hours=24))
    takeaway = published(house, order=Order(("Site",)))
    assert where_it_went(house, takeaway.id).state == "waiting"
    publishing.withdraw(house, takeaway.id)
    outbox.run(house)
    went = where_it_went(house, takeaway.id)
    assert (went.was_out, "with nobody" in went.customer_text) == (False, True)


def test_the_customer_reads_nothing_of_what_it_means_to_us(house: House) -> None:
    takeaway = published(house, order=Order())
    inner = {"goal": "No tide lost.", "matters": "They may leave us.", "will_do": "Call them first."}
    text = where_it_went(house, publishing.correct(house, takeaway.id, "More of it", inner).id).customer_text
    assert "No tide lost." in text
    assert not [said for said in (inner["matters"], inner["will_do"]) if said in text]
