"""What is theirs to do: pressing things first, gone once done, nobody else's matters, never twice for one reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.attendance.model import Evidence
from companion.attendance.offers import Offer
from companion.customers.memory import Fact
from companion.meetings.model import Meeting
from companion.people.model import Leave
from companion.programme import letters
from companion.programme.model import House, WorkspaceTx
from companion.programme.todo import todo
from companion.programme.todo_seat import signature_of
from companion.takeaways.letters import Letter, Todo
from companion.takeaways.model import Answer
from fakes.house import Made
from fakes.post import OPS
from fakes.sending import told

NOW = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)


@pytest.fixture
def house(made: Made) -> House:
    made.time[0] = NOW
    with made.house.workspace() as tx:
        tx.people.put(OPS)
    return made.house


def met(tx: WorkspaceTx, key: str, days: float, **news: object) -> Meeting:
    """A review at Kestrel so many days from now, an hour long."""
    start = NOW + days * DAY
    made = Meeting(
        key, key, "", "Review", start, start + timedelta(hours=1), False, "UTC", "confirmed", "kestrel", 90, (),
        host_email="rosa@ferro.example",
    )  # fmt: skip
    made = replace(made, **news)  # type: ignore[arg-type]
    tx.meetings.put(made)
    return made


def said(tx: WorkspaceTx, meeting: Meeting, who: str, says: str, source: str = "self") -> None:
    at = min(NOW, meeting.start)
    tx.seats.add(Evidence(f"{meeting.id}-{who}-{says}", meeting.id, who, source, says, who, at))  # type: ignore[arg-type]


def mine(house: House, who: str, now: datetime = NOW) -> list[Todo]:
    with house.workspace(write=False) as tx:
        person = tx.people.get(who)
        assert person
        return list(todo(tx, person, now))


def kinds(house: House, who: str, now: datetime = NOW) -> list[str]:
    return [one.kind for one in mine(house, who, now)]


def test_a_meeting_that_was_heard_is_to_be_told_until_it_is(house: House) -> None:
    with house.workspace() as tx:
        said(tx, met(tx, "m1", -3), "dana", "attended", "host")
    (line,) = [one for one in mine(house, "dana") if one.kind == "tell"]
    assert (line.customer, line.by) == ("Kestrel Plumbing Supply", date(2026, 11, 27))
    told(house, "t1", meeting_id="m1")
    assert "tell" not in kinds(house, "dana")


def test_a_seat_nobody_spoke_of_asks_its_listener_and_the_host_and_attendance_answers_both(house: House) -> None:
    with house.workspace() as tx:
        meeting = met(tx, "m1", -3)
        said(tx, meeting, "dana", "accepted")
    assert kinds(house, "dana") == ["joined"]
    assert kinds(house, "rosa") == ["who_sat"]
    assert kinds(house, "lev") == [], "it is nothing of theirs"
    with house.workspace() as tx:
        said(tx, meeting, "dana", "attended", "host")
    assert kinds(house, "dana") == ["tell"]
    assert kinds(house, "rosa") == []


def test_a_host_is_not_asked_whether_they_were_at_their_own_meeting(house: House) -> None:
    with house.workspace() as tx:
        said(tx, met(tx, "m1", -3), "rosa", "accepted", "calendar")
    assert kinds(house, "rosa") == []


def test_offers_wait_for_who_may_answer_them(house: House) -> None:
    with house.workspace() as tx:
        ahead = met(tx, "m1", 10)
        tx.offers.put(Offer("o1", ahead.id, "dana", "ops", "ola", NOW - DAY, "host", NOW - DAY))
    assert kinds(house, "dana") == []
    (line,) = mine(house, "rosa")
    assert (line.kind, line.who, line.by) == ("may_sit", "Dana Okafor", date(2026, 11, 25))
    with house.workspace() as tx:
        tx.offers.put(Offer("o1", ahead.id, "dana", "ops", "ola", NOW - DAY, "offered", NOW))
    assert kinds(house, "rosa") == []
    assert kinds(house, "dana") == ["offer"]
    with house.workspace() as tx:
        tx.offers.put(Offer("o1", ahead.id, "dana", "ops", "ola", NOW - DAY, "accepted", NOW))
        said(tx, ahead, "dana", "accepted")
    assert kinds(house, "dana") == []


def test_where_no_host_is_known_ops_are_asked(house: House) -> None:
    with house.workspace() as tx:
        ahead = met(tx, "m1", 10, host_email="nobody@elsewhere.example")
        tx.offers.put(Offer("o1", ahead.id, "dana", "ask", "dana", NOW, "host", NOW))
    assert "may_sit" in kinds(house, OPS.id)
    assert kinds(house, "rosa") == []


def test_readers_who_wrote_wait_and_those_who_pressed_a_button_do_not(house: House) -> None:
    takeaway = told(house, "t1")
    with house.workspace() as tx:
        tx.takeaways.put_answer(Answer("a1", takeaway.id, "already", "", NOW - DAY, "Lev Brandt"))
    assert "reply" not in kinds(house, "dana")
    with house.workspace() as tx:
        tx.takeaways.put_answer(Answer("a2", takeaway.id, "question", "Since when?", NOW - DAY, "Lev Brandt"))
        tx.takeaways.put_answer(Answer("a3", takeaway.id, "", "For you.", NOW - DAY, "Agnes", only_author=True))
    (line,) = [one for one in mine(house, "dana") if one.kind == "reply"]
    assert (line.count, line.private, line.by) == (2, 1, date(2026, 11, 29))
    with house.workspace() as tx:
        for key in ("a2", "a3"):
            answer = tx.takeaways.answer(key)
            assert answer
            tx.takeaways.put_answer(replace(answer, reply="Since June.", replied=NOW))
    assert "reply" not in kinds(house, "dana")


def test_a_promise_is_spoken_of_in_the_week_of_its_day(house: House) -> None:
    with house.workspace() as tx:
        tx.facts.put(Fact("p1", "kestrel", "promise", "The drawings.", owner_id="rosa", due=date(2026, 12, 2)))
    assert kinds(house, "rosa") == []
    assert kinds(house, "rosa", NOW + 3 * DAY) == ["promise"]
    assert kinds(house, "dana", NOW + 3 * DAY) == []


def test_who_owes_one_and_has_none_coming_hears_of_open_reviews(house: House) -> None:
    with house.workspace() as tx:
        met(tx, "m1", 10)
        met(tx, "m2", 11)
        met(tx, "m3", 60)  # next year
    (line,) = mine(house, "lev")
    assert (line.kind, line.count, line.about, line.by) == ("seat", 2, ("m1", "m2"), date(2026, 12, 31))
    with house.workspace() as tx:
        said(tx, met(tx, "m4", 12), "lev", "accepted")
    assert kinds(house, "lev") == [], "one is coming"


def test_without_an_open_review_nobody_is_told_that_they_need_one(house: House) -> None:
    with house.workspace() as tx:
        tx.people.put_leave(Leave("lev", date(2026, 11, 30), date(2026, 12, 31), "parental"))
        met(tx, "m1", 10)
    assert kinds(house, "lev") == []
    assert kinds(house, "dana") == ["seat"]


def went(house: House, lines: list[Todo], days: float, key: str) -> None:
    """A weekly mail to Lev that told these lines so many days ago."""
    with house.workspace() as tx:
        made = letters.digest("People", key, "lev@ferro.example", NOW + days * DAY, (), person_id="lev")
        facts = {**made.facts, "todo": signature_of(lines)}
        tx.letters.put(replace(made, facts=facts, state="sent", since=NOW + days * DAY))


def test_never_twice_in_a_row_for_the_same_reason(house: House) -> None:
    with house.workspace() as tx:
        for number in range(4):
            met(tx, f"m{number}", 10 + number)
    went(house, mine(house, "lev"), -7, "2026-W47")
    assert kinds(house, "lev") == [], "told last week"
    with house.workspace() as tx:
        met(tx, "new", 15)
    assert kinds(house, "lev") == ["seat"], "there is one more to ask for"
    with house.workspace() as tx:
        for key in ("new", "m0", "m1"):
            tx.meetings.remove(key, wholly=True)
    assert kinds(house, "lev") == ["seat"], "none may be missed any more"
    with house.workspace() as tx:
        met(tx, "m1", 11)
    assert kinds(house, "lev") == []
    went(house, [], -1, "2026-W48")
    assert kinds(house, "lev") == ["seat"], "the last one did not say it"


def test_ops_hear_of_numbers_and_of_nobody_by_name(house: House) -> None:
    with house.workspace() as tx:
        past = met(tx, "m1", -3)
        said(tx, past, "dana", "accepted")
        other = met(tx, "m2", -4)
        said(tx, other, "lev", "attended", "host")
        said(tx, other, "lev", "missed", "self")
        met(tx, "m3", 10)
    found = mine(house, OPS.id)
    assert [(one.kind, one.count) for one in found] == [("disputes", 1), ("unknowns", 1), ("reviews", 1)]
    assert all(not one.who and not one.customer for one in found)


@pytest.mark.parametrize("change", ["leave", "left", "group"])
def test_who_is_away_or_gone_has_nothing_to_do(house: House, change: str) -> None:
    with house.workspace() as tx:
        said(tx, met(tx, "m1", -3), "dana", "accepted")
        dana = tx.people.get("dana")
        assert dana
        if change == "leave":
            tx.people.put_leave(Leave("dana", NOW.date() - DAY, NOW.date(), "sick"))
        tx.people.put(replace(dana, end=date(2026, 11, 22) if change == "left" else None,
                              role="group" if change == "group" else dana.role))  # fmt: skip
    assert kinds(house, "dana") == []


def test_the_most_pressing_comes_first(house: House) -> None:
    with house.workspace() as tx:
        said(tx, met(tx, "late", -20), "dana", "accepted")
        said(tx, met(tx, "heard", -3), "dana", "attended", "host")
        ahead = met(tx, "ahead", 20)
        tx.offers.put(Offer("o1", ahead.id, "dana", "ops", "ola", NOW, "offered", NOW))
    assert kinds(house, "dana") == ["joined", "tell", "offer"]


def test_a_letter_that_asked_lends_its_token_once_it_went(house: House) -> None:
    with house.workspace() as tx:
        said(tx, met(tx, "m1", -3), "dana", "accepted")
        asked = letters.after("m1", "dana", "dana@ferro.example", NOW - 3 * DAY, 0)
        tx.letters.put(asked)
    assert mine(house, "dana")[0].asked is None
    with house.workspace() as tx:
        tx.letters.put(replace(asked, state="sent"))
    lent: Letter | None = mine(house, "dana")[0].asked
    assert lent is not None
    assert lent.facts["token"] == asked.facts["token"]
