"""When a meeting's join report is looked for: soon after its end, then ever more rarely, and not for ever. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from companion.attendance.report import Look, Outcome
from companion.meetings.model import Meeting

READY = timedelta(minutes=15)  # Teams needs a while to write a report
REOPENED = timedelta(hours=4, minutes=30)  # until then a meeting that was left may be joined again
OLDEST = timedelta(days=300)  # reports go after a year, and sooner in long series; so old, nobody expects one
KEPT = timedelta(days=365)  # how long Teams keeps a report
_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
_TEAMS = ("teams.microsoft.com", "teams.microsoft.us", "teams.cloud.microsoft")  # teams.live.com keeps no reports
_WEEKLY = 4  # looks, after those of the first week


def is_teams(link: str) -> bool:
    """Whether a join link leads to a meeting of Teams that may have reports."""
    try:
        host = (urlsplit(link).hostname or "").lower()
    except ValueError:
        return False
    return any(host == one or host.endswith(f".{one}") for one in _TEAMS)


def wanted(
    meetings: Iterable[Meeting], looks: Mapping[str, Look], organisers: Collection[str], now: datetime
) -> list[Meeting]:
    """The past meetings of these organisers (normalised addresses) whose report is due, first what goes first."""
    found = [
        meeting for meeting in meetings
        if meeting.organiser is not None and meeting.organiser.address in organisers
        and meeting.end + READY < now < meeting.end + OLDEST
        and meeting.status != "cancelled" and not meeting.all_day and is_teams(meeting.link)
        and is_due(looks.get(meeting.id), now)
    ]  # fmt: skip
    return sorted(found, key=lambda meeting: (meeting.end, meeting.id))


def is_due(look: Look | None, now: datetime) -> bool:
    """Whether to look (again)."""
    if look is None:
        return True
    # What lies further ahead than any wait was written by a clock that has been put back since.
    return look.next_at is not None and not now < look.next_at <= now + _WEEK + _DAY


def outcome_of(reports: int, fitting: int, end: datetime, now: datetime) -> Outcome:
    """What a look came to: how many reports the online meeting has, and how many of them are of this occurrence."""
    if fitting:
        return "taken"
    if now - end < _DAY:
        return "none_yet"
    return "unmatched" if reports else "policy"


def after_look(meeting: Meeting, before: Look | None, outcome: Outcome, now: datetime) -> Look:
    """The look to remember: with a report in hand once more after a late return, else hourly, daily, weekly, never."""
    age = now - meeting.end
    if outcome == "taken" or (before and before.outcome == "taken"):  # what was taken once stays taken
        outcome = "taken"
        again = meeting.end + REOPENED
        return Look(meeting.id, now, outcome, _tries(before, outcome), again if now < again else None)
    if outcome == "none_yet":
        return Look(meeting.id, now, outcome, _tries(before, outcome), now + _HOUR)
    if outcome == "not_allowed" or age < _WEEK + _DAY:
        return Look(meeting.id, now, outcome, _tries(before, outcome), now + _DAY)
    late = before if before and before.at - meeting.end >= _WEEK + _DAY else None
    tries = _tries(late, outcome)
    return Look(meeting.id, now, outcome, tries, now + _WEEK if tries < _WEEKLY else None)


def put_off(meeting: Meeting, before: Look | None, now: datetime) -> Look:
    """The look to remember where the answer could not be read: what was known stays, and others go first meanwhile."""
    outcome: Outcome = before.outcome if before else "none_yet"
    tries = before.tries + 1 if before else 1
    return Look(meeting.id, now, outcome, tries, now + min(_HOUR * 2 ** min(tries - 1, 5), _DAY))


def _tries(before: Look | None, outcome: Outcome) -> int:
    return before.tries + 1 if before and before.outcome == outcome else 1
