"""What stands before publishing: how a reader of a team would have it, whom it reaches, and what the gate says."""

from dataclasses import dataclass, replace
from datetime import date

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.programme import checking, publishing, readers
from companion.programme.model import House
from companion.programme.readers import AsReader, Order, Recipients
from companion.programme.releasing import Foreseen
from companion.takeaways.audience import COMPANY, LISTENERS, ME, fits, team_of
from companion.takeaways.gate import Finding, blocking
from companion.takeaways.model import MAILS, PLACES, Channel, Takeaway


@dataclass(frozen=True)
class Wish:
    """What is chosen in the preview. `ways`: names of channels, None for those that are usual."""

    team: str = ""
    language: str = ""  # "" for that of most readers
    ways: tuple[str, ...] | None = None
    also: tuple[str, ...] = ()  # addresses beside the readers
    outside_ok: bool = False


@dataclass(frozen=True)
class Before:
    """A takeaway before it goes out."""

    takeaway: Takeaway
    wish: Wish
    order: Order
    reader: AsReader
    everyone: int  # who may read it, in all teams
    reached: Recipients | None  # None where the order cannot be
    trouble: Problem | None
    foreseen: Foreseen
    holding: tuple[Finding, ...]  # what holds it back
    channels: tuple[Channel, ...]  # those that may carry it
    teams: tuple[str, ...]
    today: date  # the programme's


def look_before(house: House, takeaway: Takeaway, note_id: str, wish: Wish, *, review: bool = False) -> Before:
    """Read all of it."""
    with house.workspace(write=False) as tx:
        known = sorted(tx.takeaways.channels(), key=lambda channel: channel.name)
        teams = tuple(sorted({person.team for person in tx.people.all() if person.team}))
        today = day_of(house.clock(), tx.programme.get().zone)
    channels = tuple(channel for channel in known if takeaway.audience != ME and may_carry(takeaway, channel))
    if wish.ways is None:
        wish = replace(wish, ways=tuple(channel.name for channel in channels if channel.kind in PLACES))
    order, reached, trouble = _order(house, takeaway, wish, channels)
    return Before(
        takeaway, wish, order, readers.as_reader(house, takeaway, wish.team, wish.language),
        readers.as_reader(house, takeaway).how_many, reached, trouble,
        publishing.foreseen(house, takeaway, review=review),
        tuple(blocking(checking.findings(house, takeaway, note_id))) if not review else (), channels, teams, today,
    )  # fmt: skip


def may_carry(takeaway: Takeaway, channel: Channel) -> bool:
    """Whether a channel may take it; what is bound to no audience is for everyone, unless it is mail."""
    return fits(takeaway.audience, channel.audience or ("" if channel.kind in MAILS else COMPANY))


def first_team(takeaway: Takeaway, own: str, teams: tuple[str, ...]) -> str:
    """As whose reader it is shown first: the team it is for, else one that is not the author's."""
    if takeaway.audience in (LISTENERS, ME):
        return ""
    return team_of(takeaway.audience) or next((team for team in teams if team != own), own)


def _order(
    house: House, takeaway: Takeaway, wish: Wish, channels: tuple[Channel, ...]
) -> tuple[Order, Recipients | None, Problem | None]:
    """The order as it is wished: addresses beside the readers where both are."""
    ways = tuple(channel.name for channel in channels if channel.name in (wish.ways or ()))
    order = Order(ways, wish.also, wish.outside_ok)
    try:
        mails = any(channel.kind in MAILS for channel in channels if channel.name in ways)
        if wish.also and mails:
            everyone = readers.recipients(house, takeaway, Order(ways)).addresses
            order = Order(ways, (*everyone, *wish.also), wish.outside_ok)
        return order, readers.recipients(house, takeaway, order), None
    except Problem as problem:
        return order, None, problem
