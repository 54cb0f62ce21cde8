"""Who goes to a meeting, as far as calendars know: own answers, the organiser's, groups, aliases, gateways."""

import itertools

import pytest

from companion.calendars.model import Guest
from companion.meetings.answers import said
from companion.meetings.merge import contacts, merge
from companion.meetings.model import Copy
from companion.meetings.voices import groups_of, organiser_of
from meetings.made import copy_of, find, guest, host_of, says

DANA, ALIAS, LEV, ROSA = "dana@ferro.example", "d.okafor@ferro.example", "lev@ferro.example", "rosa@ferro.example"
SALES, KEN = "sales@ferro.example", "ken@kestrel.example"


@pytest.mark.case(62)
def test_only_the_organisers_copy_knows_what_others_answered() -> None:
    organisers = copy_of("rosa", guest(DANA, "accepted"), guest(LEV, "declined"), owner=ROSA, hosts=True)
    levs = copy_of("lev", guest(DANA), guest(LEV, "tentative"), owner=LEV)
    assert says(organisers, levs) == {"dana": "accepted", "lev": "tentative", "rosa": "accepted"}
    assert says(levs) == {"dana": "invited", "lev": "tentative", "rosa": "accepted"}


@pytest.mark.case(62)
def test_what_the_organiser_has_not_heard_nobody_else_knows() -> None:
    organisers = copy_of("rosa", guest(DANA), owner=ROSA)
    levs = copy_of("lev", guest(DANA, "accepted"), owner=LEV)
    assert says(organisers, levs)["dana"] == "invited"
    elsewhere = copy_of("hosts", guest(DANA), hosts=True)  # the shared calendar of a guest, as empty of answers as any
    assert says(elsewhere, levs)["dana"] == "accepted"


@pytest.mark.case(62)
def test_a_calendar_without_guests_takes_no_answer_back() -> None:
    organisers = copy_of("rosa", guest(DANA, "accepted"), owner=ROSA, hosts=True)
    feed = copy_of("dana", owner=DANA, organiser="", guests_known=False)
    assert says(organisers, feed)["dana"] == "accepted"
    assert says(feed) == {"dana": "invited"}
    unanswered = copy_of("dana", guest(DANA), owner=DANA)
    assert says(organisers, unanswered)["dana"] == "accepted"


def test_an_own_entry_without_guests_says_only_that_it_stands_there() -> None:
    assert says(copy_of("dana", owner=DANA, organiser=DANA)) == {"dana": "invited"}
    assert says(copy_of("dana", guest(DANA), owner=DANA, organiser=DANA)) == {"dana": "invited"}
    assert says(copy_of("dana", guest("r1@ferro.example", "none", "room"), owner=DANA, organiser=DANA)) == {
        "dana": "invited"
    }
    assert says(copy_of("dana", guest(KEN), owner=DANA, organiser=DANA)) == {"dana": "accepted"}


def test_the_organiser_goes_listed_or_not_unless_they_say_otherwise() -> None:
    assert says(copy_of("a", guest(DANA), organiser=LEV))["lev"] == "accepted"
    assert says(copy_of("a", guest(DANA), guest(LEV), organiser=LEV))["lev"] == "accepted"
    assert says(copy_of("a", guest(DANA), guest(LEV, "declined"), organiser=LEV))["lev"] == "declined"
    assert [told.person.id for told in said([copy_of("a", guest(DANA), guest("r.vidal@ferro.example"))], find)] == [
        "dana",
        "rosa",
    ]


@pytest.mark.case(64)
@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("accepted", "none", "accepted"),
        ("none", "declined", "declined"),
        ("accepted", "accepted", "accepted"),
        ("accepted", "declined", "invited"),
        ("declined", "tentative", "invited"),
    ],
)
def test_two_addresses_of_one_person_are_one_seat(first: str, second: str, told: str) -> None:
    for addresses in ((DANA, ALIAS), (ALIAS, DANA)):
        guests = [guest(address, answer) for address, answer in zip(addresses, (first, second), strict=True)]
        for owner in (DANA, ALIAS, ""):
            assert says(copy_of("a", *guests, owner=owner)) == {"dana": told, "rosa": "accepted"}


@pytest.mark.case(63)
def test_a_group_proposes_no_seat_but_the_calendar_owners() -> None:
    hosts = copy_of("hosts", guest(SALES, "accepted"), guest("all@ferro.example", "accepted", "group"), hosts=True)
    assert says(hosts) == {"rosa": "accepted"}
    assert says(hosts, copy_of("dana", guest(SALES), owner=DANA)) == {"dana": "invited", "rosa": "accepted"}
    assert says(copy_of("s", guest(LEV), owner=SALES, organiser=SALES)) == {"lev": "invited"}


