"""Which open reviews somebody could still take, and why not the others."""

from collections.abc import Collection, Iterator, Sequence

from companion.attendance.explain_credit import Line, about, line
from companion.attendance.openings import Could, Openings
from companion.attendance.tally import in_role
from companion.attendance.target import Run
from companion.people.model import Person

MOST = 12  # lines of each kind; the sentence above them has the whole number


def open_lines(
    free: Openings, could: Could, person: Person, away: Sequence[Run], barred: Collection[str]
) -> Iterator[Line]:
    """The open reviews they could take, and those they could not, earliest first."""
    can = set(could)
    told = {True: 0, False: 0}
    for key in free.keys:
        fits = key in can
        told[fits] += 1
        if told[fits] > MOST:
            continue
        review, day = free.reviews[key][0], key[1]
        if fits:
            code = "open_review"
        elif not in_role(person, day):
            code = "outside_role"
        elif any(first <= day <= last for first, last in away):
            code = "open_leave"
        elif all(one.id in barred for one in free.reviews[key]):
            code = "open_barred"
        else:
            code = "open_taken"
        yield line(about(code, review, day), review, counts=fits)
