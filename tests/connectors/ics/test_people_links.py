"""Where a calendar entry hides the link to join by, through the whole reader."""

import pytest

from connectors.ics.calendar_text import event, taken

KEN = "ATTENDEE;CN=Ken Brown:mailto:ken@kestrel.example\n"


def link_of(body: str) -> str:
    (found,) = taken(event(body, people=KEN)).events
    return found.link


LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0?context=%7b%22Tid%22%3a%22a%22%7d&x=1"
SAFE = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join%2F19%253a"
    "meeting_abc%2540thread.v2%2F0%3Fcontext%3D%257b%2522Tid%2522%253a%2522a%2522%257d%26x%3D1&data=05%7C01&reserved=0"
)
HIDDEN = {
    "URL": f"URL:{LINK}",
    "URL with a type": f"URL;VALUE=URI:{LINK}",
    "conference": f'CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL="Join: by video":{LINK}',
    "phone first": f"CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+49-123\nCONFERENCE;VALUE=URI;FEATURE=VIDEO:{LINK}",
    "location": f"LOCATION:Microsoft Teams Meeting\\; {LINK}\\, or Room 4",
    "alternative of the location": f'LOCATION;ALTREP="{LINK}":Room 4',
    "Outlook": f"X-MICROSOFT-SKYPETEAMSMEETINGURL:{LINK}",
    "Outlook, newer": f"X-MICROSOFT-ONLINEMEETINGEXTERNALLINK:{LINK}",
    "Google": f"X-GOOGLE-CONFERENCE:{LINK}",
    "text": f"DESCRIPTION:Dear all\\,\\n________\\nJoin: <{LINK}>\\nMeeting ID: 1\\, Passcode: a",
    "text without a space behind": f"DESCRIPTION:Join\\n{LINK}\\nPasscode: a",
    "escaped twice": f"DESCRIPTION:Join\\\\n{LINK}\\\\nPasscode: a",
    "folded": f"DESCRIPTION:Join {LINK[:40]}\n {LINK[40:70]}\n\t{LINK[70:]} now",
    "HTML": f'X-ALT-DESC;FMTTYPE=text/html:<a class="x" href="{LINK.replace("&", "&amp;")}">Join</a>',
    "HTML in the text": f'DESCRIPTION:<p><a href="{LINK.replace("&", "&amp;")}" target="_blank">Click</a></p>',
    "HTML as a text": f"DESCRIPTION:&lt;{LINK.replace('&', '&amp;')}&gt;",
    "HTML beside the text": "DESCRIPTION;ALTREP=\"data:text/html,%3Ca%20href%3D%22" + LINK.replace("%", "%25")
    .replace("&", "%26").replace("?", "%3F") + '%22%3EJoin%3C/a%3E":Join',
    "Safe Links": f"DESCRIPTION:Join <{SAFE}>",
    "Safe Links in HTML": f'X-ALT-DESC;FMTTYPE=text/html:<a href="{SAFE.replace("&", "&amp;")}">Join</a>',
    "after the dial-in": f"DESCRIPTION:Call https://dialin.teams.microsoft.com/1?id=2 or https://aka.ms/JoinTeamsMeeting\\n{LINK}.",
    "beside the page of the event": f"URL:https://calendar.ferro.example/event/1\nDESCRIPTION:{LINK}",
}  # fmt: skip


@pytest.mark.case(69)
@pytest.mark.parametrize("where", HIDDEN)
def test_the_join_link_is_found_wherever_it_hides(where: str) -> None:
    assert link_of(HIDDEN[where]) == LINK


@pytest.mark.case(69)
@pytest.mark.parametrize(
    "body",
    [
        "URL:https://calendar.ferro.example/event/1",
        "LOCATION:https://rooms.example/4",
        "DESCRIPTION:https://dialin.teams.microsoft.com/1 https://aka.ms/JoinTeamsMeeting",
        "BEGIN:VALARM\nDESCRIPTION:https://zoom.us/j/1\nEND:VALARM",
        "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+49-123",
        "ATTACH:https://zoom.us/j/1",
        "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com.evil.example/l/meetup-join/1",
    ],
)
def test_what_is_no_join_link_is_not_taken(body: str) -> None:
    assert link_of(body) == ""


def test_a_meeting_server_of_ones_own_is_taken_where_the_calendar_names_it_so() -> None:
    assert link_of("CONFERENCE;VALUE=URI:https://talk.ferro.example/4") == "https://talk.ferro.example/4"


def test_a_text_of_two_million_signs_is_read() -> None:
    body = "a https://news.example/1 " * 80_000
    assert link_of(f"DESCRIPTION:{body}\nLOCATION:{LINK}") == LINK
