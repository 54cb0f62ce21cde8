"""People as calendars write them: addresses, names, groups, rooms, answers, and who called the meeting."""

from dataclasses import replace

import pytest

from companion.calendars.model import Event, Guest
from companion.meetings.recognise import CustomerRule
from connectors.ics.calendar_text import RULES, codes, event, taken

KEN = "ATTENDEE;CN=Ken Brown:mailto:ken@kestrel.example\n"


def read(people: str, body: str = "") -> Event:
    (found,) = taken(event(body, people=people)).events
    return found


def guests(people: str) -> list[tuple[str, str, str, str]]:
    """(address, name, kind, answer) of each guest but Ken, who makes it a customer's."""
    told = [(one.address, one.name, one.kind, one.answer) for one in read(people + KEN).guests]
    return [one for one in told if one[0] != "ken@kestrel.example"]


ADDRESSES = {
    "case": "ATTENDEE:MAILTO:Anna@Ours.Example",
    "mixed": "attendee:Mailto:anna@ours.example",
    "bare": "ATTENDEE:anna@ours.example",
    "space": "ATTENDEE:mailto:%20anna@ours.example",
    "percent": "ATTENDEE:mailto:%61nna%40ours%2Eexample",
    "brackets": "ATTENDEE:mailto:<anna@ours.example>",
    "dot": "ATTENDEE:mailto:anna@ours.example. ",
    "name and brackets": 'ATTENDEE:"Rossi, Anna" <anna@ours.example>',
    "EMAIL": "ATTENDEE;CUTYPE=INDIVIDUAL;EMAIL=anna@ours.example:urn:uuid:5fa5a1c4",
    "EMAIL and X.500": "ATTENDEE;EMAIL=Anna@ours.example:/o=Ours/ou=Admin/cn=Recipients/cn=anna",
    "EMAIL and SIP": 'ATTENDEE;EMAIL="anna@ours.example":sip:a.rossi@voice.ours.example',
    "SIP": "ATTENDEE:sip:anna@ours.example;transport=tls",
    "CN alone": "ATTENDEE;CN=Anna@Ours.example:invalid:nomail",
    "CN and X.500": "ATTENDEE;CN='anna@ours.example':mailto:/o=Ours/cn=anna",
    "quoted": 'ATTENDEE:mailto:"anna"@ours.example',
    "comment with a quote": 'ATTENDEE;X-RESPONSE-COMMENT="she said "yes": really";CN=:mailto:anna@ours.example',
    "a quote never closed": 'ATTENDEE;X-RESPONSE-COMMENT="yes;PARTSTAT=NEEDS-ACTION:mailto:anna@ours.example',
    "parameter without value": "ATTENDEE;RSVP;CN=;=x;;ROLE:mailto:anna@ours.example",
    "folded": "ATTENDEE;CN=Anna@Ours.exam\n ple:mailto:anna@\n\tours.example",
}


@pytest.mark.case(34, 64)
@pytest.mark.parametrize("how", ADDRESSES)
def test_an_address_is_found_however_it_is_written(how: str) -> None:
    reading = taken(event(people=f"{ADDRESSES[how]}\n{KEN}"), event(uid="other"))
    assert codes(reading) == []
    assert reading.ledger.kept == 2
    (found, _) = sorted(reading.events, key=lambda one: one.uid)
    assert [one.address for one in found.guests] == ["anna@ours.example", "ken@kestrel.example"]
    assert found.others == 0


@pytest.mark.case(64)
@pytest.mark.parametrize("how", ADDRESSES)
def test_a_customer_is_recognised_however_the_address_is_written(how: str) -> None:
    people = f"{ADDRESSES[how]}\n".replace("ours", "kestrel").replace("Ours", "Kestrel").replace("OURS", "KESTREL")
    (found,) = taken(event(people=people, title="Quarterly review")).events  # nothing else tells whose it is
    assert [one.address for one in found.guests] == ["anna@kestrel.example"]


def test_a_domain_of_other_letters_is_one_with_its_punycode() -> None:
    rules = replace(RULES, customers=(CustomerRule("laka", "Laka", (), ("łąka.example",)),))
    for guest in ("xn--ka-ola7v.example", "XN--KA-OLA7V.example", "mail.xn--ka-ola7v.example", "ŁĄKA.example"):
        people = f"ATTENDEE:mailto:jan@{guest}\nATTENDEE:mailto:anna@ours.example\n"
        (found,) = taken(event(people=people, title="Review"), rules=rules).events
        assert [one.address.replace("mail.", "") for one in found.guests] == ["jan@łąka.example", "anna@ours.example"]


