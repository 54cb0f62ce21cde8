"""Why somebody sits where, and why somebody sits nowhere, as codes and facts; `words.plan` says them."""

from collections import Counter
from collections.abc import Collection

from companion.attendance.planner.check import around, bars, by_id, faults, first_of
from companion.attendance.planner.model import PlanInput, PlannedSeat, Review, Seat, Sitter
from companion.calendars.model import Reason

UNFIT = ("gone", "own", "credited")  # reviews that never were a choice: nobody is told of them


def planned(given: PlanInput, seats: Collection[Seat]) -> tuple[PlannedSeat, ...]:
    """Every seat of a plan by day, each with what speaks for it."""
    people, reviews = by_id(given)
    ordered = sorted(seats, key=lambda seat: (reviews[seat[0]].start, seat))
    return tuple(
        PlannedSeat(*seat, _kind(given, seat), why_seat(given, people[seat[1]], reviews[seat[0]], seats))
        for seat in ordered
    )


def _kind(given: PlanInput, seat: Seat) -> str:
    if seat in given.agreed:
        return "agreed"
    if seat in given.pins:
        return "pinned"
    return "draft" if seat in given.draft else "new"


def why_seat(given: PlanInput, person: Sitter, review: Review, seats: Collection[Seat]) -> tuple[Reason, ...]:
    """What speaks for one person in one review: the need, the customer, and that they can."""
    found = []
    kind = _kind(given, (review.id, person.id))
    if kind in ("agreed", "pinned"):
        found.append(Reason(kind))
    found.append(Reason("needs", (("needs", str(person.needs)),)) if person.needs else Reason("beyond"))
    found.append(_why_customer(given, person, review))
    if kind != "agreed":
        found.append(Reason("free" if review.id in person.free else "no_clash"))
    beside = [other for meeting, other in sorted(seats) if meeting == review.id and other != person.id]
    if beside or review.sitting:
        found.append(Reason("second", (("person", beside[0] if beside else ""), *_new_there(given, review, seats))))
    return tuple(found)


def _new_there(given: PlanInput, review: Review, seats: Collection[Seat]) -> tuple[tuple[str, str], ...]:
    """Who of those in a review is there for the first time; nobody of the plan where it is somebody outside it."""
    people, reviews = by_id(given)
    first = first_of((reviews[meeting], people[who]) for meeting, who in seats)
    new = sorted(who for who, at in first.items() if people[who].new and at.id == review.id)
    return (("new", new[0]),) if new else ()


def _why_customer(given: PlanInput, person: Sitter, review: Review) -> Reason:
    facts = (("customer", review.customer), ("team", person.team.strip() if "\n" not in person.team else ""))
    teams = given.teams.get(review.customer, frozenset())
    if not teams and not given.visits.get(review.customer):
        return Reason("nobody_heard", facts)
    if facts[1][1] and person.team not in teams:
        return Reason("team_new", facts)
    return Reason("heard_before" if review.customer in person.heard else "leader_new", facts)


def why_short(given: PlanInput, person: Sitter, seats: Collection[Seat]) -> tuple[Reason, ...]:
    """What stands between a person and each review that is not theirs, counted; the most frequent first."""
    mine = [seat for seat in seats if seat[1] == person.id]
    if len(mine) >= person.most:
        return (Reason("most", (("count", str(person.most)),)),)
    counted: Counter[str] = Counter()
    for review in given.reviews:
        if (review.id, person.id) not in seats:
            counted[_between(given, person, review, seats)] += 1
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    facts = [Reason(code, (("count", str(n)),)) for code, n in ordered if code not in UNFIT]
    return tuple(facts) or (Reason("none_left"),)


def _between(given: PlanInput, person: Sitter, review: Review, seats: Collection[Seat]) -> str:
    alone = bars(given, person, review)
    if alone:
        return alone[0]
    seat = (review.id, person.id)
    near = around(seats, seat)
    found = [fault.code for fault in faults(given, {*near, seat}) if fault not in faults(given, near)]
    if found:
        return found[0]
    reviews = {item.id: item for item in given.reviews}
    theirs = [other for other in seats if reviews[other[0]].customer == review.customer]
    return "visits" if any(fault.code == "visits" for fault in faults(given, [*theirs, seat])) else "kept_clear"
