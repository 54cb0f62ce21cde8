"""The audit: who changed what people are counted by, when, from what to what, and why. Lines are only ever added."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from companion.attendance.model import Evidence
from companion.attendance.seats import seat
from companion.basics.clock import day_of, start_of
from companion.basics.storable import storable
from companion.meetings.recognise import plain
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.model import AuditEntry, House, Programme, WorkspaceTx
from companion.programme.names import names_shown
from companion.programme.ops import only_ops
from companion.words.audit import unshown
from companion.words.dates import full_day

_ALL = 2_000_000_000  # lines
_WORD = re.compile(r"\w+")
_TELLING = 3  # letters: a shorter part of a name is a word of many languages
# Settings without a line of `programme_changed`: a name changes nothing, the words of ops may be names of customers'
# people, and the channel of the post is told by its name where it is chosen.
UNTOLD = frozenset({"name", "ops_words", "post"})


@dataclass(frozen=True)
class Line:
    """One line of the audit with names in the place of ids. `what`: its code, see `words.audit`."""

    at: datetime
    who: str  # a name, or the address of whom nobody knows; "" for the programme itself
    what: str
    about: tuple[str, ...]  # names of people, titles and days of meetings, customers
    old: str
    new: str
    why: str


@dataclass(frozen=True)
class Audit:
    """Lines, newest first. `hidden`: how many are about people whose figures may not be shown by name yet."""

    lines: tuple[Line, ...]
    hidden: int
    zone: str
    kinds: tuple[str, ...]  # every `what` there is among them
    mine: bool = False  # they are only those about, or by, who works here


def note(
    tx: WorkspaceTx, house: House, what: str, old: str, new: str, why: str = "", about: Iterable[str] = ()
) -> None:
    """Write a line with a change, in its transaction. `about`: ids of people, meetings and customers."""
    write(tx, house.clock(), house.me, what, old, new, why, about)


def write(
    tx: WorkspaceTx, at: datetime, who: str, what: str, old: str, new: str, why: str = "", about: Iterable[str] = ()
) -> None:
    """As `note`, for what crossed: the giver and the time are the command's."""
    entry = AuditEntry(at, who, what, storable(old), storable(new), storable(why), " ".join(about))
    tx.programme.audit(entry)


def changed(
    tx: WorkspaceTx, at: datetime, who: str, what: str, old: Mapping[str, object], new: Mapping[str, object],
    why: str = "", about: Iterable[str] = (),
) -> None:  # fmt: skip
    """A line for each fact that differs, what.NAME; nothing where none does."""
    ids = tuple(about)
    for name in sorted({*old, *new}):
        before, after = _text(old.get(name)), _text(new.get(name))
        if before != after:
            write(tx, at, who, f"{what}.{name}", before, after, why, ids)


def programme_changed(tx: WorkspaceTx, house: House, old: Programme, new: Programme, why: str = "") -> None:
    """A line for each setting that changes how people are counted, or who sees and is asked what."""
    before, after = ({name: known for name, known in vars(one).items() if name not in UNTOLD} for one in (old, new))
    changed(tx, house.clock(), house.me, "programme", before, after, why)


def say_of_seat(tx: WorkspaceTx, evidence: Evidence, now: datetime, *, who: str = "", why: str = "") -> None:
    """Add a statement about a seat, and to the audit what the seat is by it: of its person, and of who went instead.

    `who` does it, where that is not who said it; `why` it is said, where the statement gives no reason of its own.
    """
    meeting = tx.meetings.get(evidence.meeting_id)
    if meeting is None:
        tx.seats.add(evidence)
        return
    zone = tx.programme.get().zone
    people = [evidence.person_id, *([evidence.to] if evidence.to else [])]

    def states() -> list[str]:
        said = tx.seats.evidence([meeting.id])
        return [seat(meeting, person, said, max(now, evidence.at), zone=zone).state for person in people]

    before = states()
    tx.seats.add(evidence)
    for person, old, new in zip(people, before, states(), strict=True):
        if person == evidence.person_id or old != new:
            reason = why or evidence.reason
            write(tx, now, who or evidence.by, f"seat.{evidence.source}", old, new, reason, (person, meeting.id))


def entries(
    house: House, since: date | None = None, until: date | None = None, who: str = "", what: str = "",
    most: int = _ALL,
) -> Audit:  # fmt: skip
    """The audit for ops, or the owner of a local file; to anybody else the lines about them and by them.

    `until`: the last day; `who` did it, or whom it is about. Before the agreement on names is recorded, lines about
    others are only counted for ops; to others nobody else is ever named. Problem `only_ops` for whom nobody knows.
    """
    with house.workspace(write=False) as tx:
        programme, names = tx.programme.get(), _Names(tx)
        me = tx.people.by_address(house.me) if house.me else None
        alone = me if house.workspace_shared and me is not None and me.kind != "ops" else None
        if alone is None:
            only_ops(house, tx)
        found = _between(tx, programme, since, until, what, _ALL if who or alone else most)
    chosen: tuple[Person | str | None, ...] = (alone, names.whom(who) if who else None)
    for wanted in chosen:
        if wanted is not None:
            found = [one for one in found if _concerns(one, wanted, names)]
    is_open = alone is not None or names_shown(house, programme, me)
    seen = found[:most] if is_open else [one for one in found[:most] if not names.others(one, me)]
    lines = tuple(names.line(one, only=alone) for one in seen)
    kinds = tuple(sorted({one.what for one in found}))
    return Audit(lines, len(found[:most]) - len(seen), programme.zone, kinds, alone is not None)


