"""What ops have to see to, oldest first: each item says what to do, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from companion.attendance.offers import Offer, host_is_late
from companion.attendance.presence import Told
from companion.attendance.seats import credited, proposed
from companion.basics.clock import day_of, start_of
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.model import House
from companion.programme.names import names_shown
from companion.programme.seat_steps import holidays
from companion.programme.views.calendars import calendars
from companion.programme.views.ground import Ground, span_ground
from companion.words import worklist as words

Kind = Literal["unknown", "disputed", "untold", "open_review", "candidate", "sync", "told", "host"]
KINDS: tuple[Kind, ...] = ("disputed", "told", "unknown", "untold", "host", "open_review", "candidate", "sync")
AHEAD = 42  # days in which an open review is looked for
ALL_AHEAD = timedelta(days=800)  # as far as any calendar is read
LOOK_BACK = timedelta(days=365)  # later than that nobody remembers who was there
UNTOLD = timedelta(days=90)  # later than that nobody tells of it any more
RUNS, OFTEN = 10, 3  # of a calendar's last runs, how many may fail before somebody looks


@dataclass(frozen=True)
class WorkItem:
    """One thing to see to. `about`: whom, "" where names may not be shown; `where`: the page it is seen to on."""

    kind: Kind
    id: str  # of a meeting, an account or a mail, with the person's where there is one
    title: str
    about: str
    since: datetime
    meeting_id: str
    person_id: str
    what_to_do: str
    where: str
    command: str = ""  # what to type


@dataclass(frozen=True)
class Worklist:
    """All of it, oldest first."""

    items: tuple[WorkItem, ...]
    zone: str
    names: bool  # whether others are named
    counts: dict[str, int] = field(default_factory=dict)  # by kind, all kinds


def worklist(house: House) -> Worklist:
    """What waits for ops, or for the owner of a local file; for anybody else nothing does."""
    now = house.clock()
    facts, _dismissed_too = span_ground(house, now - LOOK_BACK, now + ALL_AHEAD)
    if house.workspace_shared and (facts.me is None or facts.me.kind != "ops"):
        return Worklist((), facts.zone, names=False, counts=dict.fromkeys(KINDS, 0))
    names = names_shown(house, facts.programme, facts.me)
    with house.workspace(write=False) as tx:
        offers, waiting = tx.offers.all(), tx.presence.waiting()
    found = [
        *_seats(facts), *_untold(facts), *_told(facts, waiting), *_hosts(facts, offers), *_open(facts),
        *_candidates(house, facts), *_calendars(house),
    ]  # fmt: skip
    shown = found if names else list({(one.kind, one.meeting_id): one for one in map(_nameless, found)}.values())
    shown.sort(key=lambda one: (one.since, KINDS.index(one.kind), one.title, one.about, one.id))
    return Worklist(tuple(shown), facts.zone, names, {kind: sum(one.kind == kind for one in shown) for kind in KINDS})


def _nameless(item: WorkItem) -> WorkItem:
    if not item.person_id:
        return item
    return replace(item, id=item.meeting_id, person_id="", about=words.somebody(), command="")


def _item(facts: Ground, kind: Kind, meeting: Meeting, person_id: str, since: datetime, command: str = "") -> WorkItem:
    title = words.title(facts.customer(meeting.customer_id).name, day_of(meeting.start, facts.zone), facts.today)
    key = f"{meeting.id} {person_id}".strip()
    about, what = facts.name(person_id), words.what_to_do(kind)
    return WorkItem(kind, key, title, about, since, meeting.id, person_id, what, "meetings", command)


def _seats(facts: Ground) -> Iterator[WorkItem]:
    """Past seats of which nobody knows, and those on which the sides do not agree."""
    for seat in facts.seats:
        meeting, person = facts.meetings[seat.meeting_id], facts.person(seat.person_id)
        if person is None or not facts.now - LOOK_BACK < meeting.end <= facts.now or not _begun(facts, meeting):
            continue
        if seat.state == "disputed" or proposed(seat.evidence) is not None:
            kind: Kind = "disputed"
        elif seat.state == "unknown":
            kind = "unknown"
        else:
            continue
        yield _item(facts, kind, meeting, person.id, meeting.end, words.to_type(meeting.id, person.email))


def _begun(facts: Ground, meeting: Meeting) -> bool:
    """Whether the programme had begun, and the meeting is one that counts."""
    start = facts.programme.start
    return bool(meeting.customer_id) and (start is None or day_of(meeting.start, facts.zone) >= start)


def _untold(facts: Ground) -> Iterator[WorkItem]:
    """Leaders who heard a customer and have not told of it in the working days there are for it."""
    told = {(one.meeting_id, one.author_id) for one in facts.takeaways if not one.withdrawn}
    for seat in facts.seats:
        person, meeting = facts.person(credited(seat)), facts.meetings[seat.meeting_id]
        if person is None or person.kind != "leader" or (meeting.id, person.id) in told or _left(person, facts.today):
            continue
        last = facts.tell_until(meeting, person)
        if last < facts.today and meeting.end > facts.now - UNTOLD and _begun(facts, meeting):
            yield _item(facts, "untold", meeting, person.id, start_of(last + timedelta(days=1), facts.zone))


def _left(person: Person, today: date) -> bool:
    return person.end is not None and person.end < today


def _told(facts: Ground, waiting: Iterable[Told]) -> Iterator[WorkItem]:
    """Mails about who was there that nobody could read to their end."""
    for told in waiting:
        meeting = facts.meetings.get(told.meeting_id)
        if meeting:
            command = f"companion seats told {told.id[:8]}"
            yield replace(_item(facts, "told", meeting, told.person_id, told.at, command), id=told.id)


def _hosts(facts: Ground, offers: Iterable[Offer]) -> Iterator[WorkItem]:
    """Hosts who have owed an answer for long whether somebody may sit in."""
    free = holidays(facts.programme)
    for offer in offers:
        meeting = facts.meetings.get(offer.meeting_id)
        late = host_is_late(offer, day_of(offer.since, facts.zone), facts.today, free)
        if late and meeting and meeting.start > facts.now:
            command = f"companion seats allow {offer.id[:8]} yes"
            yield _item(facts, "host", meeting, offer.person_id, offer.since, command)


def _open(facts: Ground) -> Iterator[WorkItem]:
    for meeting in facts.open_reviews(AHEAD):
        yield _item(facts, "open_review", meeting, "", meeting.start, "companion plan")


def _candidates(house: House, facts: Ground) -> Iterator[WorkItem]:
    """What was found in a calendar of this computer and waits for its owner's yes."""
    with house.device(write=False) as device:
        held = [command for command in device.queue.waiting() if command.held]
    what = words.what_to_do("candidate")
    for command in held:
        titles = [str(item["title"]) for item in command.body.get("put", ())]
        ids = list(map(str, command.body.get("ids", ())))
        key = ids[0] if ids else command.id
        typed = f"companion meetings confirm {key}" if ids else ""
        yield WorkItem(
            "candidate", key, titles[0] if titles else "", "", command.made, ids[0] if ids else "", "", what,
            "meetings", typed,
        )  # fmt: skip


def _calendars(house: House) -> Iterator[WorkItem]:
    """Calendars of this computer that are not read as they should be, by their last runs."""
    for one in calendars(house, RUNS).items:
        failed = sum(not run.ledger.seen and bool(run.problems) for run in one.runs)
        if not one.needs_somebody and failed < OFTEN:
            continue
        first = one.runs[-1].started if one.runs else house.clock()
        since = one.state.signed_out or one.state.last_ok or first
        yield WorkItem(
            "sync", one.account.id, words.failing(one.account.name, failed, len(one.runs)), "", since, "", "",
            words.what_to_do("sync"), "settings", f"companion accounts status {one.account.name}",
        )  # fmt: skip
