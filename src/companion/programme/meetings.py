"""What people say of meetings: yes, no, forget; and reviews that come from a CRM's table."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from companion.basics.clock import day_of, start_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.calendars.model import Window
from companion.crossing.model import Command
from companion.meetings.model import Meeting, Verdict
from companion.meetings.placing import own_id
from companion.meetings.table import read_meetings
from companion.programme.apply import cross
from companion.programme.audits import note
from companion.programme.copies import let_go
from companion.programme.model import House, WorkspaceTx
from companion.programme.remerge import remerge


def confirm(house: House, ids: Sequence[str], customer: str = "") -> list[str]:
    """These are customer meetings (of that customer).

    An id may be of a meeting that only `inspect` has shown yet; then it is whole, and a customer is named.
    """
    done = []
    with house.workspace() as tx:
        customer_id = _customer_id(tx, customer) if customer else ""
        for text in ids:
            known = _found(tx, text)
            key = known.id if known else _whole_id(text)
            if known is None and not customer_id:
                raise Problem("meeting_needs_customer", meeting=key)
            chosen = customer_id or (known.customer_id if known else "")
            tx.meetings.put_verdict(Verdict(key, "yes", chosen, house.me, house.clock()))
            if known:
                tx.meetings.put(replace(known, verdict="yes", customer_id=chosen))
            _note(tx, house, "meeting.confirmed", known, "yes", chosen, key)
            done.append(key)
    release(house, done)
    return done


def dismiss(house: House, ids: Sequence[str]) -> list[str]:
    """These are no customer meetings; they stay known, so that no sync brings them back."""
    with house.workspace() as tx:
        for key in ids:
            known = find(tx, key)
            tx.meetings.put_verdict(Verdict(known.id, "no", "", house.me, house.clock()))
            tx.meetings.put(replace(known, verdict="no"))
            _note(tx, house, "meeting.dismissed", known, "no", known.customer_id, known.id)
    return list(ids)


def forget(house: House, ids: Sequence[str]) -> list[str]:
    """Take meetings out of both stores; only their fingerprint stays, so that they do not come back.

    With them go what people said of their seats, the customer's people known from nowhere else, and the title
    of one's own note; the note's lines are their writer's and stay.
    """
    done = []
    for text in ids:
        with house.workspace(write=False) as tx:
            known = find(tx, text)
            day = day_of(known.start, tx.programme.get().zone)
            copies = tx.meetings.copies([known.id]).get(known.id, ())
        # This device first, and with it the command that does the rest: killed in between, nothing is half forgotten.
        with house.device() as device:
            let_go(device, known.id)
            device.events.forget(known.uid, known.rec_key)
            for event in (copy.event for copy in copies):
                device.events.forget(event.uid, event.rec_key)
                let_go(device, own_id(event))
            for brief in device.briefs.all():
                if brief.meeting_id == known.id:
                    device.briefs.drop(brief.meeting_id, brief.person_id)
            note = device.notes.of_meeting(known.id)
            if note:
                device.notes.put(replace(note, title=day.isoformat(), customer_id=""))
            for account in device.accounts.all():
                # The rules changed; should they change back, the calendar is read again all the same.
                device.events.save_state(account.id, replace(device.events.state(account.id), rules=""))
            device.queue.put(Command(new_id(), "forget", {"id": known.id, "by": house.me}, house.clock()))
        cross(house)
        done.append(known.id)
    return done


def release(house: House, ids: Sequence[str]) -> int:
    """A yes lets what waited on this device cross: once for the whole series."""
    freed = 0
    with house.device() as device:
        for command in device.queue.waiting():
            if command.held and set(command.body.get("ids", ())) & set(ids):
                for uid in command.body["uids"]:
                    freed += device.queue.release(uid)
    if freed:
        cross(house)
    return freed


def import_table(house: House, text: str, *, dry_run: bool = False) -> tuple[list[Meeting], list[Problem]]:
    """Reviews from a CRM: id,customer,start,end,timezone,host_email,title,link. The good rows come in.

    What somebody forgot stays forgotten, and a review that a calendar already tells of is not added twice.
    """
    taken = []
    with house.workspace() as tx:
        meetings, problems = read_meetings(text, tx.customers.all(), tx.programme.get().zone)
        forgotten = {verdict.meeting_id for verdict in tx.meetings.verdicts() if verdict.says == "forget"}
        for meeting in meetings:
            if meeting.id in forgotten:
                problems.append(Problem("meeting_was_forgotten", title=meeting.title))
                continue
            twin = _twin(meeting, tx.meetings.of_customer(meeting.customer_id))
            if twin:
                problems.append(Problem("meeting_in_calendar", title=meeting.title, known=twin.title))
                continue
            taken.append(meeting)
            if not dry_run:
                old = tx.meetings.get(meeting.id)
                tx.meetings.put(replace(meeting, verdict=old.verdict) if old else meeting)
    return taken, problems


def _twin(meeting: Meeting, others: Sequence[Meeting]) -> Meeting | None:
    """The meeting of a calendar that a CRM's row tells of as well: the same customer, at the same time."""
    overlapping = (
        item for item in others if item.source == "calendar" and item.start < meeting.end and meeting.start < item.end
    )
    return next((item for item in overlapping if item.status != "cancelled"), None)


def between(house: House, window: Window, *, everything: bool = False) -> list[Meeting]:
    """The meetings of these days, earliest first; dismissed ones only with `everything`."""
    with house.workspace() as tx:
        zone = tx.programme.get().zone
        first, after = start_of(window.first, zone), start_of(window.last + timedelta(days=1), zone)
        return sorted(tx.meetings.between(first, after, dismissed=everything), key=lambda m: (m.start, m.id))


def recompute(house: House) -> None:
    """Merge everything again, after people or customers changed."""
    with house.workspace() as tx:
        ids = {meeting.id for meeting in tx.meetings.everything() if meeting.source == "calendar"}
        remerge(tx, ids, house.clock())


def find(tx: WorkspaceTx, text: str) -> Meeting:
    """The meeting with that id, or the only one whose id begins so; Problem `meeting_unknown` otherwise."""
    known = tx.meetings.get(text)
    if known:
        return known
    hits = [meeting for meeting in tx.meetings.everything() if len(text) >= 4 and meeting.id.startswith(text)]
    if len(hits) != 1:
        raise Problem("meeting_unknown", meeting=text)
    return hits[0]


def _found(tx: WorkspaceTx, key: str) -> Meeting | None:
    try:
        return find(tx, key)
    except Problem:
        return None


def _whole_id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError as error:
        raise Problem("meeting_unknown", meeting=text) from error


def _customer_id(tx: WorkspaceTx, name: str) -> str:
    customer = tx.customers.by_name(name)
    if customer is None:
        raise Problem("customer_unknown", name=name)
    return customer.id


def _note(
    tx: WorkspaceTx, house: House, what: str, old: Meeting | None, says: str, customer_id: str, key: str
) -> None:  # fmt: skip
    before = f"{old.verdict} {old.customer_id}".strip() if old else ""
    note(tx, house, what, before, f"{says} {customer_id}".strip(), "", (key,))
