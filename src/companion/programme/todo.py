"""What is theirs to do, for one person: a few lines, the most pressing first, and nobody else's matters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from companion.attendance.offers import answer_by
from companion.attendance.seats import to_decide
from companion.attendance.tally import counts
from companion.basics.clock import day_of, working_days_after
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.apply_memory import sees_customers
from companion.programme.model import WorkspaceTx
from companion.programme.sat import asks_for
from companion.programme.todo_ground import BACK, Ground, read_ground
from companion.programme.todo_seat import wanted_seat
from companion.takeaways.letters import Todo, TodoKind

MOST = 5  # lines of one mail
REPLY = timedelta(days=7)  # within which readers may hope for an answer
HOST = timedelta(days=3)  # within which a host is hoped to answer
PROMISED = timedelta(days=7)  # how long before its day a promise is spoken of
_RANK: tuple[TodoKind, ...] = (
    "offer", "may_sit", "who_sat", "joined", "tell", "reply", "promise", "seat", "disputes", "unknowns", "reviews",
)  # fmt: skip
_LAST = date.max


def todo(tx: WorkspaceTx, person: Person, now: datetime) -> tuple[Todo, ...]:
    """All that is theirs to do, most pressing first; the mail shows `MOST`. Nothing for who is away or has left."""
    return Matters(tx, now, person).of(person)


@dataclass(frozen=True)
class Matters:
    """What is to be done, by whomever, read once; with `only` no more than that person's."""

    tx: WorkspaceTx
    now: datetime
    only: Person | None = None

    @cached_property
    def ground(self) -> Ground:
        """What the lines are made of."""
        return read_ground(self.tx, self.now, self.only)

    def of(self, person: Person, besides: str = "") -> tuple[Todo, ...]:
        """One person's, most pressing first. `besides`: the letter that is made, which they have not had yet."""
        known = self._said.get((person.id, besides))
        if known is None:
            known = self._said[person.id, besides] = self._read(person, besides)
        return known

    @cached_property
    def _said(self) -> dict[tuple[str, str], tuple[Todo, ...]]:
        return {}

    def _read(self, person: Person, besides: str) -> tuple[Todo, ...]:
        if not self.ground.is_here(person):
            return ()
        found = [
            *self._offers(person), *self._may_sit(person), *self._who_sat(person), *self._joined_and_tell(person),
            *self._reply(person), *self._promises(person), *self._seat(person, besides),
            *(self._of_ops() if person.kind == "ops" else ()),
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.by or _LAST, _RANK.index(one.kind), one.about)))

    def _offers(self, person: Person) -> Iterable[Todo]:
        facts = self.ground
        for offer in facts.offers:
            meeting = facts.meetings.get(offer.meeting_id)
            if offer.state == "offered" and offer.person_id == person.id and meeting and meeting.start > facts.now:
                by = answer_by(day_of(offer.since, facts.zone), facts.day(meeting), facts.holidays)
                line = facts.about(meeting, "offer", by)
                yield replace(line, about=(offer.id,), asked=facts.letter("seat_offer", offer.id, person))

    def _may_sit(self, person: Person) -> Iterable[Todo]:
        facts = self.ground
        for offer in facts.offers:
            meeting = facts.meetings.get(offer.meeting_id)
            if offer.state != "host" or not meeting or meeting.start <= facts.now:
                continue
            if not self._decides(person, meeting):
                continue
            who = facts.people.get(offer.person_id)
            line = facts.about(meeting, "may_sit", day_of(offer.since + HOST, facts.zone))
            asked = facts.letter("seat_host", offer.id, person)
            yield replace(line, about=(offer.id,), who=who.name if who else "", asked=asked)

    def _decides(self, person: Person, meeting: Meeting) -> bool:
        """Its host; where no host is known, whoever looks after the programme."""
        host = self.ground.host(meeting)
        return host.id == person.id if host else person.kind == "ops"

    def _who_sat(self, person: Person) -> Iterable[Todo]:
        facts = self.ground
        if not facts.programme.who_sat:
            return
        for meeting in facts.hosted(person):
            if not counts(meeting) or facts.day(meeting) >= facts.today:
                continue
            if any(facts.listens(one.id) for one in asks_for(facts.tx, meeting, person, facts.now) or ()):
                by = working_days_after(facts.day(meeting), 3, facts.away(person))
                asked = facts.letter("who_sat", meeting.id, person)
                yield replace(facts.about(meeting, "who_sat", by), asked=asked)

    def _joined_and_tell(self, person: Person) -> Iterable[Todo]:
        facts = self.ground
        for seat in facts.seats_of(person.id):
            meeting = facts.meetings[seat.meeting_id]
            host = facts.host(meeting)
            if not facts.now - BACK <= meeting.end <= facts.now or not counts(meeting):
                continue
            if host and host.id == person.id:
                continue  # whose meeting it is does not listen there
            by = working_days_after(facts.day(meeting), 5, facts.away(person))
            if seat.state == "unknown":
                asked = facts.letter("after", meeting.id, person)
                yield replace(facts.about(meeting, "joined", by), asked=asked)
            elif seat.state == "attended" and (meeting.id, person.id) not in facts.told:
                yield facts.about(meeting, "tell", by)

    def _reply(self, person: Person) -> Iterable[Todo]:
        facts = self.ground
        waiting = [answer for answer in facts.waiting.get(person.id, ()) if answer.person_id != person.id]
        if waiting:
            by = day_of(min(answer.at for answer in waiting) + REPLY, facts.zone)
            about = tuple(sorted({answer.takeaway_id for answer in waiting}))
            private = sum(answer.only_author or not answer.name for answer in waiting)
            yield Todo("reply", about, by, count=len(waiting), private=private)

    def _promises(self, person: Person) -> Iterable[Todo]:
        facts = self.ground
        soon = [
            one for one in facts.tx.facts.promised_by(person.id)
            if one.due and one.due <= facts.today + PROMISED and one.customer_id in facts.customers
        ]  # fmt: skip
        if not soon or not sees_customers(facts.tx, person, facts.now, shared=facts.programme.shared):
            return
        for one in soon:
            yield Todo("promise", (one.id,), one.due, facts.customers[one.customer_id].name, what=one.text)

    def _seat(self, person: Person, besides: str) -> Iterable[Todo]:
        found = wanted_seat(self.ground, person, self.ground.last_weekly(person, besides))
        return (found,) if found else ()

    def _of_ops(self) -> Sequence[Todo]:
        facts = self.ground
        past = [seat for seat in facts.seats if facts.meetings[seat.meeting_id].end <= facts.now]
        recent = [seat for seat in past if facts.meetings[seat.meeting_id].end >= facts.now - BACK]
        counted: tuple[tuple[TodoKind, int], ...] = (
            ("disputes", sum(to_decide(seat) for seat in past)),
            ("unknowns", sum(seat.state == "unknown" and not to_decide(seat) for seat in recent)),
            ("reviews", sum(one.start < facts.now + timedelta(weeks=6) for one in facts.free)),
        )
        return [Todo(kind, count=count) for kind, count in counted if count]