@pytest.mark.case(63)
def test_what_one_copy_calls_a_group_is_a_group_in_all() -> None:
    lists = "list@ferro.example"
    plain = copy_of("hosts", guest(lists), guest(SALES), guest("buyers@kestrel.example"), guest(KEN), hosts=True)
    told = copy_of("dana", guest(lists, "none", "group"), guest("buyers@kestrel.example", "none", "group"), owner=DANA)
    for copies in itertools.permutations((plain, told)):
        meeting = merge("id", copies, None, host_of, find)
        assert [(one.address, one.kind) for one in meeting.guests] == [
            (lists, "group"), (SALES, "group"), ("buyers@kestrel.example", "group"), (KEN, "person"),
        ]  # fmt: skip
        met = contacts(copies, lambda address: address.endswith("@kestrel.example"), groups_of(copies, find))
        assert [one.address for one in met] == [KEN]


@pytest.mark.case(63)
def test_a_group_is_no_host() -> None:
    shared = copy_of("s", guest(LEV), owner=SALES, hosts=True, organiser=SALES)
    assert merge("id", [shared], None, lambda _customer: "", find).host_email == ""
    assert merge("id", [shared], None, host_of, find).host_email == ROSA


def gateways(*guests: Guest, organiser: str, **changes: object) -> Copy:
    return copy_of("dana", *guests, owner=ALIAS, organiser=organiser, **changes)


@pytest.mark.case(68)
@pytest.mark.parametrize("sequence", [0, 9])
def test_a_gateway_that_makes_me_the_organiser_is_not_believed(sequence: int) -> None:
    hosts = copy_of("hosts", guest(DANA), guest(LEV, "accepted"), owner=ROSA, hosts=True)
    mine = gateways(guest(LEV, "declined"), organiser=DANA, title="Fwd", sequence=sequence, status="cancelled")
    for copies in itertools.permutations((hosts, mine)):
        meeting = merge("id", copies, None, host_of, find)
        assert (meeting.title, meeting.status, meeting.host_email) == ("Review", "confirmed", ROSA)
        assert meeting.organiser == Guest(ROSA)
        assert says(*copies) == {"dana": "invited", "lev": "accepted", "rosa": "accepted"}


@pytest.mark.case(68)
def test_whoever_names_somebody_else_is_believed_before_whoever_names_themselves() -> None:
    mine = gateways(guest(LEV), organiser=DANA, sequence=5)
    levs = copy_of("lev", guest(DANA), guest(LEV, "accepted"), owner=LEV)
    assert organiser_of([mine, levs], find) == Guest(ROSA)
    assert says(mine, levs) == {"dana": "invited", "lev": "accepted", "rosa": "accepted"}
    assert organiser_of([mine], find) == Guest(DANA)
    true = copy_of("lev", guest(DANA), owner=LEV, organiser=ALIAS)
    assert organiser_of([mine, true], find) == Guest(DANA)


@pytest.mark.case(68)
def test_a_gateway_that_loses_the_organiser_is_mended_by_a_copy_that_has_one() -> None:
    lost = copy_of("hosts", guest(DANA), hosts=True, organiser="")
    for copies in itertools.permutations((lost, copy_of("lev", guest(LEV), owner=LEV, organiser=ROSA))):
        meeting = merge("id", copies, None, lambda _customer: "", find)
        assert (meeting.organiser, meeting.host_email) == (Guest(ROSA), ROSA)


def test_guests_come_from_a_copy_that_tells_any() -> None:
    feed = copy_of("hosts", hosts=True, organiser="", guests_known=False, title="As the hosts call it")
    own = copy_of("dana", guest(KEN), guest(DANA), owner=DANA, others=3)
    meeting = merge("id", [feed, own], None, host_of, find)
    assert (meeting.title, [one.address for one in meeting.guests], meeting.others) == (
        "As the hosts call it", [KEN, DANA], 3,
    )  # fmt: skip


@pytest.mark.case(8)
def test_a_copy_taken_back_says_nothing_while_the_meeting_stands() -> None:
    hosts = copy_of("hosts", guest(LEV, "accepted"), hosts=True, owner=ROSA)
    removed = copy_of("dana", guest(DANA, "accepted"), owner=DANA, status="cancelled")
    assert says(hosts, removed) == {"lev": "accepted", "rosa": "accepted"}
    all_off = copy_of("hosts", guest(DANA), hosts=True, owner=ROSA, status="cancelled")
    assert says(all_off, removed)["dana"] == "accepted"
