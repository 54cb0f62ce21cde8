"""What the board calls possible is what the planner can do: for each leader, planned alone."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from attendance.made import NOW, Terms, meeting, person
from companion.attendance.board import Board, board
from companion.attendance.days import period
from companion.attendance.model import Seat, State, Target
from companion.attendance.openings import Burden
from companion.attendance.planner.making import make
from companion.attendance.planner.model import CAP, PlanInput, Review, Sitter
from companion.attendance.reach import AGREED, NO
from companion.meetings.model import Meeting
from companion.people.model import Leave, Person

YEAR = period("2026", date(2026, 11, 21))
ZONE = "Europe/Rome"
WHO = ("anna", "ben", "carla", "dan")
SEEDS = 200


class Firm:
    """A few leaders, what they heard, and a few reviews ahead, all by chance; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)
        ends = [date(2026, 12, rng.randrange(1, 31)) if rng.random() < 0.1 else None for _ in WHO]
        self.people = [person(who, start=date(2026, 1, 1), end=end) for who, end in zip(WHO, ends, strict=True)]
        before = date(2026, 6, 1)
        self.past = [self._meeting(rng, f"past{n}", before + timedelta(days=n * 9)) for n in range(rng.randrange(4))]
        days = [date(2026, 12, 1) + timedelta(days=rng.randrange(8)) for _ in range(rng.randrange(2, 8))]
        self.ahead = [self._meeting(rng, f"m{n}", day) for n, day in enumerate(days)]
        self.seats = [Seat(one.id, rng.choice(WHO), "attended", ()) for one in self.past]
        for one in self.ahead:
            if rng.random() < 0.45:
                who = rng.choice([name for name in WHO if one.host_email != f"{name}@us.example"])
                state: State = rng.choice(("accepted", "offered", "proposed", "declined", "excused"))
                self.seats.append(Seat(one.id, who, state, ()))
        self._one_a_day()
        self.needs = {who: rng.choice((1, 1, 2, 3)) for who in WHO}
        self.leaves = [Leave("dan", date(2026, 12, 3), date(2026, 12, 5), "leave")] if rng.random() < 0.3 else []
        self.never = {(rng.choice(WHO), rng.choice("abc")) for _ in range(rng.randrange(3))}
        # An agreed seat that a later decision undoes is a refusal of the plan's; the board goes on counting it.
        self.never -= {(s.person_id, self.held()[s.meeting_id].customer_id) for s in self.seats if s.state in AGREED}
        self.bears = {customer: rng.choice((1, 2, 3)) for customer in "abc"}

    def _meeting(self, rng: random.Random, key: str, day: date) -> Meeting:
        start = datetime.combine(day, time(rng.randrange(8, 12), rng.choice((0, 20, 40))), UTC)
        host = f"{rng.choice(WHO)}@us.example" if rng.random() < 0.2 else "rosa@us.example"
        return meeting(start, key, rng.choice("abc"), host_email=host)

    def _one_a_day(self) -> None:
        """What was agreed holds together: no two seats of one person on a day, none on a day of leave or after it."""
        kept, taken = [], set()
        last = {one.id: one.end for one in self.people}
        for seat in self.seats:
            day = self.held()[seat.meeting_id].start.date()
            if seat.state not in AGREED:
                kept.append(seat)
            elif (seat.person_id, day) not in taken and seat.person_id != "dan" and not last[seat.person_id]:
                taken.add((seat.person_id, day))
                kept.append(seat)
        self.seats = kept

    def held(self) -> dict[str, Meeting]:
        return {one.id: one for one in (*self.past, *self.ahead)}

    def visits(self) -> dict[str, tuple[date, ...]]:
        found: dict[str, tuple[date, ...]] = {}
        for seat in self.seats:
            one = self.held()[seat.meeting_id]
            if seat.state == "attended" or seat.state in AGREED:
                found[one.customer_id] = (*found.get(one.customer_id, ()), one.start.date())
        return found

    def board(self) -> Board:
        barred = {who: frozenset(one.id for one in self.ahead if (who, one.customer_id) in self.never) for who in WHO}
        targets = [Target(who, number, date(2026, 1, 1), "") for who, number in self.needs.items()]
        return board(
            self.people, [*self.past, *self.ahead], self.seats, [], targets, self.leaves, Terms(zone=ZONE), YEAR, NOW,
            barred=barred, burden=Burden(self.bears, self.visits()),
        )  # fmt: skip

    def alone(self, found: Board, who: str) -> PlanInput:
        """What the planner is asked where it plans for one of them: of the others only what is agreed stands."""
        agreed = frozenset((s.meeting_id, s.person_id) for s in self.seats if s.state in AGREED)
        past = {s.meeting_id: s.person_id for s in self.seats if s.state == "attended"}
        sat: dict[str, tuple[date, ...]] = {}
        for one in self.past:
            sat[one.customer_id] = (*sat.get(one.customer_id, ()), one.start.date())
        needs = {r.person.id: max(0, r.standing.expected - r.standing.heard) for r in found.rows}
        return PlanInput(
            tuple(self._sitter(one, past, needs[one.id], one.id == who) for one in self.people),
            tuple(Review(m.id, m.customer_id, m.start, m.end, m.start.date()) for m in self.ahead),
            agreed=agreed, never=frozenset(self.never), bears=self.bears, visits=sat,
        )  # fmt: skip

    def _sitter(self, one: Person, past: dict[str, str], needs: int, planned: bool) -> Sitter:
        heard = [m for m in self.past if past[m.id] == one.id]
        hosts = [m for m in self.ahead if m.host_email in one.addresses]
        keys = frozenset((m.customer_id, m.start.date()) for m in heard)
        no = frozenset(s.meeting_id for s in self.seats if s.person_id == one.id and s.state in NO)
        return Sitter(
            one.id, needs=needs if planned else 0, most=max(0, CAP - len(keys)) if planned else 0,
            new=not heard, first=one.start, last=one.end,
            away=tuple((leave.start, leave.end) for leave in self.leaves if leave.person_id == one.id),
            taken=tuple((m.start, m.end) for m in hosts), said_no=no, hosts=frozenset(m.id for m in hosts),
            credits=keys, days=tuple(m.start.date() for m in heard),
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(SEEDS))
def test_who_cannot_reach_is_who_the_planner_leaves_short(seed: int) -> None:
    firm = Firm(seed)
    found = firm.board()
    for row in found.rows:
        plan = make(firm.alone(found, row.person.id), None)
        assert plan.proven
        short = row.person.id in {one.person_id for one in plan.short}
        assert (row.standing.flag == "cannot_reach") == short, (row.person.id, row.standing, plan)


def test_chance_makes_every_kind_of_standing() -> None:
    rows = [row.standing for seed in range(SEEDS) for row in Firm(seed).board().rows]
    flags = [one.flag for one in rows]
    assert min(flags.count(flag) for flag in ("done", "on_track", "needs_seat", "waiting", "cannot_reach")) >= 10
    assert sum(one.only_beside for one in rows) >= 10
