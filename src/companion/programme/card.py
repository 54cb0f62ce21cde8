"""The opening card: one story a week for each team, to open a meeting with a customer."""

from dataclasses import dataclass
from datetime import date, timedelta

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.programme.model import House
from companion.programme.views.ground import Ground, ground
from companion.takeaways.audience import fits, parse
from companion.takeaways.model import Takeaway

WEEKS = 8  # for which a story is not shown again, where there is another
LONGEST = 60  # weeks that are looked back over


@dataclass(frozen=True)
class Card:
    """One slide. Only what readers of the team see anyway."""

    takeaway: Takeaway
    team: str
    about: str  # who the customer is, in one line; "" where it goes by another name
    author: str
    week: date  # its Monday


def card(house: House, team: str, skip: int = 0) -> Card:
    """The team's story of this week, or one further in the row; Problems `team_unknown`, `card_none`."""
    facts = ground(house)
    audience = parse(f"team:{team}", {person.team for person in facts.people if person.team})
    stories = [t for t in facts.takeaways if _shows(facts, t, audience)]
    name = audience.removeprefix("team:")
    if not stories:
        raise Problem("card_none", team=name)
    week = facts.today - timedelta(days=facts.today.weekday())
    first = of_week(stories, week, facts.zone)
    row = [first, *(one for one in _best(stories) if one.id != first.id)]
    chosen = row[skip % len(row)]
    customer = facts.customer(chosen.customer_id)
    about = customer.segment if customer.name == chosen.customer_name else ""  # an alias stays one
    return Card(chosen, name, about, facts.name(chosen.author_id), week)


def of_week(stories: list[Takeaway], week: date, zone: str) -> Takeaway:
    """Which of them a week (its Monday) shows: the newest with a quote that none of the weeks before showed.

    It follows from what was published, so that every machine shows the same one and nothing has to be kept.
    """
    days = {one.id: day_of(one.published, zone) for one in stories if one.published}
    shown: dict[str, date] = {}
    begin = min([*days.values(), week])
    at = max(begin - timedelta(days=begin.weekday()), week - timedelta(weeks=LONGEST))
    while True:
        there = [one for one in stories if days.get(one.id, week) < at + timedelta(days=7)] or stories
        fresh = [one for one in there if one.id not in shown or shown[one.id] < at - timedelta(weeks=WEEKS)]
        pick = _best(fresh)[0] if fresh else min(there, key=lambda one: (shown[one.id], one.id))
        if at >= week:
            return pick
        shown[pick.id] = at
        at += timedelta(days=7)


def _best(stories: list[Takeaway]) -> list[Takeaway]:
    return sorted(
        stories, key=lambda one: (bool(one.quote), one.published.timestamp() if one.published else 0.0, one.id),
        reverse=True,
    )  # fmt: skip


def _shows(facts: Ground, takeaway: Takeaway, audience: str) -> bool:
    told = takeaway.told_on is None and takeaway.published is not None
    return told and facts.state(takeaway) == "out" and fits(takeaway.audience, audience)
