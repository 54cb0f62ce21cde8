"""Settings: how the accounts stand, people, channels, and what was read and dropped."""

from dataclasses import dataclass

from companion.calendars.model import Ledger
from companion.people.model import Person
from companion.programme.model import House, Programme
from companion.programme.views.calendars import CalendarHealth, calendars
from companion.takeaways.model import Channel


@dataclass(frozen=True)
class Held:
    """A meeting found only in my calendar, or a whole series: it waits for my yes."""

    title: str
    ids: tuple[str, ...]  # of its meetings


@dataclass(frozen=True)
class SettingsView:
    """All that Settings shows."""

    me: str
    programme: Programme
    accounts: tuple[CalendarHealth, ...]  # those that need somebody first
    people: tuple[Person, ...]
    channels: tuple[Channel, ...]
    ledger: Ledger  # of the last reading of each account, added up
    waiting: int  # commands that have not crossed yet
    held: tuple[str, ...]  # titles of meetings that wait for my yes
    secrets_lasting: bool
    home: str
    asking: tuple[Held, ...] = ()  # the held ones with the ids a yes needs


def settings(house: House) -> SettingsView:
    """Read the Settings page."""
    with house.workspace(write=False) as tx:
        programme, people, channels = tx.programme.get(), tx.people.all(), tx.takeaways.channels()
    accounts = calendars(house).items
    with house.device(write=False) as device:
        queue = device.queue.waiting()
    last = [next((run.ledger for run in view.runs if run.ledger.seen), Ledger()) for view in accounts]
    held = [command.body for command in queue if command.held]
    titles = [item["title"] for body in held for item in body.get("put", ())]
    asking = tuple(
        Held(next((item["title"] for item in body.get("put", ())), ""), tuple(body.get("ids", ()))) for body in held
    )
    return SettingsView(
        house.me, programme, accounts, tuple(sorted(people, key=lambda p: (p.team, p.name))),
        tuple(sorted(channels, key=lambda c: c.name)), sum(last, Ledger()), sum(not c.held for c in queue),
        tuple(dict.fromkeys(titles)), house.secrets.lasting, str(house.paths.home), asking,
    )  # fmt: skip
