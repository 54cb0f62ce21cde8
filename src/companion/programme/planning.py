"""The plan of seats: gathered from the workspace, solved, kept as a draft until ops hand it on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from companion.attendance.offers import Offer
from companion.attendance.planner.instance import Solver
from companion.attendance.planner.making import make
from companion.attendance.planner.model import Plan, Seat
from companion.attendance.rules import PlanRule, RuleKind
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.progress import Ticket
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.audits import note
from companion.programme.meetings import find
from companion.programme.model import House, WorkspaceTx
from companion.programme.names import names_shown
from companion.programme.offers import offer_plan
from companion.programme.plan_facts import plan_input
from companion.programme.seats import person_of

SHELF, DRAFT = "plan", "draft"


@dataclass(frozen=True)
class PlanContext:
    """Who and what a plan speaks of, by id."""

    people: dict[str, Person]
    meetings: dict[str, Meeting]
    customers: dict[str, Customer]
    zone: str

    def customer_of(self, meeting_id: str) -> str:
        """The name of a meeting's customer, "" where it is gone."""
        meeting = self.meetings.get(meeting_id)
        customer = self.customers.get(meeting.customer_id) if meeting else None
        return customer.name if customer else ""

    def name(self, person_id: str) -> str:
        """A person's name, "" where they are gone."""
        person = self.people.get(person_id)
        return person.name if person else ""


def plan(
    house: House, *, seed: int = 0, ticket: Ticket | None = None, until: date | None = None, afresh: bool = False
) -> Plan:
    """Who could sit in which review; nobody is asked by it.

    What is kept as a draft stays as far as it can, unless `afresh`. Problems: plan_needs_names, plan_until_past.
    """
    given = plan_input(house, until=until, draft=frozenset() if afresh else kept(house))
    solver: Solver | None = house.open_solver()
    return make(given, solver, seed, ticket)


def plan_context(house: House) -> PlanContext:
    """The names a plan's sentences need; Problem `plan_needs_names`."""
    with house.workspace(write=False) as tx:
        _may_plan(house, tx)
        ahead = tx.meetings.everything()
        return PlanContext(
            {person.id: person for person in tx.people.all()}, {meeting.id: meeting for meeting in ahead},
            {customer.id: customer for customer in tx.customers.all()}, tx.programme.get().zone,
        )  # fmt: skip


def keep(house: House, seats: Iterable[Seat]) -> None:
    """Keep a proposal on this computer, in place of the one before."""
    with house.device() as device:
        device.shelf.put(SHELF, DRAFT, {"seats": sorted([list(seat) for seat in set(seats)])})


def kept(house: House) -> frozenset[Seat]:
    """The seats of the proposal that is kept on this computer."""
    with house.device(write=False) as device:
        body = device.shelf.get(SHELF, DRAFT)
    return frozenset((meeting, person) for meeting, person in body["seats"]) if body else frozenset()


def put_away(house: House) -> None:
    """Forget the kept proposal."""
    with house.device() as device:
        device.shelf.drop(SHELF, DRAFT)


def hand_on(house: House, seats: Sequence[Seat], problems: list[Problem] | None = None) -> list[Offer]:
    """Have the hosts asked for these seats of a plan; `problems` takes why some may not be any more."""
    with house.workspace(write=False) as tx:
        _may_plan(house, tx)
    made = offer_plan(house, seats, problems)
    put_away(house)
    return made


def rules(house: House) -> list[PlanRule]:
    """What was decided for the planner, oldest first; Problem `plan_needs_names`."""
    with house.workspace(write=False) as tx:
        _may_plan(house, tx)
        return tx.plan_rules.all()


def pin(house: House, meeting: str, person: str, reason: str = "") -> PlanRule:
    """This person in this review, whatever else is planned."""
    return _decide(house, "pin", meeting=meeting, person=person, reason=reason)


def forbid(house: House, meeting: str, person: str, reason: str = "") -> PlanRule:
    """Not this person in this review."""
    return _decide(house, "not_here", meeting=meeting, person=person, reason=reason)


def never(house: House, person: str, customer: str, reason: str = "") -> PlanRule:
    """Never this person with this customer."""
    return _decide(house, "never", person=person, customer=customer, reason=reason)


def shut(house: House, meeting: str, reason: str = "") -> PlanRule:
    """Nobody in this review."""
    return _decide(house, "closed", meeting=meeting, reason=reason)


def allow_again(house: House, rule_id: str) -> PlanRule:
    """Drop a rule, by its id or the beginning of it; Problem `plan_rule_unknown`."""
    with house.workspace() as tx:
        _may_plan(house, tx)
        found = [rule for rule in tx.plan_rules.all() if rule_id and rule.id.startswith(rule_id)]
        if len(found) != 1:
            raise Problem("plan_rule_unknown", rule=rule_id)
        tx.plan_rules.drop(found[0].id)
        note(tx, house, "plan.rule", _told(found[0]), "", about=_about(found[0]))
        return found[0]


def _decide(
    house: House, kind: RuleKind, *, meeting: str = "", person: str = "", customer: str = "", reason: str = ""
) -> PlanRule:
    with house.workspace() as tx:
        _may_plan(house, tx)
        who = person_of(tx, person).id if person else ""
        where = find(tx, meeting) if meeting else None
        if where and where.start <= house.clock():
            raise Problem("review_over", title=where.title)
        known = (tx.customers.get(customer) or tx.customers.by_name(customer)) if customer else None
        if customer and known is None:
            raise Problem("customer_unknown", name=customer)
        rule = PlanRule(
            new_id(), kind, who, where.id if where else "", known.id if known else "", house.me, house.clock(), reason
        )
        _take_back_what_it_denies(house, tx, rule)
        tx.plan_rules.put(rule)
        note(tx, house, "plan.rule", "", _told(rule), reason, about=_about(rule))
        return rule


def _take_back_what_it_denies(house: House, tx: WorkspaceTx, rule: PlanRule) -> None:
    """A pin and a no for one person in one review cannot both stand: the later one does. The same twice is once."""
    same_place = {"pin", "not_here"} if rule.kind in ("pin", "not_here") else {rule.kind}
    for old in tx.plan_rules.all():
        there = (old.person_id, old.meeting_id, old.customer_id) == (rule.person_id, rule.meeting_id, rule.customer_id)
        if old.kind in same_place and there:
            if old.origin == "veto":
                continue  # only `allow_again` undoes a host's no: beside it the plan says that a pin cannot stand
            tx.plan_rules.drop(old.id)
            note(tx, house, "plan.rule", _told(old), "", about=_about(old))


def _told(rule: PlanRule) -> str:
    return " ".join(filter(None, (rule.kind, rule.person_id, rule.meeting_id, rule.customer_id)))


def _about(rule: PlanRule) -> list[str]:
    return [key for key in (rule.person_id, rule.meeting_id, rule.customer_id) if key]


def _may_plan(house: House, tx: WorkspaceTx) -> None:
    me = tx.people.by_address(house.me) if house.me else None
    if not names_shown(house, tx.programme.get(), me):
        raise Problem("plan_needs_names")
