"""Meetings that are probably one under two UIDs are told; nothing is merged by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.meetings.merge import merge
from companion.meetings.model import Meeting
from companion.meetings.twins import probable_twins, room_of
from meetings.made import START, copy_of, find, guest, host_of

ZOOM = "https://us02web.zoom.us/j/86012345678?pwd=a"
KEN = guest("ken@kestrel.example")


def meeting(name: str, *guests: object, link: str = ZOOM, **changes: object) -> Meeting:
    copy = copy_of("a", *guests, link=link, uid=name, organiser="")  # type: ignore[arg-type]
    return replace(merge(name, [copy], None, host_of, find), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("link", "room"),
    [
        (ZOOM, "zoom 86012345678"),
        ("https://zoom.us/wc/join/86012345678", "zoom 86012345678"),
        ("https://kestrel.zoom.us/s/86012345678?zak=x", "zoom 86012345678"),
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_Ab%40thread.v2/0?", "teams 19:meeting_Ab@thread.v2"),
        ("https://teams.microsoft.com/l/meetup-join/19:meeting_Ab@thread.v2/0", "teams 19:meeting_Ab@thread.v2"),
        ("https://meet.google.com/abc-defg-hij?hs=1", "meet abc-defg-hij"),
        ("https://kestrel.webex.com/kestrel/j.php?MTID=m1", "webex m1"),
        ("https://evilzoom.us/j/1", ""),
        ("https://talk.ferro.example/j/1", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_room_a_link_leads_to(link: str, room: str) -> None:
    assert room_of(link) == room


def test_one_room_at_one_time_with_one_guest_is_probably_one_meeting() -> None:
    mine = meeting("m1", KEN)
    theirs = meeting("m2", KEN, guest("lev@ferro.example"), link="https://zoom.us/s/86012345678?zak=1")
    late = meeting("m3", KEN, start=START + timedelta(minutes=16))
    assert probable_twins([theirs, late, mine]) == {"m1": "m2", "m2": "m1"}
    assert probable_twins([mine, replace(theirs, start=START + timedelta(minutes=15))]) == {"m1": "m2", "m2": "m1"}


@pytest.mark.parametrize(
    "other",
    [
        meeting("m2", guest("lev@ferro.example")),
        meeting("m2", guest("ken@kestrel.example", "none", "group")),
        meeting("m2", KEN, link="https://zoom.us/j/1"),
        meeting("m2", KEN, link=""),
        meeting("m2", KEN, verdict="no"),
        meeting("m2", KEN, status="cancelled"),
        meeting("m2", KEN, status="gone"),
        meeting("m2", KEN, all_day=True),
        meeting("m2", KEN, start=START + timedelta(days=7)),
    ],
)
def test_what_lacks_one_of_the_three_is_no_twin(other: Meeting) -> None:
    assert probable_twins([meeting("m1", KEN), other]) == {}
