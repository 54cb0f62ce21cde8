"""Who sat in: hosts are asked once, the next day; a reply is their word, and what is not sure waits for a look."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.attendance.seats import seat
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.connectors.letters import render_letter
from companion.crossing.model import Command
from companion.people.model import Leave
from companion.programme import meeting_letters, postbag, presence, presence_letters
from companion.programme.apply import cross
from companion.programme.channels import all_of as all_channels
from companion.programme.model import House
from companion.programme.seats import set_state
from companion.programme.taken import Taken
from companion.programme.views.outbox import outbox
from companion.takeaways.code import code_of, read_tag
from companion.takeaways.letters import Letter
from companion.words.desk import letter_line
from fakes.house import LEV, ROSA, Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import as_
from fakes.sending import Ways, house_with
from fakes.told import reply, take, written

AGNES, HOST = "agnes@ferro.example", "rosa@ferro.example"
FRIDAY = datetime(2026, 11, 27, 8, tzinfo=UTC)
OVER = THURSDAY + timedelta(hours=1, minutes=10)


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def house(made: Made, ways: Ways) -> House:
    """Rosa hosted Kestrel on Thursday; Dana and Lev said they would come. It is Friday morning."""
    house = house_with(made.house, ways, "Mail")
    with house.workspace() as tx:
        key = all_channels(house)[0].id
        tx.programme.put(replace(tx.programme.get(), post=key, name="Ferro", answers_to="insights@ferro.example"))
    met(house)
    made.time[0] = THURSDAY - timedelta(days=1)
    for person in ("dana", "lev"):
        seated(house, "m1", person)
    made.time[0] = FRIDAY
    return house


def asked(house: House) -> list[str]:
    """To whom the question went, of all that went."""
    presence_letters.make(house)
    postbag.send(house)
    return [letter.recipient for letter in written(house, "who_sat") if letter.state == "sent"]


def state(house: House, person: str) -> tuple[str, str]:
    """A seat's state, and by whose word."""
    with house.workspace(write=False) as tx:
        meeting = tx.meetings.get("m1")
        assert meeting
        found = seat(meeting, person, tx.seats.evidence(["m1"]), house.clock(), zone=tx.programme.get().zone)
    people = [one.source for one in found.evidence if one.says == found.state and one.source != "calendar"]
    return found.state, people[0] if people else ""


def mail(house: House, text: str, number: int = 1, **changes: object) -> Taken:
    (letter,) = written(house, "who_sat")
    facts = {"kind": "sat", "token": letter.facts["token"], "sender": HOST, "at": house.clock(), "text": text}
    return take(house, reply(number, code=code_of("m1"), **(facts | changes)))


def test_the_host_is_asked_the_next_day_and_once(house: House, made: Made, ways: Ways) -> None:
    made.time[0] = OVER
    assert asked(house) == []
    made.time[0] = FRIDAY - timedelta(hours=3)  # it is night in Amsterdam
    assert asked(house) == []
    made.time[0] = FRIDAY
    for _ in range(3):
        assert asked(house) == [HOST]
    made.time[0] += timedelta(days=1)
    assert asked(house) == [HOST]
    (parcel,) = ways["Mail"].written
    subject, shown = render_letter(parcel)
    tag = read_tag(subject)
    assert tag
    assert (tag.kind, tag.token) == ("sat", parcel.letter.facts["token"])
    assert "Dana Okafor" in shown.text
    assert "Dana%20Okafor%3A%20yes" in shown.html


def test_a_meeting_of_which_nobody_knows_who_came_is_asked_too(house: House, made: Made, ways: Ways) -> None:
    for person in ("dana", "lev"):
        set_state(house, "m1", person, "attended", "ops")
    met(house, "m2", THURSDAY + timedelta(hours=3))
    assert asked(house) == [HOST]
    assert [parcel.letter.about for parcel in ways["Mail"].written] == ["m2"]
    assert "Nobody is noted" in render_letter(ways["Mail"].written[0])[1].text


