"""Closed years: figures that stay as they were told, and what changed since beside them."""

from collections.abc import Callable
from dataclasses import asdict, replace

from companion.attendance.amending import Amendment, frozen
from companion.attendance.board import Board
from companion.attendance.closing import Closing
from companion.attendance.days import Period
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.programme.audits import note
from companion.programme.counting import counted, period_of
from companion.programme.model import House, Programme
from companion.programme.names import names_shown
from companion.programme.ops import only_ops
from companion.programme.views.board import board
from companion.words.attendance import directors

Seen = Callable[[str], bool]  # of a person's id


def close(house: House, span: str, reason: str, *, early: bool = False) -> Closing:
    """Freeze the figures of a period as they are known now; `early`: though it still runs.

    Problems: only_ops, reason_missing, period_wrong, period_rolling, year_ahead, year_runs, year_closed,
    year_overlaps.
    """
    if not reason.strip():
        raise Problem("reason_missing")
    with house.workspace() as tx:
        only_ops(house, tx)
        span_, moment = period_of(house, tx, span)
        programme = tx.programme.get()
        today = day_of(moment, programme.zone)
        if span_.rolling:
            raise Problem("period_rolling")
        for known in tx.closings.all():
            day = day_of(known.at, programme.zone).isoformat()
            if known.label == span_.label:
                raise Problem("year_closed", label=span_.label, day=day)
            if _overlap(known, span_):
                raise Problem("year_overlaps", label=span_.label, known=known.label, day=day)
        if today < span_.first:
            raise Problem("year_ahead", label=span_.label)
        if today <= span_.last and not early:
            raise Problem("year_runs", label=span_.label, last=span_.last.isoformat())
        found = counted(house, tx, span_.label).board()
        closing = Closing(
            span_.label, span_.first, span_.last, moment, house.me, reason.strip(), _body(found, programme)
        )  # fmt: skip
        tx.closings.add(closing)
        note(tx, house, "year", "", span_.label, closing.reason)
    return closing


def closed(house: House) -> list[Closing]:
    """The closed periods, oldest first; of their rows those whose figures who works here may see."""
    may = seen(house)
    with house.workspace(write=False) as tx:
        found = sorted(tx.closings.all(), key=lambda closing: (closing.first, closing.last, closing.at))
    return [
        replace(one, body={**one.body, "rows": [row for row in one.body["rows"] if may(row["person"])]})
        for one in found
    ]  # fmt: skip


def amendments(house: House, label: str) -> tuple[Amendment, ...]:
    """What is another figure now than when a period was closed; Problem year_not_closed."""
    return shown(house, label).amendments


def shown(house: House, label: str) -> Board:
    """The board of a closed period as it was told, with its amendments; Problem year_not_closed."""
    found = board(house, label)
    if found.closing is None:
        raise Problem("year_not_closed", label=found.period.label)
    return found


def seen(house: House) -> Seen:
    """Whose figures by name may be shown to who works here: everybody's, or the own ones."""
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        every = names_shown(house, tx.programme.get(), me)
    own = me.id if me else ""
    return lambda person_id: every or person_id == own


def to_close(house: House) -> Period | None:
    """The programme's last year that is over and not closed yet; None where there is none, or it began later."""
    with house.workspace(write=False) as tx:
        span, _ = period_of(house, tx, "last")
        programme = tx.programme.get()
        began = programme.start is None or programme.start <= span.last
        taken = any(_overlap(one, span) for one in tx.closings.all())
        return span if began and not span.rolling and not taken else None


def _overlap(closing: Closing, span: Period) -> bool:
    return closing.first <= span.last and span.first <= closing.last


def _body(found: Board, programme: Programme) -> dict[str, object]:
    facts = {**asdict(found.facts), "until": found.facts.until.isoformat()}
    rules = {
        "targets": programme.targets, "zone": programme.zone, "part_time": programme.part_time,
        "start": programme.start.isoformat() if programme.start else "", "holidays": list(programme.holidays),
    }  # fmt: skip
    return {
        "sentence": directors(found.facts), "facts": facts, "rules": rules,
        "rows": [frozen(row.standing, row.person.team) for row in found.rows],
    }  # fmt: skip
