"""The weekly mails: once a week each, whoever presses, dies or puts the clock back; looked at as far as one may."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.people.model import Leave
from companion.programme import digest, due, letters, postbag
from companion.programme.channels import all_of as all_channels
from companion.programme.digest import Mail, Week
from companion.programme.model import House
from companion.programme.slots import next_slot
from companion.takeaways.letters import Letter, LetterParcel
from companion.takeaways.model import Answer, Shown
from companion.words.weekly import subject
from fakes.house import Made
from fakes.killing import KilledError
from fakes.meeting import met, seated
from fakes.post import OPS, as_
from fakes.sending import Ways, house_with, told

AGNES, LEV, ROSA, DANA = (f"{name}@ferro.example" for name in ("agnes", "lev", "rosa", "dana"))
MONDAY = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)  # 09:05 in Amsterdam
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def house(made: Made, ways: Ways) -> House:
    """Dana was asked nothing yet of Friday's review; the mails go on Mondays."""
    house = house_with(made.house, ways, "Mail")
    with house.workspace() as tx:
        tx.people.put(OPS)
        tx.programme.put(replace(tx.programme.get(), post=all_channels(house)[0].id, digest="mon 09:00", who_sat=False))
    met(house, "m1", MONDAY - 3 * DAY)
    seated(house, "m1", "dana")
    made.time[0] = MONDAY
    return house


def change(house: House, **news: object) -> None:
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), **news))  # type: ignore[arg-type]


def weekly(house: House) -> dict[str, str]:
    return {one.recipient: one.state for one in _digests(house)}


def _digests(house: House) -> list[Letter]:
    return [one for one in postbag.all_of(house) if one.kind == "digest"]


def mails(ways: Ways) -> dict[str, list[list[str]]]:
    """What went, by address: the kinds of lines, then the stories."""
    found: dict[str, list[list[str]]] = {}
    for parcel in ways["Mail"].written:
        if parcel.letter.kind == "digest":
            lines = [one.kind for one in parcel.todo] + [one.takeaway.id for one in parcel.parcels]
            found.setdefault(parcel.letter.recipient, []).append(lines)
    return found


def test_one_mail_holds_what_is_to_be_done_and_what_was_told(house: House, ways: Ways) -> None:
    told(house, "t1", author_id="lev")
    digest.make(house)
    postbag.send(house)
    assert mails(ways) == {
        DANA: [["joined", "t1"]], OPS.email: [["unknowns", "t1"]], AGNES: [["t1"]], ROSA: [["t1"]],
    }  # fmt: skip
    (mine,) = [one for one in _digests(house) if one.recipient == DANA]
    assert mine.facts["todo"] == [{"kind": "joined", "about": ["m1"], "count": 0}]


def test_a_mail_has_five_lines_and_says_how_many_more_there_are(house: House, ways: Ways) -> None:
    for number in range(7):
        met(house, f"n{number}", MONDAY - (10 + number) * DAY)
        seated(house, f"n{number}", "dana")
    digest.make(house)
    postbag.send(house)
    (parcel,) = [one for one in ways["Mail"].written if one.letter.recipient == DANA]
    assert (len(parcel.todo), parcel.more) == (5, 3)


def test_what_is_done_between_making_and_sending_is_not_said(house: House, ways: Ways) -> None:
    met(house, "m2", MONDAY - 5 * DAY)
    seated(house, "m2", "lev", "attended", "host")
    digest.make(house)
    seated(house, "m1", "dana", "attended", "host")
    told(house, "t1", author_id="lev", meeting_id="m2", published=MONDAY + DAY, audience="me")
    postbag.send(house)
    assert mails(ways) == {DANA: [["tell"]]}
    assert weekly(house)[LEV] == "withdrawn", "nothing was left to say"


def test_on_leave_nobody_writes_and_the_next_slot_has_it_all(house: House, made: Made, ways: Ways) -> None:
    with house.workspace() as tx:
        tx.people.put_leave(Leave("dana", MONDAY.date() - DAY, MONDAY.date() + DAY, "sick"))
    digest.make(house)
    postbag.send(house)
    assert DANA not in weekly(house)
    made.time[0] += WEEK
    digest.make(house)
    postbag.send(house)
    assert mails(ways)[DANA] == [["joined"]]


