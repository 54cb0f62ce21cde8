"""Who really joined: reports in, met or not met out. Times, lengths and everybody else stay in memory and go."""

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from companion.attendance.model import Evidence
from companion.attendance.report import Report, System
from companion.attendance.reports_matching import Found, Numbers, enough, match
from companion.attendance.reports_reading import read
from companion.attendance.reports_uniting import belonging, session_of, span_of
from companion.attendance.seats import seats_of
from companion.attendance.target import aimed
from companion.basics.clock import zone
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.meetings import find
from companion.programme.model import AuditEntry, House, WorkspaceTx

_STATEMENTS = uuid.UUID("0b9a4c8e-6f0f-5b43-9a54-0a6f7a1f2c11")
_SEATED = frozenset({"accepted", "offered", "unknown", "attended", "disputed"})
_RANK = {"missed": 1, "unknown": 2, "attended": 3}  # what another session of the same meeting cannot take back
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Proposal:
    """Somebody who may have been there; counts for nobody until a person answers. `reason`: name, or brief:MINUTES."""

    person_id: str
    reason: str


@dataclass(frozen=True)
class Taken:
    """What came of a meeting's reports. People are ids of ours; of all others there are numbers only."""

    meeting: Meeting
    system: System
    met: tuple[str, ...]
    not_met: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    unclear: tuple[tuple[str, ...], ...]  # one name that several of ours have; nothing is stored of it
    untold: tuple[str, ...]  # has a seat, is in no line, may sit behind one that hides people: nothing is stored
    numbers: Numbers
    conflicts: tuple[str, ...]  # whose seat is disputed with this
    minutes: int  # from which on it counts as there
    fresh: tuple[Evidence, ...]  # statements that are new; () where the report said so before


def take(house: House, meeting: str, reports: Sequence[Report], *, dry_run: bool = False) -> Taken | None:
    """Take in who joined one meeting from its reports; None where none of them is of this occurrence.

    Pass every report there is: sessions of one meeting are united. The same reports again change nothing, a
    corrected one takes the place of what it said before. Problems: meeting_unknown, not_over_yet.
    """
    with house.workspace(write=not dry_run) as tx:
        known = find(tx, meeting)
        now = house.clock()
        if known.start > now:
            raise Problem("not_over_yet", title=known.title)
        mine = belonging(known, _occurrences(tx, known), reports)
        if not mine:
            return None
        people, before = tx.people.all(), tx.seats.evidence([known.id])
        place = tx.programme.get().zone
        found = match(known, mine, people, _listeners(tx, people, before), _seated(known, before, now, place))
        fresh = _fresh(known, found, before, mine, now)
        if not dry_run:
            for item in fresh:
                tx.seats.add(item)
                _write_down(tx, house, item, now)
    after = seats_of([known], [*before, *fresh], max([now, *(item.at for item in fresh)]), zone=place)
    return _taken(known, mine, found, fresh, tuple(seat.person_id for seat in after if seat.state == "disputed"))


def import_reports(house: House, meeting: str, texts: Sequence[str], *, dry_run: bool = False) -> Taken:
    """Take in the report files of one meeting, one text a session; nothing comes in where one of them is wrong.

    Problems: those of `take` and of `reports_reading.read`, report_other_meeting.
    """
    with house.workspace(write=False) as tx:
        known = find(tx, meeting)
        place, others = tx.programme.get().zone, _around(tx, known)
        ours = frozenset(address for person in tx.people.all() for address in person.addresses)
    if known.start > house.clock():
        raise Problem("not_over_yet", title=known.title)
    reports = [read(text, known, _zones(place, known), ours) for text in texts]
    for report in reports:
        _see_own(known, others, report, place)
    taken = take(house, known.id, reports, dry_run=dry_run)
    if taken is None:
        raise _other(known, reports[0], place)
    return taken


def _occurrences(tx: WorkspaceTx, meeting: Meeting) -> list[Meeting]:
    """The other occurrences of a meeting's series within the days around it."""
    return [item for item in _around(tx, meeting) if item.uid == meeting.uid]


def _around(tx: WorkspaceTx, meeting: Meeting) -> list[Meeting]:
    near = tx.meetings.during(meeting.start - timedelta(days=2), meeting.end + timedelta(days=2))
    return [item for item in near if item.id != meeting.id]


def _zones(programme: str, meeting: Meeting) -> list[str]:
    """In whose clock a file may be written: the programme's, else the meeting's."""
    try:
        zone(meeting.zone)
    except Problem:
        return [programme]
    return [programme, meeting.zone]


