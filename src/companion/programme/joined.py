"""Who really joined: reports in, met or not met out. Times, lengths and everybody else stay in memory and go."""

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from companion.attendance.model import Evidence
from companion.attendance.report import Report, System
from companion.attendance.reports_headings import fold
from companion.attendance.reports_matching import Found, Numbers, enough, match, whole
from companion.attendance.reports_reading import read
from companion.attendance.reports_uniting import belonging, same_title, session_of, span_of, within
from companion.attendance.seats import seats_of
from companion.attendance.target import aimed
from companion.basics.clock import zone
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.audits import say_of_seat
from companion.programme.meetings import find
from companion.programme.model import House, WorkspaceTx

_STATEMENTS = uuid.UUID("0b9a4c8e-6f0f-5b43-9a54-0a6f7a1f2c11")
DIFFER = "reports"  # reason of a proposal: one report says was there, another of the whole meeting does not
_SEATED = frozenset({"accepted", "offered", "unknown", "attended", "disputed"})
_RANK = {"missed": 1, "unknown": 2, "attended": 3}  # what another session of the same meeting cannot take back
_SHARE = 0.5  # of a session with another title that has to lie within the meeting
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
    kept: tuple[tuple[str, str], ...] = ()  # (person, says): what earlier reports said stands against this one
    titles: tuple[str, ...] = ()  # what the reports call themselves, where that is not the meeting's title
    undated: bool = False  # a report does not say for certain on which day it was
    partly: bool = False  # the reports leave out a part of the meeting


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
        listeners, seated = _listeners(tx, people, before), _seated(known, before, now, place)
        doubtful = any(report.undated for report in mine) or bool(_titles(known, mine))
        found = match(known, mine, people, listeners, seated, doubtful=doubtful)
        fresh = _fresh(known, found, before, mine, now)
        if not dry_run:
            for item in fresh:
                say_of_seat(tx, item, now, who=house.me, why=f"report {item.by}")
    return _taken(known, mine, found, before, fresh, _conflicts(known, [*before, *fresh], now, place))


def import_reports(house: House, meeting: str, texts: Sequence[str], *, dry_run: bool = False) -> Taken:
    """Take in the report files of one meeting, one text a session; nothing comes in where one of them is wrong.

    Problems: those of `take` and of `reports_reading.read`, report_other_meeting, report_other_title; of several
    texts, `number` says which one it is about.
    """
    with house.workspace(write=False) as tx:
        known = find(tx, meeting)
        place, others = tx.programme.get().zone, _around(tx, known)
        ours = frozenset(address for person in tx.people.all() for address in person.addresses)
    if known.start > house.clock():
        raise Problem("not_over_yet", title=known.title)
    reports = []
    for number, text in enumerate(texts, 1):
        try:
            reports.append(read(text, known, _zones(place, known), ours))
            _see_own(known, others, reports[-1], place)
        except Problem as problem:
            raise Problem(problem.code, **problem.facts, **({"number": number} if len(texts) > 1 else {})) from problem
    taken = take(house, known.id, reports, dry_run=dry_run)
    if taken is None:
        raise _other(known, reports[0], place)
    return taken


def forget_reports(house: House, meeting: str) -> tuple[str, ...]:
    """Take back all that reports said of one meeting: the ids of whom it was said of. Problem: meeting_unknown.

    What people and calendars said stays. A report that is given again says it again.
    """
    with house.workspace() as tx:
        known = find(tx, meeting)
        now, gone = house.clock(), []
        for person_id, old in sorted(_latest(tx.seats.evidence([known.id])).items()):
            if old.says == "open":
                continue
            at = max(now, old.at + _TICK)
            name = _name(known.id, person_id, "", "open", at)
            item = Evidence(name, known.id, person_id, "report", "open", old.by, at)
            say_of_seat(tx, item, now, who=house.me, why=f"report {item.by}")
            gone.append(person_id)
    return tuple(gone)


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
    """Problem `report_other_meeting` or `report_other_title` where times or title are those of another meeting."""
    title = report.title.casefold()
    if title != known.title.casefold() and any(title == item.title.casefold() for item in others if title):
        raise Problem("report_other_title", other=report.title, title=known.title)
    series = [item for item in others if item.uid == known.uid]
    if not belonging(known, series, [report]):
        raise _other(known, report, zone_name)
    share = within(report, known)
    if share < _SHARE and not same_title(report.title, known.title):
        raise Problem("report_other_title", other=report.title, title=known.title)
    if not share and not fold(report.title):
        raise _other(known, report, zone_name)


