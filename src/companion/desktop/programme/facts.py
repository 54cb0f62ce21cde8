"""What the Programme page reads."""

from dataclasses import dataclass
from datetime import date

from companion.attendance.board import SentenceFacts
from companion.attendance.closing import Closing
from companion.attendance.days import Period
from companion.basics.clock import day_of
from companion.people.model import Person
from companion.programme import leaves, targets, years
from companion.programme.leaves import LeaveLine
from companion.programme.model import House, Programme
from companion.programme.targets import CarriedLine, TargetLine


@dataclass(frozen=True)
class ClosedYear:
    """A closed year, who closed it by name, and how many of its figures that may be seen are amended."""

    closing: Closing
    facts: SentenceFacts  # of its one sentence, as the board has them
    day: date
    by: str
    amended: int


@dataclass(frozen=True)
class ProgrammeView:
    """All that the page shows. `mine`: whether who works here may change it."""

    programme: Programme
    mine: bool
    today: date
    targets: tuple[TargetLine, ...]  # newest first
    carried: tuple[CarriedLine, ...]
    leaves: tuple[LeaveLine, ...]
    part: tuple[Person, ...]  # who works less than full time
    closed: tuple[ClosedYear, ...]  # latest first
    to_close: Period | None
    people: tuple[Person, ...]  # by name, without groups
    roles: tuple[str, ...]


def read_programme(house: House) -> ProgrammeView:
    """Read it."""
    with house.workspace(write=False) as tx:
        programme, everybody = tx.programme.get(), tx.people.all()
        me = tx.people.by_address(house.me) if house.me else None
    mine = not house.workspace_shared or (me is not None and me.kind == "ops")
    people = tuple(sorted((one for one in everybody if one.kind != "group"), key=lambda one: one.name.casefold()))
    names = {address: one.name for one in everybody for address in one.addresses}
    seen, latest = years.seen(house), list(reversed(years.closed(house)))
    closed = tuple(
        ClosedYear(
            one, told.facts, day_of(one.at, programme.zone), names.get(one.by, one.by),
            sum(seen(change.person_id) for change in told.amendments),
        )
        for one, told in ((one, years.shown(house, one.label)) for one in latest)
    )  # fmt: skip
    shown = people if mine else tuple(one for one in people if me is not None and one.id == me.id)
    return ProgrammeView(
        programme, mine, day_of(house.clock(), programme.zone), tuple(targets.of_all(house)),
        tuple(targets.carried(house)), tuple(leaves.all_of(house)), tuple(one for one in shown if one.share < 100),
        closed, years.to_close(house), people, tuple(sorted({one.role.strip().lower() or one.kind for one in people})),
    )  # fmt: skip