@pytest.mark.parametrize(
    "why", ["leave", "left", "stopped", "switched off", "cancelled", "dismissed", "settled", "no host"]
)
def test_nobody_is_asked_for_nothing(house: House, why: str) -> None:
    with house.workspace() as tx:
        if why == "leave":
            tx.people.put_leave(Leave("rosa", FRIDAY.date(), FRIDAY.date(), "parental"))
        if why == "left":
            tx.people.put(replace(ROSA, end=THURSDAY.date()))
        if why == "stopped":
            tx.people.put(replace(ROSA, reminders=False))
        if why == "switched off":
            tx.programme.put(replace(tx.programme.get(), who_sat=False))
    if why == "cancelled":
        met(house, status="cancelled")
    if why == "dismissed":
        met(house, verdict="no")
    if why == "no host":
        met(house, host_email="")
    if why == "settled":
        for person in ("dana", "lev"):
            set_state(house, "m1", person, "missed", "ops")
    assert asked(house) == []


def test_a_question_that_was_answered_meanwhile_does_not_go(house: House) -> None:
    presence_letters.make(house)
    for person in ("dana", "lev"):
        set_state(house, "m1", person, "attended", "ops")
    postbag.send(house)
    assert [(letter.state, letter.trouble) for letter in written(house, "who_sat")] == [("withdrawn", "letter_over")]


def test_a_reply_is_the_hosts_word_and_its_time(house: House, made: Made) -> None:
    asked(house)
    made.time[0] += timedelta(hours=2)
    mail(house, "Dana Okafor: yes\nLev Brandt: no, his train was late", at=FRIDAY + timedelta(hours=1))
    assert (state(house, "dana"), state(house, "lev")) == (("attended", "host"), ("missed", "host"))
    with house.workspace(write=False) as tx:
        said = {one.person_id: one for one in tx.seats.evidence(["m1"]) if one.source == "host"}
        lines = [(one.who, one.what, one.old, one.new, one.about) for one in tx.programme.entries()]
    assert (said["dana"].at, said["lev"].reason) == (FRIDAY + timedelta(hours=1), "his train was late")
    assert (HOST, "seat.host", "unknown", "attended", "dana m1") in lines
    assert presence.ask_host(as_(house, HOST)) == ()


def test_a_reply_that_comes_twice_counts_once(house: House) -> None:
    asked(house)
    mail(house, "both")
    taken = mail(house, "both")
    assert taken.known == 1
    with house.workspace(write=False) as tx:
        assert sum(one.source == "host" for one in tx.seats.evidence(["m1"])) == 2


def test_somebody_else_of_ours_is_credited(house: House) -> None:
    asked(house)
    mail(house, "Dana Okafor: Agnes Moll went\nLev Brandt: yes")
    assert (state(house, "dana")[0], state(house, "agnes")[0]) == ("delegated", "attended")


@pytest.mark.parametrize(
    "forged",
    [{"sender": "lev@ferro.example"}, {"sender": "rosa@elsewhere.example"}, {"aside": True}],
)
def test_who_is_not_surely_the_host_says_nothing_of_a_seat(house: House, forged: dict[str, object]) -> None:
    asked(house)
    mail(house, "Dana Okafor: yes", **forged)
    assert state(house, "dana")[0] == "unknown"
    with house.workspace(write=False) as tx:
        (told,) = tx.presence.waiting()
    assert (told.text, told.sender) == ("Dana Okafor: yes", forged.get("sender", HOST))
    assert presence.ask_host(as_(house, HOST))  # she has not answered


def test_without_its_token_a_mail_is_of_no_letter(house: House) -> None:
    asked(house)
    for token in ("", "AAAAAAAA"):
        taken = mail(house, "Dana Okafor: yes", token=token)
        assert taken.strange == 1
    assert state(house, "dana")[0] == "unknown"


def test_what_is_not_plain_waits_and_the_rest_is_taken(house: House) -> None:
    asked(house)
    mail(house, "Dana Okafor: yes\nLev Brandt: I think so")
    assert (state(house, "dana")[0], state(house, "lev")[0]) == ("attended", "unknown")
    with house.workspace(write=False) as tx:
        assert [told.text for told in tx.presence.waiting()] == ["Lev Brandt: I think so"]
    settled = presence.settle(house, presence.waiting(house)[0].told.id)
    assert (settled.state, presence.waiting(house)) == ("settled", ())


