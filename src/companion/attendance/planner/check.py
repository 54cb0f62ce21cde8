"""Every hard rule, said once: what bars a seat by itself, and what is wrong with seats taken together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from companion.attendance.planner.model import BUFFER, YEAR, PlanInput, Review, Seat, Sitter

Code = Literal[
    "gone",  # it does not take place, or does not count
    "closed",
    "not_here",  # a veto, or this person not there
    "never",
    "own",  # the person hosts it
    "said_no",
    "role",  # before the first or after the last day
    "leave",
    "busy",
    "taken",  # sits elsewhere, half an hour between
    "credited",  # the customer was heard that day already
    "clash",  # two seats of the plan, half an hour between
    "same_day",  # two of one customer on one day: one credit
    "one_a_day",  # another seat of theirs is on that day
    "full",
    "most",
    "visits",
    "unknown",  # no such person or review
    "pin",  # a pin that is not in the plan
]
LASTING: frozenset[Code] = frozenset({"gone", "closed", "not_here", "never", "role", "leave"})  # undo agreed ones too


@dataclass(frozen=True)
class Fault:
    """One broken rule. `other`: the second review, where two do not go together."""

    code: Code
    meeting_id: str
    person_id: str = ""
    other: str = ""


def bars(given: PlanInput, person: Sitter, review: Review) -> list[Code]:
    """What speaks against a person in a review, whatever else is planned; [] where nothing does."""
    found: list[tuple[Code, bool]] = [
        ("gone", not review.counts),
        ("closed", review.id in given.closed),
        ("not_here", (review.id, person.id) in given.not_here),
        ("never", (person.id, review.customer) in given.never),
        ("own", review.id in person.hosts),
        ("said_no", review.id in person.said_no),
        ("role", bool((person.first and review.day < person.first) or (person.last and review.day > person.last))),
        ("leave", any(first <= review.day <= last for first, last in person.away)),
        ("busy", review.id in person.busy),
        ("taken", any(start < review.end + BUFFER and review.start < end + BUFFER for start, end in person.taken)),
        ("credited", (review.customer, review.day) in person.credits),
        ("one_a_day", review.day in person.days and (review.id, person.id) not in given.pins),
    ]
    return [code for code, broken in found if broken]


def clashing(one: Review, two: Review) -> Code | None:
    """Why one person is not planned for both: half an hour lies between seats, and a day has one of them."""
    if one.start < two.end + BUFFER and two.start < one.end + BUFFER:
        return "clash"
    if one.day != two.day:
        return None
    return "same_day" if one.customer == two.customer else "one_a_day"


def overfull(listeners: int, one_is_new: bool) -> bool:
    """Whether that many are too many: one listens, two where one of them is new."""
    return listeners > (2 if one_is_new else 1)


def first_of(seats: Iterable[tuple[Review, Sitter]]) -> dict[str, Review]:
    """Each person's earliest review: there, and only there, somebody new is there for the first time."""
    found: dict[str, Review] = {}
    for review, person in seats:
        known = found.get(person.id)
        if known is None or (review.start, review.id) < (known.start, known.id):
            found[person.id] = review
    return found


def around(seats: Iterable[Seat], seat: Seat) -> set[Seat]:
    """The seats of a plan that decide whether one more of them breaks a rule, those of its customer left out.

    They are the person's own, those beside them, and all of who sits beside them: it depends on those who is new.
    """
    seats = list(seats)
    places = {meeting for meeting, who in seats if who == seat[1]} | {seat[0]}
    people = {who for meeting, who in seats if meeting in places} | {seat[1]}
    return {one for one in seats if one[1] in people}


def faults(given: PlanInput, seats: Iterable[Seat]) -> list[Fault]:
    """Every hard rule that a plan breaks. What was agreed is not the plan's fault, unless a lasting rule undoes it."""
    people = {person.id: person for person in given.people}
    reviews = {review.id: review for review in given.reviews}
    seats = sorted(set(seats))
    strange = [seat for seat in seats if seat[0] not in reviews or seat[1] not in people]
    known = [(reviews[meeting], people[person]) for meeting, person in seats if (meeting, person) not in strange]
    found = [Fault("unknown", *seat) for seat in strange]
    for review, person in known:
        agreed = (review.id, person.id) in given.agreed
        codes = bars(given, person, review)
        found += [Fault(code, review.id, person.id) for code in codes if not agreed or code in LASTING]
    found += _of_people(given, known) + _of_reviews(given, known) + _of_customers(given, known)
    return found


def pins_missing(pins: Iterable[Seat], seats: Iterable[Seat], refused: Iterable[Seat]) -> list[Fault]:
    """Pins that neither stand in the plan nor were refused in words."""
    there = {*seats, *refused}
    return [Fault("pin", *pin) for pin in pins if pin not in there]


def _of_people(given: PlanInput, known: list[tuple[Review, Sitter]]) -> list[Fault]:
    found: list[Fault] = []
    mine: dict[str, list[Review]] = {}
    for review, person in known:
        mine.setdefault(person.id, []).append(review)
    most = {person.id: person.most for _, person in known}
    for person_id, reviews in mine.items():
        planned = [review for review in reviews if (review.id, person_id) not in given.agreed]
        if planned and len(reviews) > most[person_id]:
            found.append(Fault("most", planned[0].id, person_id))
        for at, one in enumerate(reviews):
            for two in reviews[at + 1 :]:
                code = clashing(one, two)
                if code == "one_a_day":  # a pin may stand beside another seat on its day
                    planned_here = [item for item in planned if (item.id, person_id) not in given.pins]
                else:
                    planned_here = planned
                if code and (one in planned_here or two in planned_here):
                    found.append(Fault(code, one.id, person_id, two.id))
    return found


def _of_reviews(given: PlanInput, known: list[tuple[Review, Sitter]]) -> list[Fault]:
    there: dict[str, list[tuple[Review, Sitter]]] = {}
    for review, person in known:
        there.setdefault(review.id, []).append((review, person))
    found: list[Fault] = []
    first = first_of(known)
    for review_id, seats in there.items():
        review = seats[0][0]
        planned = any((review_id, person.id) not in given.agreed for _, person in seats)
        one_is_new = review.sitting_new or any(person.new and first[person.id] is review for _, person in seats)
        if planned and overfull(review.sitting + len(seats), one_is_new):
            found.append(Fault("full", review_id))
    return found


def _of_customers(given: PlanInput, known: list[tuple[Review, Sitter]]) -> list[Fault]:
    found: list[Fault] = []
    theirs: dict[str, list[tuple[date, Review, bool]]] = {}
    for review, person in known:
        agreed = (review.id, person.id) in given.agreed
        theirs.setdefault(review.customer, []).append((review.day, review, agreed))
    for customer, seats in theirs.items():
        bears = given.bears.get(customer)
        if bears is None:
            continue
        days = [*given.visits.get(customer, ()), *(day for day, _, _ in seats)]
        for last in sorted(set(days)):
            year = [review for day, review, agreed in seats if not agreed and in_year(day, last)]
            if year and sum(in_year(day, last) for day in days) > bears:
                found.append(Fault("visits", year[-1].id))
                break
    return found


def in_year(day: date, last: date) -> bool:
    """Whether a visit lies in the running year that ends on a day."""
    return last - YEAR < day <= last


def by_id(given: PlanInput) -> tuple[Mapping[str, Sitter], Mapping[str, Review]]:
    """People and reviews by their ids."""
    return {person.id: person for person in given.people}, {review.id: review for review in given.reviews}
