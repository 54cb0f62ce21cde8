"""Join links, wherever they stand and however they are wrapped."""

import string
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.calendars.links import join_link

TEAMS = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0?context=%7b%22Tid%22%7d"
ZOOM = "https://us02web.zoom.us/j/86012345678?pwd=a-B_c.1"
GOOGLE = "https://meet.google.com/abc-defg-hij"

LINKS = [
    TEAMS,
    "https://teams.microsoft.com/meet/2345678?p=abc",
    "https://teams.microsoft.com/_#/l/meetup-join/19:meeting_abc@thread.v2/0?context=%7b%22Tid%22%7d",
    "https://teams.microsoft.com/v2/?meetingjoin=true#/l/meetup-join/19:meeting_abc@thread.v2/0",
    "https://teams.microsoft.com/dl/launcher/launcher.html?url=%2F_%23%2Fl%2Fmeetup-join%2F19%3ameeting_abc",
    "https://teams.cloud.microsoft/meet/2345678?p=abc",
    "https://teams.live.com/meet/9312?p=x",
    "https://gov.teams.microsoft.us/l/meetup-join/19%3agcch%3ameeting_abc%40thread.v2/0",
    "https://dod.teams.microsoft.us/meet/1234",
    "https://zoom.us/j/123?pwd=x",
    "https://kestrel.zoom.us/my/rosa.vidal",
    "https://us02web.zoom.us/w/123",
    "https://us02web.zoom.us/s/123?zak=x",
    "https://us02web.zoom.us/wc/join/123",
    "https://us02web.zoom.us/wc/123/join",
    "https://kestrel.zoomgov.com/j/160123?pwd=abc==",
    ZOOM,
    GOOGLE,
    "https://meet.google.com/lookup/kestrel",
    "https://kestrel.webex.com/meet/rosa",
    "https://kestrel.webex.com/kestrel/j.php?MTID=m1",
    "https://kestrel.webex.com/j.php?MTID=m1",
    "https://kestrel.webex.com/wbxmjs/joinservice/sites/kestrel/meeting/download/abc",
    "https://kestrel.webex.com/webappng/sites/kestrel/meeting/info/abc",
    "https://kestrel.webex.com/join/rosa",
]
AROUND = [
    "Dear all,\n<{}>\nBye",
    '<a href="{}">Join</a>.',
    "<a href='{}'>Join</a>",
    "Join ({}).",
    "Join: {}.",
    "*{}*",
    "_{}_",
    "[Join]({})",
    "{}\\nMeeting ID: 1",
    "&lt;{}&gt; or &quot;call&quot;",
    "<{}>.",
    "“{}”",
    "{}%3E",
    "Nối máy:{}。",
    "Join\u200b{}\u200b",
    "{}, or ring us; {}",
    'see <https://news.example/a?b=c> "{}">',
]


@pytest.mark.case(69)
@pytest.mark.parametrize("url", LINKS)
def test_known_services_are_found_in_a_text(url: str) -> None:
    for around in AROUND:
        assert join_link([], [around.replace("{}", url)]) == url, around
    assert join_link([], [url.replace("https", "HTTPS")]) == url.replace("https", "HTTPS")
    assert join_link([url]) == url


def safe(url: str, host: str = "eur01.safelinks.protection.outlook.com") -> str:
    return f"https://{host}/?url={quote(url, safe='')}&data=05%7C01%7Cx&sdata=y%3D&reserved=0"


def redirected(url: str) -> str:
    return f"https://www.google.com/url?q={quote(url, safe='')}&sa=D&source=calendar&usg=x"


