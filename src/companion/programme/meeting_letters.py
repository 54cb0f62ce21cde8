"""Whom a meeting's letters are for, as the workspace stands: made when due, let go when they are not so any more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from companion.attendance.days import meeting_day
from companion.attendance.model import Evidence
from companion.attendance.seats import seat
from companion.basics.clock import day_of
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Leave, Person
from companion.programme import letters
from companion.programme.letters import TO_HOST, TO_READER
from companion.programme.model import House, Programme, WorkspaceTx
from companion.programme.moments import BRIEF, STALE, Quiet, after_due, brief_due, read_quiet
from companion.takeaways.letters import Letter

_AROUND = timedelta(days=4)  # over a weekend and the quiet hours at its ends
_SPENT = ("sent", "unknown")
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Round:
    """What is read once for the letters of many meetings."""

    programme: Programme
    people: dict[str, Person]
    leaves: tuple[Leave, ...]
    evidence: dict[str, list[Evidence]]  # by meeting
    told: frozenset[tuple[str, str]]  # (meeting, author) of the takeaways there are
    now: datetime

    @property
    def quiet(self) -> Quiet:
        """The programme's quiet hours."""
        return read_quiet(self.programme.quiet)

    def listeners(self, meeting: Meeting) -> list[Person]:
        """Who is coming, by name."""
        return self._in_state(meeting, self.now, ("accepted",))

    def heard(self, meeting: Meeting) -> list[Person]:
        """Who was coming, or was there, and did not say otherwise, by name."""
        there = self._in_state(meeting, self.now, ("attended",))
        unsaid = {person.id for person in self._in_state(meeting, self.now, ("unknown", "accepted"))}
        was_coming = self._in_state(meeting, min(self.now, meeting.end - _TICK), ("accepted",))
        return there + [person for person in was_coming if person.id in unsaid]

    def _in_state(self, meeting: Meeting, at: datetime, states: Sequence[str]) -> list[Person]:
        said = self.evidence.get(meeting.id, [])
        found = {item.person_id for item in said} | {item.to for item in said if item.to}
        here = [self.people[key] for key in found if key in self.people]
        zone = self.programme.zone
        shown = [p for p in here if seat(meeting, p.id, said, at, zone=zone).state in states]
        return sorted(shown, key=lambda person: (person.name, person.id))

    def wants(self, person: Person, meeting: Meeting) -> bool:
        """Whether mails about it may go to them at all: they are here, not on leave, and did not stop them."""
        today, day = day_of(self.now, self.programme.zone), meeting_day(meeting, self.programme.zone)
        if person.kind == "group" or not person.reminders or (person.end and person.end < max(today, day)):
            return False
        mine = [leave for leave in self.leaves if leave.person_id == person.id]
        return not any(leave.start <= one <= leave.end for leave in mine for one in (today, day))

    def host(self, meeting: Meeting) -> Person | None:
        """Whose meeting it is, where that is one of ours."""
        address = normal(meeting.host_email)
        return next((p for p in self.people.values() if address and address in p.addresses), None)

    def briefed(self, meeting: Meeting) -> list[tuple[str, Person, Person]]:
        """(role, to whom, whose brief) of everyone who is to have the brief; the host has the first guest's."""
        if not takes_place(meeting) or meeting.start <= self.now:
            return []
        coming = self.listeners(meeting)
        found = [(TO_READER, person, person) for person in coming if self.wants(person, meeting)]
        host = self.host(meeting)
        if host and coming and host not in coming and self.wants(host, meeting):
            found.append((TO_HOST, host, found[0][2] if found else coming[0]))
        return found

    def asked(self, meeting: Meeting) -> list[Person]:
        """Who is to be asked the three questions; whoever has told of it already is not."""
        if not was_held(meeting) or self.now >= meeting.end + STALE:
            return []
        return [p for p in self.heard(meeting) if self.wants(p, meeting) and (meeting.id, p.id) not in self.told]


def takes_place(meeting: Meeting) -> bool:
    """Whether it is a customer meeting that is still in somebody's calendar."""
    return meeting.status in ("confirmed", "tentative") and meeting.verdict != "no" and bool(meeting.customer_id)


