"""Who has which review in the calendar: the host's whole series, the leader's one occurrence."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from companion.sample.firm import Firm, Member
from companion.sample.ics_text import Attendee, Entry
from companion.sample.reviews import EXTRA, Occurrence, Review, Seat, mark

Answer = Literal["ACCEPTED", "DECLINED", "TENTATIVE", "NEEDS-ACTION"]
_ANSWERS: dict[str, Answer] = {
    "declined": "DECLINED",
    "delegated": "DECLINED",
    "asked": "NEEDS-ACTION",
    "tentative": "TENTATIVE",
    "host": "TENTATIVE",  # they came although the calendar never said so
}
_GROUP = Attendee("leadership@ferro.example", "Leadership", "NEEDS-ACTION", "NON-PARTICIPANT", "GROUP")


def owners(review: Review, firm: Firm) -> tuple[Member, ...]:
    """Everybody in whose calendar the review stands: its host first, then the other host, then leaders."""
    host = firm.customers[review.customer]["host"]
    found = [member for member in firm.people if member.email == host]
    found += [firm.person(review.second)] if review.second else []
    ids = {seat.who for occurrence in review.occurrences for seat in occurrence.seats}
    return (*found, *(member for member in firm.people if member.id in ids))


def copy_of(review: Review, owner: Member, firm: Firm, seed: int, stamp: datetime) -> tuple[Entry, ...]:
    """The review as it stands in one calendar: all of it, or only what its owner was invited to."""
    overrides = [item for item in review.occurrences if item.changed or (item.seats and not review.whole)]
    if not review.rule:
        return (_entry(review, review.occurrences[0], firm, seed, stamp),)
    if owner.role == "leader" and not review.whole:
        mine = [item for item in overrides if owner.id in {seat.who for seat in item.seats}]
        return tuple(_override(review, item, firm, seed, stamp) for item in mine)
    return (_master(review, firm, seed, stamp), *(_override(review, item, firm, seed, stamp) for item in overrides))


def _master(review: Review, firm: Firm, seed: int, stamp: datetime) -> Entry:
    first = next(item for item in review.occurrences if item.k != EXTRA)
    seats = tuple(seat for item in review.occurrences for seat in item.seats) if review.whole else ()
    plain = Occurrence(
        first.k,
        first.original,
        first.original,
        first.original + timedelta(minutes=review.minutes),
        review.title,
        seats=seats,
    )
    entry = _entry(review, plain, firm, seed, stamp)
    added = tuple(item.original for item in review.occurrences if item.k == EXTRA)
    return replace(entry, rule=review.rule, added=added)


def _override(review: Review, occurrence: Occurrence, firm: Firm, seed: int, stamp: datetime) -> Entry:
    entry = _entry(review, occurrence, firm, seed, stamp)
    changes = 1 + int(occurrence.start != occurrence.original) + int(occurrence.cancelled)
    return replace(entry, occurrence=occurrence.original, sequence=changes)


def _entry(review: Review, occurrence: Occurrence, firm: Firm, seed: int, stamp: datetime) -> Entry:
    customer = firm.customers[review.customer]
    contacts = [Attendee(address, name, "ACCEPTED") for name, address, _ in customer["contacts"]]
    hosts = [member for member in owners(review, firm) if member.role == "host"]
    ours = [Attendee(host.email, host.name, "ACCEPTED") for host in hosts]
    chair = contacts[0] if review.chair == "customer" else ours[0]
    guests = [Attendee(one.address, one.name, one.answer, "CHAIR") if one == chair else one for one in ours + contacts]
    guests += [_leader(seat, firm) for seat in occurrence.seats] + ([_GROUP] if review.group else [])
    code = mark(seed, "link", review.key)
    form = "online" if review.online else "place"
    return Entry(
        uid=review.uid,
        start=occurrence.start,
        end=occurrence.end,
        title=occurrence.title,
        stamp=stamp,
        zone=review.zone,
        organiser=chair,
        guests=tuple(guests),
        cancelled=occurrence.cancelled,
        place="" if review.online else customer["place"],
        body=firm.noise["agenda"][form].format(margin=11 + int(code[:2], 16) % 12, place=customer["place"]),
        link=f"https://teams.ferro.example/l/meetup-join/19%3ameeting_{code[:40]}%40thread.v2/0"
        if form == "online"
        else "",
    )


def _leader(seat: Seat, firm: Firm) -> Attendee:
    member = firm.person(seat.who)
    return Attendee(member.address(seat.alias), member.name, _ANSWERS.get(seat.was, "ACCEPTED"), "OPT-PARTICIPANT")
