"""What stands around the pages: who works here, what is unread, when the calendars were read."""

from dataclasses import dataclass
from datetime import datetime

from companion.programme.model import House
from companion.programme.views.ground import my_ground


@dataclass(frozen=True)
class Chrome:
    """The facts of the window's frame."""

    fresh: bool  # nothing was begun in this profile: the first screen
    unread: int
    calendars: int
    last_sync: datetime | None
    now: datetime


def read_chrome(house: House) -> Chrome:
    """Read them."""
    facts = my_ground(house)
    with house.workspace(write=False) as tx:
        empty = tx.meetings.count() == 0
    with house.device(write=False) as device:
        marks = device.notes.read_marks()
        accounts = device.accounts.all()
        times = [device.events.state(account.id).last_ok for account in accounts]
    fresh = not accounts and not facts.people and not facts.programme.our_domains
    invited = bool(house.me) and not accounts and empty
    last = max((at for at in times if at), default=None)
    return Chrome(fresh or invited, len(facts.unread(marks)), len(accounts), last, facts.now)
