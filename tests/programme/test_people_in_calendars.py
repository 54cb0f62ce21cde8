"""People, groups and links through the whole house: from the bytes of several calendars to seats and contacts."""

import pytest

from companion.basics.errors import Problem
from companion.basics.ids import canonical_uid, meeting_id
from companion.programme import channels, listening, outbox
from companion.programme.people import import_people
from companion.programme.publishing import Order, publish
from companion.programme.seats import set_state
from companion.programme.sync import sync
from companion.programme.views.meetings import MeetingRow, meetings
from fakes.house import Made
from fakes.ics import calendar, event

AHEAD = "20261210T130000Z"
HEADER = "040000008200E00074C5B7101A82E008"
BODY = "B0C4D5E6F7A8D90100000000000000001000000000112233445566778899AABBCCDDEEFF"
FOREIGN = "review-4711@calendar.kestrel.example"


def exchange(date: str = "00000000") -> str:
    return f"{HEADER}{date}{BODY[:48]}{BODY[48:]}"


def wrapped(uid: str, date: str = "00000000") -> str:
    """A foreign UID as Exchange carries it: its header, the length, "vCal-Uid", the number 1 and the UID."""
    inner = b"vCal-Uid\x01\x00\x00\x00" + uid.encode() + b"\x00"
    return f"{HEADER}{date}{'0' * 32}{len(inner).to_bytes(4, 'little').hex()}{inner.hex()}".upper()


def said(made: Made) -> dict[str, str]:
    """What the calendars say of leaders, by name, over all meetings."""
    with made.house.workspace(write=False) as tx:
        return {item.person_id: item.says for item in tx.seats.evidence() if item.source == "calendar"}


def only(made: Made) -> MeetingRow:
    (row,) = meetings(made.house).rows
    return row


def names(made: Made) -> list[tuple[str, str]]:
    with made.house.workspace(write=False) as tx:
        return sorted((contact.address, contact.name) for contact in tx.customers.contacts("kestrel"))


@pytest.mark.case(43)
@pytest.mark.parametrize(
    "spellings",
    [
        [exchange(), exchange().lower(), exchange("07EA0C0A"), f" {exchange('07ea0c0a').lower()} ", exchange()],
        [FOREIGN, wrapped(FOREIGN), wrapped(FOREIGN).lower(), wrapped(FOREIGN, "07EA0C0A"), f"{FOREIGN} "],
    ],
)
def test_one_meeting_in_five_calendars_is_one(made: Made, spellings: list[str]) -> None:
    assert {meeting_id(uid, "-") for uid in spellings} == {meeting_id(spellings[0], "-")}
    owners = ["dana", "lev", "agnes", "rosa", "d.okafor"]
    for owner, uid in zip(owners, spellings, strict=True):
        source = made.account(owner, f"{owner}@ferro.example", hosts=owner == "rosa")
        source.members = {"x": calendar(event(uid, AHEAD, title=f"Kestrel review of {owner}"))}
    sync(made.house)
    assert only(made).meeting.title == "Kestrel review of rosa"
    assert said(made) == {"dana": "invited", "lev": "invited"}


@pytest.mark.case(43)
def test_uids_of_other_meetings_stay_apart() -> None:
    different = [
        exchange(),
        exchange()[:-2] + "00",
        wrapped(FOREIGN),
        wrapped("other"),
        FOREIGN.upper(),
        HEADER,
        "m1",
        "M1",
    ]
    assert len({canonical_uid(uid) for uid in different}) == len(different)
    assert canonical_uid(wrapped("")) == wrapped("")


@pytest.mark.case(42)
def test_a_meeting_stays_itself_wherever_its_server_keeps_it(made: Made) -> None:
    """The address of an object differs in each mailbox and changes when it is moved: nothing of ours hangs on it."""
    hosts, other = made.account("Hosts", hosts=True), made.account("Archive", hosts=True)
    entry = calendar(event("a", AHEAD, answer="ACCEPTED"))
    hosts.members = {"AAMkAD-x_y.ics": entry}
    sync(made.house)
    before = only(made).meeting.id
    set_state(made.house, before, "dana@ferro.example", "proposed", "self")
    hosts.members = {"AAMkAD-X_Y.ics": entry}
    (done, _) = sync(made.house)
    assert (done.added, done.removed, only(made).meeting.id) == (0, 0, before)
    hosts.members, other.members = {}, {"elsewhere/1": entry}
    sync(made.house, ("Archive",))
    sync(made.house, ("Hosts",), accept_fewer=True)
    row = only(made)
    assert (row.meeting.id, row.meeting.status, [seat.state for seat in row.seats]) == (
        before,
        "confirmed",
        ["accepted"],
    )


