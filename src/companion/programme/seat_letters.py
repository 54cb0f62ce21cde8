"""Letters about seats on their way: to the host who is asked, to the leader with an entry, to both when it is over."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from companion.attendance.offers import REMIND_DAYS, STANDING, Offer, working_days_between
from companion.attendance.seating import Table
from companion.basics.clock import day_of
from companion.people.model import Person
from companion.programme.letters import new_token
from companion.programme.model import House, Programme, WorkspaceTx
from companion.programme.moments import next_open, read_quiet
from companion.programme.offer_ground import table_at
from companion.programme.seat_steps import deadline, holidays, settle
from companion.takeaways.letters import Letter, LetterKind, letter_id

OF_SEATS = ("seat_host", "seat_offer", "seat_over", "seat_taken")
SPENT = ("sent", "unknown")
OFFERED, AGREED, MOVED = "offer", "agreed", "moved"  # what a letter to a leader says of the seat
NOT_TAKEN = "not_taken"  # what a giver hears whose seat nobody took
BY_INVITATION = "invitation"  # why an entry of ours is taken back: the host's own one holds the leader
_AHEAD = timedelta(minutes=30)  # what comes later than that before a meeting is not read any more
_TELLING = frozenset({"start", "end", "place"})  # what a change of is told again


@dataclass(frozen=True)
class Case:
    """One offer with all that its letters need."""

    offer: Offer
    table: Table
    person: Person
    programme: Programme
    letters: tuple[Letter, ...]

    def had(self, kind: LetterKind, to: str = "") -> list[Letter]:
        """The letters of that kind, the first first."""
        found = [one for one in self.letters if one.kind == kind and to in ("", one.recipient)]
        return sorted(found, key=lambda one: int(one.facts.get("number", 0)))

    @property
    def has_entry(self) -> bool:
        """Whether an entry of ours may stand in the leader's calendar."""
        return self.offer.entry != "cancelled" and any(one.state in SPENT for one in self.had("seat_offer"))

    @property
    def invited(self) -> bool:
        """Whether the host's invitation holds the leader."""
        mine = (seat for seat in self.table.seats if seat.person_id == self.person.id)
        return any(one.source == "calendar" for seat in mine for one in seat.evidence)


def make(house: House) -> int:
    """Move the offers that the day or a calendar moves, and put the letters that are due among the others; how many."""
    now = house.clock()
    with house.workspace() as tx:
        settle(tx, now)
        made = 0
        for letter, offer in due(tx, now):
            made += tx.letters.add([letter])
            tx.offers.put(offer)
        return made


def due(tx: WorkspaceTx, now: datetime) -> list[tuple[Letter, Offer]]:
    """The letters that are not written yet, each with its offer as it is once the letter is; none without a post."""
    post = tx.programme.get().post
    if not post or post not in {channel.id for channel in tx.takeaways.channels()}:
        return []
    offers, found = tx.offers.all(), []
    ahead = {one.id for one in tx.meetings.some({one.meeting_id for one in offers}) if one.start > now}
    for offer in offers:
        case = case_of(tx, offer, now) if offer.meeting_id in ahead else None
        if case is not None:
            written = {one.id for one in case.letters}
            found += [(letter, after) for letter, after in _of(case, now) if letter.id not in written]
    return found


def case_of(tx: WorkspaceTx, offer: Offer, now: datetime) -> Case | None:
    """An offer with what its letters need; None where its meeting or its person is gone."""
    meeting, person = tx.meetings.get(offer.meeting_id), tx.people.get(offer.person_id)
    if meeting is None or person is None:
        return None
    return Case(offer, table_at(tx, meeting, now), person, tx.programme.get(), tuple(tx.letters.of(offer.id)))


