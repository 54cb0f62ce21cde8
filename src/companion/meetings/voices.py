"""Which copy of a meeting speaks for it, who called it, and which of its addresses are groups; pure."""

from collections.abc import Callable, Sequence

from companion.calendars.model import Guest
from companion.meetings.model import Copy
from companion.people.addresses import normal
from companion.people.model import Person

FindPerson = Callable[[str], Person | None]
_ORGANISER, _HOSTS, _GUEST, _BARE = range(4)


def ranked(copies: Sequence[Copy], person: FindPerson) -> list[Copy]:
    """The copies, first the one that speaks: the organiser's, else one of the hosts' side, else the fullest."""

    def rank(copy: Copy) -> tuple[int, int, int, str]:
        return (_place(copy, copies, person), -copy.event.sequence, -len(copy.event.guests), copy.account_id)

    return sorted(copies, key=rank)


def is_organisers(copy: Copy, copies: Sequence[Copy], person: FindPerson) -> bool:
    """Whether a copy is that of whoever called the meeting, who alone hears all the answers."""
    return _place(copy, copies, person) == _ORGANISER


def organiser_of(copies: Sequence[Copy], person: FindPerson) -> Guest | None:
    """Who called the meeting; a gateway may have lost it from a copy, or put the calendar's owner there instead."""
    return next((copy.event.organiser for copy in ranked(copies, person) if copy.event.organiser), None)


def groups_of(copies: Sequence[Copy], person: FindPerson) -> frozenset[str]:
    """The addresses that any copy, or the table of people, calls a group."""
    told = [guest for copy in copies for guest in (*copy.event.guests, copy.event.organiser) if guest]
    return frozenset(guest.address for guest in told if guest.kind == "group" or _is_group(guest.address, person))


def somebody(address: str, person: FindPerson) -> Person | None:
    """One of our people by an address; None for nobody, and for a group."""
    found = person(address)
    return found if found and found.kind != "group" else None


def _is_group(address: str, person: FindPerson) -> bool:
    found = person(address)
    return bool(found and found.kind == "group")


def _place(copy: Copy, copies: Sequence[Copy], person: FindPerson) -> int:
    if _claims(copy, person):
        return _BARE if _is_doubtful(copy, copies, person) else _ORGANISER
    return _HOSTS if copy.hosts else _GUEST if copy.event.guests_known else _BARE


def _claims(copy: Copy, person: FindPerson) -> bool:
    """Whether a copy names the owner of its calendar as the organiser."""
    organiser = copy.event.organiser
    return bool(organiser and _same(copy.owner, organiser.address, person))


def _is_doubtful(copy: Copy, copies: Sequence[Copy], person: FindPerson) -> bool:
    """Whether a copy makes its owner the organiser and a better one names somebody else.

    The hosts' side is better, and so is whoever names somebody other than themselves.
    """
    mine = copy.event.organiser
    if copy.hosts or mine is None or not _claims(copy, person):
        return False
    better = (other.event.organiser for other in copies if other.hosts or not _claims(other, person))
    return any(other and not _same(other.address, mine.address, person) for other in better)


def _same(one: str, other: str, person: FindPerson) -> bool:
    if normal(one) == normal(other):
        return bool(normal(one))
    first, second = person(one), person(other)
    return bool(first and second and first.id == second.id)