def test_at_home_the_host_says_it_too_and_only_the_host(house: House) -> None:
    rosa = as_(house, HOST)
    (ask,) = presence.ask_host(rosa)
    assert ([person.id for person in ask.listeners], ask.customer) == (["dana", "lev"], "Kestrel Plumbing Supply")
    with pytest.raises(Problem) as problem:
        presence.sat(as_(house, AGNES), "m1", {"dana": "attended"})
    assert problem.value.code == "sat_not_host"
    presence.sat(rosa, "m1", {"dana": "attended", "lev": "delegated"}, instead={"lev": AGNES})
    assert [state(house, key)[0] for key in ("dana", "lev", "agnes")] == ["attended", "delegated", "attended"]
    assert presence.ask_host(rosa) == ()
    assert asked(house) == []


def test_nobody_is_an_answer_too(house: House) -> None:
    met(house, "m2", THURSDAY + timedelta(hours=3))
    rosa = as_(house, HOST)
    assert [ask.meeting.id for ask in presence.ask_host(rosa)] == ["m2", "m1"]
    presence.sat(rosa, "m2", {})
    assert [ask.meeting.id for ask in presence.ask_host(rosa)] == ["m1"]


def test_a_forged_client_does_not_speak_for_a_host(house: House) -> None:
    lev = as_(house, LEV.email)
    body = {"id": "x", "meeting": "m1", "by": LEV.email, "at": FRIDAY.isoformat(), "said": [
        {"person_id": "lev", "state": "attended", "to": "", "reason": ""}
    ]}  # fmt: skip
    with lev.device() as device:
        device.queue.put(Command(new_id(), "sat", body, FRIDAY))
    cross(lev)
    assert state(house, "lev")[0] == "unknown"
    with house.workspace(write=False) as tx:
        assert next((one.what, one.why) for one in tx.programme.entries()) == ("command.refused", "sat_not_host")


# -- a listener, by reply to the three questions ------------------------------------------------------------------


def after(
    house: House, made: Made, act: str, text: str = "", sender: str = "dana@ferro.example", **more: object
) -> None:
    made.time[0] = OVER
    meeting_letters.make_questions(house)
    letter = next(one for one in written(house, "after") if one.facts["person"] == "dana")
    facts = {"kind": act, "token": letter.facts["token"], "sender": sender, "at": OVER, "text": text}
    take(house, reply(7, code=code_of("m1"), **facts))


@pytest.mark.parametrize(("act", "wanted"), [("there", "attended"), ("missed", "missed"), ("instead", "delegated")])
def test_a_listener_says_it_by_reply(house: House, made: Made, act: str, wanted: str) -> None:
    after(house, made, act)
    assert state(house, "dana") == (wanted, "self")


def test_who_went_is_credited_where_the_reply_names_them(house: House, made: Made) -> None:
    after(house, made, "instead", "Thanks for asking.\nAgnes Moll")
    assert state(house, "agnes")[0] == "attended"


def test_lines_beside_i_was_there_go_into_the_own_note_and_nowhere_else(house: House, made: Made) -> None:
    after(house, made, "there", "We lose a crew day.")
    with house.workspace(write=False) as tx:
        assert [(note.text, note.sender) for note in tx.mailed.of("dana")] == [("We lose a crew day.", "")]
        assert "crew" not in str(tx.seats.evidence(["m1"])) + str(tx.presence.of(["m1"])) + str(tx.programme.entries())


def test_somebody_elses_mail_says_nothing_of_my_seat(house: House, made: Made) -> None:
    after(house, made, "missed", sender="lev@ferro.example")
    assert state(house, "dana")[0] == "unknown"


def test_the_letter_has_its_links_while_nobody_has_said(house: House, made: Made, ways: Ways) -> None:
    made.time[0] = OVER
    set_state(house, "m1", "lev", "attended", "self")
    meeting_letters.make_questions(house)
    postbag.send(house)
    texts = {parcel.letter.facts["person"]: render_letter(parcel)[1].text for parcel in ways["Mail"].written}
    assert "I was there" in texts["dana"]
    assert "I was there" not in texts["lev"]


def test_the_outbox_says_what_went_to_the_host(house: House) -> None:
    asked(house)
    (matter,) = outbox(house).matters
    letters = [row.sent for row in matter.rows if isinstance(row.sent, Letter)]
    assert [letter.kind for letter in letters] == ["who_sat"]
    assert letter_line(letters[0]).startswith(f"asks who sat in → {HOST}: ")
