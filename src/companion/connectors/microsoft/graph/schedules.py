"""Free and busy of our people, asked of Graph for the time of one review; nothing else of a calendar is read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from companion.attendance.availability import Free
from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.calendars.signin import APP
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.microsoft.signin.scopes import OWN_CALENDAR
from companion.people.addresses import normal

_AT_ONCE = 20  # of addresses, which is what one question may name
_SHORTEST, _LONGEST = 5, 1440  # minutes that one sign of the answer may stand for
_DIGITS = {"0": "free", "1": "tentative", "2": "busy", "3": "oof", "4": "workingelsewhere"}
_WORDS: dict[str, Free] = {
    "free": "free", "workingelsewhere": "free", "tentative": "busy", "busy": "busy", "oof": "away",
}  # fmt: skip
_STRONGEST: tuple[Free, ...] = ("away", "busy", "free")


class GraphSchedules:
    """Implements `attendance.availability.Schedules`; own tenant only, for who signed in or for the collector."""

    def __init__(self, account: Account, line: GraphLine) -> None:
        self._line = line
        # A shared mailbox lends its calendar, not its place in the directory: people ask as themselves.
        self._asker = line.mailbox if account.user == APP else "/me"

    def words(self, addresses: Iterable[str], start: datetime, end: datetime, ticket: Ticket) -> Mapping[str, Free]:
        """One word for each address that the directory answers for. Problem where nothing can be had."""
        walk, found = iter(dict.fromkeys(addresses)), dict[str, Free]()
        while some := list(islice(walk, _AT_ONCE)):
            ticket.step()
            answer = self._line.post(
                f"{self._asker}/calendar/getSchedule", _question(some, start, end), ticket, scopes=OWN_CALENDAR
            )
            found |= _words_of(answer, some, start, end)
        return found

    def close(self) -> None:
        """Hang up."""
        self._line.close()


def _question(addresses: Sequence[str], start: datetime, end: datetime) -> dict[str, Any]:
    minutes = int((end - start).total_seconds() // 60)
    return {
        "schedules": list(addresses),
        "startTime": {"dateTime": _written(start), "timeZone": "UTC"},
        "endTime": {"dateTime": _written(end), "timeZone": "UTC"},
        "availabilityViewInterval": min(max(minutes, _SHORTEST), _LONGEST),
    }


def _words_of(answer: Mapping[str, Any], asked: Sequence[str], start: datetime, end: datetime) -> dict[str, Free]:
    wanted = {normal(address): address for address in asked}
    found: dict[str, Free] = {}
    rows = answer.get("value")
    for row in rows if isinstance(rows, list) else []:
        address = wanted.get(normal(str(row.get("scheduleId") or ""))) if isinstance(row, dict) else None
        if address is None or row.get("error"):
            continue
        word = _word(row, start, end)
        if word:
            found[address] = word
    return found


def _word(row: Mapping[str, Any], start: datetime, end: datetime) -> Free | None:
    """The strongest word of the time; None where the answer does not tell."""
    view, items = row.get("availabilityView"), row.get("scheduleItems")
    told = [_DIGITS.get(sign, "") for sign in view] if isinstance(view, str) else []
    told += [
        str(item.get("status") or "").lower() for item in (items if isinstance(items, list) else [])
        if isinstance(item, dict) and _lies_in(item, start, end)
    ]  # fmt: skip
    words = {_WORDS[one] for one in told if one in _WORDS}
    return next((word for word in _STRONGEST if word in words), None)


def _lies_in(item: Mapping[str, Any], start: datetime, end: datetime) -> bool:
    begins, ends = _read(item.get("start")), _read(item.get("end"))
    return begins is not None and ends is not None and begins < end and ends > start


def _read(told: Any) -> datetime | None:
    """An instant of the answer, which is in UTC since the question was."""
    try:
        moment = datetime.fromisoformat(told["dateTime"])
    except (TypeError, KeyError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