def _titles(known: Meeting, reports: Sequence[Report]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.title for item in reports if not same_title(item.title, known.title)))


def _other(known: Meeting, report: Report, zone_name: str) -> Problem:
    place, span = zone(zone_name), span_of(report)
    began = f"{span[0].astimezone(place):%Y-%m-%d %H:%M}" if span else "?"
    return Problem(
        "report_other_meeting", report=began, meeting=f"{known.start.astimezone(place):%Y-%m-%d %H:%M}",
        title=known.title,
    )  # fmt: skip


def _conflicts(known: Meeting, evidence: Sequence[Evidence], now: datetime, place: str) -> tuple[str, ...]:
    moment = max([now, *(item.at for item in evidence if item.source == "report")])
    seats = seats_of([known], evidence, moment, zone=place)
    return tuple(seat.person_id for seat in seats if seat.state == "disputed")


def _taken(
    known: Meeting, mine: Sequence[Report], found: Found, before: Sequence[Evidence], fresh: tuple[Evidence, ...],
    conflicts: tuple[str, ...],
) -> Taken:  # fmt: skip
    """What came of it, as it stands now: what an earlier report said and this one cannot take back is `kept`."""
    stands = _latest([*before, *fresh])
    says = {item.person_id: stands[item.person_id].says for item in found.statements}
    here = {item.person_id for item in found.statements if says[item.person_id] in (item.says, "unknown")}
    kept = tuple((key, item.says) for key, item in sorted(stands.items()) if key not in here and item.says in _RANK)
    return Taken(
        known, mine[0].system,
        tuple(sorted(key for key in here if says[key] == "attended")),
        tuple(sorted(key for key in here if says[key] == "missed")),
        tuple(Proposal(key, stands[key].reason) for key in sorted(here) if says[key] == "unknown"),
        found.unclear, tuple(key for key in found.untold if key not in dict(kept)), found.numbers, conflicts,
        math.ceil(enough(known) / 60), fresh, kept, _titles(known, mine), any(item.undated for item in mine),
        not whole(known, mine),
    )  # fmt: skip


def _latest(evidence: Sequence[Evidence]) -> dict[str, Evidence]:
    """The last word of reports about each person."""
    said = sorted((item for item in evidence if item.source == "report"), key=lambda item: (item.at, item.id))
    return {item.person_id: item for item in said}


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
    latest = _latest(before)
    said = {item.person_id: item for item in found.statements}
    fresh = []
    for person_id in sorted(latest.keys() | said.keys()):
        old, new = latest.get(person_id), said.get(person_id)
        says, reason = (new.says, new.reason) if new else ("open", "")
        if old and old.says == "attended" and says == "missed" and not _same(old, session):
            if any(_same(item, session) for item in before if item.person_id == person_id and item.says == says):
                continue  # it said so before, and the other report came after it
            says, reason = "unknown", DIFFER
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
    """A corrected report replaces what it said; one of another session adds to it, or puts it in question."""
    if old is None:
        return says != "open"
    if (old.says, old.reason) == (says, reason):
        return False
    same = _same(old, session)
    if old.reason == DIFFER:
        return same and says == "attended"  # else a person decides
    return same or reason == DIFFER or _RANK.get(says, 0) > _RANK.get(old.says, 0)


def _same(old: Evidence, session: str) -> bool:
    """Whether a report of the same session said it."""
    return old.id == _name(old.meeting_id, old.person_id, session, old.says, old.at)


def _name(meeting_id: str, person_id: str, session: str, says: str, at: datetime) -> str:
    """A statement's id; with it one can tell, keeping no times, whether the same session said it."""
    parts = (meeting_id, person_id, session, says, at.astimezone(UTC).isoformat())
    return str(uuid.uuid5(_STATEMENTS, "\n".join(parts)))
