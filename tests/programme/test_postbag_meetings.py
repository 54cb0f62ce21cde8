"""Briefs and questions by mail: to whom they are due, once, while they are so, and with what they are about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.briefs.model import Brief, Page
from companion.connectors.letters import render_letter
from companion.notes.shipped_template import shipped
from companion.people.model import Leave
from companion.programme import due, meeting_letters, postbag
from companion.programme.asked import asked
from companion.programme.channels import all_of as all_channels
from companion.programme.model import House
from companion.programme.preparing import brief_for, expect
from companion.programme.templates import save
from companion.programme.views.outbox import outbox
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import as_
from fakes.sending import Ways, house_with, told

AGNES, DANA, LEV, ROSA = (f"{name}@ferro.example" for name in ("agnes", "dana", "lev", "rosa"))
TUESDAY = THURSDAY - timedelta(hours=48)
OVER = THURSDAY + timedelta(hours=1, minutes=10)


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def house(made: Made, ways: Ways) -> House:
    """The programme writes by "Mail"; briefs are a line of text."""
    house = house_with(made.house, ways, "Mail")
    with house.workspace() as tx:
        key = all_channels(house)[0].id
        tx.programme.put(replace(tx.programme.get(), post=key, name="Ferro", answers_to="insights@ferro.example"))
    made.time[0] = TUESDAY

    def page(brief: Brief, language: str) -> Page:
        text = f"{brief.person}: {brief.customer}, {brief.place}{brief.expected}"
        return Page(text, f"<body><p>{text}</p></body>", text, text)

    return replace(house, render_brief=page, render_pdf=lambda html, *_: f"%PDF {html}".encode())


def run(house: House) -> None:
    """What the desk does about mails."""
    meeting_letters.make_briefs(house)
    meeting_letters.make_questions(house)
    postbag.send(house)


def went(ways: Ways) -> list[tuple[str, str, str]]:
    """(kind, role, to) of all that went."""
    return [(p.letter.kind, p.letter.facts["role"], p.letter.recipient) for p in ways["Mail"].written]


def test_a_listener_and_the_host_have_the_brief_once(house: House, made: Made, ways: Ways) -> None:
    met(house)
    seated(house, "m1", "dana")
    seated(house, "m1", "lev", "offered", "host")
    made.time[0] -= timedelta(minutes=1)
    run(house)
    assert went(ways) == []
    made.time[0] += timedelta(minutes=1)
    for _ in range(3):
        run(house)
    assert sorted(went(ways)) == [("brief", "host", ROSA), ("brief", "reader", DANA)]
    hosts, mine = sorted(ways["Mail"].written, key=lambda parcel: parcel.letter.facts["role"])
    assert mine.page
    assert hosts.page
    assert mine.page.text == hosts.page.text == "Dana Okafor: Kestrel Plumbing Supply, Dock 4, Zwolle"
    (paper,) = mine.attachments
    assert (paper.name, paper.media_type) == ("Brief Kestrel Plumbing Supply 26 November.pdf", "application/pdf")
    assert paper.content.startswith(b"%PDF Dana")


@pytest.mark.parametrize(
    "news",
    [{"status": "cancelled"}, {"verdict": "no"}, {"customer_id": ""}, {"status": "gone"}, {"start": TUESDAY}],
)
def test_what_is_off_or_begun_has_no_brief(house: House, ways: Ways, news: dict[str, object]) -> None:
    met(house, **news)  # type: ignore[arg-type]
    seated(house, "m1", "dana")
    run(house)
    assert went(ways) == []


@pytest.mark.parametrize("says", ["declined", "proposed", "offered", "excused", "delegated"])
def test_who_is_not_coming_has_none(house: House, ways: Ways, says: str) -> None:
    met(house)
    seated(house, "m1", "dana", says)
    run(house)
    assert went(ways) == []


@pytest.mark.parametrize("why", ["leave", "no such mails", "left"])
def test_who_is_on_leave_or_wants_none_has_none(house: House, ways: Ways, why: str) -> None:
    met(house)
    seated(house, "m1", "dana")
    seated(house, "m1", "lev")
    with house.workspace() as tx:
        dana = tx.people.get("dana")
        assert dana
        if why == "leave":
            tx.people.put_leave(Leave("dana", date(2026, 11, 26), date(2026, 12, 1), "leave"))
        tx.people.put(
            replace(dana, reminders=why != "no such mails", end=date(2026, 11, 20) if why == "left" else None)
        )
    run(house)
    assert sorted(to for _, _, to in went(ways)) == [LEV, ROSA]
    assert {parcel.letter.facts["guest"] for parcel in ways["Mail"].written} == {"Lev Brandt"}


def test_without_a_post_none_is_made(house: House, ways: Ways) -> None:
    met(house)
    seated(house, "m1", "dana")
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), post=""))
    assert (meeting_letters.make_briefs(house), meeting_letters.make_questions(house)) == (0, 0)


@pytest.mark.parametrize(
    "news",
    [{"start": THURSDAY - timedelta(hours=2)}, {"place": "Room 2"}, {"host_email": AGNES}, {"link": "https://other"}],
)
def test_what_changed_is_written_once_more(house: House, ways: Ways, news: dict[str, object]) -> None:
    meeting = met(house)
    seated(house, "m1", "dana")
    run(house)
    met(house, **news)  # type: ignore[arg-type]
    run(house)
    run(house)
    mine = [p.letter.facts["again"] for p in ways["Mail"].written if p.letter.recipient == DANA]
    assert mine == [False, True]
    with house.workspace() as tx:
        tx.meetings.put(meeting)
    run(house)
    run(house)
    assert [p.letter.facts["again"] for p in ways["Mail"].written if p.letter.recipient == DANA] == [False, True, True]


def test_put_off_for_weeks_is_told_at_once_where_its_brief_had_gone(house: House, made: Made, ways: Ways) -> None:
    met(house)
    met(house, "m2")
    for key, person in (("m1", "dana"), ("m2", "lev")):
        seated(house, key, person)
    met(house, "m2", THURSDAY + timedelta(days=20))  # of this one nothing had gone
    run(house)
    had = len(ways["Mail"].written)
    later = THURSDAY + timedelta(days=20)
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), quiet="19:00-07:00"))
    met(house, start=later)
    made.time[0] = TUESDAY.replace(hour=21)
    run(house)
    assert len(ways["Mail"].written) == had, "not at night"
    made.time[0] += timedelta(hours=11)
    for _ in range(3):
        run(house)
    news = ways["Mail"].written[had:]
    assert sorted((p.letter.about, p.letter.recipient) for p in news) == [("m1", DANA), ("m1", ROSA)]
    for parcel in news:
        _subject, shown = render_letter(parcel)
        assert "has moved to Wednesday, 16 December at 10:00" in shown.text
    mine = next(parcel for parcel in news if parcel.letter.recipient == DANA)
    assert render_letter(mine)[0] == "New time: Kestrel Plumbing Supply, Wednesday, 16 December at 10:00"
    made.time[0] = later - timedelta(hours=47)
    run(house)
    assert {parcel.letter.about for parcel in ways["Mail"].written[had + 2 :]} == {"m2"}


def test_what_somebody_expects_goes_by_no_mail(house: House, ways: Ways) -> None:
    met(house)
    seated(house, "m1", "dana")
    expect(house, "m1", "That the driver is late.")
    mine = brief_for(house, "m1")
    assert "late" in house.render_brief(mine, "en").text, "so that it can go out"
    run(house)
    assert [p.letter.recipient for p in ways["Mail"].written if p.letter.kind == "brief"] != []
    for parcel in ways["Mail"].written:
        assert parcel.page
        assert "late" not in parcel.page.text + parcel.page.html
        assert all(b"late" not in one.content for one in parcel.attachments)


def test_the_questions_are_asked_as_ops_put_them(house: House, made: Made, ways: Ways) -> None:
    said = replace(shipped().questions[0], text={"en": "What they said: word by word?", "it": "Parola per parola"})
    save(house, replace(shipped(), questions=(said, *shipped().questions[1:])))
    met(house)
    seated(house, "m1", "dana")
    made.time[0] = OVER
    run(house)
    (parcel,) = (one for one in ways["Mail"].written if one.letter.kind == "after")
    shown = render_letter(parcel)[1]
    assert "1. What they said: word by word?" in shown.text
    assert "2. One scene you would retell" in shown.text
    assert "One sentence they said" not in shown.text
    italian = render_letter(replace(parcel, language="it", questions=_asked_in(house, "it")))[1]
    assert "1. Parola per parola" in italian.text


def _asked_in(house: House, language: str) -> tuple[str, ...]:
    with house.workspace(write=False) as tx:
        return asked(tx, language)


def test_between_making_and_sending_it_goes_with_what_is_so_or_not_at_all(house: House, made: Made, ways: Ways) -> None:
    met(house)
    met(house, "m2", THURSDAY + timedelta(hours=-1))
    for key in ("m1", "m2"):
        seated(house, key, "dana")
    meeting_letters.make_briefs(house)
    met(house, place="Room 2", start=THURSDAY - timedelta(minutes=30))
    made.time[0] += timedelta(minutes=5)
    seated(house, "m2", "dana", "declined")
    postbag.send(house)
    assert [(p.letter.about, p.page.text.endswith("Room 2")) for p in ways["Mail"].written if p.page] == [
        ("m1", True), ("m1", True),
    ]  # fmt: skip
    states = sorted((one.about, one.state, one.trouble) for one in postbag.all_of(house))
    assert states == [("m1", "sent", "")] * 2 + [("m2", "withdrawn", "letter_over")] * 2
    run(house)
    assert len(ways["Mail"].written) == 2, "what it told is what is so"
    made.time[0] += timedelta(minutes=5)
    seated(house, "m2", "dana")
    run(house)
    assert [p.letter.facts["again"] for p in ways["Mail"].written if p.letter.about == "m2"] == [False, False]


def test_where_no_page_can_be_printed_the_brief_goes_without(house: House, ways: Ways) -> None:

    def broken(*_: object) -> bytes:
        raise Problem("paper_unusable")

    met(house)
    seated(house, "m1", "dana")
    run(replace(house, render_pdf=broken))
    assert [(len(p.attachments), bool(p.page)) for p in ways["Mail"].written] == [(0, True), (0, True)]
    assert "paper_unusable" in house.paths.log.read_text()


def test_the_questions_go_to_who_was_coming_once(house: House, made: Made, ways: Ways) -> None:
    met(house)
    seated(house, "m1", "dana")
    seated(house, "m1", "lev", "offered", "host")
    made.time[0] = OVER
    for _ in range(3):
        run(house)
    assert went(ways) == [("after", "reader", DANA)]
    (parcel,) = ways["Mail"].written
    assert len(parcel.letter.facts["token"]) == 8
    assert parcel.page is None
    assert not parcel.attachments


@pytest.mark.parametrize(
    ("says", "source", "asked"),
    [
        ("attended", "host", True), ("missed", "self", False), ("excused", "ops", False), ("declined", "self", False),
        ("delegated", "self", False), ("unknown", "report", True),
    ],
)  # fmt: skip
def test_who_said_otherwise_since_is_not_asked(
    house: House, made: Made, ways: Ways, says: str, source: str, asked: bool
) -> None:
    met(house)
    seated(house, "m1", "dana")
    made.time[0] = OVER
    seated(house, "m1", "dana", says, source)  # type: ignore[arg-type]
    run(house)
    assert bool(went(ways)) is asked


def test_who_went_instead_and_who_has_told_already(house: House, made: Made, ways: Ways) -> None:
    met(house)
    seated(house, "m1", "dana")
    seated(house, "m1", "lev")
    made.time[0] = OVER
    told(house, "t1", meeting_id="m1")
    run(house)
    assert [to for _, _, to in went(ways)] == [LEV]
    seated(house, "m1", "dana", "delegated", to="agnes")
    run(house)
    assert [to for _, _, to in went(ways)] == [LEV, AGNES]


def test_a_mail_that_waited_for_the_post_does_not_come_at_night_nor_days_later(
    house: House, made: Made, ways: Ways
) -> None:
    met(house, start=datetime(2026, 11, 26, 16, tzinfo=UTC))  # until 18:00
    seated(house, "m1", "dana")
    made.time[0] = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
    meeting_letters.make_questions(house)
    made.time[0] += timedelta(hours=2)
    postbag.send(house)
    assert went(ways) == []
    made.time[0] += timedelta(hours=12)
    postbag.send(house)
    assert went(ways) == [("after", "reader", DANA)]
    met(house, "m2", start=made.time[0])
    seated(house, "m2", "dana")
    made.time[0] += timedelta(hours=2)
    meeting_letters.make_questions(house)
    made.time[0] += timedelta(days=5)
    postbag.send(house)
    assert [one.trouble for one in postbag.all_of(house) if one.about == "m2"] == ["letter_over"]


STEPS = st.lists(st.sampled_from(["run", "make", "send", "quarter", "move", "place", "no", "yes", "cancel", "on"]),
                 max_size=24)  # fmt: skip


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_the_order_of_syncs_and_runs_no_letter_is_doubled_or_lost(
    house: House, made: Made, steps: list[str]
) -> None:
    """In the end whoever is coming has one letter that says what is so, and nobody two that say the same."""
    ways = Ways()
    house = replace(house, open_channel=ways.open)
    with house.workspace() as tx:
        for letter in tx.letters.all():
            tx.letters.put(replace(letter, about="before", state="sent"))
        tx.seats.replace_calendar({})
    key, place = new_id(), "Dock 4"
    made.time[0] = TUESDAY
    now = {"start": THURSDAY, "place": place, "status": "confirmed"}
    met(house, key, **now)  # type: ignore[arg-type]
    seated(house, key, "lev")
    for number, step in enumerate(steps, 1):
        made.time[0] += timedelta(seconds=1)
        if step in ("run", "make"):
            meeting_letters.make_briefs(house)
        if step in ("run", "send"):
            postbag.send(house)
        if step == "quarter":
            made.time[0] += timedelta(minutes=15)
        if step in ("yes", "no"):
            seated(house, key, "lev", "accepted" if step == "yes" else "declined")
        news = {"move": {"start": THURSDAY + timedelta(minutes=number)}, "place": {"place": f"Room {number}"},
                "cancel": {"status": "cancelled"}, "on": {"status": "confirmed"}}.get(step, {})  # fmt: skip
        now |= news
        met(house, key, **now)  # type: ignore[arg-type]
    made.time[0] += timedelta(minutes=30)
    seated(house, key, "lev")
    now |= {"status": "confirmed"}
    meeting = met(house, key, **now)  # type: ignore[arg-type]
    run(house)
    run(house)
    mine = [p.letter for p in ways["Mail"].written if p.letter.recipient == LEV and p.letter.about == key]
    said = [(one.facts["start"], one.facts["place"]) for one in mine]
    assert said[-1] == (meeting.start.isoformat(), meeting.place)
    assert all(one != other for one, other in pairwise(said))


def test_a_rehearsal_shows_them_to_nobody_but_whom_they_are_for(house: House, made: Made, ways: Ways) -> None:
    met(house)
    met(house, "m2", TUESDAY - timedelta(hours=2))
    seated(house, "m1", "lev")
    seated(house, "m2", "lev")
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), shared=True))
    seen = {}
    for name in (LEV, ROSA, AGNES):
        outcome = due.rehearse(as_(house, name))
        seen[name] = [(m.kind, m.to, m.hidden, bool(m.text)) for m in outcome.messages]
    assert seen[LEV] == [("brief", LEV, False, True), ("brief", ROSA, True, False), ("after", LEV, False, True)]
    assert seen[AGNES] == [(kind, to, True, False) for kind, to, _, _ in seen[LEV]]
    assert seen[ROSA][1] == ("brief", ROSA, False, True)
    assert "********" in [m.text for m in due.rehearse(as_(house, LEV)).messages][2], "its token is hidden"
    with house.workspace(write=False) as tx:
        assert tx.letters.all() == []


def test_the_outbox_names_the_meeting_a_mail_is_about(house: House, ways: Ways) -> None:
    met(house)
    seated(house, "m1", "dana")
    run(house)
    (matter,) = outbox(house).matters
    assert matter.headline == "Meeting with Kestrel Plumbing Supply, 26 November"
    assert (matter.sent, matter.takeaway_id) == (2, "")