@pytest.mark.case(64)
def test_the_aliases_of_a_person_are_one_seat_and_the_spellings_of_a_contact_one_contact(made: Made) -> None:
    hosts, mine = made.account("Hosts", hosts=True), made.account("Work", "D.Okafor@ferro.example")
    hosts.members = {"x": calendar(event(
        "a", AHEAD, "ATTENDEE;PARTSTAT=NEEDS-ACTION:MAILTO:Dana@FERRO.example",
        "ATTENDEE;CN=ken@kestrel.example:Mailto:KEN@Kestrel.example",
        "ATTENDEE;CN=Ken Brown;EMAIL=ken@kestrel.example:/o=K/cn=ken",
    ))}  # fmt: skip
    mine.members = {"y": calendar(event("a", AHEAD, "ATTENDEE;PARTSTAT=Accepted:mailto:%20d.okafor%40ferro.example"))}
    sync(made.house)
    assert said(made) == {"dana": "accepted"}
    assert names(made) == [("ken@kestrel.example", "Guest")]


@pytest.mark.case(63)
def test_a_group_is_shown_and_never_counted_seated_or_met(made: Made) -> None:
    table = "name,email,aliases,role\nSales circle,circle@ferro.example,all-sales@ferro.example,group\n"
    assert import_people(made.house, table).added == ("Sales circle",)
    hosts, mine = made.account("Hosts", hosts=True), made.account("Work", "dana@ferro.example")
    lines = (
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:all-sales@ferro.example",
        "ATTENDEE;CUTYPE=GROUP;CN=Buyers;PARTSTAT=ACCEPTED:mailto:buyers@kestrel.example",
        "ATTENDEE;CUTYPE=GROUP;CN=Travellers:mailto:all@travel.example",
    )
    hosts.members = {"x": calendar(event("a", AHEAD, *lines))}
    mine.members = {"y": calendar(event("a", AHEAD, *lines))}
    sync(made.house)
    row = only(made)
    assert said(made) == {"dana": "invited"}
    assert [(group.address, group.name) for group in row.groups] == [
        ("all-sales@ferro.example", "Sales circle"),
        ("buyers@kestrel.example", "Buyers"),
    ]
    assert [guest.address for guest in row.guests] == ["ken@kestrel.example"]
    assert (row.meeting.others, names(made)) == (0, [("ken@kestrel.example", "Guest")])
    with pytest.raises(Problem, match="person_is_group"):
        set_state(made.house, row.meeting.id, "circle@ferro.example", "accepted", "self")


@pytest.mark.case(63)
def test_a_group_has_no_target_and_gets_no_mail(made: Made) -> None:
    done = import_people(made.house, "name,email,role,target\nSales,sales@ferro.example,group,2\n")
    assert "row_group_target" in [problem.code for problem in done.problems]
    assert done.added == ()
    assert import_people(made.house, "name,email,role\nSales,sales@ferro.example,group\n").added == ("Sales",)
    made.account("Work", "dana@ferro.example").members = {"x": calendar(event("a", answer="ACCEPTED"))}
    sync(made.house)
    channels.add_smtp(made.house, "Mail", "mail.example:587", "starttls", "", "desk@ferro.example")
    note = listening.take_text(made.house, only(made).meeting.id, "q We lose a crew day.\n! she was tired")
    publish(made.house, note.id, "A crew day", "company", Order(("Mail",), ()))
    readers = sorted(delivery.recipient for delivery, _, _ in outbox.all_of(made.house))
    assert readers == ["agnes@ferro.example", "lev@ferro.example", "rosa@ferro.example"]


@pytest.mark.case(63)
def test_a_list_of_the_customer_named_by_ops_still_makes_it_theirs(made: Made) -> None:
    import_people(made.house, "name,email,role\nTheir buyers,buyers@kestrel.example,group\n")
    made.account("Hosts", hosts=True).members = {
        "x": calendar(event("a", AHEAD, guests=("buyers@kestrel.example", "dana@ferro.example")))
    }
    sync(made.house)
    row = only(made)
    assert (row.customer.id, [group.name for group in row.groups], row.guests) == ("kestrel", ["Guest"], ())
    assert names(made) == []


def test_a_meeting_under_another_uid_is_told_and_not_merged(made: Made) -> None:
    link = "LOCATION:https://zoom.us/j/86012345678"
    made.account("Hosts", hosts=True).members = {"x": calendar(event("a", AHEAD, link))}
    made.account("Work", "dana@ferro.example").members = {
        "y": calendar(event("b", "20261210T131000Z", link), event("c", "20261210T160000Z", link))
    }
    sync(made.house)
    twins = {row.meeting.uid: row.twin.uid if row.twin else "" for row in meetings(made.house).rows}
    assert twins == {"a": "b", "b": "a", "c": ""}


