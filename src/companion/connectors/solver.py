"""HiGHS as the planner's solver: a programme in whole numbers, made small level by level."""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import highspy
import numpy as np

from companion.attendance.planner.instance import Answer, Question
from companion.attendance.planner.linear import Aim, Linear, linear
from companion.attendance.planner.model import Objective
from companion.attendance.planner.objective import measure
from companion.attendance.planner.search import Search
from companion.basics.progress import Cancelled, Ticket

POLL = 0.02  # seconds between two looks at the ticket
MOST = 20.0  # seconds for a plan, before the best found so far is told with its bound
TINY = 1e-6


@dataclass(frozen=True)
class _Held:
    """What an aim came to, and which possible seats nobody can take any more if it is to stay so."""

    value: int
    shut: Any


class _Unfinished(Exception):  # noqa: N818 - no error: the time was up
    """An aim could not be settled in time."""


class Highs:
    """A `Solver`. One thread of its own and one seed, so that the same question has the same answer everywhere."""

    name = "highs"

    def __init__(self, most: float = MOST) -> None:
        self._most = most  # seconds

    def solve(self, asked: Question, ticket: Ticket) -> Answer:
        """The best seats of a question, by the levels of the objective in their order."""
        until = monotonic() + self._most
        programme, held = linear(asked), list[_Held]()
        try:
            chosen = _best(asked, programme, ticket, until, held)
        except _Unfinished:
            # Every fixed seat stands and nobody has to be added, so there always is a plan: a plain search has one.
            found = Search().solve(asked, ticket)
            bound = _bound(asked, found.bound, programme, held)
            return replace(found, bound=max(found.bound, bound, key=lambda item: item.vector))
        seats = asked.seats(pair for pair, share in zip(programme.pairs, chosen, strict=False) if share > 0.5)
        return Answer(seats, measure(asked.given, seats, asked.seed), True)


def _best(asked: Question, programme: Linear, ticket: Ticket, until: float, held: list[_Held]) -> Sequence[float]:
    """The best there is, column by column. `held`: what the aims came to so far."""
    # Whose first time is when makes a programme slow. Left open, each aim comes out as good as it could ever be.
    loose, known, last = linear(asked, first_once=False), list[_Held](), len(programme.aims) - 1
    _settle(loose, asked.seed, ticket, until, known, upto=last)
    while True:
        sure = len(known)
        while True:  # what was promised is kept as far as it can be had together; the aim after it is settled
            kept = known[:sure]
            chosen = _settle(programme, asked.seed, ticket, until, kept, upto=sure + 1, whole=True)
            if chosen is not None:
                break
            sure -= 1
            if sure < len(held):
                raise _Unfinished
        held[:] = kept
        if sure == last or not programme.aims:
            return chosen
        known = kept.copy()
        _settle(programme, asked.seed, ticket, until, known, upto=last)


def _settle(
    programme: Linear, seed: int, ticket: Ticket, until: float, held: list[_Held], *, upto: int, whole: bool = False
) -> Sequence[float] | None:
    """Make each aim before `upto` as small as it can be, and keep it so for the next; None where that cannot be.

    `held`: what the first ones came to; it grows. Not `whole`, an aim is told as good as it is in halves and quarters.
    """
    engine = _Engine(programme, seed, ticket, until)
    for aim, one in zip(programme.aims, held, strict=False):
        engine.hold(aim, one)
    chosen: Sequence[float] = []
    for number, aim in enumerate(programme.aims[len(held) : upto], len(held)):
        ticket.step("planning", number, len(programme.aims))
        found = engine.least(aim, whole=whole)
        if found is None:
            return None
        one, chosen = found
        engine.hold(aim, one)
        held.append(one)
    return chosen


