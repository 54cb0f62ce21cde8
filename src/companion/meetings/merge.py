"""One meeting from several calendars: a pure function of the copies, whatever order they came in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from companion.calendars.model import Guest
from companion.meetings.model import Copy, Meeting, MeetingStatus, Verdict
from companion.meetings.placing import own_id
from companion.meetings.voices import FindPerson, groups_of, organiser_of, ranked, somebody
from companion.people.addresses import normal


def merge(
    meeting_id: str, copies: Sequence[Copy], verdict: Verdict | None, host_of: Callable[[str], str], person: FindPerson
) -> Meeting:
    """The meeting that its copies (at least one) tell.

    The organiser's copy speaks for title, time, guests and status; else the hosts' side; else the fullest. What it
    does not know (guests, organiser, link) comes from the next that does.
    `host_of` gives a customer's account owner, for meetings that the customer organised.
    """
    order = ranked(copies, person)
    event = order[0].event
    named = next((copy.event for copy in order if own_id(copy.event) == meeting_id), event)  # others know a day only
    listing = next((copy.event for copy in order if copy.event.guests_known), event)
    groups, organiser = groups_of(copies, person), organiser_of(copies, person)
    customer_id = (verdict.customer_id if verdict and verdict.customer_id else "") or event.customer_id
    status: MeetingStatus = event.status
    return Meeting(
        id=meeting_id, uid=named.uid, rec_key=named.rec_key, title=event.title, start=event.start, end=event.end,
        all_day=event.all_day, zone=event.zone, status=status, customer_id=customer_id, score=event.score,
        why=event.why, organiser=organiser, host_email=_host(organiser, copies, host_of(customer_id), person),
        guests=tuple(_named(guest, groups) for guest in listing.guests), others=listing.others,
        link=event.link or _any_link(copies), verdict=verdict.says if verdict and verdict.says in ("yes", "no") else "",
        place=event.place or _any_place(order),
    )  # fmt: skip


def _named(guest: Guest, groups: frozenset[str]) -> Guest:
    return replace(guest, kind="group") if guest.address in groups else guest


def _any_link(copies: Sequence[Copy]) -> str:
    links = sorted(copy.event.link for copy in copies if copy.event.link)
    return links[0] if links else ""


def _any_place(order: Sequence[Copy]) -> str:
    return next((copy.event.place for copy in order if copy.event.place), "")


def _host(organiser: Guest | None, copies: Sequence[Copy], known: str, person: FindPerson) -> str:
    """The address of our account owner at this meeting; `known` is the customer's, "" for none."""
    calling = somebody(organiser.address, person) if organiser else None
    if calling and calling.kind in ("host", "staff"):
        return calling.email
    hosts = (normal(copy.owner) for copy in copies if copy.hosts and not _is_group(copy.owner, person))
    hosting = sorted(host for host in hosts if host)
    if known and (known in hosting or not hosting):
        return known
    return hosting[0] if hosting else known


def _is_group(address: str, person: FindPerson) -> bool:
    return person(address) is not None and somebody(address, person) is None


def absent(meeting: Meeting, now: datetime, *, spoken: bool, closed: bool = False) -> Meeting | None:
    """What becomes of a meeting no calendar holds any more: it stays where it is past or people spoke, else nothing.

    Past, it is `gone`: feeds show some months only and people tidy up, which says nothing of who was there. Taken out
    before it took place it is cancelled. `closed`: its owner made it private. Then only a day somebody was credited
    for stays, without words or people.
    """
    if meeting.source == "import":
        return meeting
    if closed:
        bare = replace(
            meeting, status="cancelled", title="", guests=(), organiser=None, link="", place="", why=(), others=0
        )  # fmt: skip
        return bare if spoken else None
    if meeting.end <= now:
        return meeting if meeting.status == "cancelled" else replace(meeting, status="gone")
    return replace(meeting, status="cancelled") if spoken or meeting.verdict else None


def contacts(copies: Iterable[Copy], is_customers: Callable[[str], bool], groups: frozenset[str]) -> list[Guest]:
    """The customer's people at a meeting, by whichever copy names them; a group is nobody to meet."""
    found: dict[str, Guest] = {}
    for event in (copy.event for copy in copies):
        people = [guest for guest in event.guests if guest.kind == "person"]
        for guest in (*people, event.organiser) if event.organiser else people:
            known = found.get(guest.address)
            if guest.address not in groups and is_customers(guest.address) and not (known and known.name):
                found[guest.address] = guest
    return list(found.values())