NAMES = {
    "Anna Rossi": "Anna Rossi",
    '"Rossi, Anna"': "Rossi, Anna",
    '"Rossi; Anna: head"': "Rossi; Anna: head",
    "Rossi\\, Anna": "Rossi, Anna",
    "'Anna Rossi'": "Anna Rossi",
    "\"'Anna Rossi'\"": "Anna Rossi",
    "Anna ^'Nina^' Rossi": 'Anna "Nina" Rossi',
    "Anna^nRossi ^^ x^y": "Anna Rossi ^ x^y",
    "Jörg Müller": "Jörg Müller",
    "Nguyễn Thị Ánh": "Nguyễn Thị Ánh",
    "Nguye\u0302\u0303n": "Nguyễn",
    "Anna (Ours)": "Anna (Ours)",
    "anna@ours.example": "",
    "'Anna.Rossi@ours.example'": "",
    "An\u202ena": "Anna",
    "": "",
}


@pytest.mark.parametrize("written", NAMES)
def test_a_name_is_read_as_it_was_meant(written: str) -> None:
    told = guests(f"ATTENDEE;CN={written};PARTSTAT=ACCEPTED:mailto:anna@ours.example\n")
    assert told == [("anna@ours.example", NAMES[written], "person", "accepted")]


@pytest.mark.case(63)
def test_groups_and_rooms_are_nobody() -> None:
    told = read(
        "ATTENDEE;CUTYPE=GROUP;CN=Sales:mailto:sales@ours.example\n"
        'ATTENDEE;cutype="group";CN=Buyers:mailto:buyers@kestrel.example\n'
        "ATTENDEE;CUTYPE=RESOURCE:mailto:beamer@ours.example\n"
        "ATTENDEE;CUTYPE=GROUP:mailto:everybody@elsewhere.example\n"
        "ATTENDEE:mailto:c_1@group.calendar.google.com\n"
        "ATTENDEE;CN=Room 4:mailto:c_2@resource.calendar.google.com\n"
        "ATTENDEE;CUTYPE=INDIVIDUAL:mailto:paul@elsewhere.example\n" + KEN
    )
    assert [(one.address, one.kind) for one in told.guests] == [
        ("sales@ours.example", "group"),
        ("buyers@kestrel.example", "group"),
        ("beamer@ours.example", "room"),
        ("ken@kestrel.example", "person"),
    ]
    assert told.others == 1


@pytest.mark.case(63)
def test_a_calendar_among_the_guests_does_not_make_an_internal_meeting_look_shared() -> None:
    for nobody in ("c_1@group.calendar.google.com", "x@import.calendar.google.com"):
        people = f"ORGANIZER:mailto:{nobody}\nATTENDEE:mailto:anna@ours.example\nATTENDEE:mailto:{nobody}\n"
        assert taken(event(people=people, title="Kestrel quarterly review")).ledger.not_customer == 1


ORGANISERS = {
    "ORGANIZER;CN=Rosa:mailto:rosa@ours.example": "rosa@ours.example",
    'ORGANIZER;SENT-BY="mailto:secretary@ours.example":mailto:rosa@ours.example': "rosa@ours.example",
    "ORGANIZER;SENT-BY=mailto:secretary@ours.example:MAILTO:Rosa@ours.example": "rosa@ours.example",
    'ORGANIZER;SENT-BY="mailto:secretary@ours.example":invalid:nomail': "",
    "ORGANIZER;CN=Rosa Vidal:invalid:nomail": "",
    "ORGANIZER;CN=Rosa:": "",
    "ORGANIZER;EMAIL=rosa@ours.example:/o=Ours/cn=rosa": "rosa@ours.example",
    "ORGANIZER:mailto:unknownorganizer@calendar.google.com": "",
    "ORGANIZER;CN=Reviews:mailto:c_1@group.calendar.google.com": "",
    "ORGANIZER:invalid:nomail\nORGANIZER:mailto:rosa@ours.example\nORGANIZER:mailto:x@y.example": "rosa@ours.example",
    "ORGANIZER:mailto:c_1@group.calendar.google.com\nORGANIZER:mailto:rosa@ours.example": "rosa@ours.example",
    "ORGANIZER:mailto:ken@kestrel.example": "ken@kestrel.example",
    "ORGANIZER:mailto:agent@travel.example": "",
}  # fmt: skip


@pytest.mark.parametrize("written", ORGANISERS)
def test_who_called_the_meeting(written: str) -> None:
    found = read(f"{written}\n{KEN}")
    assert (found.organiser.address if found.organiser else "") == ORGANISERS[written]
    organised = "organised_by_host" in [reason.code for reason in found.why]
    assert organised == (ORGANISERS[written] == "rosa@ours.example")


