"""In person, by video or by phone, in the words calendars have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.calendars.place import LONGEST, place_of
from companion.meetings.form import FORMS, form_of

LINK = "https://teams.microsoft.com/l/meetup-join/x"


@pytest.mark.parametrize(
    ("place", "form"),
    [
        ("", ""),
        ("Microsoft Teams Meeting", "video"),
        ("Spotkanie w aplikacji Microsoft Teams", "video"),
        ("Riunione di Microsoft Teams", "video"),
        ("Cuộc họp Microsoft Teams", "video"),
        ("via Zoom", "video"),
        ("Google Meet", "video"),
        ("Webex", "video"),
        ("trực tuyến", "video"),
        ("zdalnie", "video"),
        ("Phone call", "phone"),
        ("Telefonat", "phone"),
        ("chiamata", "phone"),
        ("telefonicznie", "phone"),
        ("gọi điện thoại", "phone"),
        ("+39 02 1234567", "phone"),
        ("tel. 22 555 00 11", "phone"),
        ("Room 4, first floor", "in_person"),
        ("Via Roma 12, Milano", "in_person"),
        ("ul. Długa 5, Kraków", "in_person"),
        ("Phòng họp tầng 3, 12 Nguyễn Huệ", "in_person"),
        ("Sala 3 / Teams", "in_person"),
        ("Kestrel HQ", "in_person"),
        ("12 Harbour Road", "in_person"),
    ],
)
def test_the_place_tells(place: str, form: str) -> None:
    assert form_of("", place) == form
    assert form_of(LINK, place) == (form if form == "in_person" else "video"), "a link makes a call a video call"


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("Room 4; first floor, left", "Room 4; first floor, left"),
        (f"Microsoft Teams Meeting; {LINK}, or Room 4", "Microsoft Teams Meeting; or Room 4"),
        ("https://rooms.example/4", ""),
        ("Zoom (Passcode: 123 456)", "Zoom"),
        ("Meeting ID: 123 456 789 PIN 4711", ""),
        ("+39 02 1234567,,123456789#", "+39 02 1234567"),
        ("x" * 300, "x" * 199 + "…"),
        ("Room\n 4", "Room 4"),
    ],
)
def test_a_place_is_a_line_without_what_opens_a_door(told: str, place: str) -> None:
    assert place_of(told) == place


@given(st.text(max_size=400))
def test_whatever_stands_there_is_read(told: str) -> None:
    place = place_of(told)
    assert len(place) <= LONGEST
    assert "://" not in place or "http" not in place
    assert form_of("", place) in ("", *FORMS)
