"""Join links, wherever they stand and however they are wrapped."""

from urllib.parse import quote

import pytest

from companion.calendars.links import join_link

TEAMS = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0?context=%7b%22Tid%22%7d"
WRAPPED = f"https://eur01.safelinks.protection.outlook.com/?url={quote(TEAMS, safe='')}&data=05%7C01&reserved=0"


@pytest.mark.parametrize(
    "url",
    [
        TEAMS,
        "https://teams.microsoft.com/meet/2345678?p=abc",
        "https://teams.live.com/meet/9312",
        "https://zoom.us/j/123?pwd=x",
        "https://kestrel.zoom.us/my/rosa",
        "https://us02web.zoom.us/w/123",
        "https://meet.google.com/abc-defg-hij",
        "https://kestrel.webex.com/meet/rosa",
        "https://kestrel.webex.com/kestrel/j.php?MTID=m1",
    ],
)
def test_known_services_are_found_in_a_body(url: str) -> None:
    assert join_link([], f"Dear all,\n<{url}>\nBye") == url
    assert join_link([], f'<a href="{url}">Join</a>.') == url
    assert join_link([], f"Join ({url}).") == url


@pytest.mark.parametrize(
    ("fields", "body", "found"),
    [
        (["Room 4"], "see https://news.example/letter", ""),
        (["https://rooms.example/4"], "", "https://rooms.example/4"),
        (["https://rooms.example/4"], f"or {TEAMS}", TEAMS),
        (["http://zoom.us/j/1"], "", ""),
        (["https://user:pass@zoom.us/j/1"], "", ""),
        (["https://zoom.us.evil.example/j/1"], "https://evilzoom.us/j/1", "https://zoom.us.evil.example/j/1"),
        ([], "https://zoom.us.evil.example/j/1 https://evilzoom.us/j/1", ""),
        ([], "https://dialin.teams.microsoft.com/meet/1 https://teams.microsoft.com/meetingOptions/?x=1", ""),
        ([WRAPPED], "", TEAMS),
        ([], WRAPPED, TEAMS),
        ([f"https://www.google.com/url?q={quote(TEAMS, safe='')}&sa=D"], "", TEAMS),
        ([f"https://urldefense.com/v3/__{TEAMS}__;JSUl!!abc$"], "", TEAMS),
        (["https://eur01.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)"], "", ""),
        (["https://[bad", "https://zoom.us/j/2"], "", "https://zoom.us/j/2"),
        (["javascript:alert(1)"], "file:///etc/passwd", ""),
        ([f"https://zoom.us/j/{'1' * 3000}"], "", ""),
    ],
)
def test_which_link_is_taken(fields: list[str], body: str, found: str) -> None:
    assert join_link(fields, body) == found
