"""Attendance reports of Teams, read as whoever organised the meeting; held in memory, nothing of them is kept here."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import parse_qs, quote, unquote, urlsplit

from companion.attendance.report import Joined, Report
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.calendars.signin import APP
from companion.connectors.microsoft.graph.line import GraphError, GraphLine
from companion.connectors.microsoft.signin.scopes import JOIN_REPORTS
from companion.people.addresses import normal

_MOST = 50  # reports of one meeting, which is as many as Teams keeps
_PHONE = re.compile(r"[+*\d][\d\s*().X/-]{5,}", re.IGNORECASE)  # how Teams names who dialled in, masked or not
_NONE_HERE = frozenset({400, 404})  # a link that leads to no meeting of theirs
_FINE = frozenset({403, 404})  # about one meeting, not about the account
Kind = Literal["person", "phone", "anonymous"]
Span = tuple[datetime, datetime]


class GraphReports:
    """Implements `attendance.report.ReportSource` for the meetings of whoever the account signs in as.

    The reports of one online meeting are listed once, however many of its occurrences are asked for.
    """

    def __init__(self, account: Account, line: GraphLine) -> None:
        self._account, self._line = account, line
        self._listed: dict[str, tuple[str, list[dict[str, Any]]]] = {}  # link -> (path of its reports, their heads)

    def reports(self, link: str, organiser: str, ticket: Ticket, during: Span | None = None) -> list[Report]:
        """All reports of the online meeting behind a join link; rows are filled only where a session lies in `during`.

        Problems: ms_meeting_elsewhere where another firm or person organised it, ms_reports_not_allowed where IT has
        to allow it, and what any request may end in.
        """
        try:
            path, heads = self._heads(link, organiser, ticket)
            return [self._whole(path, head, ticket, during) for head in heads]
        except GraphError as error:
            problem = self._refusal(error)
            if problem is None:
                raise
            raise problem from error

    def close(self) -> None:
        """Hang up."""
        self._listed = {}
        self._line.close()

    def _heads(self, link: str, organiser: str, ticket: Ticket) -> tuple[str, list[dict[str, Any]]]:
        if link not in self._listed:
            meeting = self._meeting(link, organiser, ticket)
            path = f"{self._organised_by(link, organiser)}/onlineMeetings/{quote(meeting, safe='')}/attendanceReports"
            self._listed[link] = path, self._list(path, ticket)
        return self._listed[link]

    def _list(self, path: str, ticket: Ticket) -> list[dict[str, Any]]:
        heads: dict[str, dict[str, Any]] = {}
        for page in self._line.pages(path, ticket, scopes=JOIN_REPORTS, account_fine=_FINE):
            heads |= {str(head["id"]): head for head in _objects(page.get("value")) if head.get("id")}
            ticket.step()
            if len(heads) >= _MOST:
                break
        return list(heads.values())[:_MOST]

    def _meeting(self, link: str, organiser: str, ticket: Ticket) -> str:
        """The online meeting's id; Problem `ms_meeting_elsewhere` where the account has none behind this link."""
        if self._is_foreign(link):
            raise self._elsewhere()
        answer = self._line.get(
            f"{self._organised_by(link, organiser)}/onlineMeetings", ticket, scopes=JOIN_REPORTS,
            params={"$filter": "JoinWebUrl eq '{}'".format(link.replace("'", "''"))}, account_fine=_FINE,
        )  # fmt: skip
        found = next((str(one["id"]) for one in _objects(answer.get("value")) if one.get("id")), "")
        if not found:
            raise self._elsewhere()
        return found

    def _organised_by(self, link: str, organiser: str) -> str:
        """Who signed in asks for what is theirs; the collector has to name the organiser, by the id in the link."""
        if self._account.user != APP:
            return "/me"
        return f"/users/{quote(_context(link).get('oid') or organiser, safe='@')}"

    def _is_foreign(self, link: str) -> bool:
        """Whether the link itself names another firm than the one that whoever signed in belongs to."""
        theirs, ours = _context(link).get("tid", ""), self._account.user.rpartition(".")[2]
        return bool(theirs) and self._account.user != APP and theirs != ours.lower()

    def _whole(self, path: str, head: Mapping[str, Any], ticket: Ticket, during: Span | None) -> Report:
        bare = _report(head)
        if during and bare.start and bare.end and not (bare.start < during[1] and bare.end > during[0]):
            return bare
        answer = self._line.get(
            f"{path}/{quote(str(head['id']), safe='')}", ticket, scopes=JOIN_REPORTS,
            params={"$expand": "attendanceRecords"}, account_fine=_FINE,
        )  # fmt: skip
        return _report({**head, **answer})

    def _refusal(self, error: GraphError) -> Problem | None:
        """What a refusal says of the one meeting asked for; None where it says nothing of it."""
        if error.status == 403:
            return Problem("ms_reports_not_allowed", account=self._account.name)
        return self._elsewhere() if error.status in _NONE_HERE else None

    def _elsewhere(self) -> Problem:
        return Problem("ms_meeting_elsewhere", account=self._account.name)


def _report(told: Mapping[str, Any]) -> Report:
    """A report as Graph tells it, without a title: a series is one online meeting, whatever a day of it is called."""
    rows = tuple(_row(record) for record in _objects(told.get("attendanceRecords")))
    return Report("teams", "", _moment(told.get("meetingStartDateTime")), _moment(told.get("meetingEndDateTime")), rows)


def _row(record: Mapping[str, Any]) -> Joined:
    identity = record.get("identity")
    who: Mapping[str, Any] = identity if isinstance(identity, dict) else {}
    name = str(who.get("displayName") or "").strip()
    seconds = record.get("totalAttendanceInSeconds")
    spans = tuple(_spans(_objects(record.get("attendanceIntervals"))))
    return Joined(
        normal(str(record.get("emailAddress") or "")), name,
        int(seconds) if isinstance(seconds, int | float) else sum(int((e - s).total_seconds()) for s, e in spans),
        spans, _kind(who, name, record.get("emailAddress")),
    )  # fmt: skip


def _kind(who: Mapping[str, Any], name: str, address: Any) -> Kind:
    if address:
        return "person"
    told = str(who.get("@odata.type") or "").lower()
    if "phone" in told or _PHONE.fullmatch(name):
        return "phone"
    return "anonymous" if not name or "guest" in told or "anonymous" in told else "person"


def _spans(intervals: Iterable[Mapping[str, Any]]) -> Iterator[tuple[datetime, datetime]]:
    for interval in intervals:
        came, left = _moment(interval.get("joinDateTime")), _moment(interval.get("leaveDateTime"))
        if came and left and came < left:
            yield came, left


def _moment(told: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _objects(told: Any) -> list[dict[str, Any]]:
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _context(link: str) -> dict[str, str]:
    """What the link says of tenant (tid) and organiser (oid), in lower case; {} where it is a short one."""
    try:
        told = parse_qs(urlsplit(link).query).get("context", [""])[0]
        raw = json.loads(told if told.startswith("{") else unquote(told))
    except ValueError:
        return {}
    return {str(key).lower(): str(value).lower() for key, value in raw.items()} if isinstance(raw, dict) else {}
