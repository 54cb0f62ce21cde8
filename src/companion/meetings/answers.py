"""What calendars say of each of our people at one meeting; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from companion.calendars.model import Guest
from companion.meetings.model import Copy
from companion.meetings.voices import FindPerson, is_organisers, organiser_of, ranked, somebody
from companion.people.model import Person

_OWN, _ORGANISERS, _TOLD, _SILENT = range(4)  # whose word goes first


@dataclass(frozen=True)
class Said:
    """What the calendars say of one of our people at one meeting: invited, accepted, declined or tentative."""

    person: Person
    says: str
    account_id: str


def said(copies: Sequence[Copy], person: FindPerson) -> list[Said]:
    """What the calendars say of each of our people, by id.

    An answer in one's own copy goes first, then the organiser's copy, which alone knows everybody's, then whoever
    knows an answer at all. A calendar that tells no guests says no more than that the meeting stands in it; a copy
    that was taken back says nothing while the meeting stands.
    """
    first, *others = ranked(copies, person)
    standing = [first, *(copy for copy in others if copy.event.status != "cancelled")]
    standing = standing if first.event.status != "cancelled" else [first, *others]
    best: dict[str, tuple[int, Said]] = {}
    for copy in standing:
        organisers = is_organisers(copy, copies, person)
        for who, says, own in _statements(copy, person):
            weight = _OWN if own and says != "invited" else _ORGANISERS if organisers else _TOLD
            weight = _SILENT if weight == _TOLD and says == "invited" else weight
            if who.id not in best or weight < best[who.id][0]:
                best[who.id] = (weight, Said(who, says, copy.account_id))
    found = {key: told for key, (_, told) in best.items()}
    calling = _calling(standing, organiser_of(copies, person), person)
    if calling and (calling.person.id not in found or found[calling.person.id].says == "invited"):
        found[calling.person.id] = calling
    return [found[key] for key in sorted(found)]


def _statements(copy: Copy, person: FindPerson) -> Iterator[tuple[Person, str, bool]]:
    """(who, what it says, whether it is their own copy); two different answers of one person are none."""
    owner = None if copy.hosts else somebody(copy.owner, person)
    answers: dict[str, set[str]] = {}
    listed: dict[str, Person] = {}
    for guest in copy.event.guests:
        who = somebody(guest.address, person) if guest.kind == "person" else None
        if who:
            listed[who.id] = who
            answers.setdefault(who.id, set()).update({guest.answer} - {"none"})
    for who in listed.values():
        told = answers[who.id]
        yield who, told.pop() if len(told) == 1 else "invited", bool(owner and owner.id == who.id)
    if owner and owner.id not in listed:
        # In the calendar, yet on no list: invited through a group, forwarded, or a feed without guests.
        yield owner, "invited", True


def _calling(copies: Sequence[Copy], organiser: Guest | None, person: FindPerson) -> Said | None:
    """Whoever calls a meeting goes to it, on the guest list or not.

    Whoever writes an entry for themselves is its organiser as well; only an invitation of others says that they go.
    """
    who = somebody(organiser.address, person) if organiser else None
    for copy in copies:
        mine = somebody(copy.event.organiser.address, person) if copy.event.organiser else None
        if who and mine and mine.id == who.id:
            others = [guest for guest in copy.event.guests if guest.kind != "room" and not _is(guest, who)]
            return Said(who, "accepted" if others or copy.event.others else "invited", copy.account_id)
    return None


def _is(guest: Guest, who: Person) -> bool:
    return guest.address in who.addresses