def test_leave_that_begins_after_it_was_made_keeps_it_back(house: House, made: Made, ways: Ways) -> None:
    digest.make(house)
    with house.workspace() as tx:
        tx.people.put_leave(Leave("dana", MONDAY.date(), MONDAY.date() + 2 * DAY, "sick"))
    postbag.send(house)
    assert weekly(house)[DANA] == "pending"
    made.time[0] += 4 * DAY
    postbag.send(house)
    made.time[0] += 4 * DAY  # the next Monday is four days later: too soon for another
    digest.make(house)
    postbag.send(house)
    assert mails(ways)[DANA] == [["joined"]]


def test_one_that_could_not_go_for_three_weeks_gives_way_to_one_mail(house: House, made: Made, ways: Ways) -> None:
    told(house, "t1", author_id="lev")
    change(house, post=all_channels(house)[0].id)
    ways["Mail"].always = Problem("channel_gone")
    for _ in range(3):
        digest.make(house)
        postbag.send(house)
        made.time[0] += WEEK
    ways["Mail"].always = None
    digest.make(house)
    postbag.send(house, retry=True)
    assert mails(ways)[DANA] == [["joined", "t1"]]
    states = sorted(one.state for one in _digests(house) if one.recipient == DANA)
    assert states == ["sent", "withdrawn", "withdrawn", "withdrawn"]


@pytest.mark.parametrize("back", [DAY, WEEK, 2 * WEEK])
def test_a_clock_that_is_put_back_makes_no_second_one(house: House, made: Made, ways: Ways, back: timedelta) -> None:
    due.run(house)
    made.time[0] -= back
    due.run(house)
    made.time[0] = MONDAY + DAY
    due.run(house)
    assert [len(one) for one in mails(ways).values()] == [1] * len(mails(ways))


def test_another_weekday_from_now_on_makes_no_second_one_at_once(house: House, made: Made, ways: Ways) -> None:
    due.run(house)
    change(house, digest="wed 09:00")
    made.time[0] += 2 * DAY
    due.run(house)
    assert len(mails(ways)[DANA]) == 1
    made.time[0] += WEEK
    due.run(house)
    assert len(mails(ways)[DANA]) == 2


def test_while_they_wait_for_a_yes_the_desk_makes_none(house: House, made: Made, ways: Ways) -> None:
    change(house, weekly_yes=True)
    due.run(house)
    assert (weekly(house), digest.preview(house).waits) == ({}, True)
    sent = digest.send_now(house)
    assert {one.recipient: one.state for one in sent} == {DANA: "sent", OPS.email: "sent"}
    assert digest.send_now(house) == []
    due.run(house)
    made.time[0] += timedelta(hours=20)
    assert digest.send_now(house) == []
    assert {to: len(all_) for to, all_ in mails(ways).items()} == {DANA: 1, OPS.email: 1}


def test_two_who_press_at_once_send_each_once(house: House, ways: Ways) -> None:
    change(house, weekly_yes=True)
    with ThreadPoolExecutor(4) as many:
        for done in [many.submit(digest.send_now, house) for _ in range(4)]:
            done.result()
    assert {to: len(all_) for to, all_ in mails(ways).items()} == {DANA: 1, OPS.email: 1}


def test_killed_between_making_and_sending_the_desk_sends_them_once(house: House, made: Made, ways: Ways) -> None:
    change(house, weekly_yes=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postbag, "send", _dies)
        with pytest.raises(KilledError):
            digest.send_now(house)
    assert set(weekly(house).values()) == {"pending"}
    due.run(house)
    digest.send_now(house)
    assert {to: len(all_) for to, all_ in mails(ways).items()} == {DANA: 1, OPS.email: 1}


def _dies(*_: object, **__: object) -> None:
    raise KilledError


