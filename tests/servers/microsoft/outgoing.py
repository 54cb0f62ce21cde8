"""What is posted: mail to send, and the question who is free."""

import base64
import binascii
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from servers.microsoft.entries import zone_of
from servers.microsoft.faults import error
from servers.microsoft.mailbox import User
from servers.microsoft.serving import Answer, Asked, answer
from servers.microsoft.tokens import Grant

DIGITS = {"free": "0", "tentative": "1", "busy": "2", "oof": "3", "workingElsewhere": "4"}
MOST = 20  # people in one question


@dataclass
class Sent:
    """A mail that left: as MIME, or as JSON where it was given so."""

    sender: str
    mime: EmailMessage | None
    json: Any = None


@dataclass
class Outgoing:
    """What was sent, and whose schedule nobody may see."""

    sent: list[Sent] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    biggest: int = 4 * 1024 * 1024  # bytes of one request

    def reply(self, asked: Asked, grant: Grant, user: User, rest: str, users: dict[str, User]) -> Answer:
        """An answer to a POST."""
        if grant.user is not None and grant.user is not user:
            return error(403, "ErrorAccessDenied")
        if rest == "sendMail":
            return self._send(asked, user) if "Mail.Send" in grant.scopes else error(403, "ErrorAccessDenied")
        if rest == "calendar/getSchedule":
            may = grant.scopes & {"Calendars.Read", "Calendars.ReadBasic", "Calendars.Read.Shared"}
            return self._schedules(asked.json, users) if may else error(403, "ErrorAccessDenied")
        return error(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.")

    def _send(self, asked: Asked, user: User) -> Answer:
        if len(asked.body) > self.biggest:
            return error(413, "ErrorMessageSizeExceeded")
        if asked.headers.get("content-type", "").startswith("text/plain"):
            try:
                mime = message_from_bytes(base64.b64decode(asked.body, validate=True), policy=policy.default)
            except binascii.Error:
                return error(400, "ErrorMimeContentInvalidBase64String")
            self.sent.append(Sent(user.address, mime))
        elif isinstance(asked.json, dict) and "message" in asked.json:
            self.sent.append(Sent(user.address, None, asked.json))
        else:
            return error(400, "ErrorInvalidRequest")
        return answer(202)

    def _schedules(self, told: Any, users: dict[str, User]) -> Answer:
        try:
            first, last = (_when(told[name]) for name in ("startTime", "endTime"))
            wanted, step = list(told["schedules"]), int(told.get("availabilityViewInterval", 30))
        except (KeyError, TypeError, ValueError):
            return error(400, "ErrorInvalidParameter")
        if len(wanted) > MOST:
            return error(400, "ErrorTooManyMailboxes", f"More than {MOST} schedules.")
        entries = [self._schedule(address, users.get(address.lower()), first, last, step) for address in wanted]
        return answer(200, {"value": entries})

    def _schedule(self, address: str, user: User | None, first: datetime, last: datetime, step: int) -> dict[str, Any]:
        if user is None or not user.mailbox or address.lower() in self.hidden:
            code = "ErrorMailRecipientNotFound" if user is None else "ErrorNoFreeBusyAccess"
            return {"scheduleId": address, "availabilityView": "", "error": {"responseCode": code, "message": "No."}}
        items = [one for one in user.calendar.view(first, last) if not one.entry.cancelled]
        times = [(one.entry.start, one.end, one.entry.show_as, one.entry.title) for one in items]
        times += [(start, end, "oof", "Away") for start, end in user.away if start < last and end > first]
        steps = range(max(1, round((last - first) / timedelta(minutes=step))))
        slots = [(first + n * timedelta(minutes=step), first + (n + 1) * timedelta(minutes=step)) for n in steps]
        view = "".join(
            max((DIGITS.get(word, "2") for a, b, word, _ in times if a < end and b > start), default="0")
            for start, end in slots
        )
        told = [{"status": word, "subject": title, "start": _slot(a), "end": _slot(b)} for a, b, word, title in times]
        return {"scheduleId": address, "availabilityView": view, "scheduleItems": told, "workingHours": {}}


def _when(told: dict[str, str]) -> datetime:
    return datetime.fromisoformat(told["dateTime"][:19]).replace(tzinfo=zone_of(told["timeZone"]))


def _slot(when: datetime) -> dict[str, str]:
    return {"dateTime": f"{when:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"}