@pytest.mark.case(68)
def test_a_gateway_that_makes_me_the_organiser_changes_nothing(made: Made) -> None:
    hosts, mine = made.account("Hosts", "rosa@ferro.example", hosts=True), made.account("Work", "dana@ferro.example")
    hosts.members = {"x": calendar(event("a", AHEAD, "SEQUENCE:1", answer="NEEDS-ACTION"))}
    mine.members = {"y": calendar(event("a", AHEAD, "SEQUENCE:7", title="Kestrel", organiser="dana@ferro.example"))}
    for name in ("Work", "Hosts"):
        sync(made.house, (name,))
    row = only(made)
    assert (row.meeting.title, row.host, said(made)) == ("Kestrel quarterly review", "Rosa Vidal", {"dana": "invited"})
    mine.members = {"y": calendar(event("a", AHEAD, "SEQUENCE:8", organiser=""))}
    sync(made.house)
    assert only(made).host == "Rosa Vidal"


@pytest.mark.case(65)
def test_a_forwarded_guest_is_seated_with_the_next_sync(made: Made) -> None:
    hosts = made.account("Hosts", "rosa@ferro.example", hosts=True)
    hosts.members = {"x": calendar(event("a", AHEAD))}
    sync(made.house)
    assert said(made) == {}
    hosts.members = {"x": calendar(event("a", AHEAD, "ATTENDEE;PARTSTAT=TENTATIVE:mailto:lev@ferro.example"))}
    (done,) = sync(made.house)
    assert (done.added, done.changed, said(made)) == (0, 1, {"lev": "tentative"})


@pytest.mark.case(62)
def test_others_answers_come_from_the_organisers_calendar_and_ones_own_from_ones_own(made: Made) -> None:
    lev = "ATTENDEE;PARTSTAT={}:mailto:lev@ferro.example"
    rosas, danas = made.account("Rosa", "rosa@ferro.example"), made.account("Work", "dana@ferro.example")
    danas.members = {"y": calendar(event("a", AHEAD, lev.format("NEEDS-ACTION"), answer="DECLINED"))}
    sync(made.house)
    assert said(made) == {"dana": "declined", "lev": "invited"}
    rosas.members = {"x": calendar(event("a", AHEAD, lev.format("ACCEPTED"), answer="NEEDS-ACTION"))}
    sync(made.house)
    assert said(made) == {"dana": "declined", "lev": "accepted"}


def test_a_meeting_of_the_customers_making_is_hosted_by_their_account_owner(made: Made) -> None:
    made.account("Work", "dana@ferro.example").members = {
        "x": calendar(
            event("a", AHEAD, guests=("kim@kestrel.example",), organiser="ken@kestrel.example", answer="ACCEPTED")
        )
    }
    sync(made.house)
    assert (only(made).host, said(made)) == ("Rosa Vidal", {"dana": "accepted"})
    assert [address for address, _ in names(made)] == ["ken@kestrel.example", "kim@kestrel.example"]


def test_a_calendar_without_guests_says_only_that_the_meeting_stands(made: Made) -> None:
    made.account("Feed", "lev@ferro.example").members = {"x": calendar(event("a", AHEAD, guests=(), organiser=""))}
    sync(made.house)
    assert (only(made).host, only(made).guests, said(made)) == ("Rosa Vidal", (), {"lev": "invited"})
    made.account("Hosts", "rosa@ferro.example", hosts=True).members = {
        "y": calendar(event("a", AHEAD, "ATTENDEE;PARTSTAT=DECLINED:mailto:lev@ferro.example"))
    }
    sync(made.house)
    assert said(made) == {"lev": "declined"}
    assert [guest.address for guest in only(made).guests] == ["ken@kestrel.example"]


def test_the_organiser_who_is_no_guest_has_a_seat(made: Made) -> None:
    made.account("Hosts", hosts=True).members = {
        "x": calendar(
            event("a", AHEAD, 'ORGANIZER;SENT-BY="mailto:dana@ferro.example":mailto:lev@ferro.example', organiser="")
        )
    }
    sync(made.house)
    assert said(made) == {"lev": "accepted"}


@pytest.mark.case(69)
def test_the_join_link_of_any_copy_stands_beside_the_meeting(made: Made) -> None:
    link = "https://kestrel.zoom.us/j/86012345678?pwd=a-B"
    hosts, mine = made.account("Hosts", hosts=True), made.account("Work", "dana@ferro.example")
    hosts.members = {"x": calendar(event("a", AHEAD, "LOCATION:Room 4"))}
    mine.members = {"y": calendar(event("a", AHEAD, f"DESCRIPTION:Join\\n<{link}>\\nby phone: https://zoom.us/u/a"))}
    sync(made.house)
    assert only(made).meeting.link == link
