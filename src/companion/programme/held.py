"""What is held about one of our people: all of it for themselves, in the workspace and on this device."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from companion.attendance.days import meeting_day
from companion.basics.errors import Problem
from companion.people.model import Person
from companion.programme.data_map import DEVICE, WORKSPACE, HoldingStore, Trace
from companion.programme.document import Document, Grid, Section
from companion.programme.model import House, WorkspaceTx
from companion.programme.people import who_am_i
from companion.programme.seats import person_of
from companion.words import held as words
from companion.words.dates import full_day
from companion.words.held import column, value
from companion.words.language import t, tn

MOST = 200  # rows of one table that a page shows; the JSON has them all
FEW = 5  # columns of a single row that stand beside one another; more stand below
Say = Callable[[str, Any], str]
_IS_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_TOLD = ("old", "new", "why")  # texts of the audit that may name others


@dataclass(frozen=True)
class HeldTable:
    """Rows of one table. `rows` are in words, `raw` as they are kept; both empty where only their number is told."""

    table: str
    count: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    raw: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class HeldSection:
    """One kind of what is held; `here`: on this device alone."""

    key: str
    title: str
    about: str
    here: bool
    tables: tuple[HeldTable, ...]

    @property
    def count(self) -> int:
        """How many rows it has."""
        return sum(table.count for table in self.tables)


@dataclass(frozen=True)
class HeldAboutPerson:
    """Everything held about a person. `counted`: the rows themselves are only theirs to see."""

    person: Person
    at: datetime
    sections: tuple[HeldSection, ...]  # those with rows
    nothing_in: tuple[str, ...]  # titles of the others
    counted: bool
    own: bool


def held_about(house: House, who: str = "") -> HeldAboutPerson:
    """What is held about me, or about somebody of ours ("" for me), searched this moment.

    In a shared workspace ops learn of others how much is held and of what kind, not the rows; the owner of a local
    one sees them. Of this device nothing is told but to whom it belongs. Problems: `me_unset`, `person_unknown`,
    `held_only_own`.
    """
    me = who_am_i(house) if not who else None
    with house.workspace(write=False) as tx:
        person = me or person_of(tx, who)
        own = bool(house.me and house.me in person.addresses)
        counted = False
        if not own and house.workspace_shared:
            asking = tx.people.by_address(house.me) if house.me else None
            if asking is None or asking.kind != "ops":
                raise Problem("held_only_own", name=person.name)
            counted = True
        ids, addresses = frozenset({person.id}), frozenset(person.addresses)
        say = _sayer(tx, person)
        found = _sections(WORKSPACE, tx.holding, ids, addresses, say, counted=counted, here=False)
        if own:
            with house.device(write=False) as device:
                found += _sections(DEVICE, device.holding, ids, addresses, say, counted=False, here=True)
    filled = tuple(section for section in found if section.count)
    empty = tuple(section.title for section in found if not section.count)
    return HeldAboutPerson(person, house.clock(), filled, empty, counted, own)


def document(held: HeldAboutPerson, zone: str) -> Document:
    """The same as a page to keep."""
    sections = []
    for section in held.sections:
        lines = (section.about, tn("{count} entry.", "{count} entries.", section.count))
        grids: list[HeldTable | None] = [table for table in section.tables if table.rows]
        grids = grids or [None]
        for number, table in enumerate(grids):
            grid = _grid(table) if table else None
            left = len(table.rows) - MOST if table else 0
            more = tn("{count} more is not shown here.", "{count} more are not shown here.", left)
            notes = (more,) if left > 0 else ()
            sections.append(Section(section.title if number == 0 else "", lines if number == 0 else (), grid=grid,
                                    notes=notes, key=section.key))  # fmt: skip
    if held.nothing_in:
        sections.append(Section(t("Nothing is held here"), (", ".join(held.nothing_in) + ".",)))
    sections.append(Section(t("What was not searched"), items=tuple(limits(held))))
    moment = value(held.at, zone)
    return Document(
        t("What is held about {name}", name=held.person.name), t("{address} · as of {moment}",
        address=held.person.email, moment=moment), (), tuple(sections), language="en",
    )  # fmt: skip


def _grid(table: HeldTable) -> Grid:
    if len(table.rows) > 1 or len(table.header) < FEW:
        return Grid(table.header, table.rows[:MOST])
    return Grid((t("What"), t("Value")), tuple(zip(table.header, table.rows[0], strict=True)))


def limits(held: HeldAboutPerson) -> list[str]:
    """What this does not reach, as sentences."""
    said = [
        t("Texts that others wrote are not searched for a name; addresses and entries of the person are."),
        t("Backups, mails that went out and pages that were published are not searched."),
    ]  # fmt: skip
    if held.own:
        said.append(t("Your notes, drafts and read marks you delete yourself. What the workspace holds stays, so that "
                      "figures can be answered for; ask ops about it."))  # fmt: skip
    else:
        said.append(t("Notes, drafts and read marks are on the person's own computer, and only shown there."))
    if held.counted:
        said.append(t("The entries are shown to {name} alone, on their own computer.", name=held.person.name))
    return said


def _sections(
    traces: tuple[Trace, ...], store: HoldingStore, ids: frozenset[str], addresses: frozenset[str], say: Say,
    *, counted: bool, here: bool,
) -> list[HeldSection]:  # fmt: skip
    found: dict[str, list[HeldTable]] = {}
    for trace in traces:
        tables = found.setdefault(trace.section, [])
        if counted or not trace.shown:
            tables.append(HeldTable(trace.table, store.count(trace, ids, addresses), (), (), ()))
            continue
        raw = sorted(map(_unowed, store.rows(trace, ids, addresses)), key=_newest, reverse=True)
        names = [name for name in trace.shown if any(row[name] not in (None, "", ()) for row in raw)]
        rows = tuple(tuple(say(name, row[name]) for name in names) for row in raw)
        told = tuple({**row, **{name: say(name, row[name]) for name in _TOLD if name in row}} for row in raw)
        tables.append(HeldTable(trace.table, len(raw), tuple(column(name) for name in names), rows, told))
    return [HeldSection(key, words.title(key), words.about(key), here, tuple(tables)) for key, tables in found.items()]


def _unowed(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what nobody owes the person: a host says no without a reason, and one that was given is for ops."""
    return {**row, "reason": ""} if row.get("origin") == "veto" else row


