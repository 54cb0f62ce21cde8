"""What the window reminds somebody of: their own meetings, each moment once, never in their quiet hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from companion.basics.errors import Problem
from companion.basics.settings import read_settings
from companion.briefs.model import Brief
from companion.programme.model import DeviceTx, House
from companion.programme.moments import AFTER, FORGOTTEN, Coming, Moment, Reminder, due_reminders, read_quiet
from companion.programme.views.ground import Ground, my_ground

COMING = frozenset({"accepted"})  # before: who said yes, or the calendar did
SAT = frozenset({"accepted", "attended", "unknown"})  # after: whoever was coming and is not known to have been absent
OFF = frozenset({"cancelled", "gone"})


@dataclass(frozen=True)
class Due:
    """What is to be shown now, earliest meeting first; `zone`: in which its times are told."""

    reminders: tuple[Reminder, ...]
    zone: str


def due(house: House) -> Due:
    """What is to be shown now; of what this computer keeps where the workspace is away.

    Problem `quiet_wrong` where the quiet hours of the settings cannot be read.
    """
    settings, _dropped = read_settings(house.paths.settings)
    minutes = int(settings.remind) if settings.remind.isdecimal() else 0
    now = house.clock()
    near, zone = _near(house, now)
    with house.device(write=False) as device:
        told = {one.meeting_id: _told(device, one) for one in near}
        written = {one.meeting_id for one in near if _has_lines(device, one.meeting_id)}
    quiet = read_quiet(settings.quiet, weekends=False)
    found = due_reminders(near, told, now, minutes=minutes, quiet=quiet, zone_name=zone)
    wanted: dict[Moment, bool] = {"before": minutes > 0, "after": settings.remind_after != "no"}
    # Whoever has written already needs nobody to tell them to.
    shown = (one for one in found if wanted[one.moment] and not (one.moment == "after" and _id(one) in written))
    return Due(tuple(shown), zone)


def shown(house: House, reminder: Reminder) -> None:
    """It was shown on this computer, and is not again."""
    with house.device() as device:
        device.reminders.put(reminder.about.meeting_id, reminder.key, house.clock())


def _id(reminder: Reminder) -> str:
    return reminder.about.meeting_id


def _told(device: DeviceTx, coming: Coming) -> list[str]:
    keys = (Reminder(moment, coming).key for moment in get_args(Moment))
    return [key for key in keys if device.reminders.told(coming.meeting_id, key)]


def _has_lines(device: DeviceTx, meeting_id: str) -> bool:
    note = device.notes.of_meeting(meeting_id)
    return note is not None and bool(note.lines or any(note.answers.values()))


def _near(house: House, now: datetime) -> tuple[list[Coming], str]:
    try:
        facts = my_ground(house)
    except Problem:
        with house.device(write=False) as device:
            kept = [one for one in device.briefs.all() if one.address == house.me and not one.all_day]
        return _lately(map(_of_brief, kept), now), kept[0].zone if kept else "UTC"
    return _lately(_mine(facts), now), facts.zone


def _lately(coming: Iterable[Coming], now: datetime) -> list[Coming]:
    return [one for one in coming if one.end + AFTER + FORGOTTEN > now]


def _mine(facts: Ground) -> list[Coming]:
    if facts.me is None:
        return []
    found = []
    for seat in facts.seats_of(facts.me.id):
        meeting = facts.meetings[seat.meeting_id]
        over = meeting.end <= facts.now
        if seat.state not in (SAT if over else COMING) or meeting.status in OFF or meeting.all_day:
            continue
        customer = facts.customer(meeting.customer_id).name
        found.append(
            Coming(meeting.id, meeting.start, meeting.end, meeting.title, customer, meeting.place, meeting.link)
        )
    return found


def _of_brief(brief: Brief) -> Coming:
    return Coming(brief.meeting_id, brief.start, brief.end, brief.title, brief.customer, brief.place, brief.link)
