"""What the programme counts by: its year, part time, holidays, how often a customer is visited, and which mails ask."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from companion.basics.errors import Problem
from companion.people.model import Person
from companion.programme.audits import note, programme_changed
from companion.programme.model import House, Programme
from companion.programme.ops import only_ops
from companion.programme.seats import person_of

MOST_VISITS = 24  # a year


@dataclass(frozen=True)
class Change:
    """What is to be changed; None leaves it as it is. `year`: "" calendar, a first month (4, 04), or rolling."""

    year: str | None = None
    part_time: bool | None = None
    holidays: tuple[str, ...] | None = None
    visits: int | None = None
    who_sat: bool | None = None
    weekly_yes: bool | None = None


def set_policy(house: House, change: Change) -> Programme:
    """Change what is counted by, each with a line in the audit.

    Problems: only_ops, year_wrong, date_wrong, visits_wrong.
    """
    values = {name: value for name, value in vars(change).items() if value is not None}
    if change.year is not None:
        values["year"] = read_year(change.year)
    if change.holidays is not None:
        values["holidays"] = read_days(change.holidays)
    if change.visits is not None and not 0 <= change.visits <= MOST_VISITS:
        raise Problem("visits_wrong", value=change.visits, most=MOST_VISITS)
    with house.workspace() as tx:
        only_ops(house, tx)
        old = tx.programme.get()
        new = replace(old, **values)
        if new != old:
            tx.programme.put(new)
            programme_changed(tx, house, old, new)
    return new


def set_share(house: House, person: str, share: int, reason: str) -> Person:
    """What part of full time somebody works, in percent; it changes what is expected where the programme says so.

    Problems: only_ops, reason_missing, share_wrong, person_unknown.
    """
    if not 1 <= share <= 100:
        raise Problem("share_wrong", value=share)
    if not reason.strip():
        raise Problem("reason_missing")
    with house.workspace() as tx:
        only_ops(house, tx)
        old = person_of(tx, person)
        new = replace(old, share=share)
        if new != old:
            tx.people.put(new)
            note(tx, house, "person.share", str(old.share), str(share), reason.strip(), (old.id,))
    return new


def read_year(text: str) -> str:
    """The period as `Programme.year` keeps it; Problem year_wrong."""
    wanted = text.strip().lower()
    if wanted in ("", "calendar"):
        return ""
    if wanted == "rolling":
        return wanted
    if wanted.isdecimal() and 1 <= int(wanted) <= 12:
        return "" if int(wanted) == 1 else f"{int(wanted):02}"
    raise Problem("year_wrong", value=text)


def read_days(texts: Iterable[str]) -> tuple[str, ...]:
    """Days as 2026-12-24, each once and in order; Problem date_wrong."""
    found = set()
    for text in texts:
        try:
            found.add(date.fromisoformat(text.strip()).isoformat())
        except ValueError as error:
            raise Problem("date_wrong", what="holidays", value=text) from error
    return tuple(sorted(found))