def test_they_may_be_sent_two_days_early_and_not_before(house: House, made: Made, ways: Ways) -> None:
    change(house, weekly_yes=True, digest="thu 09:00")
    made.time[0] = MONDAY
    told(house, "t1", author_id="lev")
    with house.workspace() as tx:
        old = letters.digest("Finance", "2026-W47", DANA, MONDAY - 4 * DAY, (), person_id="dana")
        tx.letters.put(replace(old, state="sent", since=MONDAY - 4 * DAY))
    assert not digest.preview(house).open
    with pytest.raises(Problem) as caught:
        digest.send_now(house)
    assert caught.value.code == "weekly_early"
    made.time[0] = MONDAY + DAY + timedelta(hours=1)
    seen = digest.preview(house)
    assert (seen.open, seen.slot.week if seen.slot else "") == (True, "2026-W48")
    digest.send_now(house, week="2026-W48")
    made.time[0] = MONDAY + 4 * DAY
    due.run(house)
    assert len(mails(ways)[DANA]) == 1


def test_who_is_left_out_gets_none_and_may_get_one_after_all(house: House, ways: Ways) -> None:
    change(house, weekly_yes=True)
    digest.leave_out(house, "dana", out=True)
    digest.leave_out(house, "dana", out=True)
    assert _none(digest.preview(house))["Dana Okafor"] == "left_out"
    digest.send_now(house)
    assert DANA not in mails(ways)
    digest.leave_out(house, "dana", out=False)
    digest.send_now(house)
    digest.send_now(house)
    assert mails(ways)[DANA] == [["joined"]]
    with pytest.raises(Problem) as caught:
        digest.leave_out(house, "dana", out=True)
    assert caught.value.code == "weekly_written"


def test_left_out_before_the_slot_the_desk_writes_the_others(house: House, made: Made, ways: Ways) -> None:
    made.time[0] = MONDAY - DAY
    digest.leave_out(house, "dana", out=True)
    made.time[0] = MONDAY
    due.run(house)
    assert mails(ways) == {OPS.email: [["unknowns"]]}


def _none(week: Week) -> dict[str, str]:
    return {one.name: one.why for one in week.none}


def _mail(week: Week, address: str) -> Mail:
    return next(one for one in week.mails if one.to == address)


def test_looked_at_before_they_go_everybody_stands_there(house: House) -> None:
    with house.workspace() as tx:
        tx.people.put_leave(Leave("lev", MONDAY.date(), MONDAY.date(), "sick"))
    digest.wanted(house, ROSA, wanted=False)
    seen = digest.preview(house)
    assert [one.to for one in seen.mails] == [DANA, OPS.email]
    assert _none(seen) == {"Agnes Moll": "nothing", "Lev Brandt": "leave", "Rosa Vidal": "off"}
    assert weekly(house) == {}, "nothing was written"
    due.run(house)
    done = digest.preview(house)
    assert (_mail(done, DANA).letter or pytest.fail("not written")).state == "sent"
    assert done.going == ()


def test_nobody_who_looks_learns_the_token_of_a_letter(house: House) -> None:
    change(house, answers_to="insights@ferro.example")
    asked = letters.after("m1", "dana", DANA, MONDAY - 3 * DAY, 0)
    with house.workspace() as tx:
        tx.letters.put(replace(asked, state="sent", facts={**asked.facts, "unsaid": True}))
    seen = _mail(digest.preview(house), DANA)
    shown = digest.draw(house, seen)
    assert "I was there" in shown.text
    assert str(asked.facts["token"]) not in f"{shown.text} {shown.html} {seen.parcel} {_rendered(house)}"


def test_ops_see_no_answer_that_is_for_its_author_alone(house: House) -> None:
    change(house, shared=True, names_agreed="Works agreement 12")
    seated(house, "m1", "dana", "missed", "host")
    takeaway = told(house, "t1", audience="me")
    with house.workspace() as tx:
        tx.takeaways.put_answer(Answer("a1", takeaway.id, "", "For you alone.", MONDAY - DAY, "Lev", only_author=True))
    assert _mail(digest.preview(as_(house, DANA.replace("dana", "ola"))), DANA).hidden
    with house.workspace() as tx:
        tx.takeaways.put_answer(Answer("a2", takeaway.id, "question", "Since when?", MONDAY - DAY, "Agnes Moll"))
    seen = _mail(digest.preview(as_(house, OPS.email)), DANA)
    assert "1 reader waits" in digest.draw(house, seen).text
    assert "2 readers wait" in _rendered(house)


def _rendered(house: House) -> str:
    (message,) = [one for one in due.rehearse(house).messages if (one.to, one.kind) == (DANA, "digest")]
    return message.text


