"""The weekly mail: in its slot, once, with what its reader may read, and nothing where there is nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import digest, outbox, postbag
from companion.programme.channels import all_of as all_channels
from companion.programme.model import House
from companion.programme.slots import last_slot, read_slot
from companion.takeaways.letters import Letter
from fakes.house import Made
from fakes.sending import Ways, house_with, promised, told

AGNES, LEV, ROSA, DANA = (f"{name}@ferro.example" for name in ("agnes", "lev", "rosa", "dana"))
MONDAY = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)  # 09:05 in Amsterdam


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def house(made: Made, ways: Ways) -> House:
    house = house_with(made.house, ways, "Mail")
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), post=all_channels(house)[0].id, digest="mon 09:00"))
    made.time[0] = MONDAY
    return house


def weekly(house: House) -> dict[str, Letter]:
    return {letter.recipient: letter for letter in postbag.all_of(house) if letter.kind == "digest"}


@pytest.mark.parametrize("text", ["mon 09:00", "Monday 9:00", " MON 09:00 "])
def test_a_slot_is_a_weekday_and_a_time(text: str) -> None:
    assert (read_slot(text)[0], f"{read_slot(text)[1]:%H:%M}") == (0, "09:00")


@pytest.mark.parametrize("text", ["", "mon", "someday 09:00", "mon 25:00"])
def test_anything_else_is_told(text: str) -> None:
    with pytest.raises(Problem) as caught:
        read_slot(text)
    assert caught.value.code == "digest_slot_wrong"


@pytest.mark.parametrize(
    ("slot", "now", "moment"),
    [
        ("mon 09:00", datetime(2026, 11, 23, 7, 59, tzinfo=UTC), datetime(2026, 11, 16, 8, tzinfo=UTC)),
        ("mon 09:00", datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("mon 09:00", datetime(2026, 10, 26, 8, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)),  # winter now
        ("mon 09:00", datetime(2026, 10, 25, 8, tzinfo=UTC), datetime(2026, 10, 19, 7, tzinfo=UTC)),  # summer then
        ("sun 02:30", datetime(2026, 3, 29, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # never was
        ("sun 02:30", datetime(2026, 10, 25, 12, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # was twice
        ("sun 23:30", datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 22, 22, 30, tzinfo=UTC)),
    ],
)
def test_the_slot_stands_by_the_clock_on_the_wall(slot: str, now: datetime, moment: datetime) -> None:
    assert last_slot(slot, "Europe/Amsterdam", now) == moment


def test_each_reader_gets_what_they_may_read_and_authors_not_their_own(house: House, made: Made) -> None:
    told(house, "all")
    told(house, "finance", audience="team:Finance")
    told(house, "people", audience="team:People")
    told(house, "mine", audience="me")
    told(house, "held", held=MONDAY)
    told(house, "later", out_at=MONDAY + timedelta(hours=1))
    told(house, "asked", needs_yes=True)
    told(house, "gone", withdrawn=MONDAY)
    told(house, "over", expires=date(2026, 11, 22))
    told(house, "spoken", told_on=date(2026, 11, 20))
    told(house, "old", published=MONDAY - timedelta(days=8))
    digest.make(house)
    assert {to: letter.takeaways for to, letter in weekly(house).items()} == {
        AGNES: ("all", "finance"), LEV: ("all", "people"), ROSA: ("all",),
    }  # fmt: skip


def test_once_a_week_however_often_it_is_due_and_however_many_were_missed(house: House, made: Made, ways: Ways) -> None:
    told(house, "t1")
    assert (digest.make(house), digest.make(house)) == (3, 0)
    postbag.send(house)
    for week in (1, 2, 3):
        told(house, f"w{week}", published=MONDAY + timedelta(weeks=week, days=-1))
    made.time[0] = MONDAY + timedelta(weeks=3, days=2)
    assert (digest.make(house), digest.make(house)) == (3, 0)
    postbag.send(house)
    mine = [p for p in ways["Mail"].written if p.letter.recipient == AGNES]
    assert [[q.takeaway.id for q in parcel.parcels] for parcel in mine] == [["t1"], ["w1", "w2", "w3"]]


def test_nothing_to_tell_is_no_mail_and_before_the_slot_there_is_none(house: House, made: Made) -> None:
    assert digest.make(house) == 0
    told(house)
    made.time[0] = MONDAY + timedelta(days=2)
    assert digest.make(house) == 0, "a programme's first one is no answer to a slot long gone"
    made.time[0] = MONDAY - timedelta(minutes=10)
    assert digest.make(house) == 0


def test_what_was_held_in_the_last_moment_is_not_in_it_and_comes_with_a_later_one(
    house: House, made: Made, ways: Ways
) -> None:
    told(house, "t1")
    told(house, "t2", audience="team:Finance")
    digest.make(house)
    told(house, "t1", held=MONDAY)
    postbag.send(house)
    assert {p.letter.recipient: [q.takeaway.id for q in p.parcels] for p in ways["Mail"].written} == {AGNES: ["t2"]}
    told(house, "t1")
    made.time[0] = MONDAY + timedelta(weeks=1)
    digest.make(house)
    assert {to for to, letter in weekly(house).items() if "t1" in letter.takeaways} >= {LEV, ROSA}


def test_an_audience_made_smaller_meanwhile_is_respected(house: House, made: Made, ways: Ways) -> None:
    told(house, "t1")
    digest.make(house)
    told(house, "t1", revision=2, audience="team:Finance")
    postbag.send(house)
    assert ways["Mail"].written == []


def test_a_person_may_stop_it_and_want_it_again(house: House, made: Made) -> None:
    told(house)
    assert not digest.wanted(house, "AGNES@ferro.example", wanted=False).digest
    digest.make(house)
    assert AGNES not in weekly(house)
    assert digest.wanted(house, AGNES, wanted=True).digest
    digest.make(house)
    assert AGNES not in weekly(house), "this week's are written"
    told(house, "t2", published=MONDAY + timedelta(days=2))
    made.time[0] = MONDAY + timedelta(weeks=1)
    digest.make(house)
    assert AGNES in weekly(house)
    with pytest.raises(Problem) as caught:
        digest.wanted(house, "nobody@ferro.example", wanted=False)
    assert caught.value.code == "person_unknown"


def test_without_a_post_or_a_slot_there_is_none(house: House, made: Made) -> None:
    told(house)
    with house.workspace() as tx:
        programme = tx.programme.get()
        tx.programme.put(replace(programme, post=""))
    assert digest.make(house) == 0
    with house.workspace() as tx:
        tx.programme.put(replace(programme, digest=""))
    assert digest.make(house) == 0


def test_who_got_it_as_a_mail_of_its_own_does_not_get_it_twice(house: House) -> None:
    promised(house, told(house), "Mail", AGNES)
    outbox.deliver(house)
    digest.make(house)
    assert AGNES not in weekly(house)
    assert weekly(house)[LEV].takeaways == ("t1",)