PROOFPOINT_2 = (
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__us02web.zoom.us_j_86012345678-3Fpwd-3Da-2DB-5Fc.1"
    "&d=DwMFAg&c=x&r=y&m=z&s=w&e="
)
PROOFPOINT_3 = (  # each sign that was cut out stands for itself, a run of three ("**B") for three
    "https://urldefense.com/v3/__https://teams.microsoft.com/l/meetup-join/19*3ameeting_abc*40thread.v2/0"
    "?context=*7b*22Tid*22*7d__;JSUlJSUl!!MfRS!abc$"
)
WRAPPED = {
    "Safe Links": (safe(TEAMS), TEAMS),
    "Safe Links, another region": (safe(ZOOM, "nam12.safelinks.protection.outlook.com"), ZOOM),
    "Safe Links of a government": (safe(TEAMS, "usg01.safelinks.protection.office365.us"), TEAMS),
    "Safe Links in China": (safe(TEAMS, "chn01.safelinks.protection.partner.outlook.cn"), TEAMS),
    "Safe Links twice": (safe(safe(TEAMS)), TEAMS),
    "Safe Links with a path": (safe(TEAMS).replace("/?url", "/ap/t-59584e83/?url"), TEAMS),
    "Safe Links in HTML": (safe(ZOOM).replace("&", "&amp;"), ZOOM),
    "Google": (redirected(TEAMS), TEAMS),
    "Google in HTML": (redirected(ZOOM).replace("&", "&amp;"), ZOOM),
    "Google round Safe Links": (redirected(safe(ZOOM)), ZOOM),
    "Proofpoint 1": (f"https://urldefense.proofpoint.com/v1/url?u={quote(ZOOM, safe='')}&k=x", ZOOM),
    "Proofpoint 2": (PROOFPOINT_2, ZOOM),
    "Proofpoint 3": (PROOFPOINT_3, TEAMS),
    "Proofpoint 3, a run": ("https://urldefense.com/v3/__https://zoom.us/j/1?pwd=a**Bz__;JSUl!!x$", "https://zoom.us/j/1?pwd=a%%%z"),
    "Proofpoint 3, nothing cut": (f"https://urldefense.com/v3/__{ZOOM}__;!!abc$", ZOOM),
    "Proofpoint 3, one slash": (f"https://urldefense.com/v3/__{ZOOM.replace('//', '/', 1)}__;!!abc$", ZOOM),
    "Barracuda": (f"https://linkprotect.cudasvc.com/url?a={quote(ZOOM, safe='')}&c=E,1", ZOOM),
}  # fmt: skip


@pytest.mark.case(69)
@pytest.mark.parametrize("how", WRAPPED)
def test_what_mail_filters_put_round_a_link_comes_off(how: str) -> None:
    outside, inside = WRAPPED[how]
    assert join_link([], [f"Join <{outside}> now"]) == inside
    assert join_link([outside]) == inside


NEVER = [
    "see https://news.example/letter and www.zoom.us/j/1",
    "http://zoom.us/j/1 http://teams.microsoft.com/meet/1",
    "https://user:pass@zoom.us/j/1 https://zoom.us@evil.example/j/1 https://zoom.us%40evil.example/j/1",
    "https://zoom.us.evil.example/j/1 https://evilzoom.us/j/1 https://zoom.us.:444/j/1 https://zoom.us:8443/j/1",
    "https://teams.microsoft.com.evil.example/l/meetup-join/1 https://evil.example/teams.microsoft.com/meet/1",
    "https://evil.example\\@zoom.us/j/1 https://zoom.us。evil.example/j/1 https://evil.example/https://zoom.us/j/1",
    "https://evil.example#https://zoom.us/j/1 https://evil.example?u=https://zoom.us/j/1",
    "https://dialin.teams.microsoft.com/meet/1 https://teams.microsoft.com/meetingOptions/?x=1 tel:+49123",
    "https://aka.ms/JoinTeamsMeeting https://support.zoom.us/j/1 https://zoom.us/u/abc https://zoom.us/zoomconference?m=1",
    "https://tel.meet/abc-defg-hij?pin=1 https://meet.google.com/tel/abc https://support.google.com/meet/answer/1",
    "https://kestrel.webex.com/kestrel/globalcallin.php?MTID=1 https://help.webex.com/meet/x https://www.webex.com/pdf",
    "https://meet.google.com/abc-defg-hijk https://meet.google.com/ https://zoom.us/j/ https://teams.microsoft.com/meet/",
    safe("javascript:alert(1)"),
    safe("http://zoom.us/j/1"),
    safe("https://zoom.us.evil.example/j/1"),
    safe(safe(safe(safe(safe(ZOOM))))),
    "https://protect-eu.mimecast.com/s/AbCdEf?domain=zoom.us",
    "https://urldefense.com/v3/__https://zoom.us/j/1*__;/!!abc$ https://urldefense.com/v3/zoom.us/j/1",
    f"https://zoom.us/j/{'1' * 3000}",
    "https://[bad/j/1 https://",
    "javascript:alert(1) file:///etc/passwd",
]  # fmt: skip


@pytest.mark.case(69)
@pytest.mark.parametrize("text", NEVER)
def test_no_other_link_is_taken_from_a_text(text: str) -> None:
    assert join_link([], [text]) == ""