def _see_own(known: Meeting, others: Sequence[Meeting], report: Report, zone_name: str) -> None:
    """Problem `report_other_meeting` where the times, or the title, are those of another meeting."""
    title = report.title.casefold()
    if title != known.title.casefold() and any(title == item.title.casefold() for item in others if title):
        raise Problem("report_other_title", other=report.title, title=known.title)
    series = [item for item in others if item.uid == known.uid]
    if not belonging(known, series, [report]):
        raise _other(known, report, zone_name)


def _other(known: Meeting, report: Report, zone_name: str) -> Problem:
    place, span = zone(zone_name), span_of(report)
    began = f"{span[0].astimezone(place):%Y-%m-%d %H:%M}" if span else "?"
    return Problem(
        "report_other_meeting", report=began, meeting=f"{known.start.astimezone(place):%Y-%m-%d %H:%M}",
        title=known.title,
    )  # fmt: skip


def _taken(
    known: Meeting, mine: Sequence[Report], found: Found, fresh: tuple[Evidence, ...], conflicts: tuple[str, ...]
) -> Taken:
    says = found.statements
    return Taken(
        known, mine[0].system,
        tuple(item.person_id for item in says if item.says == "attended"),
        tuple(item.person_id for item in says if item.says == "missed"),
        tuple(Proposal(item.person_id, item.reason) for item in says if item.says == "unknown"),
        found.unclear, found.untold, found.numbers, conflicts, math.ceil(enough(known) / 60), fresh,
    )  # fmt: skip


def _listeners(tx: WorkspaceTx, people: Sequence[Person], before: Sequence[Evidence]) -> frozenset[str]:
    """Of whom it is stored: leaders, and who has a seat at this meeting in their place."""
    targets, by_role = tx.seats.targets(), tx.programme.get().targets
    leaders = {person.id for person in people if person.kind == "leader" or aimed(person, targets, by_role)}
    return frozenset(leaders | {item.person_id for item in before} | {item.to for item in before if item.to})


def _seated(known: Meeting, before: Sequence[Evidence], now: datetime, place: str) -> frozenset[str]:
    """Who has a seat by what was said apart from reports."""
    others = [item for item in before if item.source != "report"]
    return frozenset(seat.person_id for seat in seats_of([known], others, now, zone=place) if seat.state in _SEATED)


def _fresh(
    known: Meeting, found: Found, before: Sequence[Evidence], mine: Sequence[Report], now: datetime
) -> tuple[Evidence, ...]:
    """What these reports say that reports have not said before."""
    session = session_of(mine)
    latest = {item.person_id: item for item in before if item.source == "report"}
    said = {item.person_id: item for item in found.statements}
    fresh = []
    for person_id in sorted(latest.keys() | said.keys()):
        old, new = latest.get(person_id), said.get(person_id)
        says, reason = (new.says, new.reason) if new else ("open", "")
        if not _changes(old, says, reason, session):
            continue
        at = max(now, old.at + _TICK) if old else now
        # Not knowing takes nothing back, so what the report said is taken back first.
        steps = ["open", says] if says == "unknown" and old and old.says in ("attended", "missed") else [says]
        for step, word in enumerate(steps):
            moment = at + step * _TICK
            name = _name(known.id, person_id, session, word, moment)
            told = reason if word == says else ""
            fresh.append(Evidence(name, known.id, person_id, "report", word, mine[0].system, moment, told))
    return tuple(fresh)


def _changes(old: Evidence | None, says: str, reason: str, session: str) -> bool:
    """A corrected report replaces what it said; a report of another session only adds to it."""
    if old is None:
        return says != "open"
    if (old.says, old.reason) == (says, reason):
        return False
    same = old.id == _name(old.meeting_id, old.person_id, session, old.says, old.at)
    return same or _RANK.get(says, 0) > _RANK.get(old.says, 0)


def _name(meeting_id: str, person_id: str, session: str, says: str, at: datetime) -> str:
    """A statement's id; with it one can tell, keeping no times, whether the same session said it."""
    parts = (meeting_id, person_id, session, says, at.astimezone(UTC).isoformat())
    return str(uuid.uuid5(_STATEMENTS, "\n".join(parts)))


def _write_down(tx: WorkspaceTx, house: House, item: Evidence, now: datetime) -> None:
    tx.programme.audit(
        AuditEntry(now, house.me, "seat", "", f"{item.meeting_id} {item.person_id} {item.says}", f"report {item.by}")
    )
