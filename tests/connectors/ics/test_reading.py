"""From bytes to what passed the gate: encodings, broken entries, people, and what must never come out."""

import dataclasses
import pickle

import pytest

from companion.calendars.model import Guest, Reading
from connectors.ics.calendar_text import NINE, PEOPLE, RULES, codes, event, taken

CANARY = "xylophone-4711"


def canary_free(reading: Reading) -> bool:
    plain = repr(reading) + str([(problem.code, problem.facts) for problem in reading.problems])
    return CANARY not in plain and CANARY.encode() not in pickle.dumps(reading)


def test_an_event_comes_out_with_who_when_and_by_which_link() -> None:
    (found,) = taken(
        event(
            "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=TENTATIVE;CN=Anna Nowak:MAILTO:Anna@Ours.Example\n"
            "ATTENDEE;CUTYPE=GROUP;CN=Buyers:mailto:buyers@kestrel.example\n"
            "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@ours.example\n"
            "ATTENDEE;CN=Lawyer:mailto:paul@lawyers.example\n"
            "ATTENDEE;CN=No address:invalid:nomail\n"
            "SEQUENCE:4\nLOCATION:https://meet.google.com/abc-defg-hij",
            title="Kestrel\\, annual\\nreview\u202e\x07",
        )
    ).events
    assert found.title == "Kestrel, annual review"
    assert found.organiser == Guest("rosa@ours.example")
    assert [(guest.address, guest.kind, guest.answer) for guest in found.guests] == [
        ("jan@kestrel.example", "person", "accepted"),
        ("anna@ours.example", "person", "tentative"),
        ("buyers@kestrel.example", "group", "none"),
        ("room4@ours.example", "room", "none"),
    ]
    assert (found.others, found.sequence, found.customer_id, found.rec_key) == (2, 4, "kestrel", "-")
    assert found.link == "https://meet.google.com/abc-defg-hij"
    assert found.guests_known


def test_another_customers_people_are_counted_not_kept() -> None:
    (found,) = taken(event("ATTENDEE:mailto:lu@linden.example")).events
    assert (found.others, [guest.address for guest in found.guests]) == (1, ["jan@kestrel.example"])


def test_an_organiser_who_is_neither_ours_nor_the_customers_is_not_kept() -> None:
    (found,) = taken(event(people=PEOPLE.replace("rosa@ours.example", "agent@travel.example"))).events
    assert found.organiser is None
    assert "travel" not in repr(found)


def test_a_feed_without_guests_says_so() -> None:
    (found,) = taken(
        event(people="", title="Kestrel quarterly review"), rules=dataclasses.replace(RULES, threshold=50)
    ).events
    assert (found.guests_known, found.guests, found.organiser) == (False, (), None)


def test_the_organisers_answer_is_that_of_the_guest_list() -> None:
    (found,) = taken(event("ATTENDEE;PARTSTAT=DECLINED;CN=Rosa:mailto:rosa@ours.example")).events
    assert found.organiser == Guest("rosa@ours.example", "Rosa", "person", "declined")


def test_a_room_alone_does_not_make_an_internal_meeting_look_shared() -> None:
    people = "ATTENDEE:mailto:a@ours.example\nATTENDEE;CUTYPE=RESOURCE:mailto:c_1@rooms.elsewhere.example\n"
    assert taken(event(people=people, title="Kestrel quarterly review prep")).ledger.not_customer == 1


PRIVATE = {
    "plain": "CLASS:PRIVATE",
    "confidential": "CLASS:CONFIDENTIAL",
    "unknown": "CLASS:X-SECRET",
    "case": "class:private",
    "params": 'CLASS;X-A="b:c":PRIVATE',
    "folded": "CLA\n SS:PRI\n VATE",
    "trailing": "CLASS:PRIVATE  ",
    "apple": "X-CALENDARSERVER-ACCESS:CONFIDENTIAL",
    "twice": "CLASS:PUBLIC\nCLASS:PRIVATE",
    "after_alarm": "BEGIN:VALARM\nACTION:DISPLAY\nEND:VALARM\nCLASS:PRIVATE",
    "in_open_alarm": "BEGIN:VALARM\nCLASS:PRIVATE",
}