@pytest.mark.case(62)
def test_an_organiser_who_is_not_on_the_list_has_no_answer_of_their_own() -> None:
    assert read(f"ORGANIZER;CN=Rosa:mailto:rosa@ours.example\n{KEN}").organiser == Guest("rosa@ours.example", "Rosa")
    listed = read(f"ORGANIZER:mailto:rosa@ours.example\nATTENDEE;PARTSTAT=accepted:MAILTO:ROSA@ours.example\n{KEN}")
    assert listed.organiser == Guest("rosa@ours.example", "", "person", "accepted")
    assert [one.address for one in listed.guests] == ["rosa@ours.example", "ken@kestrel.example"]


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("ACCEPTED", "accepted"),
        ("accepted", "accepted"),
        ('"Declined"', "declined"),
        ("TENTATIVE", "tentative"),
        ("NEEDS-ACTION", "none"),
        ("DELEGATED", "declined"),
        ("COMPLETED", "none"),
        ("IN-PROCESS", "none"),
        ("X-PERHAPS", "none"),
        ("", "none"),
    ],
)
def test_an_answer_in_any_case_and_what_is_none(written: str, answer: str) -> None:
    (told,) = guests(f"ATTENDEE;partstat={written};RSVP=TRUE:mailto:anna@ours.example\n")
    assert told[3] == answer


def test_whom_a_guest_sends_instead_is_a_guest() -> None:
    chain = (
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:lev@ours.example":mailto:anna@ours.example\n'
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-FROM="mailto:anna@ours.example"'
        ';DELEGATED-TO="mailto:mia@ours.example","MAILTO:Tom@ours.example":mailto:lev@ours.example\n'
        'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:lev@ours.example":mailto:mia@ours.example\n'
    )
    assert [(told[0], told[3]) for told in guests(chain)] == [
        ("anna@ours.example", "declined"),
        ("lev@ours.example", "declined"),
        ("mia@ours.example", "accepted"),
        ("tom@ours.example", "none"),
    ]


def test_who_was_only_sent_a_copy_is_no_guest() -> None:
    role = "ATTENDEE;ROLE=NON-PARTICIPANT;CUTYPE=INDIVIDUAL"
    assert guests(f"{role};PARTSTAT=NEEDS-ACTION:mailto:anna@ours.example\n") == []
    assert read(f"{role}:mailto:paul@elsewhere.example\n{KEN}").others == 0
    (told,) = guests(f"{role};PARTSTAT=ACCEPTED:mailto:anna@ours.example\n")
    assert told[3] == "accepted"
    for role in ("OPT-PARTICIPANT", "REQ-PARTICIPANT", "CHAIR", "X-GUEST"):
        assert len(guests(f"ATTENDEE;ROLE={role}:mailto:anna@ours.example\n")) == 1
    room = "ATTENDEE;ROLE=NON-PARTICIPANT;CUTYPE=RESOURCE:mailto:room4@ours.example\n"
    assert [told[2] for told in guests(room)] == ["room"]


@pytest.mark.case(64)
@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("NEEDS-ACTION", "ACCEPTED", "accepted"),
        ("ACCEPTED", "NEEDS-ACTION", "accepted"),
        ("DECLINED", "DECLINED", "declined"),
        ("ACCEPTED", "DECLINED", "none"),
    ],
)
def test_a_guest_who_is_listed_twice_is_one(first: str, second: str, answer: str) -> None:
    told = guests(
        f"ATTENDEE;CN=anna@ours.example;PARTSTAT={first}:MAILTO:Anna@ours.example\n"
        f"ATTENDEE;CN=Anna Rossi;PARTSTAT={second}:mailto:anna@ours.example\n"
    )
    assert told == [("anna@ours.example", "Anna Rossi", "person", answer)]


@pytest.mark.case(65)
def test_a_forwarded_guest_is_there_as_soon_as_the_list_has_them() -> None:
    forwarded = "ATTENDEE;X-MS-OLK-FORWARDED=TRUE;RSVP=FALSE:mailto:mia@ours.example\n"
    assert [told[0] for told in guests("ATTENDEE:mailto:anna@ours.example\n" + forwarded)] == [
        "anna@ours.example",
        "mia@ours.example",
    ]


@pytest.mark.case(66)
def test_what_a_server_shows_though_it_is_private_is_nobodys_meeting() -> None:
    for line in ("CLASS:PRIVATE", "CLASS:CONFIDENTIAL", "X-CALENDARSERVER-ACCESS:PRIVATE"):
        reading = taken(event(f"{line}\nDESCRIPTION:hidden", people=KEN))
        assert (reading.ledger.private, reading.events) == (1, ())
        assert "Ken Brown" not in repr(reading)
    bare = taken(
        event(people="", title="Private Appointment"), event("CLASS:PRIVATE", uid="b", people="", title="Busy")
    )
    assert (bare.ledger.kept, bare.events) == (0, ())
