"""The opening card: one story a week for each team, to open a meeting with a customer."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.customers.model import Customer
from companion.programme.model import House
from companion.programme.readers import as_reader
from companion.programme.views.ground import Ground, my_ground
from companion.takeaways.audience import COMPANY, fits, parse, team_of
from companion.takeaways.gate import called
from companion.takeaways.model import Takeaway
from companion.takeaways.origins import origin_of
from companion.takeaways.slide import Slide

WEEKS = 8  # for which a story is not shown again, where there is another
LONGEST = 60  # weeks that are looked back over


@dataclass(frozen=True)
class Card:
    """One slide of a team. Only what its readers, and who opens it, may read anyway."""

    takeaway: Takeaway
    team: str  # "" for everyone
    week: date  # its Monday
    slide: Slide
    number: int = 1  # the story of the week is the first
    of: int = 1


@dataclass(frozen=True)
class Opening:
    """A team's card, and the teams that have one; None where there is nothing to show."""

    team: str
    teams: tuple[str, ...]
    card: Card | None


def opening(house: House, team: str = "", skip: int = 0) -> Opening:
    """A team's story of this week, or one further in the row; "" is the own team. Problem `team_unknown`."""
    facts = my_ground(house)
    teams = sorted({one.team for one in facts.people if one.team and one.end is None and one.kind != "group"})
    own = facts.me.team if facts.me else ""
    wanted = team or own or next(iter(teams), "")
    audience = parse(f"team:{wanted}", teams) if wanted else COMPANY
    name = team_of(audience)
    stories = _stories(house, facts, audience)
    if not stories:
        return Opening(name, tuple(teams), None)
    week = facts.today - timedelta(days=facts.today.weekday())
    first = of_week(stories, week, facts.zone)
    row = [first, *(one for one in sorted(stories, key=_worth, reverse=True) if one.id != first.id)]
    number = skip % len(row)
    return Opening(name, tuple(teams), _card(house, facts, row[number], name, week, (number + 1, len(row))))


def card(house: House, team: str = "", skip: int = 0) -> Card:
    """As `opening`; Problem `card_none` where there is nothing to show."""
    found = opening(house, team, skip)
    if found.card is None:
        raise Problem("card_none", team=found.team)
    return found.card


def keep_page(card: Card, path: Path) -> None:
    """Write the card as a page that stands alone. Problem `file_not_written`."""
    try:
        path.write_text(card.slide.html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Problem("file_not_written", path=str(path), reason=error.strerror or type(error).__name__) from error


def of_week(stories: Collection[Takeaway], week: date, zone: str) -> Takeaway:
    """Which of them a week (its Monday) shows: the newest with a quote that none of the weeks before showed.

    It follows from what was published, so that every machine shows the same one and nothing has to be kept.
    """
    days = {one.id: day_of(one.published, zone) for one in stories if one.published}
    shown: dict[str, date] = {}
    begin = min([*days.values(), week])
    at = max(begin - timedelta(days=begin.weekday()), week - timedelta(weeks=LONGEST))
    while True:
        there = [one for one in stories if days.get(one.id, week) < at + timedelta(days=7)] or list(stories)
        fresh = [one for one in there if one.id not in shown or shown[one.id] < at - timedelta(weeks=WEEKS)]
        pick = max(fresh, key=_worth) if fresh else min(there, key=lambda one: (shown[one.id], one.id))
        if at >= week:
            return pick
        shown[pick.id] = at
        at += timedelta(days=7)


def _worth(one: Takeaway) -> tuple[bool, float, str]:
    quoted = bool(one.quote.strip()) and origin_of(one, "quote") in ("", "verbatim")
    return quoted, one.published.timestamp() if one.published else 0.0, one.id


def _stories(house: House, facts: Ground, audience: str) -> list[Takeaway]:
    """What is out for that audience, and not beyond what who asks may read; ops show any team its own."""
    every = not house.workspace_shared or (facts.me is not None and facts.me.kind == "ops")
    mine = set() if every else {one.id for one in facts.readable()}
    return [
        one for one in facts.takeaways
        if one.told_on is None and one.published is not None and facts.state(one) == "out"
        and fits(one.audience, audience) and (every or one.id in mine)
    ]  # fmt: skip


def _card(
    house: House, facts: Ground, takeaway: Takeaway, team: str, week: date, place: tuple[int, int]
) -> Card:  # fmt: skip
    customer = facts.customer(takeaway.customer_id)
    shown = replace(takeaway, customer_name=_name(takeaway, customer))
    about = customer.segment if shown.customer_name == customer.name else ""  # an alias stays one
    slide = house.render_card(as_reader(house, shown, team).parcel, about, team, week)
    return Card(shown, team, week, slide, *place)


def _name(takeaway: Takeaway, customer: Customer) -> str:
    """The customer's name as it may be read today, also where the alias came after the takeaway."""
    return called(customer) if takeaway.customer_name == customer.name else takeaway.customer_name
