"""The entries themselves: many at once, smaller batches where that is too much, one by one where it must be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx

from companion.basics.errors import Problem
from companion.calendars.model import Blob
from companion.connectors.answers import refuse
from companion.connectors.caldav import bodies
from companion.connectors.caldav.discovery import Calendar
from companion.connectors.caldav.listing import Member
from companion.connectors.caldav.multistatus import key_from
from companion.connectors.caldav.talk import Talk
from companion.connectors.ics_body import checked, version_of

BATCH = 100
_TOO_MUCH = (400, 413, 507)
_CANNOT = (403, 404, 405, 415, 422, 500, 501)  # the report, not the entries
_ENOUGH = 10  # entries refused one by one, after the report was: the server is not well
_VALID = re.compile(rb"\s*BEGIN:VCALENDAR", re.IGNORECASE)


@dataclass
class Fetched:
    """What a batch brought. `unread`: listed, but not handed out; `same`: how many were known already.

    `halved`: that were too many at once; then `fits` is the most that were not.
    """

    blobs: list[Blob] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    same: int = 0
    halved: bool = False
    fits: int = 0


def fetch(talk: Talk, calendar: Calendar, members: Sequence[Member]) -> Fetched:
    """Fetch the members; what the answer leaves out is asked for by itself."""
    fetched = Fetched()
    _batch(talk, calendar, members, fetched)
    return fetched


def _batch(talk: Talk, calendar: Calendar, members: Sequence[Member], fetched: Fetched) -> None:
    if not members:
        return
    fine = {207, *_TOO_MUCH, *_CANNOT}
    headers = httpx.Headers()
    try:
        reply = talk.ask("REPORT", calendar.href, bodies.entries(member.href for member in members), "1", fine)
        status, headers = reply.status, reply.headers
    except Problem as problem:
        if problem.code != "answer_too_big":
            raise
        status = 413
    if status in _TOO_MUCH and len(members) > 1:
        half = len(members) // 2
        fetched.halved = True
        _batch(talk, calendar, members[:half], fetched)
        _batch(talk, calendar, members[half:], fetched)
        return
    fetched.fits = max(fetched.fits, len(members))
    left = {member.key: member for member in members}
    if status == 207:
        for item in talk.read(reply).items:
            member = left.get(key_from(reply.url, item.href))
            if member is None:
                continue
            if item.status in (404, 410):
                fetched.gone.append(left.pop(member.key).key)
            elif item.data and _VALID.match(item.data):
                del left[member.key]
                fetched.blobs.append(_blob(member, item.etag or member.etag, item.data))
    unread = len(fetched.unread)
    for member in left.values():
        _single(talk, calendar, member, fetched)
        if status != 207 and len(fetched.unread) - unread >= _ENOUGH:
            raise refuse(status, headers, talk.client.account, talk.client.host)


def _single(talk: Talk, calendar: Calendar, member: Member, fetched: Fetched) -> None:
    url = urljoin(calendar.href, member.href)
    try:
        reply = talk.client.ask("GET", url, talk.ticket, headers={"Accept": "text/calendar"}, fine=(200, 404, 410))
        if reply.status != 200:
            fetched.gone.append(member.key)
            return
        data = checked(reply.body, talk.client.account, talk.client.host)
    except Problem as problem:
        if problem.code not in _OF_ONE_ENTRY:
            raise
        fetched.unread.append(member.key)
        return
    fetched.blobs.append(_blob(member, reply.headers.get("etag", "") or member.etag, data))


_OF_ONE_ENTRY = frozenset(
    {"forbidden", "server_error", "answer_unreadable", "answer_too_big", "moved_elsewhere", "redirects_endless",
     "answer_is_page", "calendar_html", "calendar_empty", "calendar_truncated", "calendar_foreign"}
)  # fmt: skip


def _blob(member: Member, etag: str, data: bytes) -> Blob:
    return Blob(member.key, etag or version_of(data), data)