@pytest.mark.parametrize("inspect", [False, True])
@pytest.mark.parametrize("how", PRIVATE)
def test_what_is_private_never_comes_out(how: str, inspect: bool) -> None:
    body = f"{PRIVATE[how]}\nDESCRIPTION:{CANARY}\nLOCATION:https://zoom.us/j/{CANARY}"
    secret = event(
        body,
        uid="p",
        title=f"Kestrel review {CANARY}",
        people=f"ATTENDEE;CN={CANARY}:mailto:{CANARY}@kestrel.example\n",
    )
    reading = taken(secret, event(), inspect=inspect)
    assert (reading.ledger.private, reading.ledger.kept) == (1, 1)
    assert canary_free(reading)
    if inspect:
        (told,) = [item for item in reading.inspected if item.uid == "p"]
        assert (told.title, told.judgement.decision, told.judgement.why) == (None, "private", ())


def test_a_private_series_closes_its_public_looking_occurrences() -> None:
    master = event("CLASS:PRIVATE\nRRULE:FREQ=WEEKLY;COUNT=3")
    change = event(
        "RECURRENCE-ID:20260309T080000Z", title=f"Kestrel review {CANARY}", when=NINE.replace("0302", "0309")
    )
    for parts in ((master, change), (change, master)):
        reading = taken(*parts, inspect=True)
        assert (reading.ledger.private, reading.events) == (2, ())
        assert canary_free(reading)


def test_a_private_occurrence_closes_itself_and_empties_its_slot() -> None:
    change = event("CLASS:PRIVATE\nRECURRENCE-ID:20260309T080000Z", title=CANARY, when=NINE.replace("0302", "0309"))
    reading = taken(event("RRULE:FREQ=WEEKLY;COUNT=3"), change)
    assert [item.start.day for item in reading.events] == [2, 16]
    assert reading.ledger.private == 1
    assert canary_free(reading)


def test_of_two_copies_one_private_none_comes_out() -> None:
    reading = taken(event("CLASS:PRIVATE", title=CANARY), event("SEQUENCE:9"))
    assert (reading.ledger.private, reading.events) == (2, ())


def test_of_two_copies_of_one_occurrence_one_private_none_comes_out() -> None:
    rec = "RECURRENCE-ID:20260309T080000Z\n"
    when = NINE.replace("20260302", "20260309")
    reading = taken(event(f"{rec}CLASS:PRIVATE", title=CANARY, when=when), event(f"{rec}SEQUENCE:9", when=when))
    assert (reading.ledger.private, reading.events) == (2, ())


def test_a_calendar_closed_by_its_server_is_private_as_a_whole() -> None:
    assert taken(event(), head="X-CALENDARSERVER-ACCESS:PRIVATE\n").ledger.private == 1


def test_broken_and_private_is_private_and_not_named() -> None:
    reading = taken(event("CLASS:PRIVATE", uid=CANARY, when="DTSTART:never\n"), event())
    assert codes(reading) == []
    assert canary_free(reading)


def test_bodies_and_dropped_events_leave_nothing_behind() -> None:
    reading = taken(
        event(f"DESCRIPTION:{CANARY} https://zoom.us/j/123?pwd=x\nCOMMENT:{CANARY}"),
        event(f"DESCRIPTION:{CANARY}", uid=CANARY, title=CANARY, people=f"ATTENDEE:mailto:{CANARY}@else.example\n"),
    )
    assert canary_free(reading)
    assert (reading.ledger.kept, reading.ledger.not_customer) == (1, 1)
    assert reading.events[0].link == "https://zoom.us/j/123?pwd=x"


def test_held_back_words_are_counted_and_dropped() -> None:
    assert taken(event(title="Kestrel legal dispute review")).ledger.held_back == 1


def test_inspect_tells_every_occurrence_and_why() -> None:
    reading = taken(
        event("RRULE:FREQ=WEEKLY;COUNT=2"),
        event(uid="in", title="Kestrel review", people="ATTENDEE:mailto:a@ours.example\n"),
        event(uid="out", when=NINE.replace("2026", "2021")),
        inspect=True,
    )
    told = [(item.uid, item.recurrence_id, item.title, item.judgement.decision) for item in reading.inspected]
    assert told == [
        ("m1", "U:1772438400", "Kestrel review", "kept"),
        ("m1", "U:1773043200", "Kestrel review", "kept"),
        ("in", "-", "Kestrel review", "not_customer"),
    ]
    assert [reason.code for reason in reading.inspected[2].judgement.why] == ["internal_only"]
    assert reading.ledger.outside == 1