def _newest(row: Mapping[str, Any]) -> float:
    """By the first moment a row tells; those that tell none stay as they are."""
    return next((value.timestamp() for value in row.values() if isinstance(value, datetime)), 0.0)


def _sayer(tx: WorkspaceTx, person: Person) -> Say:
    """Says a value of a column: meetings and customers by name, and of others no id."""
    zone = tx.programme.get().zone
    customers = {customer.id: customer.name for customer in tx.customers.all()}
    people = [other for other in tx.people.all() if other.id != person.id]
    others = {key for other in people for key in (other.id, *other.addresses)}
    meetings: dict[str, str] = {}

    def meeting(meeting_id: str) -> str:
        if meeting_id not in meetings:
            one = next(iter(tx.meetings.some([meeting_id])), None)
            meetings[meeting_id] = (
                t("{customer}, {day}", customer=customers.get(one.customer_id, one.title),
                  day=full_day(meeting_day(one, zone))) if one else t("a meeting that is not kept any more")
            )  # fmt: skip
        return meetings[meeting_id]

    def plain(text: str) -> str:
        for word in set(re.findall(r"[^\s,;:()]+", text)):
            if word.strip(".") in others:
                text = re.sub(rf"(?<![\w.+@-]){re.escape(word.strip('.'))}(?![\w@-])", t("somebody else"), text)
        return text.replace(person.id, person.name) if len(person.id) > 20 else text

    def say(name: str, given: Any) -> str:
        if name == "meeting_id":
            return meeting(given) if given else ""
        if name == "customer_id":
            return customers.get(given, "")
        if name == "by" and _IS_ID.fullmatch(given):
            return t("a calendar")
        said = value(given, zone)
        return plain(said) if name in _TOLD else said

    return say
