"""Meetings, seats and contacts made anew from the copies that are there: read once, merged, written in bulk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from companion.attendance.model import Evidence
from companion.attendance.target import aimed
from companion.basics.ids import day_in_uid, new_id
from companion.customers.model import Contact
from companion.meetings.answers import said
from companion.meetings.merge import absent, contacts, merge
from companion.meetings.model import Copy, Meeting, Verdict
from companion.meetings.placing import misplaced, series_with_days
from companion.meetings.recognise import Rules
from companion.meetings.voices import FindPerson, groups_of
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.model import WorkspaceTx
from companion.programme.rules import rules_of

Told = dict[tuple[str, str], Evidence]  # (person, what the calendar says) -> the statement


@dataclass(frozen=True)
class Shelf:
    """What merging looks up: people, customers, verdicts, rules, and what was said so far."""

    person: FindPerson
    leaders: frozenset[str]  # person ids
    hosts: dict[str, str]  # customer id -> account owner
    verdicts: dict[str, Verdict]
    rules: Rules
    spoken: frozenset[str]  # meetings of which people spoke
    told: dict[str, Told]  # by meeting, what calendars said before


def finder(people: Iterable[Person]) -> FindPerson:
    """A look-up of our people by any of their addresses."""
    known = {address: person for person in people for address in person.addresses}
    return lambda address: known.get(normal(address))


def remerge(tx: WorkspaceTx, meeting_ids: Iterable[str], now: datetime, closed: frozenset[str] = frozenset()) -> None:
    """Make these meetings again from their copies; one without any goes, or is marked where it must stay.

    `closed`: those that their owner made private.
    """
    ids = sorted(_settled(tx, set(meeting_ids)))
    copies, shelf = tx.meetings.copies(ids), _shelf(tx, ids)
    merged: dict[str, Meeting] = {}
    for key in ids:
        verdict = shelf.verdicts.get(key)
        if verdict and verdict.says == "forget":
            continue
        if copies.get(key):
            merged[key] = merge(key, copies[key], verdict, lambda customer: shelf.hosts.get(customer, ""), shelf.person)
        else:
            _let_go(tx, key, now, spoken=key in shelf.spoken, closed=key in closed)
    _forget_who_was_free(tx, merged)
    tx.meetings.put_all(merged.values())
    _propose_seats(tx, {key: copies[key] for key in merged}, shelf, now)
    _meet_contacts(tx, merged, copies, shelf, now)


def _settled(tx: WorkspaceTx, ids: set[str]) -> set[str]:
    """`ids` and the meetings that copies came to, after those that know only a day went where they belong.

    Where people said anything their words hold a copy: it stays.
    """
    known = tx.meetings.uids()
    if not any(map(day_in_uid, known)):
        return ids
    touched = {copy.event.uid for copies in tx.meetings.copies(ids).values() for copy in copies}
    touched |= {meeting.uid for meeting in tx.meetings.some(ids)}
    uids = series_with_days(known, touched)
    moves = misplaced(tx.meetings.of_uids(sorted(uids))) if uids else []
    words = {item.meeting_id for item in tx.seats.evidence({at for at, _, _ in moves}) if item.source != "calendar"}
    words |= {verdict.meeting_id for verdict in tx.meetings.verdicts()} if moves else set()
    words |= {takeaway.meeting_id for takeaway in tx.takeaways.of_meetings({at for at, _, _ in moves})}
    left = set()
    for at, home, copy in moves:
        if at not in words:
            tx.meetings.put_copies([(home, copy)])
            tx.meetings.drop_copies(copy.account_id, [at])
            ids.add(home)
            left.add(at)
    for key in left - tx.meetings.copies(left).keys():
        tx.meetings.remove(key)
        ids.discard(key)
    return ids


def _shelf(tx: WorkspaceTx, ids: Sequence[str]) -> Shelf:
    people = tx.people.all()
    targets, by_role = tx.seats.targets(), tx.programme.get().targets
    told: dict[str, Told] = {}
    spoken = set()
    for item in tx.seats.evidence(ids):
        if item.source == "calendar":
            told.setdefault(item.meeting_id, {})[item.person_id, item.says] = item
        else:
            spoken.add(item.meeting_id)
    return Shelf(
        finder(people),
        frozenset(person.id for person in people if person.kind == "leader" or aimed(person, targets, by_role)),
        {customer.id: normal(customer.host_email) for customer in tx.customers.all()},
        {verdict.meeting_id: verdict for verdict in tx.meetings.verdicts()},
        rules_of(tx), frozenset(spoken), told,
    )  # fmt: skip


def _let_go(tx: WorkspaceTx, key: str, now: datetime, *, spoken: bool, closed: bool) -> None:
    known = tx.meetings.get(key)
    if known is None:
        return
    left = absent(known, now, spoken=spoken, closed=closed)
    if left:
        tx.meetings.put(left)
    else:
        tx.meetings.remove(key)


def _forget_who_was_free(tx: WorkspaceTx, merged: Mapping[str, Meeting]) -> None:
    """Who was free at one time is not known to be free at another."""
    asked = {word.meeting_id for word in tx.availability.of(merged)}
    before = tx.meetings.some(asked) if asked else []
    moved = [old.id for old in before if (old.start, old.end) != (merged[old.id].start, merged[old.id].end)]
    if moved:
        tx.availability.drop(moved)


def _propose_seats(tx: WorkspaceTx, copies: Mapping[str, Sequence[Copy]], shelf: Shelf, now: datetime) -> None:
    """What the calendars say of leaders. A statement that stands keeps its time, so that `--as-of` can look back."""
    news: dict[str, list[Evidence]] = {}
    for key, some in copies.items():
        before = shelf.told.get(key, {})
        after: Told = {}
        for item in said(some, shelf.person):
            if item.person.id in shelf.leaders:
                name = (item.person.id, item.says)
                fresh = Evidence(new_id(), key, item.person.id, "calendar", item.says, item.account_id, now)
                after[name] = before.get(name, fresh)
        if after != before:
            news[key] = list(after.values())
    tx.seats.replace_calendar(news)


def _meet_contacts(
    tx: WorkspaceTx, merged: dict[str, Meeting], copies: dict[str, list[Copy]], shelf: Shelf, now: datetime
) -> None:
    """Keep the customer's people by name and when they were last met; each is written once."""
    met: dict[tuple[str, str], Contact] = {}
    for key, meeting in merged.items():

        def is_theirs(address: str, customer_id: str = meeting.customer_id) -> bool:
            return shelf.rules.customer_of(address) == customer_id

        for guest in contacts(copies[key], is_theirs, groups_of(copies[key], shelf.person)):
            name = guest.name if "@" not in guest.name else ""
            when = meeting.start if meeting.start <= now else None
            known = met.get((meeting.customer_id, guest.address))
            if known is None:
                known = Contact(new_id(), meeting.customer_id, guest.address, name)
            latest = max((at for at in (known.last_met, when) if at), default=None)
            met[meeting.customer_id, guest.address] = replace(known, name=known.name or name, last_met=latest)
    for contact in met.values():
        tx.customers.put_contact(contact)