def _of(case: Case, now: datetime) -> Iterator[tuple[Letter, Offer]]:
    offer = case.offer
    if offer.state == "host":
        yield from ((letter, offer) for letter in _to_hosts(case, now))
    elif offer.state == "offered":
        yield from _with_entry(case, OFFERED, now)
    elif offer.state == "accepted":
        yield from ((_letter("seat_taken", case, to, now, {}), offer) for to in recipients(case))
        if case.has_entry and case.invited:
            yield _over(case, BY_INVITATION, now)
        elif not case.invited:
            yield from _with_entry(case, AGREED, now)
        if offer.instead_of:
            yield from _to_giver(case, now)
    else:
        if _is_told(case):
            yield _over(case, offer.reason if offer.state == "withdrawn" else offer.state, now)
        if offer.instead_of and _still_has(case):
            letter = _letter("seat_over", case, _giver(case), now, {"because": NOT_TAKEN, "number": 0})
            yield letter, offer


def _to_hosts(case: Case, now: datetime) -> Iterator[Letter]:
    """Asked once, and once more after some days."""
    waited = working_days_between(
        day_of(case.offer.since, case.programme.zone), case.table.today, holidays(case.programme)
    )
    for to in recipients(case):
        yield _letter("seat_host", case, to, now, {"number": 0})
        first = next((one for one in case.had("seat_host", to) if not one.facts.get("number")), None)
        if waited >= REMIND_DAYS and first and first.state in SPENT:
            yield _letter("seat_host", case, to, now, {"number": 1})


def recipients(case: Case) -> list[str]:
    """Who is asked for the customer: the host, ops where nobody knows one, or none can be reached or is there."""
    hosts = [to for to in case.table.hosts if _reached(case, to)]
    ops = [p.email for p in case.table.people.values() if p.kind == "ops" and _is_there(case, p)]
    return hosts or ops


def _reached(case: Case, address: str) -> bool:
    failed = any(one.state == "failed" and one.trouble_facts.get("final") for one in case.had("seat_host", address))
    person = next((p for p in case.table.people.values() if address in p.addresses), None)
    return not failed and (person is None or _is_there(case, person))


def _is_there(case: Case, person: Person) -> bool:
    today = case.table.today
    if person.end and person.end < today:
        return False
    return not any(one.person_id == person.id and one.start <= today <= one.end for one in case.table.leaves)


def _with_entry(case: Case, role: str, now: datetime) -> Iterator[tuple[Letter, Offer]]:
    """The offer, or that it is theirs; once more where the meeting moved, or the host's invitation let them go."""
    had = [one for one in case.had("seat_offer") if one.state != "withdrawn"]
    if not had:
        number = len(case.had("seat_offer"))
        letter = _letter("seat_offer", case, case.person.email, now, {"number": number, "says": role})
        yield replace(letter, facts={**letter.facts, "sequence": case.offer.sequence}), _sent(case.offer)
        return
    last = had[-1]
    if case.offer.entry == "cancelled":
        yield _anew(case, role, now)
        return
    told = {key: value for key, value in last.facts.items() if key in _TELLING}
    if last.state in SPENT and told and told != {key: meeting_facts(case)[key] for key in told}:
        yield _anew(case, MOVED, now)


def _anew(case: Case, role: str, now: datetime) -> tuple[Letter, Offer]:
    """One more letter, with an entry that takes the place of the last."""
    after = replace(_sent(case.offer), sequence=case.offer.sequence + 1)
    facts = {"number": len(case.had("seat_offer")), "says": role, "sequence": after.sequence}
    return _letter("seat_offer", case, case.person.email, now, facts), after


def _sent(offer: Offer) -> Offer:
    return replace(offer, entry="sent")


def _is_told(case: Case) -> bool:
    """Whether the leader is told that it is over: they asked for it, or were asked, and did not say no themselves."""
    offer = case.offer
    if offer.state == "declined":
        return case.has_entry
    if offer.state == "withdrawn" and offer.came == "ask" and not case.has_entry:
        return offer.reason in ("too_late", "off")  # else it was they who took it back
    return case.has_entry or (offer.came == "ask" and offer.state == "vetoed")


