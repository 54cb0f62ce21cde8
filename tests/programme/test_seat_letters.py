"""Mails about seats over a real mail server: who is asked, what an answer does, and the entry that goes along."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import recurring_ical_events
from icalendar import Calendar

from companion.attendance.seats import seats_of
from companion.people.model import Leave
from companion.programme import channels, offers, postbag, seat_letters
from companion.programme.model import House
from companion.programme.taken import Taken
from companion.programme.views.offers import all_open
from companion.takeaways.code import read_tag
from companion.takeaways.inbox import Reply
from fakes.house import Made
from fakes.meeting import met, seated
from fakes.post import OPS, as_
from fakes.told import take
from servers.mail import Mailbox, mail_server

pytestmark = pytest.mark.server
DANA, LEV, ROSA, OLA = (f"{name}@ferro.example" for name in ("dana", "lev", "rosa", "ola"))
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # 10:30 in Amsterdam
REVIEW = datetime(2026, 12, 17, 9, tzinfo=UTC)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server(None) as found:
        yield found


@pytest.fixture
def house(made: Made, box: Mailbox) -> House:
    made.time[0] = MONDAY
    channels.add_smtp(made.house, "Mail", f"127.0.0.1:{box.port}", "none", "", "desk@ferro.example")
    with made.house.workspace() as tx:
        post = next(channel.id for channel in tx.takeaways.channels())
        tx.programme.put(replace(tx.programme.get(), post=post, name="Ferro", answers_to="insights@ferro.example"))
        tx.people.put(OPS)
    met(made.house, start=REVIEW)
    return made.house


def run(house: House, box: Mailbox) -> list[EmailMessage]:
    """What the desk does about seats; the mails of this run."""
    before = len(box.messages)
    for _ in range(2):
        seat_letters.make(house)
        postbag.send(house)
    return box.messages[before:]


def to(message: EmailMessage) -> str:
    return str(message["To"]).rpartition("<")[2].rstrip(">")


def plain(message: EmailMessage) -> str:
    """The text, its lines joined."""
    return " ".join(str(message.get_body(("plain",)).get_content()).split())  # type: ignore[union-attr]


def kinds(house: House) -> list[tuple[str, str]]:
    with house.workspace(write=False) as tx:
        return sorted((one.kind, one.recipient) for one in tx.letters.all() if one.state == "sent")


def answer(house: House, message: EmailMessage, act: str, sender: str = "", text: str = "", number: int = 1) -> Taken:
    """A mail as the button of that act writes it."""
    body = str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    tags = [found for line in body.splitlines() if (found := read_tag(line)) and found.kind == act]
    assert len(tags) == 1, body
    tag, by = tags[0], sender or to(message)
    return take(house, Reply(f"mail-{act}-{number}", tag.code, act, tag.token, by, "", house.clock(), text))


def entry(message: EmailMessage) -> Calendar:
    (file,) = list(message.iter_attachments())
    assert file.get_content_type() == "text/calendar"
    assert file.get_param("method") == "PUBLISH"
    raw = file.get_payload(decode=True)
    assert isinstance(raw, bytes)
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert b"ATTENDEE" not in raw
    assert b"ORGANIZER" not in raw
    return Calendar.from_ical(raw)


def told(message: EmailMessage) -> tuple[str, int, str, datetime]:
    calendar = entry(message)
    assert str(calendar["METHOD"]) == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert str(event["X-COMPANION-SEAT"]) == str(event["UID"])
    return str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"]), event["DTSTART"].dt


def state(house: House, person: str = "dana") -> str:
    with house.workspace(write=False) as tx:
        meeting = tx.meetings.get("m1")
        assert meeting
        found = seats_of([meeting], tx.seats.evidence(["m1"]), house.clock() + timedelta(seconds=1))
    return next((seat.state for seat in found if seat.person_id == person), "open")


def test_who_asks_is_in_by_one_reply_of_the_host(house: House, box: Mailbox, made: Made) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    (asked,) = run(house, box)
    assert (to(asked), run(house, box)) == (ROSA, [])
    assert "May Dana Okafor (Finance) sit in on your meeting with Kestrel Plumbing Supply?" in plain(asked)
    assert answer(house, asked, "may").acted == 1
    assert state(house) == "accepted"
    made.time[0] += timedelta(minutes=5)
    mine, hosts = sorted(run(house, box), key=to)
    assert (to(mine), to(hosts)) == (DANA, ROSA)
    assert "Dana Okafor, Finance, joins to listen." in plain(hosts)
    assert "I would like to bring a colleague to our meeting on 17 December" in plain(hosts)
    uid, sequence, status, start = told(mine)
    assert (uid, sequence, status, start) == (f"seat-{offer.id}@companion.invalid", 0, "CONFIRMED", REVIEW)
    (event,) = recurring_ical_events.of(entry(mine)).at((2026, 12, 17))
    assert str(event["SUMMARY"]) == "Listen: Kestrel Plumbing Supply"
    assert answer(house, asked, "may").known == 1


def test_an_offer_goes_to_the_host_then_to_the_leader_and_is_taken_by_mail(house: House, box: Mailbox) -> None:
    offers.propose(as_(house, OLA), "m1", DANA)
    (asked,) = run(house, box)
    answer(house, asked, "may")
    (mine,) = run(house, box)
    assert told(mine)[1:3] == (0, "CONFIRMED")
    assert "first customer meeting" in plain(mine)
    answer(house, mine, "take")
    assert state(house) == "accepted"
    (hosts,) = run(house, box)
    assert (to(hosts), state(house)) == (ROSA, "accepted")


def test_a_meeting_that_moves_sends_the_entry_again(house: House, box: Mailbox, made: Made) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    run(house, box)
    for number in (1, 2):
        made.time[0] += timedelta(hours=1)
        met(house, start=REVIEW + timedelta(days=number))
        (mine,) = run(house, box)
        assert told(mine)[1:] == (number, "CONFIRMED", REVIEW + timedelta(days=number))
        assert "New time" in str(mine["Subject"])
    assert run(house, box) == []


def test_the_hosts_invitation_takes_the_place_of_our_entry(house: House, box: Mailbox, made: Made) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    run(house, box)
    made.time[0] += timedelta(hours=1)
    seated(house, "m1", "dana", "invited", "calendar")
    (mine,) = run(house, box)
    assert told(mine)[1:3] == (1, "CANCELLED")
    met(house, start=REVIEW + timedelta(days=1))
    assert run(house, box) == []  # from now on the invitation tells of it
    with house.workspace(write=False) as tx:
        known = tx.offers.get(offer.id)
    assert known
    assert (known.entry, known.sequence, known.state) == ("cancelled", 1, "accepted")


@pytest.mark.parametrize("end", ["cannot", "withdraw", "veto", "off", "left"])
def test_an_entry_is_taken_back_when_the_seat_is_gone(house: House, box: Mailbox, made: Made, end: str) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    mine = next(one for one in run(house, box) if to(one) == DANA)
    made.time[0] += timedelta(hours=1)
    if end == "cannot":
        answer(house, mine, "cannot", "dana.private@mail.example", "the children are ill")
    elif end == "withdraw":
        offers.withdraw(as_(house, OLA), offer.id, "the customer asks for a small round")
    elif end == "veto":
        offers.allow(as_(house, ROSA), offer.id, yes=False)
    elif end == "off":
        met(house, start=REVIEW, status="cancelled")
    else:
        with house.workspace() as tx:
            dana = tx.people.get("dana")
            assert dana
            tx.people.put(replace(dana, end=REVIEW.date() - timedelta(days=1)))
    found = run(house, box)
    assert [to(one) for one in found] == [DANA]
    uid, sequence, status, _ = told(found[0])
    assert (uid, sequence, status) == (f"seat-{offer.id}@companion.invalid", 1, "CANCELLED")
    assert run(house, box) == []


def test_a_swap_by_mail_ends_with_the_other_one_coming(house: House, box: Mailbox, made: Made) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    mine = next(one for one in run(house, box) if to(one) == DANA)
    made.time[0] += timedelta(hours=1)
    assert answer(house, mine, "swap").acted == 1
    assert state(house) == "accepted"
    (asked,) = run(house, box)
    assert "Dana Okafor cannot come, and would give them the seat." in plain(asked)
    answer(house, asked, "may", number=2)
    (levs,) = run(house, box)
    assert to(levs) == LEV
    made.time[0] += timedelta(hours=1)
    answer(house, levs, "take")
    assert (state(house), state(house, "lev")) == ("open", "accepted")
    found = {to(one): one for one in run(house, box)}
    assert set(found) == {DANA, ROSA}
    assert told(found[DANA])[2] == "CANCELLED"
    assert "in the place of Dana Okafor" in plain(found[ROSA])


def test_a_no_is_taken_from_whoever_had_the_letter_and_a_yes_from_nobody_else(house: House, box: Mailbox) -> None:
    offers.ask(as_(house, DANA), "m1")
    (asked,) = run(house, box)
    assert answer(house, asked, "may", LEV).strange == 1
    assert answer(house, asked, "may", "rosa@mail.example", number=2).strange == 1
    assert state(house) == "proposed"
    with house.workspace(write=False) as tx:
        (letter,) = tx.letters.all()
    assert letter.facts["unsure"]["from"] == "rosa@mail.example"
    assert answer(house, asked, "maynot", "rosa@mail.example").acted == 1
    assert state(house) == "open"
    (mine,) = run(house, box)
    assert (to(mine), list(mine.iter_attachments())) == (DANA, [])
    assert "not possible this time" in plain(mine)


def test_a_mail_whose_sender_is_unsure_is_no_yes(house: House, box: Mailbox) -> None:
    offers.ask(as_(house, DANA), "m1")
    (asked,) = run(house, box)
    tag = next(found for line in asked.as_string().splitlines() if (found := read_tag(line)) and found.kind == "may")
    assert take(house, Reply("x", tag.code, "may", tag.token, ROSA, "", house.clock(), aside=True, text="")).strange
    assert take(house, Reply("y", tag.code, "may", "AAAAAAAA", ROSA, "", house.clock(), text="")).strange
    assert state(house) == "proposed"


def test_a_host_is_reminded_once_and_ops_see_it_later(house: House, box: Mailbox, made: Made) -> None:
    offers.ask(as_(house, DANA), "m1")
    assert len(run(house, box)) == 1
    made.time[0] += timedelta(days=2)
    assert run(house, box) == []
    made.time[0] += timedelta(days=1)
    (again,) = run(house, box)
    assert (to(again), "Still open" in str(again["Subject"])) == (ROSA, True)
    made.time[0] += timedelta(days=5)
    assert (run(house, box), [one.late for one in all_open(as_(house, OLA))]) == ([], [False])
    made.time[0] += timedelta(days=1)
    assert (run(house, box), [one.late for one in all_open(as_(house, OLA))]) == ([], [True])


def test_an_offer_that_nobody_answers_opens_the_seat_again(house: House, box: Mailbox, made: Made) -> None:
    offer = offers.propose(as_(house, OLA), "m1", DANA)
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    run(house, box)
    made.time[0] += timedelta(days=7)
    assert run(house, box) == []
    made.time[0] += timedelta(days=1)
    (mine,) = run(house, box)
    assert (told(mine)[2], state(house)) == ("CANCELLED", "open")
    assert "There was no answer from you" in plain(mine)


def test_nobody_is_written_to_at_night_on_leave_or_where_no_host_is(house: House, box: Mailbox, made: Made) -> None:
    made.time[0] = MONDAY.replace(hour=20)
    offers.ask(as_(house, DANA), "m1")
    assert run(house, box) == []
    made.time[0] = MONDAY + timedelta(days=1)
    with house.workspace() as tx:
        tx.people.put_leave(Leave("rosa", made.time[0].date(), made.time[0].date(), "leave"))
    (asked,) = run(house, box)
    assert to(asked) == OLA
    assert "Its host cannot be asked, so you are." in plain(asked)
    answer(house, asked, "may")
    assert state(house) == "accepted"


def test_an_agreement_keeps_the_customers_name_out_of_entry_and_subject(house: House, box: Mailbox) -> None:
    with house.workspace() as tx:
        customer = tx.customers.get("kestrel")
        assert customer
        tx.customers.put(replace(customer, nda=True))
    offer = offers.ask(as_(house, DANA), "m1")
    asked = run(house, box)
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    for message in (*asked, *run(house, box)):
        assert "Kestrel" not in str(message["Subject"])
        for part in message.iter_attachments():
            assert b"Kestrel" not in part.get_payload(decode=True)  # type: ignore[operator]


@pytest.mark.parametrize("language", ["en", "it", "pl", "vi"])
def test_every_letter_says_all_of_it_in_its_language(house: House, box: Mailbox, language: str) -> None:
    with house.workspace() as tx:
        for person in tx.people.all():
            tx.people.put(replace(person, language=language))
    offer = offers.propose(as_(house, OLA), "m1", DANA)
    found = run(house, box)
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    found += run(house, box)
    offers.answer(as_(house, DANA), offer.id, yes=True)
    found += run(house, box)
    offers.withdraw(as_(house, OLA), offer.id)
    found += run(house, box)
    assert [kind for kind, _ in kinds(house)] == ["seat_host", "seat_offer", "seat_over", "seat_taken"]
    if language != "en":
        text = " ".join(str(one["Subject"]) + plain(one) for one in found)
        assert "the seat" not in text
        assert " the " not in text


def test_a_seat_that_nobody_took_stays_with_its_giver_who_hears_of_it(house: House, box: Mailbox, made: Made) -> None:
    offer = offers.ask(as_(house, DANA), "m1")
    offers.allow(as_(house, ROSA), offer.id, yes=True)
    run(house, box)
    made.time[0] += timedelta(hours=1)
    given = offers.swap(as_(house, DANA), "m1", LEV)
    run(house, box)
    offers.allow(as_(house, ROSA), given.id, yes=False)
    (mine,) = run(house, box)
    assert (to(mine), list(mine.iter_attachments()), state(house)) == (DANA, [], "accepted")
    assert "it is still yours" in plain(mine)
    assert run(house, box) == []


def test_a_leave_that_is_written_down_later_ends_an_open_offer(house: House, box: Mailbox) -> None:
    offer = offers.propose(as_(house, OLA), "m1", DANA)
    with house.workspace() as tx:
        tx.people.put_leave(Leave("dana", REVIEW.date(), REVIEW.date(), "leave"))
    assert run(house, box) == []
    with house.workspace(write=False) as tx:
        known = tx.offers.get(offer.id)
    assert known
    assert (known.state, known.reason, state(house)) == ("withdrawn", "leave", "open")
