"""What the page of a customer reads, and how what waits on this device lies over what the workspace told last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.briefs.model import Brief
from companion.customers.memory import Fact
from companion.customers.model import Contact
from companion.desktop.customer.drafts import Draft, drafts
from companion.desktop.customer.editor import Offered
from companion.programme import memory
from companion.programme.kept_briefs import kept
from companion.programme.model import House
from companion.programme.views.customer import CustomerPage, Goal, Quote, Remembered, TheirPerson, customer_page


@dataclass(frozen=True)
class Seen:
    """A customer as it was read; without a page where the workspace was away, or does not show it (`problem`)."""

    page: CustomerPage | None
    offered: Offered
    drafts: tuple[tuple[str, Draft], ...]
    waits: tuple[Fact, ...]  # written here, not crossed yet
    people: tuple[Contact, ...] = ()  # of theirs, as written here and not crossed yet
    problem: Problem | None = None
    brief: Brief | None = None  # the newest one kept here of them, where there is no page

    @property
    def away(self) -> bool:
        """Whether the workspace could not be asked."""
        return self.problem is not None and self.problem.code in memory.AWAY


def read_customer(house: House, customer_id: str) -> Seen:
    """Read one customer's page away from the window."""
    begun = tuple(drafts(house, customer_id).items())
    waits = tuple(one for one in memory.waiting(house) if one.customer_id == customer_id)
    them = tuple(one for one in memory.waiting_contacts(house) if one.customer_id == customer_id)
    try:
        page = customer_page(house, customer_id)
        with house.workspace(write=False) as tx:
            ours = [one for one in tx.people.all() if one.kind != "group"]
    except Problem as problem:
        mine = [one for one in kept(house) if one.customer_id == customer_id and one.address == house.me]
        brief = max(mine, key=lambda one: one.made, default=None) if problem.code in memory.AWAY else None
        return Seen(None, Offered(), begun, waits, them, problem, brief)
    people = sorted(((one.id, one.name) for one in ours), key=lambda one: one[1].casefold())
    contacts = tuple((one.contact.id, one.contact.name or one.contact.address) for one in page.people)
    teams = tuple(sorted({one.team for one in ours if one.team}, key=str.casefold))
    return Seen(page, Offered(contacts, tuple(people), teams), begun, waits, them)


def today_of(page: CustomerPage) -> date:
    """The programme's day."""
    return day_of(page.now, page.zone)


def every_fact(page: CustomerPage) -> dict[str, Remembered]:
    """All that is remembered, by id."""
    goals = [one for goal in (*page.goals, *page.past_goals) for one in (goal.now, *goal.before)]
    found = [one for _topic, one in page.who if one is not None]
    found += [one.fact for one in page.quotes if one.fact is not None]
    found += [*goals, *page.bought, *page.touches, *page.promises, *page.past_promises, *page.avoid]
    return {one.fact.id: one for one in (*found, *page.front_line, *page.ended)}


def laid_over(page: CustomerPage, waits: Iterable[Fact], people: Iterable[Contact] = ()) -> CustomerPage:
    """The page with what was written here and has not crossed yet; the last word on each counts."""
    known = every_fact(page)
    for contact in people:
        same = [one.contact.id for one in page.people]
        fresh = TheirPerson(contact, (), (), 0)
        if contact.id in same:
            fresh = replace(page.people[same.index(contact.id)], contact=contact)
        page = replace(page, people=(*(one for one in page.people if one.contact.id != contact.id), fresh))
    for fact in waits:
        page = _with(page, _now(known.get(fact.id), fact, page))
    return page


def _now(known: Remembered | None, fact: Fact, page: CustomerPage) -> Remembered:
    contact = next((one.contact.name for one in page.people if one.contact.id == fact.contact_id), "")
    if known is None:
        return Remembered(fact, False, "", "", "", contact, (), ())
    return replace(known, fact=fact, contact=contact or known.contact)


def _with(page: CustomerPage, one: Remembered) -> CustomerPage:
    kind = one.fact.kind
    if kind == "who":
        return replace(page, who=tuple((topic, one if topic == one.fact.topic else old) for topic, old in page.who))
    if kind == "goal":
        return _with_goal(page, one)
    if kind == "quote":
        fact = one.fact
        made = Quote(fact.text, fact.role, fact.may_quote, fact.heard_on, None, one.by, fact.source, one.old, fact=one)
        same = [quote.fact.fact.id if quote.fact else "" for quote in page.quotes]
        if fact.id in same:
            at = same.index(fact.id)
            made = replace(made, meeting=page.quotes[at].meeting)
            return replace(page, quotes=(*page.quotes[:at], made, *page.quotes[at + 1 :]))
        return replace(page, quotes=(made, *page.quotes))
    if kind == "bought":
        return replace(page, bought=_put(page.bought, one))
    if kind == "touch":
        return replace(page, touches=_put(page.touches, one))
    if kind == "avoid":
        return replace(page, avoid=_put(page.avoid, one))
    if kind == "front_line":
        return replace(page, front_line=_put(page.front_line, one))
    past = any(old.fact.id == one.fact.id for old in page.past_promises)
    if past:
        return replace(page, past_promises=_put(page.past_promises, one))
    return replace(page, promises=_put(page.promises, one))


def _with_goal(page: CustomerPage, one: Remembered) -> CustomerPage:
    goals = [*page.goals, *page.past_goals]
    for goal in goals:
        if goal.now.fact.id == one.fact.id:
            fresh = replace(goal, now=one)
            return replace(
                page, goals=tuple(fresh if old is goal else old for old in page.goals),
                past_goals=tuple(fresh if old is goal else old for old in page.past_goals),
            )  # fmt: skip
    former = next((goal for goal in goals if one.fact.follows == goal.now.fact.id), None)
    if former is None:
        return replace(page, goals=(Goal(one, ()), *page.goals))
    fresh = Goal(one, (former.now, *former.before))
    return replace(
        page, goals=(fresh, *(old for old in page.goals if old is not former)),
        past_goals=tuple(old for old in page.past_goals if old is not former),
    )  # fmt: skip


def _put(held: Sequence[Remembered], one: Remembered) -> tuple[Remembered, ...]:
    if any(old.fact.id == one.fact.id for old in held):
        return tuple(one if old.fact.id == one.fact.id else old for old in held)
    return (one, *held)
