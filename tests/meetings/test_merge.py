"""Merging copies: whoever's calendar was read first, the meeting is the same."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from companion.calendars.model import Guest
from companion.meetings.answers import said
from companion.meetings.merge import absent, contacts, merge
from companion.meetings.model import Copy, Verdict
from meetings.made import START, copy_of, event, find, guest, host_of

HOSTS = Copy(
    "acc-hosts",
    "r.vidal@ferro.example",
    True,
    event("Kestrel review", guest("dana@ferro.example"), guest("lev@ferro.example", "accepted")),
)
DANAS = Copy(
    "acc-dana",
    "dana@ferro.example",
    False,
    event("FW: Kestrel", guest("d.okafor@ferro.example", "declined"), link="https://join.example/1"),
)
LEVS = Copy(
    "acc-lev", "lev@ferro.example", False, event("Kestrel?", guest("lev@ferro.example", "tentative"), organiser="")
)


@pytest.mark.case(62)
@pytest.mark.parametrize("copies", list(itertools.permutations((HOSTS, DANAS, LEVS))))
def test_the_order_of_calendars_does_not_matter(copies: tuple[Copy, ...]) -> None:
    meeting = merge("id", copies, None, host_of, find)
    assert (meeting.title, meeting.host_email, meeting.link) == (
        "Kestrel review",
        "rosa@ferro.example",
        "https://join.example/1",
    )
    assert [(s.person.id, s.says) for s in said(copies, find)] == [
        ("dana", "declined"),
        ("lev", "tentative"),
        ("rosa", "accepted"),
    ]


@pytest.mark.case(64)
def test_the_organiser_speaks_also_through_an_alias() -> None:
    other = Copy("a", "lev@ferro.example", True, event("Other title", sequence=9))
    assert merge("id", [other, HOSTS], None, host_of, find).title == "Kestrel review"


@pytest.mark.case(8)
def test_a_cancelled_organisers_copy_cancels_the_meeting() -> None:
    cancelled = replace(HOSTS, event=replace(HOSTS.event, status="cancelled"))
    assert merge("id", [DANAS, cancelled], None, host_of, find).status == "cancelled"
    guest_deleted = replace(DANAS, event=replace(DANAS.event, status="cancelled"))
    assert merge("id", [guest_deleted, HOSTS], None, host_of, find).status == "confirmed"


def test_a_meeting_the_customer_organised_has_our_account_owner_as_host() -> None:
    copy = Copy(
        "acc", "dana@ferro.example", False, event("Visit", guest("dana@ferro.example"), organiser="ken@kestrel.example")
    )
    assert merge("id", [copy], None, host_of, find).host_email == "rosa@ferro.example"


def test_a_calendar_without_guests_only_says_that_the_meeting_stands_in_it() -> None:
    feed = Copy("acc", "dana@ferro.example", False, event("Kestrel review", organiser="", guests_known=False))
    assert [(s.person.id, s.says) for s in said([feed], find)] == [("dana", "invited")]


@pytest.mark.case(63)
def test_a_group_is_never_a_person() -> None:
    copy = Copy("acc", "", True, event("Review", guest("lev@ferro.example", "accepted", "group")))
    assert [s.person.id for s in said([copy], find)] == ["rosa"]


def test_a_persons_word_on_the_customer_stands() -> None:
    assert merge("id", [HOSTS], Verdict("id", "yes", "marea"), host_of, find).customer_id == "marea"


def test_what_becomes_of_a_meeting_no_calendar_holds() -> None:
    meeting = merge("id", [HOSTS], None, host_of, find)
    before, after = START - timedelta(days=1), START + timedelta(days=1)
    assert absent(meeting, before, spoken=False) is None
    assert absent(meeting, before, spoken=True) == replace(meeting, status="cancelled")
    assert absent(meeting, after, spoken=False) == replace(meeting, status="gone")
    cancelled = replace(meeting, status="cancelled")
    assert absent(cancelled, after, spoken=True) == cancelled
    imported = replace(meeting, source="import")
    assert absent(imported, before, spoken=False) == imported


def test_only_the_customers_people_become_contacts() -> None:
    copies = [
        copy_of("a", guest("ken@kestrel.example"), guest("dana@ferro.example"), organiser="ann@kestrel.example"),
        copy_of("b", Guest("ken@kestrel.example", "Ken Brown"), guest("kim@kestrel.example")),
        copy_of("c", guest("ken@kestrel.example")),
    ]
    found = contacts(copies, lambda a: a.endswith("kestrel.example"), frozenset())
    assert sorted((g.address, g.name) for g in found) == [
        ("ann@kestrel.example", ""),
        ("ken@kestrel.example", "Ken Brown"),
        ("kim@kestrel.example", ""),
    ]
