"""One meeting from several calendars: a pure function of the copies, whatever order they came in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from companion.calendars.model import Event, Guest
from companion.meetings.model import Copy, Meeting, MeetingStatus, Verdict
from companion.people.addresses import normal
from companion.people.model import Person

FindPerson = Callable[[str], Person | None]


@dataclass(frozen=True)
class Said:
    """What the calendars say of one of our people at one meeting: invited, accepted, declined or tentative."""

    person: Person
    says: str
    account_id: str
    own: bool = False  # told by the person's own copy


def merge(
    meeting_id: str, copies: Sequence[Copy], verdict: Verdict | None, host_of: Callable[[str], str], person: FindPerson
) -> Meeting:
    """The meeting that its copies (at least one) tell.

    The organiser's copy speaks for title, time, guests and status; else the hosts' side; else the fullest.
    `host_of` gives a customer's account owner, for meetings that the customer organised.
    """
    voice = min(copies, key=lambda copy: _rank(copy, person))
    event = voice.event
    customer_id = (verdict.customer_id if verdict and verdict.customer_id else "") or event.customer_id
    status: MeetingStatus = event.status
    return Meeting(
        id=meeting_id, uid=event.uid, rec_key=event.rec_key, title=event.title, start=event.start, end=event.end,
        all_day=event.all_day, zone=event.zone, status=status, customer_id=customer_id, score=event.score,
        why=event.why, organiser=event.organiser, host_email=_host(voice, copies, customer_id, host_of, person),
        guests=event.guests, others=event.others, link=event.link or _any_link(copies),
        verdict=verdict.says if verdict and verdict.says in ("yes", "no") else "",
    )  # fmt: skip


def _rank(copy: Copy, person: FindPerson) -> tuple[int, int, int, str]:
    event = copy.event
    organised = bool(event.organiser) and _same(copy.owner, event.organiser.address if event.organiser else "", person)
    place = 0 if organised else 1 if copy.hosts else 2 if event.guests_known else 3
    return (place, -event.sequence, -len(event.guests), copy.account_id)


def _same(one: str, other: str, person: FindPerson) -> bool:
    if normal(one) == normal(other):
        return bool(normal(one))
    first, second = person(one), person(other)
    return bool(first and second and first.id == second.id)


def _any_link(copies: Sequence[Copy]) -> str:
    links = sorted(copy.event.link for copy in copies if copy.event.link)
    return links[0] if links else ""


def _host(
    voice: Copy, copies: Sequence[Copy], customer_id: str, host_of: Callable[[str], str], person: FindPerson
) -> str:
    organiser = person(voice.event.organiser.address) if voice.event.organiser else None
    if organiser and organiser.kind in ("host", "staff"):
        return organiser.email
    hosting = sorted(normal(copy.owner) for copy in copies if copy.hosts and normal(copy.owner))
    known = host_of(customer_id)
    if known and (known in hosting or not hosting):
        return known
    return hosting[0] if hosting else known


def said(copies: Sequence[Copy], person: FindPerson) -> list[Said]:
    """What the calendars say of each of our people: the own copy speaks for the own answer.

    A calendar that tells no guests says no more than that the meeting stands in it.
    """
    found: dict[str, Said] = {}
    for copy in sorted(copies, key=lambda item: _rank(item, person)):
        for who, says, own in _statements(copy, person):
            known = found.get(who.id)
            if known is None or (own and not known.own):
                found[who.id] = Said(who, says, copy.account_id, own)
    return [found[key] for key in sorted(found)]


def _statements(copy: Copy, person: FindPerson) -> Iterable[tuple[Person, str, bool]]:
    event = copy.event
    owner = None if copy.hosts else person(copy.owner)
    listed: set[str] = set()
    for guest in event.guests:
        who = person(guest.address) if guest.kind == "person" else None
        if who and who.id not in listed:
            listed.add(who.id)
            yield who, _says(guest), bool(owner and owner.id == who.id)
    organiser = person(event.organiser.address) if event.organiser else None
    if organiser and organiser.id not in listed:
        listed.add(organiser.id)
        # Whoever writes an entry for themselves is its organiser; only an invitation of others says that they go.
        invited = bool(event.guests or event.others)
        yield organiser, "accepted" if invited else "invited", bool(owner and owner.id == organiser.id)
    if owner and owner.id not in listed:
        # In the calendar, yet on no list: invited through a group, forwarded, or a feed without guests.
        yield owner, "invited", True


def _says(guest: Guest) -> str:
    return "invited" if guest.answer == "none" else guest.answer


def absent(meeting: Meeting, now: datetime, *, spoken: bool, closed: bool = False) -> Meeting | None:
    """What becomes of a meeting no calendar holds any more: marked where it is past or people spoke, else nothing.

    `closed`: its owner made it private. Then only a day somebody was credited for stays, without words or people.
    """
    if meeting.source == "import":
        return meeting
    if closed:
        if not spoken:
            return None
        return replace(meeting, status="gone", title="", guests=(), organiser=None, link="", why=(), others=0)
    if spoken or meeting.end <= now or meeting.verdict:
        return replace(meeting, status="gone")
    return None


def contacts(event: Event, is_customers: Callable[[str], bool]) -> list[Guest]:
    """The customer's people at an occurrence."""
    people = [guest for guest in event.guests if guest.kind == "person" and is_customers(guest.address)]
    if event.organiser and is_customers(event.organiser.address):
        people.append(event.organiser)
    return list({guest.address: guest for guest in people}.values())
