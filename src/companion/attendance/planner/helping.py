"""What would seat somebody who is short: each way is tried with the plan as it is before it is said."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from companion.attendance.planner.check import around, bars, faults
from companion.attendance.planner.model import Help, PlanInput, Review, Seat, Sitter

MOST = 3  # ways told for one person
LENGTH = timedelta(hours=1)
_DAY = timedelta(days=1)


def would_help(given: PlanInput, person: Sitter, seats: Collection[Seat]) -> tuple[Help, ...]:
    """Rules to lift, then reviews to add, that would give this person one seat more and break nothing."""
    found = list(_lifted(given, person, seats))[: MOST - 1]
    return (*found, *_added(given, person, seats))[:MOST]


def _lifted(given: PlanInput, person: Sitter, seats: Collection[Seat]) -> Iterator[Help]:
    for review in sorted(given.reviews, key=lambda item: (item.start, item.id)):
        if (review.id, person.id) in seats or not review.counts:
            continue
        customer = review.customer
        wider = {**given.bears, customer: given.bears.get(customer, 0) + 1}
        for kind, eased in (
            ("open", replace(given, closed=given.closed - {review.id})),
            ("never", replace(given, never=given.never - {(person.id, customer)})),
            ("visits", replace(given, bears=wider) if customer in given.bears else given),
        ):
            # What is no fault as things stand would be no help.
            if _fits(eased, person, review, seats) and not _fits(given, person, review, seats):
                yield Help(kind, customer, review.id)


def _added(given: PlanInput, person: Sitter, seats: Collection[Seat]) -> list[Help]:
    """The longest stretch of days on which a review of the best customer for this person would do."""
    if given.span is None:
        return []
    for customer in _customers(given, person):
        best: list[date] = []
        now: list[date] = []
        for day in _working_days(*given.span):
            now = [*now, day] if _would_do(given, person, customer, day, seats) else []
            best = max(best, now, key=len)
        if best:
            return [Help("review", customer, first=best[0], last=best[-1])]
    return []


def _customers(given: PlanInput, person: Sitter) -> list[str]:
    """Customers to ask: those nobody has heard, then those the team has not, then the others this person has not."""
    known = {review.customer for review in given.reviews} | set(given.bears)

    def order(customer: str) -> tuple[bool, bool, bool, str]:
        teams = given.teams.get(customer, frozenset())
        return (customer in person.heard, bool(teams), person.team in teams, customer)

    return sorted((key for key in known if (person.id, key) not in given.never), key=order)


def _would_do(given: PlanInput, person: Sitter, customer: str, day: date, seats: Collection[Seat]) -> bool:
    start = datetime.combine(day, time(10), UTC)
    review = Review("\n", customer, start, start + LENGTH, day)
    return _fits(replace(given, reviews=(*given.reviews, review)), person, review, seats)


def _fits(given: PlanInput, person: Sitter, review: Review, seats: Collection[Seat]) -> bool:
    if bars(given, person, review):
        return False
    customer_of = {item.id: item.customer for item in given.reviews}
    theirs = {seat for seat in seats if customer_of[seat[0]] == review.customer}
    near = around(seats, (review.id, person.id)) | theirs
    return len(faults(given, {*near, (review.id, person.id)})) == len(faults(given, near))


def _working_days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += _DAY