def was_held(meeting: Meeting) -> bool:
    """As `takes_place`, of one that is over: calendars are tidied up afterwards."""
    return takes_place(meeting) or (meeting.status == "gone" and meeting.verdict != "no" and bool(meeting.customer_id))


def round_of(tx: WorkspaceTx, meetings: Iterable[Meeting], now: datetime) -> Round:
    """What the letters of these meetings need."""
    ids = {meeting.id for meeting in meetings}
    said: dict[str, list[Evidence]] = {}
    for item in tx.seats.evidence(ids) if ids else ():
        said.setdefault(item.meeting_id, []).append(item)
    told = tx.takeaways.of_meetings(ids) if ids else []
    return Round(
        tx.programme.get(), {person.id: person for person in tx.people.all()}, tuple(tx.people.leaves()), said,
        frozenset((item.meeting_id, item.author_id) for item in told), now,
    )  # fmt: skip


def make_briefs(house: House) -> int:
    """Put the briefs that are due among the letters; how many are new."""
    with house.workspace() as tx:
        return tx.letters.add(briefs_due(tx, house.clock()))


def make_questions(house: House) -> int:
    """Put the questions that are due among the letters; how many are new. What nobody fetched for long is let go."""
    with house.workspace() as tx:
        return tx.letters.add(questions_due(tx, house.clock()))


def briefs_due(tx: WorkspaceTx, now: datetime) -> list[Letter]:
    """The briefs that go now and are not written yet; none without a post to send them through."""
    if not has_post(tx):
        return []
    meetings = tx.meetings.between(now, now + BRIEF + _AROUND)
    meetings += _put_off(tx, {meeting.id for meeting in meetings}, now)
    around, found = round_of(tx, meetings, now), []
    for meeting in meetings:
        is_due = brief_due(meeting.start, now, around.quiet, around.programme.zone)
        if not is_due and around.quiet.holds(now, around.programme.zone):
            continue
        for role, to, guest in around.briefed(meeting):
            had = had_of(tx, "brief", meeting, to, role)
            if another(had, _facts(meeting)) if is_due else _has_moved(had, meeting):
                found.append(letters.brief(meeting.id, guest.id, to.email, now, len(had), role=role))
    return found


def questions_due(tx: WorkspaceTx, now: datetime) -> list[Letter]:
    """The three questions that go now and are not written yet; none without a post."""
    if not has_post(tx):
        return []
    ended = [one for one in tx.meetings.during(now - STALE, now) if one.end <= now]
    around, found = round_of(tx, ended, now), []
    for meeting in ended:
        if not after_due(meeting.end, now, around.quiet, around.programme.zone):
            continue
        for person in around.asked(meeting):
            had = had_of(tx, "after", meeting, person, TO_READER)
            if another(had, {"day": meeting_day(meeting, around.programme.zone).isoformat()}):
                found.append(letters.after(meeting.id, person.id, person.email, now, len(had)))
    return found


def over(tx: WorkspaceTx, letter: Letter, now: datetime) -> bool:
    """Whether a letter about a meeting says nothing that is so any more, or comes too late."""
    meeting = tx.meetings.get(letter.about)
    if meeting is None:
        return True
    around = round_of(tx, [meeting], now)
    if letter.kind == "after":
        return not any(letter.recipient in person.addresses for person in around.asked(meeting))
    role = letter.facts.get("role")
    return not any(role == one and letter.recipient in to.addresses for one, to, _ in around.briefed(meeting))


def its_time(tx: WorkspaceTx, letter: Letter, now: datetime) -> bool:
    """Whether a letter about a meeting may go now: one that waited for the post does not come at night."""
    meeting = tx.meetings.get(letter.about)
    if meeting is None:
        return False
    programme = tx.programme.get()
    quiet = read_quiet(programme.quiet)
    if letter.kind == "after":
        return after_due(meeting.end, now, quiet, programme.zone)
    if brief_due(meeting.start, now, quiet, programme.zone):
        return True
    return _last_of(tx, letter) is not None and not quiet.holds(now, programme.zone)  # it was put off


