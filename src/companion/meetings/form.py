"""Whether a meeting is in person, by video or by phone, as its link and its place tell; pure."""

import re
from typing import Literal

from companion.basics.folding import fold

Form = Literal["in_person", "video", "phone", ""]
FORMS: tuple[Form, ...] = ("in_person", "video", "phone")

# In the words of calendars in English, Italian, Polish, Vietnamese and German, folded as `fold` does.
_VIDEO = re.compile(
    r"\b(?:teams|zoom|google[- ]?meet|hangouts?|webex|skype|gotomeeting|bluejeans|jitsi|whereby|bigbluebutton|facetime|"
    r"zalo|video\w*|wideo\w*|videochiamata|videoconferenza|online|on-line|virtual|virtuell|virtuale|remote|remoto|"
    r"zdalnie|zdalne|truc tuyen|tu xa|hop video)\b"
)
_PHONE = re.compile(
    r"\b(?:tel|telefon\w*|telephone|telefono|telefonat\w*|telefonica|phone|conference call|call|dial[- ]?in|chiamata|"
    r"anruf|rozmowa|zadzwoni\w*|dzwonie|dien thoai|goi dien|cuoc goi)\b[.:]?"
)
_NUMBER = re.compile(r"^\W*(?:tel|phone|fon)?\W*(?:\+|00)?\d[\d ()/.-]{6,}\d\W*$")
_ROOM = re.compile(
    r"\b(?:room|raum|zimmer|hall|sala|stanza|aula|ufficio|uffici|piano|via(?! (?:\w+ )?(?:teams|zoom|meet|webex|"
    r"skype|video\w*|tel\w*|phone))|viale|piazza|corso|sede|pokoj|biuro|pietro|ulica|"
    r"ul|aleja|siedziba|phong|tang|toa nha|duong|pho|van phong|tru so|office|building|floor|street|st|road|rd|avenue|"
    r"ave|square|plant|site|hq|headquarters|warehouse|branch|shop|cafe|restaurant|hotel|strasse|str|platz|gebaude|"
    r"werk|stock|etage)\b"
)


def form_of(link: str, place: str) -> Form:
    """The form of a meeting; "" where neither its link nor its place tells.

    A room or an address wins over a link: whoever sits in the room is in person, and most rooms have a link by now.
    """
    told = " ".join(fold(place).split())
    spoken = bool(_VIDEO.search(told))
    called = bool(_NUMBER.match(told) or _PHONE.search(told))
    if told and (_ROOM.search(told) or not (spoken or called)):
        return "in_person"
    if link or spoken:
        return "video"
    return "phone" if called else ""