def rows(audit: Audit, words: Callable[[str], str] = str) -> tuple[list[str], list[list[object]]]:
    """The head and the rows of an export; `words` says what a code means. No cell is a formula once written."""
    head = ["at", "who", "what", "about", "old", "new", "why"]
    return head, [
        [one.at, one.who, words(one.what), "; ".join(one.about), one.old, one.new, one.why] for one in audit.lines
    ]


@dataclass(frozen=True)
class _Called:
    """How people are called: by a part of their name, by all of it, by address; compared without case."""

    parts: frozenset[str]
    whole: tuple[str, ...]

    @classmethod
    def of(cls, people: Iterable[Person], me: Person) -> "_Called":
        """Everybody beside one, whose own names say nothing of others who share them."""
        others = [one for one in people if one.id != me.id and one.kind != "group"]
        parts = {part for one in others for part in _WORD.findall(plain(one.name)) if len(part) >= _TELLING}
        whole = {plain(name) for one in others for name in (one.name, *one.addresses) if name}
        return cls(frozenset(parts - set(_WORD.findall(plain(me.name)))), tuple(whole - {plain(me.name)}))

    def stands_in(self, text: str) -> bool:
        """Whether one of them is named in a text."""
        said = plain(text)
        return not self.parts.isdisjoint(_WORD.findall(said)) or any(name in said for name in self.whole)


class _Names:
    """What ids mean: looked up once."""

    def __init__(self, tx: WorkspaceTx) -> None:
        zone = tx.programme.get().zone
        self.people = {person.id: person for person in tx.people.all()}
        self._beside: dict[str, _Called] = {}  # by who reads
        self._addresses = {address: one for one in reversed(self.people.values()) for address in one.addresses}
        self._known = {one.id: one.name for one in tx.customers.all()} | {
            one.id: f"{one.title} ({full_day(day_of(one.start, zone))})" for one in tx.meetings.everything()
        }

    def whom(self, text: str) -> Person | str:
        """Somebody by address, id or name; the text where nobody of ours is."""
        found = self._addresses.get(normal(text)) if "@" in text else self.people.get(text)
        named = [one for one in self.people.values() if one.name.casefold() == text.strip().casefold()]
        return found or (named[0] if len(named) == 1 else text.strip())

    def ids(self, entry: AuditEntry) -> list[str]:
        """Whom and what a line is about; those of before say it among their words."""
        told = entry.about or f"{entry.old} {entry.new} {entry.why}"
        return list(dict.fromkeys(key for word in told.split() if (key := self._id(word))))

    def _id(self, word: str) -> str:
        person = self._addresses.get(word)
        return person.id if person else word if word in self.people or word in self._known else ""

    def others(self, entry: AuditEntry, me: Person | None) -> bool:
        """Whether a line tells of people beside me."""
        return any(key in self.people and (me is None or key != me.id) for key in self.ids(entry))

    def line(self, entry: AuditEntry, only: Person | None = None) -> Line:
        """A line in names; with `only` other people in it are not named."""
        who = self._addresses.get(entry.who)
        shown = tuple(self._name(key, only) for key in self.ids(entry))
        old, new, why = (self._told(text, only) for text in (entry.old, entry.new, entry.why))
        if only is not None and self._named(entry.why, only):
            why = unshown()
        return Line(entry.at, who.name if who else entry.who, entry.what, tuple(filter(None, shown)), old, new, why)

    def _named(self, text: str, me: Person) -> bool:
        """Whether somebody of ours beside me is named in what was written freely."""
        if me.id not in self._beside:
            self._beside[me.id] = _Called.of(self.people.values(), me)
        return self._beside[me.id].stands_in(text)

    def _name(self, key: str, only: Person | None) -> str:
        person = self.people.get(key)
        if person is None:
            return self._known[key]
        return person.name if only is None or person.id == only.id else ""

    def _told(self, text: str, only: Person | None) -> str:
        return " ".join(self._name(word, only) if self._is_id(word) else word for word in text.split(" "))

    def _is_id(self, word: str) -> bool:
        return word in self.people or word in self._known


def _concerns(entry: AuditEntry, person: Person | str, names: _Names) -> bool:
    if isinstance(person, str):
        return entry.who == person
    return entry.who in person.addresses or person.id in names.ids(entry)


def _between(
    tx: WorkspaceTx, programme: Programme, since: date | None, until: date | None, what: str, most: int
) -> list[AuditEntry]:  # fmt: skip
    first = start_of(since, programme.zone) if since else None
    after = start_of(until + timedelta(days=1), programme.zone) if until else None
    return tx.programme.entries(most, first, after, what)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {one}" for name, one in sorted(value.items()))
    if isinstance(value, Collection) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
