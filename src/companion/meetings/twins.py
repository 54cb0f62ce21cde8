"""Two meetings that are probably one: some gateways give an invitation a UID of their own. Told, never merged; pure."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from companion.meetings.model import Meeting

_NEAR = timedelta(minutes=15)
_ROOMS = (  # (service, host, where in path and query the room's name stands)
    ("teams", "teams.microsoft.com", re.compile(r"/l/meetup-join/([^/?]+)")),
    ("teams", "teams.microsoft.us", re.compile(r"/l/meetup-join/([^/?]+)")),
    ("teams", "teams.microsoft.com", re.compile(r"/meet/([^/?]+)")),
    ("teams", "teams.live.com", re.compile(r"/meet/([^/?]+)")),
    ("zoom", "zoom.us", re.compile(r"/(?:[jws]|wc(?:/join)?)/(\d+)")),
    ("zoom", "zoom.com", re.compile(r"/(?:[jws]|wc(?:/join)?)/(\d+)")),
    ("zoom", "zoomgov.com", re.compile(r"/(?:[jws]|wc(?:/join)?)/(\d+)")),
    ("meet", "meet.google.com", re.compile(r"/([a-z]{3}-[a-z]{4}-[a-z]{3})")),
    ("webex", "webex.com", re.compile(r"MTID=(\w+)", re.IGNORECASE)),
)


def room_of(link: str) -> str:
    """What names the room a join link leads to, whoever's link it is ("zoom 86012345678"); "" for none we know."""
    parts = urlsplit(link)
    host = f".{parts.hostname or ''}"
    for service, end, pattern in _ROOMS:
        found = pattern.search(f"{parts.path}?{parts.query}") if host.endswith(f".{end}") else None
        if found:
            return f"{service} {unquote(found[1])}"
    return ""


def probable_twins(meetings: Iterable[Meeting]) -> dict[str, str]:
    """Meeting id -> the one it is probably the same as: one room, starts a quarter of an hour apart, a shared guest."""
    rooms: dict[str, list[Meeting]] = {}
    for meeting in sorted(meetings, key=lambda item: (item.start, item.id)):
        room = room_of(meeting.link) if meeting.link and meeting.status in ("confirmed", "tentative") else ""
        if room and meeting.verdict != "no":
            rooms.setdefault(room, []).append(meeting)
    twins: dict[str, str] = {}
    for same in rooms.values():
        for one, other in pairwise(same):
            if (
                other.start - one.start <= _NEAR
                and not one.all_day
                and not other.all_day
                and _people(one) & _people(other)
            ):
                twins.setdefault(one.id, other.id)
                twins[other.id] = one.id
    return twins


def one_review(meetings: Iterable[Meeting], taken: Collection[str] = ()) -> dict[str, str]:
    """Meeting id -> the one that stands for it, where a CRM and a calendar tell of one customer at one start.

    That is the one at which somebody sits (`taken`), else the calendar's. Of what is told of once nothing is said, and
    what is dismissed, cancelled or gone is no twin.
    """
    stand = [one for one in meetings if one.status in ("confirmed", "tentative") and one.verdict != "no"]
    told = {(one.customer_id, one.start) for one in stand if one.source == "import" and one.customer_id}
    if not told:
        return {}
    groups: dict[tuple[str, datetime], list[Meeting]] = {}
    for one in stand:
        if (one.customer_id, one.start) in told:
            groups.setdefault((one.customer_id, one.start), []).append(one)
    found: dict[str, str] = {}
    for group in groups.values():
        calendars = [one for one in group if one.source != "import"]
        if not calendars:
            continue
        calendar = min(calendars, key=lambda one: (one.id not in taken, one.id))  # two of them are two reviews
        twins = [calendar, *(one for one in group if one.source == "import")]
        first = min(twins, key=lambda one: (one.id not in taken, one.source == "import", one.id))
        found |= {one.id: first.id for one in twins if one is not first}
    return found


def _people(meeting: Meeting) -> set[str]:
    listed = {guest.address for guest in meeting.guests if guest.kind == "person"}
    return listed | ({meeting.organiser.address} if meeting.organiser else set())