@pytest.mark.parametrize(
    ("meant", "texts", "found"),
    [
        (["https://talk.ferro.example/call/4"], [], "https://talk.ferro.example/call/4"),
        (["https://talk.ferro.example/call/4"], [f"or {TEAMS}"], TEAMS),
        ([GOOGLE], [TEAMS], GOOGLE),
        ([], [f"{ZOOM} {TEAMS}"], ZOOM),
        ([], ["Room 4", "https://rooms.example/4"], ""),
        (["https://[bad", ZOOM], [], ZOOM),
        (["tel:+4912345;ext=1", "https://dialin.teams.microsoft.com/1"], [], ""),
        (["https://zoom.us.evil.example/j/1"], [], ""),
        (["https://evilzoom.us/j/1"], [], ""),
        (["https://us02web.zoom.us/u/abc"], [TEAMS], TEAMS),
        (["http://talk.ferro.example/4"], [], ""),
        (["https://user@talk.ferro.example/4"], [], ""),
    ],
)
@pytest.mark.case(69)
def test_which_link_is_taken(meant: list[str], texts: list[str], found: str) -> None:
    assert join_link(meant, texts) == found


def test_a_context_in_plain_signs_is_kept_whole() -> None:
    raw = 'https://teams.microsoft.com/l/meetup-join/19:x@thread.v2/0?context={"Tid":"a","Oid":"b"}'
    whole = (
        "https://teams.microsoft.com/l/meetup-join/19:x@thread.v2/0?context=%7b%22Tid%22:%22a%22,%22Oid%22:%22b%22%7d"
    )
    assert join_link([], [f"Join <{raw}> now"]) == whole
    assert join_link([], [safe(raw)]) == whole


@pytest.mark.parametrize(
    "text", ["https://zoom.us", "https://a.example/", "<https://x@y.example/?", "https://a.example/())))", "{", "&amp;"]
)
def test_a_body_without_end_is_read_to_its_end(text: str) -> None:
    """Two million signs; what takes time that grows with their square hangs here for hours."""
    body = text * (2_000_000 // len(text))
    assert join_link([], [body]) == ""
    assert join_link([], [f"{body[:1_000_000]}\n{ZOOM}\n"]) in (ZOOM, "")


SIGNS = string.ascii_letters + string.digits + string.punctuation + " \n\t\r\u00a0\u200bąÜ。“"
KNOWN = (
    "teams.microsoft.com", "teams.microsoft.us", "teams.live.com", "teams.cloud.microsoft",
    "zoom.us", "zoom.com", "zoomgov.com", "meet.google.com", "webex.com",
)  # fmt: skip


@pytest.mark.case(69)
@given(
    before=st.text(SIGNS, max_size=40),
    left=st.sampled_from(["", " ", "<", "(", '"', "'", "\n", "Join: ", "&lt;", "“", "[", "*"]),
    link=st.sampled_from([*LINKS, safe(TEAMS), redirected(ZOOM), PROOFPOINT_2, PROOFPOINT_3]),
    right=st.sampled_from([" ", "\n", ">", '">', "'", ") ", ". ", "* ", ", ", "”", "]", "\\n", "&gt; ", "&quot;&gt;"]),
    after=st.text(SIGNS, max_size=40),
)
def test_whatever_surrounds_a_link_it_is_found_whole_or_not_at_all(
    before: str, left: str, link: str, right: str, after: str
) -> None:
    whole = join_link([], [link])
    assert join_link([], [f"{before}{left}{link}{right}{after}"]) in (whole, "")


@given(
    text=st.lists(
        st.sampled_from([
            "https://", "http://", "zoom.us", "/j/1", "@", ":", "#", "?", "\\", "%2e", "%40", ".", "evil.example", "//",
            "teams.microsoft.com", "/meet/1", "meet.google.com", "/abc-defg-hij", " ", "<", "{", "}", "&amp;", "url=",
            "https://eur01.safelinks.protection.outlook.com/?url=", "https%3A%2F%2F", "https://www.google.com/url?q=",
        ]), max_size=14,
    ).map("".join)
)  # fmt: skip
def test_what_is_found_leads_to_a_known_service_and_nowhere_else(text: str) -> None:
    found = join_link([], [text])
    if found:
        parts = urlsplit(found)
        host = parts.hostname or ""
        assert parts.scheme == "https"
        assert parts.username is None
        assert any(host == known or host.endswith(f".{known}") for known in KNOWN)
