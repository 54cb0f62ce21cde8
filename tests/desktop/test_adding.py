"""What a person types for a calendar, and what is made of it."""

import pytest

from companion.desktop.calendars import _new


@pytest.mark.parametrize(
    ("url", "user", "kind"),
    [
        ("https://cal.example/dana/", "dana", "caldav"),
        ("cal.example", "dana", "caldav"),
        ("https://cal.example/a.ics?key=1", "dana", "ics"),
        ("https://cal.example/published", "", "ics"),
        ("webcal://cal.example/published", "dana", "ics"),
        ("/home/reviews", "dana", "ics"),
        ("~/reviews", "dana", "ics"),
        ("C:\\reviews", "dana", "ics"),
    ],
)
def test_a_user_name_makes_a_server_of_an_address(url: str, user: str, kind: str) -> None:
    answers = {"name": "Work", "url": url, "user": user, "password": "", "hosts": ""}
    assert _new(answers).kind == kind