def _over(case: Case, because: str, now: datetime) -> tuple[Letter, Offer]:
    has = case.has_entry
    after = replace(case.offer, entry="cancelled", sequence=case.offer.sequence + 1) if has else case.offer
    facts = {"because": because, "number": len(case.had("seat_over")), "entry": has, "sequence": after.sequence}
    known = next((one for one in case.had("seat_over") if one.facts.get("because") == because), None)
    if known and not has:
        return known, case.offer
    return _letter("seat_over", case, case.person.email, now, facts), after


def _to_giver(case: Case, now: datetime) -> Iterator[tuple[Letter, Offer]]:
    """Who gave the seat up and never had an entry of ours for it: that it is done."""
    giver = case.table.people.get(case.offer.instead_of)
    own = any(one.person_id == case.offer.instead_of and one.entry for one in case.table.offers)
    if giver and not own and not case.had("seat_over", giver.email):
        yield _letter("seat_over", case, giver.email, now, {"because": "swapped", "number": 0}), case.offer


def _giver(case: Case) -> str:
    giver = case.table.people.get(case.offer.instead_of)
    return giver.email if giver else ""


def _still_has(case: Case) -> bool:
    """Whether a seat that nobody took is still its giver's, and nobody else is asked to take it."""
    giver, offers = case.offer.instead_of, case.table.offers
    if case.offer.came != "swap" or any(one.instead_of == giver and one.state in STANDING for one in offers):
        return False
    own = any(one.person_id == giver and one.state in STANDING for one in offers)
    seated = any(one.person_id == giver and one.state == "accepted" for one in case.table.seats)
    return bool(_giver(case)) and (own or seated)


def _letter(kind: LetterKind, case: Case, to: str, now: datetime, facts: dict[str, Any]) -> Letter:
    parts = [facts.get("number", 0), *([facts["because"]] if "because" in facts else [])]
    whole = {"offer": case.offer.id, "person": case.person.id, "token": new_token(), **facts}
    return Letter(letter_id(kind, case.offer.id, to, *parts), kind, to, case.offer.id, now, now, whole)


def meeting_facts(case: Case) -> dict[str, Any]:
    """When and where, as a letter tells it."""
    meeting = case.table.meeting
    return {
        "start": meeting.start.isoformat(), "end": meeting.end.isoformat(), "place": meeting.place,
        "link": meeting.link, "day": case.table.day.isoformat(), "all_day": meeting.all_day,
    }  # fmt: skip


def over(tx: WorkspaceTx, letter: Letter, now: datetime) -> bool:
    """Whether a letter about an offer says nothing that is so any more, or comes too late."""
    offer = tx.offers.get(letter.about)
    case = case_of(tx, offer, now) if offer else None
    if case is None or offer is None or case.table.meeting.start <= now:
        return True
    if letter.kind == "seat_host":
        return offer.state != "host" or letter.recipient not in recipients(case)
    if letter.kind == "seat_taken":
        return offer.state != "accepted" or letter.recipient not in recipients(case)
    if letter.kind == "seat_offer":
        said = str(letter.facts.get("says"))
        wanted = {OFFERED: ("offered",), AGREED: ("accepted",)}.get(said, ("offered", "accepted"))
        return offer.state not in wanted or (said != OFFERED and case.invited)
    return False


def its_time(tx: WorkspaceTx, letter: Letter, now: datetime) -> bool:
    """Whether a letter about an offer may go now: not at night, and to nobody on leave; a meeting does not wait."""
    offer = tx.offers.get(letter.about)
    case = case_of(tx, offer, now) if offer else None
    if case is None:
        return False
    to = next((p for p in case.table.people.values() if letter.recipient in p.addresses), None)
    if to is not None and not _is_there(case, to):
        return False
    quiet, zone = read_quiet(case.programme.quiet), case.programme.zone
    return not quiet.holds(now, zone) or next_open(now, quiet, zone) + _AHEAD > case.table.meeting.start


def last_day(case: Case) -> date:
    """The last day of the leader's answer."""
    return deadline(case.offer, case.table.day, case.programme)