class _Engine:
    """One programme in HiGHS. What an aim proves useless is shut for the next ones."""

    def __init__(self, programme: Linear, seed: int, ticket: Ticket, until: float) -> None:
        make: Any = highspy.Highs
        self._engine: Any = make()  # the library has no types
        self._engine.HandleUserInterrupt = True
        self._ticket, self._until = ticket, until
        self._upper = np.array(programme.upper, dtype=float)
        self._pairs = len(programme.pairs)
        self._columns = np.arange(len(programme.upper), dtype=np.int32)
        for option, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", seed % 2**31), ("mip_rel_gap", 0.0),
            ("mip_allow_restart", False),  # to begin again takes longer than to go on
        ):  # fmt: skip
            self._engine.setOptionValue(option, value)
        self._engine.passModel(_model(programme))

    def least(self, aim: Aim, *, whole: bool) -> tuple[_Held, Sequence[float]] | None:
        """The least an aim can come to, and where; None where that cannot be with what was kept before."""
        cost = np.zeros(len(self._upper))
        for column, factor in aim.terms:
            cost[column] = factor
        self._engine.changeColsCost(len(self._columns), self._columns, cost)
        self._engine.clearSolver()  # from the start again: going on from the last corner takes far longer
        if not self._run(relaxed=True):
            return None
        solution = self._engine.getSolution()
        shares, dear = np.array(solution.col_value), np.array(solution.col_dual)
        promised = float(self._engine.getInfo().objective_function_value)
        value = math.ceil(promised - TINY)
        if whole and bool((np.abs(shares - np.round(shares)) > TINY).any()):
            best = self._whole(cost, shares, dear, promised)
            if best is None:
                return None
            value, shares = best
        # What costs more than there is to lose stays at nothing, whatever comes after.
        shut = (dear > value - promised + TINY) & (shares < TINY)
        return _Held(value, shut[: self._pairs]), [float(share) for share in np.round(shares)]

    def hold(self, aim: Aim, one: _Held) -> None:
        """Keep an aim at what it came to, whatever comes after."""
        self._upper[: self._pairs][one.shut] = 0.0
        self._bound(self._upper)
        columns, factors = zip(*aim.terms, strict=True)
        self._engine.addRow(
            -highspy.kHighsInf, float(one.value), len(columns), np.array(columns, np.int32), np.array(factors, float)
        )

    def _whole(self, cost: Any, shares: Any, dear: Any, promised: float) -> tuple[int, Any] | None:
        """The least in whole seats: first among the columns that can come near to what was promised."""
        reach = max(math.ceil(promised - TINY) - promised, abs(promised) * 1e-4)
        while True:
            out = (dear > reach + TINY) & (shares < TINY)
            self._bound(np.where(out, 0.0, self._upper))
            found = self._run(relaxed=False)
            if found:
                best = np.round(np.array(self._engine.getSolution().col_value))
                value = round(float(cost @ best))
                if value - 1 - promised <= reach + TINY or not out.any():
                    self._bound(self._upper)
                    return value, best
                reach = value - 1 - promised
            elif out.any():
                reach = math.inf
            else:
                return None

    def _bound(self, upper: Any) -> None:
        self._engine.changeColsBounds(len(self._columns), self._columns, np.zeros(len(upper)), upper)

    def _run(self, *, relaxed: bool) -> bool:
        """Solve, in a thread that ends soon after the ticket is cancelled; False where there is no solution."""
        left = self._until - monotonic()
        if left <= 0:
            raise _Unfinished
        self._engine.setOptionValue("solve_relaxation", relaxed)
        self._engine.setOptionValue("time_limit", self._engine.getRunTime() + left)
        work = threading.Thread(target=self._engine.run, name="plan", daemon=True)
        work.start()
        while work.is_alive():
            work.join(POLL)
            if self._ticket.cancelled:
                self._engine.cancelSolve()
                raise Cancelled
        status = self._engine.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return True
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return False
        raise _Unfinished


def _model(programme: Linear) -> Any:
    count, rows = len(programme.upper), programme.rows
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count, len(rows)
    model.col_cost_, model.col_lower_ = np.zeros(count), np.zeros(count)
    model.col_upper_ = np.array(programme.upper, dtype=float)
    model.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    model.row_upper_ = np.array([row.most for row in rows], dtype=float)
    kinds = highspy.HighsVarType
    model.integrality_ = [kinds.kContinuous if at in programme.parts else kinds.kInteger for at in range(count)]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in rows)], dtype=np.int32)
    terms = [term for row in rows for term in row.terms]
    model.a_matrix_.index_ = np.array([column for column, _ in terms], dtype=np.int32)
    model.a_matrix_.value_ = np.array([factor for _, factor in terms], dtype=float)
    return model


def _levels(aim: Aim, value: int) -> dict[str, int]:
    """What an aim's value says of its levels."""
    if len(aim.names) == 1:
        return {aim.names[0]: value}
    return dict(zip(aim.names, divmod(value, aim.radix), strict=True))


def _bound(asked: Question, least: Objective, programme: Linear, held: list[_Held]) -> Objective:
    """The proven levels, and for the rest what is known of them anyway."""
    if not held or "short" not in programme.aims[0].names:
        return least
    return replace(least, **_levels(programme.aims[0], held[0].value))
