"""Online meetings and the reports of who joined them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from servers.microsoft.faults import error
from servers.microsoft.mailbox import User
from servers.microsoft.serving import Answer, Asked, answer
from servers.microsoft.shapes import read_prefer
from servers.microsoft.tokens import Grant

Row = tuple[str, str, str, Sequence[tuple[datetime, datetime]]]  # address, name, role, joined and left
MOST = 50  # reports of a meeting


@dataclass
class Session:
    """One report: between its organiser's coming and going; a restart makes another."""

    id: str
    start: datetime
    end: datetime
    rows: tuple[Row, ...]


@dataclass
class Online:
    """One online meeting, of a single event or of a whole series."""

    id: str
    join: str
    organiser: User
    title: str = ""
    co_organisers: set[str] = field(default_factory=set)
    sessions: list[Session] = field(default_factory=list)


@dataclass
class Meetings:
    """All online meetings. `off`: "", policy (no reports are made), forbidden (nobody may), external (not ours)."""

    online: dict[str, Online] = field(default_factory=dict)  # by join URL
    off: str = ""
    app_policy: set[str] = field(default_factory=set)  # organisers for whom the collector was let in

    def report(self, organiser: User, join: str, start: datetime, end: datetime, rows: Iterable[Row]) -> Session:
        """Somebody's meeting was held."""
        meeting = self.of(organiser, join)
        number = sum(len(one.sessions) for one in self.online.values())
        meeting.sessions.append(Session(f"c9b6db1c-d5eb-427d-a5c0-{number:012d}", start, end, tuple(rows)))
        return meeting.sessions[-1]

    def of(self, organiser: User, join: str) -> Online:
        """The online meeting at an address."""
        made = Online(f"MSo1N2Y5ZGFjYy03MWJmLTQ3{len(self.online):04d}", join, organiser)
        return self.online.setdefault(join, made)

    def reply(self, asked: Asked, grant: Grant, user: User, rest: str) -> Answer:
        """An answer for `onlineMeetings…` of a user."""
        scope = "OnlineMeetingArtifact.Read.All" if "attendanceReports" in rest else "OnlineMeetings.Read"
        if scope not in grant.scopes and not (grant.user is None and f"{scope}.All" in grant.scopes):
            return error(403, "Forbidden", f"Missing scope permissions on the request. API requires '{scope}'.")
        if grant.user is None and user.address not in self.app_policy:
            message = "No application access policy found for this app"  # microsoft-graph-docs/issues/12670
            return error(403, "Forbidden", message)
        if grant.user and grant.user is not user:
            return error(403, "Forbidden", "The user is not the one of the token.")
        parts = rest.split("/")
        if len(parts) == 1:
            return self._found(asked, user)
        meeting = next((one for one in self.online.values() if one.id == parts[1]), None)
        if meeting is None or self.off == "external":
            return error(404, "NotFound", "3004: Meeting not found.")
        if self.off == "forbidden" or user.address not in {meeting.organiser.address, *meeting.co_organisers}:
            return error(403, "Forbidden", "3003: User does not have access to lookup meeting.")
        return self._reports(asked, meeting, parts[3:])

    def _found(self, asked: Asked, user: User) -> Answer:
        wanted = re.fullmatch(r"JoinWebUrl eq '(.*)'", asked.query.get("$filter", ""), re.IGNORECASE)
        if wanted is None:
            return error(400, "InvalidArgument", "Filter expression expected: JoinWebUrl eq '...'")
        meeting = self.online.get(wanted[1].replace("''", "'"))
        if meeting is None or self.off == "external":
            return error(404, "NotFound", "3004: Meeting not found.")
        if user.address not in {meeting.organiser.address, *meeting.co_organisers}:
            return error(403, "Forbidden", "3003: User does not have access to lookup meeting.")
        return answer(200, {"value": [{"id": meeting.id, "joinWebUrl": meeting.join, "subject": meeting.title}]})

    def _reports(self, asked: Asked, meeting: Online, rest: list[str]) -> Answer:
        held = [] if self.off == "policy" else meeting.sessions[-MOST:]
        if not rest:
            size = read_prefer(asked.headers["prefer"]).page or int(asked.query.get("$top", 20))
            skip = int(asked.query.get("$skip", 0))
            page: dict[str, Any] = {"value": [_session(one, records=False) for one in held[skip : skip + size]]}
            if skip + size < len(held):
                query = urlencode({**asked.query, "$skip": skip + size})
                page["@odata.nextLink"] = f"https://{asked.host}{quote(asked.path)}?{query}"
            return answer(200, page)
        one = next((session for session in held if session.id == rest[0]), None)
        if one is None:
            return error(404, "NotFound", "Report not found.")
        if rest[1:] == ["attendanceRecords"]:
            return answer(200, {"value": _session(one, records=True)["attendanceRecords"]})
        return answer(200, _session(one, records="attendanceRecords" in asked.query.get("$expand", "")))


def _session(one: Session, *, records: bool) -> dict[str, Any]:
    """A report; the list leaves the records empty."""
    return {
        "id": one.id,
        "totalParticipantCount": len(one.rows),
        "meetingStartDateTime": _instant(one.start),
        "meetingEndDateTime": _instant(one.end),
        "attendanceRecords": [_record(row, n) for n, row in enumerate(one.rows)] if records else [],
    }


def _record(row: Row, number: int) -> dict[str, Any]:
    """A line of a report; guests, phones and rooms may come without an address (microsoft-graph-docs/issues/13629)."""
    address, name, role, spans = row
    intervals = [
        {
            "joinDateTime": _instant(joined),
            "leaveDateTime": _instant(left),
            "durationInSeconds": round((left - joined).total_seconds()),
        }
        for joined, left in spans
    ]
    return {
        "id": f"record-{number}",
        "emailAddress": address or None,
        "totalAttendanceInSeconds": sum(each["durationInSeconds"] for each in intervals),
        "role": role,
        "identity": {"id": f"identity-{number}", "displayName": name, "tenantId": None},
        "attendanceIntervals": intervals,
    }


def _instant(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%S}.1234567Z"
