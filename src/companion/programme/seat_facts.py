"""What the letters about seats tell, as it stands when they go: when and where, who, and why they."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from companion.attendance.entry import SeatEntry, seat_uid
from companion.people.model import Person
from companion.programme.model import House, WorkspaceTx
from companion.programme.offer_ground import has_listened, seats_at
from companion.programme.seat_letters import Case, case_of, last_day, meeting_facts
from companion.takeaways.letters import Attachment, Letter, LetterParcel
from companion.words import seats as words
from companion.words.language import speaking

CALENDAR = "text/calendar; method=PUBLISH"
_BY_KIND = frozenset({"leader", "staff", "host", "ops", "group"})  # roles that say nothing to a customer


def stamped(tx: WorkspaceTx, letter: Letter, now: datetime) -> Letter:
    """The letter with what it tells, as that is now."""
    offer = tx.offers.get(letter.about)
    case = case_of(tx, offer, now) if offer else None
    if case is None:
        return letter
    return replace(letter, facts={**letter.facts, **facts_of(tx, case, letter.recipient, now)})


def facts_of(tx: WorkspaceTx, case: Case, to: str, now: datetime) -> dict[str, Any]:
    """All that words about an offer need. `to`: who reads them."""
    offer, person, meeting = case.offer, case.person, case.table.meeting
    customer = tx.customers.get(meeting.customer_id)
    giver = case.table.people.get(offer.instead_of)
    host = _host(case)
    return {
        **meeting_facts(case),
        "customer": customer.name if customer else "", "nda": bool(customer and customer.nda),
        "guest": person.name, "email": person.email, "team": person.team, "role": role_of(person),
        "host": host.name if host else (case.table.hosts or ("",))[0], "as_host": to in _addresses(case),
        "giver": giver.name if giver else "", "came": offer.came, "why": why_codes(tx, case, now),
        "reason": offer.reason, "until": last_day(case).isoformat() if offer.state == "offered" else "",
    }  # fmt: skip


def role_of(person: Person) -> str:
    """What a customer may be told somebody is: the role, else the team, "" where neither says anything."""
    return person.role if person.role and person.role.strip().lower() not in _BY_KIND else person.team


def why_codes(tx: WorkspaceTx, case: Case, now: datetime) -> list[str]:
    """Why they, the strongest first: ask, swap, first (ever), new (with this customer), team (nobody of it was)."""
    offer, person, meeting = case.offer, case.person, case.table.meeting
    found: list[str] = [offer.came] if offer.came in ("ask", "swap") else []
    past = [one for one in tx.meetings.of_customer(meeting.customer_id) if one.end <= now]
    heard = {seat.person_id for seat in seats_at(tx, past, now) if seat.state == "attended"} if past else set()
    if not has_listened(tx, person.id, now):
        found.append("first")
    elif person.id not in heard:
        found.append("new")
    mates = {key for key, one in case.table.people.items() if person.team and one.team == person.team}
    if len(mates) > 2 and not heard & mates:
        found.append("team")
    return found


def _host(case: Case) -> Person | None:
    return next((p for p in case.table.people.values() if set(p.addresses) & set(case.table.hosts)), None)


def _addresses(case: Case) -> set[str]:
    host = _host(case)
    return {*case.table.hosts, *(host.addresses if host else ())}


def with_entry(house: House, parcel: LetterParcel) -> LetterParcel:
    """The letter with its calendar entry, where one goes with it; others as they are."""
    letter = parcel.letter
    gone = letter.kind == "seat_over"
    if letter.kind != "seat_offer" and not (gone and letter.facts.get("entry")):
        return parcel
    if not letter.facts.get("start"):
        return parcel
    entry = entry_of(letter, parcel.language, house.clock(), gone=gone)
    with speaking(parcel.language):
        name = words.file_name(gone=gone)
    return replace(parcel, attachments=(Attachment(name, CALENDAR, house.render_entry([entry])),))


def entry_of(letter: Letter, language: str, now: datetime, *, gone: bool = False) -> SeatEntry:
    """The entry that a letter brings; its facts are stamped."""
    return entry(
        seat_uid(letter.about), int(letter.facts.get("sequence", 0)), letter.facts, language, now, gone=gone
    )  # fmt: skip


def entry(
    uid: str, sequence: int, facts: dict[str, Any], language: str, now: datetime, *, gone: bool = False,
    tentative: bool = False, beside: bool = False,
) -> SeatEntry:  # fmt: skip
    """An entry from facts as `facts_of` makes them; of a customer under an agreement it has no name."""
    with speaking(language):
        customer = "" if facts["nda"] else str(facts["customer"])
        return SeatEntry(
            uid, sequence, now, datetime.fromisoformat(facts["start"]), datetime.fromisoformat(facts["end"]),
            bool(facts["all_day"]), words.entry_title(customer), words.entry_text(_line(facts["host"])),
            str(facts["place"]), str(facts["link"]), gone, tentative, beside,
        )  # fmt: skip


def _line(text: object) -> str:
    return " ".join(str(text).split())