def test_without_the_agreement_ops_see_no_lines_of_others(house: House) -> None:
    change(house, shared=True)
    told(house, "t1", author_id="lev")
    seen = _mail(digest.preview(as_(house, OPS.email)), DANA)
    assert (seen.todo, seen.told, seen.hidden) == (0, 1, False)
    assert "Were you with" not in digest.draw(house, seen).text
    own = _mail(digest.preview(as_(house, OPS.email)), OPS.email)
    assert own.todo == 1


@pytest.mark.parametrize("who", [DANA, ROSA])
def test_others_than_ops_neither_look_nor_send(house: House, who: str) -> None:
    theirs = as_(house, who)
    for verb in (
        lambda: digest.preview(theirs), lambda: digest.send_now(theirs),
        lambda: digest.leave_out(theirs, "lev", out=True), lambda: digest.wait_for_yes(theirs, wait=True),
    ):  # fmt: skip
        with pytest.raises(Problem) as caught:
            verb()
        assert caught.value.code == "only_ops"


def test_looking_at_the_list_draws_no_mail(house: House) -> None:
    drawn: list[LetterParcel] = []

    def made(parcel: LetterParcel) -> tuple[str, Shown]:
        drawn.append(parcel)
        return house.render_letter(parcel)

    watched = replace(house, render_letter=made)
    seen = digest.preview(watched)
    assert (seen.mails != (), drawn) == (True, [])
    for mail in seen.mails:
        assert digest.draw(watched, mail) == house.render_letter(mail.parcel)[1]
        assert house.render_letter(mail.parcel)[0] == mail.subject
    assert [one.letter.recipient for one in drawn] == [mail.to for mail in seen.mails]


def test_the_subject_is_in_the_language_of_its_reader(house: House) -> None:
    told(house, "t1", author_id="lev")
    with house.workspace() as tx:
        dana = tx.people.get("dana")
        assert dana
        tx.people.put(replace(dana, language="it"))
    seen = _mail(digest.preview(house), DANA)
    assert seen.subject == house.render_letter(seen.parcel)[0] != subject(seen.todo, seen.told)


def test_one_says_of_oneself_whether_there_is_a_mail_and_only_ops_of_others(house: House) -> None:
    change(house, shared=True)
    hers = as_(house, DANA)
    assert not digest.wanted(hers, DANA, wanted=False).digest
    assert digest.wanted(hers, DANA, wanted=True).digest
    digest.leave_out(hers, "dana", out=True)
    digest.leave_out(hers, "dana", out=False)
    for verb in (
        lambda: digest.wanted(hers, ROSA, wanted=False), lambda: digest.leave_out(hers, "rosa", out=True),
        lambda: digest.wanted(hers, "nobody@ferro.example", wanted=True),
        lambda: digest.wanted(as_(house, ""), ROSA, wanted=False),
    ):  # fmt: skip
        with pytest.raises(Problem) as caught:
            verb()
        assert caught.value.code == "only_ops"
    assert not digest.wanted(as_(house, OPS.email), ROSA, wanted=False).digest
    assert not digest.wanted(replace(hers, workspace_shared=False), LEV, wanted=False).digest, "the file is its owner's"


def test_without_a_slot_or_a_post_nothing_is_sent(house: House) -> None:
    change(house, post="")
    with pytest.raises(Problem) as caught:
        digest.send_now(house)
    assert caught.value.code == "weekly_without_post"
    change(house, digest="")
    assert digest.preview(house).slot is None
    with pytest.raises(Problem) as caught:
        digest.send_now(house)
    assert caught.value.code == "weekly_off"


def test_a_week_that_was_not_looked_at_is_not_sent(house: House) -> None:
    with pytest.raises(Problem) as caught:
        digest.send_now(house, week="2026-W47")
    assert caught.value.code == "weekly_other"


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)),  # over the end of summer time
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),  # over its beginning
        (datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 30, 8, tzinfo=UTC)),
    ],
)
def test_the_next_slot_stands_by_the_clock_on_the_wall(now: datetime, moment: datetime) -> None:
    assert next_slot("mon 09:00", "Europe/Amsterdam", now) == moment
