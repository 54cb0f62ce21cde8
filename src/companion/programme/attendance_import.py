"""Past attendance from a table: looked over row by row, brought in as a batch, and taken back as one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from companion.attendance.model import Evidence, State
from companion.attendance.seats import seat
from companion.attendance.table import PAST_UID, Past, Stated, read_seats
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.meetings.model import Meeting
from companion.programme.audits import note, say_of_seat
from companion.programme.model import House, WorkspaceTx
from companion.programme.names import names_shown
from companion.programme.ops import only_ops

_EVERY = 2_000_000_000  # lines of the audit


@dataclass(frozen=True)
class Change:
    """What one row brings. `new` False: it was known already, and nothing comes of it."""

    row: int
    person: str
    customer: str
    day: date
    says: str
    old: State  # of the seat before
    then: State  # and by it
    new: bool
    makes_meeting: bool
    evidence: Evidence


@dataclass(frozen=True)
class Brought:
    """What a table brings, or would; `batch` "" where nothing was written.

    `changes` is () where others' figures do not show by name: what a seat was before, and whether it was known, is
    one. Then `new` and `known`, of all rows together, are all that is told.
    """

    batch: str
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    new: int = 0  # rows of which something comes
    known: int = 0  # rows that were known already
    by_name: bool = True

    @property
    def fresh(self) -> tuple[Change, ...]:
        """The rows of which something comes."""
        return tuple(change for change in self.changes if change.new)


@dataclass(frozen=True)
class Batch:
    """One import that was made."""

    id: str
    at: datetime
    by: str  # an address
    name: str  # of the file
    statements: int
    withdrawn: datetime | None


def bring(
    house: House, text: str, *, name: str = "", dry_run: bool = False, make_meetings: bool = False
) -> Brought:  # fmt: skip
    """Past attendance from a table: email,customer,date,state,evidence. Each good row comes in once, ever.

    What an earlier import brought is not brought again, whatever was said since; unless it was taken back. Only ops
    may, in a shared workspace: Problem `only_ops`.
    """
    with house.workspace() as tx:
        only_ops(house, tx)
        past = _read(tx, text, house.clock(), make_meetings=make_meetings)
        batch = new_id()
        changes = _changes(tx, past, house, batch)
        fresh = [change for change in changes if change.new]
        me = tx.people.by_address(house.me) if house.me else None
        by_name = names_shown(house, tx.programme.get(), me)
        told = Brought(
            "", tuple(changes) if by_name else (), past.problems, len(fresh), len(changes) - len(fresh), by_name
        )
        if dry_run or not fresh:
            return told
        needed = {change.evidence.meeting_id for change in fresh}
        tx.meetings.put_all(meeting for meeting in past.made if meeting.id in needed)
        _revive(tx, needed)
        for change in fresh:
            say_of_seat(tx, change.evidence, house.clock(), who=house.me)
        note(tx, house, "import", "", f"{name or '—'}: {len(fresh)}", about=(batch,))
        return replace(told, batch=batch)


def imports(house: House) -> tuple[Batch, ...]:
    """Every import, newest first. Problem `only_ops`."""
    with house.workspace(write=False) as tx:
        only_ops(house, tx)
        return _batches(tx)


def undo(house: House, batch: str, reason: str = "") -> int:
    """Take back what one import brought; how many statements. `batch`: its id, or how it begins.

    What was said otherwise counts again; a day as of before still sees them. Meetings that only the import told of
    are cancelled. Problems: `only_ops`, `import_unknown`, `import_undone`.
    """
    with house.workspace() as tx:
        only_ops(house, tx)
        hits = [one for one in _batches(tx) if batch and one.id.startswith(batch)]
        if len(hits) != 1:
            raise Problem("import_unknown", batch=batch)
        if hits[0].withdrawn:
            raise Problem("import_undone", batch=batch, day=hits[0].withdrawn.date().isoformat())
        now = house.clock()
        said = [item for item in tx.seats.evidence() if item.batch == hits[0].id]
        meetings = {one.id: one for one in tx.meetings.some({item.meeting_id for item in said})}
        seats = sorted({(item.meeting_id, item.person_id) for item in said if item.meeting_id in meetings})
        before = _states(tx, meetings, seats, now)
        count = tx.seats.withdraw(hits[0].id, now)
        _cancel(tx, meetings.values())
        after = _states(tx, meetings, seats, now)
        for key in seats:
            note(tx, house, "import.undone", before[key], after[key], reason.strip(), (key[1], key[0]))
        note(tx, house, "import.undone", f"{hits[0].name or '—'}: {count}", "", reason.strip(), (hits[0].id,))
        return count


def _read(tx: WorkspaceTx, text: str, now: datetime, *, make_meetings: bool) -> Past:
    people = [person for person in tx.people.all() if person.kind != "group"]
    past = read_seats(
        text, people, tx.customers.all(), tx.meetings.everything(), tx.programme.get().zone, now,
        make_meetings=make_meetings,
    )  # fmt: skip
    forgotten = {verdict.meeting_id for verdict in tx.meetings.verdicts() if verdict.says == "forget"}
    gone = [meeting for meeting in past.made if meeting.id in forgotten]
    if not gone:
        return past
    ids = {meeting.id for meeting in gone}
    return Past(
        tuple(one for one in past.stated if one.evidence.meeting_id not in ids),
        tuple(meeting for meeting in past.made if meeting.id not in ids),
        (*past.problems, *(Problem("meeting_was_forgotten", title=meeting.title) for meeting in gone)),
    )


def _changes(tx: WorkspaceTx, past: Past, house: House, batch: str) -> list[Change]:
    names = {person.id: person.name for person in tx.people.all()}
    zone, now = tx.programme.get().zone, house.clock()
    ids = {one.evidence.meeting_id for one in past.stated}
    made = {meeting.id: meeting for meeting in past.made}
    meetings = {meeting.id: meeting for meeting in tx.meetings.some(ids)} | made
    said: dict[str, list[Evidence]] = {}
    for item in tx.seats.evidence(ids):
        said.setdefault(item.meeting_id, []).append(item)
    changes = []
    for one in past.stated:
        known = said.setdefault(one.evidence.meeting_id, [])
        evidence = replace(one.evidence, by=house.me or one.evidence.by, batch=batch)
        meeting = meetings[evidence.meeting_id]
        old = seat(meeting, evidence.person_id, known, now, zone=zone).state
        new = _is_new(one, known)
        if new:
            known.append(evidence)
        then = seat(meeting, evidence.person_id, known, now, zone=zone).state
        changes.append(Change(
            one.row, names[evidence.person_id], one.customer.name, one.day, evidence.says, old, then, new,
            evidence.meeting_id in made, evidence,
        ))  # fmt: skip
    return changes


def _is_new(one: Stated, known: Iterable[Evidence]) -> bool:
    """Whether nobody stands by it: neither an import that was not taken back, nor the last word of that source."""
    said = one.evidence
    same = [
        item for item in known
        if (item.person_id, item.source) == (said.person_id, said.source) and item.withdrawn is None
    ]  # fmt: skip
    if any(item.batch and item.says == said.says for item in same):
        return False
    last = max(same, key=lambda item: (item.at, item.id), default=None)
    return last is None or last.says != said.says


def _batches(tx: WorkspaceTx) -> tuple[Batch, ...]:
    said = [item for item in tx.seats.evidence() if item.batch]
    counts = Counter(item.batch for item in said)
    names = {entry.about: entry.new.rpartition(":")[0] for entry in tx.programme.entries(_EVERY, None, None, "import")}
    first = {item.batch: item for item in reversed(said)}
    found = [Batch(key, one.at, one.by, names.get(key, ""), counts[key], one.withdrawn) for key, one in first.items()]
    return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True))


def _states(
    tx: WorkspaceTx, meetings: dict[str, Meeting], seats: Iterable[tuple[str, str]], now: datetime
) -> dict[tuple[str, str], str]:  # fmt: skip
    zone = tx.programme.get().zone
    said = tx.seats.evidence(meetings)
    return {key: seat(meetings[key[0]], key[1], said, now, zone=zone).state for key in seats}


def _cancel(tx: WorkspaceTx, meetings: Iterable[Meeting]) -> None:
    """Meetings of which only what was taken back told are cancelled: a day as of before still needs them."""
    ours = [meeting for meeting in meetings if meeting.uid.startswith(PAST_UID)]
    standing = {item.meeting_id for item in tx.seats.evidence([one.id for one in ours]) if item.withdrawn is None}
    tx.meetings.put_all(replace(one, status="cancelled") for one in ours if one.id not in standing)


def _revive(tx: WorkspaceTx, meeting_ids: Iterable[str]) -> None:
    again = [
        meeting for meeting in tx.meetings.some(meeting_ids)
        if meeting.uid.startswith(PAST_UID) and meeting.status == "cancelled"
    ]  # fmt: skip
    tx.meetings.put_all(replace(meeting, status="confirmed") for meeting in again)