def stamped(tx: WorkspaceTx, letter: Letter, now: datetime) -> Letter:
    """The letter with what it says of its meeting as that stands now, so that a later change is seen."""
    meeting = tx.meetings.get(letter.about)
    if meeting is None:
        return letter
    around = round_of(tx, [meeting], now)
    facts = letter.facts | told_of(tx, around, meeting)
    if letter.kind == "brief":
        guests = {to.id: guest for role, to, guest in around.briefed(meeting) if role == letter.facts.get("role")}
        guest = next((g for key, g in guests.items() if letter.recipient in around.people[key].addresses), None)
        had = _last_of(tx, letter) if letter.facts.get("number") else None
        facts |= {"guest": guest.name if guest else "", "again": had is not None}
        facts |= {"moved": had is not None and had.facts.get("start") != facts["start"]}
        facts |= {"person": guest.id} if guest else {}
    if letter.kind == "after":
        facts |= {"unsaid": _unsaid(around, meeting, str(letter.facts.get("person")))}
    return Letter(**{**vars(letter), "facts": facts})


def _unsaid(around: Round, meeting: Meeting, person_id: str) -> bool:
    """Whether nobody has said yet if they were there."""
    said = around.evidence.get(meeting.id, [])
    return seat(meeting, person_id, said, around.now, zone=around.programme.zone).state == "unknown"


def told_of(tx: WorkspaceTx, around: Round, meeting: Meeting) -> dict[str, Any]:
    """What a letter says of its meeting, as plain JSON."""
    host, customer = around.host(meeting), tx.customers.get(meeting.customer_id)
    return _facts(meeting) | {
        "day": meeting_day(meeting, around.programme.zone).isoformat(), "all_day": meeting.all_day,
        "customer": customer.name if customer else "", "nda": bool(customer and customer.nda),
        "host_name": host.name if host else "",
    }  # fmt: skip


def _last_of(tx: WorkspaceTx, letter: Letter) -> Letter | None:
    """The last that went and said the same to the same person."""
    went = [one for one in tx.letters.of(letter.about) if _same(one, letter) and one.state in _SPENT]
    return max(went, key=lambda one: int(one.facts.get("number", 0)), default=None)


def _put_off(tx: WorkspaceTx, known: set[str], now: datetime) -> list[Meeting]:
    """Meetings that are further ahead than briefs go, and of which one has gone."""
    told = {one.about for one in tx.letters.all() if one.kind == "brief" and one.state in _SPENT}
    found = (tx.meetings.get(key) for key in sorted(told - known))
    return [meeting for meeting in found if meeting and meeting.start > now]


def _has_moved(had: Sequence[Letter], meeting: Meeting) -> bool:
    """Whether the last brief that went says another time, and no other is on its way."""
    went = [one for one in had if one.state in _SPENT]
    if not went or had[-1].state not in (*_SPENT, "withdrawn"):
        return False
    return bool(went[-1].facts.get("start") != meeting.start.isoformat())


def _same(one: Letter, other: Letter) -> bool:
    """Whether two letters say the same to the same person, perhaps at two times."""
    alike = (one.kind, one.recipient, one.facts.get("role")) == (other.kind, other.recipient, other.facts.get("role"))
    return alike and one.id != other.id


def _facts(meeting: Meeting) -> dict[str, Any]:
    return {
        "start": meeting.start.isoformat(), "end": meeting.end.isoformat(), "place": meeting.place,
        "link": meeting.link, "host": normal(meeting.host_email),
    }  # fmt: skip


def had_of(tx: WorkspaceTx, kind: str, meeting: Meeting, person: Person, role: str) -> list[Letter]:
    """The letters of that kind about a meeting to one person, oldest first."""
    found = [one for one in tx.letters.of(meeting.id) if one.kind == kind and one.recipient in person.addresses]
    return sorted((one for one in found if one.facts.get("role") == role), key=lambda one: one.facts.get("number", 0))


def another(had: Sequence[Letter], facts: dict[str, Any]) -> bool:
    """Whether one more is to be written: there is none, the last was let go, or what it told has changed since."""
    if not had:
        return True
    last = had[-1]
    if last.state == "withdrawn":
        return True
    return last.state in _SPENT and any(last.facts.get(key) != value for key, value in facts.items())


def has_post(tx: WorkspaceTx) -> bool:
    """Whether the programme writes mails."""
    post = tx.programme.get().post
    return bool(post) and post in {channel.id for channel in tx.takeaways.channels()}
