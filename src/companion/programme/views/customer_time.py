"""What happened with one customer, newest first: meetings, takeaways, tellings, goals, promises and what came of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from companion.basics.clock import day_of
from companion.customers.memory import Fact
from companion.meetings.model import Meeting
from companion.programme.views.ground import Ground
from companion.programme.views.ours import called
from companion.takeaways.model import Action, Takeaway

MomentKind = Literal["meeting", "takeaway", "telling", "goal", "promise", "result"]


@dataclass(frozen=True)
class Moment:
    """One thing that happened. `state`: a meeting's status, or how a goal or a promise ended; "open" as it began.
    `result`: what became of a goal or a promise that ended.
    """

    on: date
    kind: MomentKind
    text: str
    id: str  # of the meeting, takeaway, fact or action
    state: str = ""
    who: tuple[str, ...] = ()  # names of ours
    result: str = ""


def timeline(
    facts: Ground,
    kept: Iterable[tuple[Fact, str]],
    readable: Iterable[Takeaway],
    actions: Iterable[Action],
    *,
    named: bool,
) -> tuple[Moment, ...]:
    """Everything with its day; what has no day is not in it. `kept`: facts with the name of who stands for each."""
    found = [*_meetings(facts, named=named), *_told(facts, readable), *_facts(kept), *_results(facts, actions)]
    return tuple(sorted(found, key=lambda one: (one.on, one.kind, one.id), reverse=True))


def day_in(facts: Ground, meeting: Meeting) -> date:
    """The programme's day of a meeting."""
    return meeting.start.date() if meeting.all_day else day_of(meeting.start, facts.zone)


def _meetings(facts: Ground, *, named: bool) -> Iterator[Moment]:
    for meeting in facts.meetings.values():
        seats = facts.seats_at(meeting.id)
        sat = [(meeting, seat.person_id) for seat in seats if seat.state in ("attended", "accepted")]
        who = called(facts, sat, named=named)
        yield Moment(day_in(facts, meeting), "meeting", meeting.title, meeting.id, meeting.status, who)


def _told(facts: Ground, readable: Iterable[Takeaway]) -> Iterator[Moment]:
    for takeaway in readable:
        if takeaway.published:
            day, who = day_of(takeaway.published, facts.zone), facts.author(takeaway.author_id)
            yield Moment(day, "takeaway", takeaway.headline, takeaway.id, facts.state(takeaway), (who,) if who else ())
    for takeaway in facts.takeaways:
        if takeaway.told_on and takeaway.withdrawn is None:
            who = facts.author(takeaway.author_id)
            yield Moment(takeaway.told_on, "telling", takeaway.headline, takeaway.id, "", (who,) if who else ())


def _facts(kept: Iterable[tuple[Fact, str]]) -> Iterator[Moment]:
    for fact, who in kept:
        if fact.kind not in ("goal", "promise"):
            continue
        kind: MomentKind = "goal" if fact.kind == "goal" else "promise"
        if fact.heard_on:
            yield Moment(fact.heard_on, kind, fact.text, fact.id, "open", (who,) if who else ())
        if fact.ended and fact.state != "open":
            yield Moment(fact.ended, kind, fact.text, fact.id, fact.state, (who,) if who else (), fact.result)


def _results(facts: Ground, actions: Iterable[Action]) -> Iterator[Moment]:
    for action in actions:
        if action.done:
            who = facts.name(action.owner_id)
            text = action.result or action.text
            yield Moment(day_of(action.done, facts.zone), "result", text, action.id, "done", (who,) if who else ())
