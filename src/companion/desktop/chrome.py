"""What stands around the pages: who works here, what is unread, how the calendars stand."""

from dataclasses import dataclass
from datetime import datetime

from companion.basics.errors import Problem
from companion.programme.model import House
from companion.programme.views.calendars import CalendarHealth
from companion.programme.views.calendars import calendars as read_calendars
from companion.programme.views.ground import my_ground


@dataclass(frozen=True)
class Chrome:
    """The facts of the window's frame."""

    fresh: bool  # nothing was begun in this profile: the first screen
    unread: int
    calendars: tuple[CalendarHealth, ...]
    now: datetime
    zone: str = "UTC"

    @property
    def last_sync(self) -> datetime | None:
        """When any calendar was read last."""
        return max((item.state.last_ok for item in self.calendars if item.state.last_ok), default=None)


def read_chrome(house: House) -> Chrome:
    """Read them; with the workspace away what this computer knows."""
    try:
        facts = my_ground(house)
        with house.workspace(write=False) as tx:
            empty = tx.meetings.count() == 0
    except Problem as problem:
        if problem.code != "workspace_unreachable":
            raise
        return Chrome(False, 0, (), house.clock())
    with house.device(write=False) as device:
        marks = device.notes.read_marks()
    found = read_calendars(house, runs=1).items
    fresh = not found and not facts.people and not facts.programme.our_domains
    invited = bool(house.me) and not found and empty
    return Chrome(fresh or invited, len(facts.unread(marks)), found, facts.now, facts.zone)
