"""Search over all that I may see: takeaways, what is remembered of customers, their people, and my own notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from companion.attendance.seats import seats_of
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.query import Excerpt as Excerpt
from companion.basics.query import Query, excerpt, found_in, holds, parse
from companion.customers.model import Customer
from companion.notes.shipped_template import shipped
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.apply_memory import sees_customers
from companion.programme.memory import AWAY
from companion.programme.model import House, WorkspaceTx
from companion.programme.sight import PAGE, Eyes, Found, FoundNote, author_scope, listener_scope, team_scope
from companion.takeaways.audience import COMPANY
from companion.words import memory

HitKind = Literal["takeaway", "fact", "customer", "contact", "note"]
_NEVER = datetime.min.replace(tzinfo=UTC)
_NAMED = ("customer", "contact")
_OFF_RECORD = "off_record"  # private whatever its template says


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and the page it is opened on."""

    kind: HitKind
    id: str
    customer_id: str
    customer: str  # the name, as who looks may see it
    title: str  # a headline, a name, a meeting's title, or the kind of a fact
    excerpt: Excerpt
    at: datetime | None  # the day it is from; None where nobody knows
    page: str  # name of the window's page: read, customer, listen
    item: str  # what to open there: a takeaway's, a customer's or a meeting's id


@dataclass(frozen=True)
class Results:
    """Customers and their people by name, then everything else, newest first.

    `more`: there are others, and who looks may see them. `away`: the workspace did not answer, so that only the own
    notes were looked through.
    """

    hits: tuple[Hit, ...] = ()
    more: bool = False
    away: bool = False
    zone: str = "UTC"  # the programme's


def search(house: House, text: str, *, most: int = 50) -> Results:
    """What holds every word of `text`; "several words" in quotes stand in that order, the last word may be unfinished.

    Nothing for a text without a word.
    """
    query = parse(text)
    if not query:
        return Results()
    away, zone = False, "UTC"
    questions = [*shipped().questions]
    found: list[Found] = []
    names: Mapping[str, Customer] = {}
    customers: dict[str, Customer] = {}
    try:
        with house.workspace(write=False) as tx:
            customers = {customer.id: customer for customer in tx.customers.all()}
            eyes = eyes_of(house, tx, customers.values())
            zone = tx.programme.get().zone
            names = customers if PAGE in eyes.scopes else {}
            found = [one for one in tx.search.find(query, eyes, most + 1) if _still(one, query)]
            questions += [question for template in tx.templates.all() for question in template.questions]
    except Problem as problem:
        if problem.code not in AWAY:
            raise
        away = True
    closed = {question.key for question in questions if question.private} | {_OFF_RECORD}
    with house.device(write=False) as device:
        notes = device.search.find(query, {question.key for question in questions} - closed, most + 1)
    by_name = {one.id for one in found if one.kind in _NAMED}
    named: list[Found | FoundNote] = [one for one in found if one.kind in _NAMED]
    dated: list[Found | FoundNote] = [one for one in found if one.kind not in _NAMED and one.id not in by_name]
    everything = [*named, *sorted([*dated, *notes], key=_when, reverse=True)]
    hits = (_note(one, query, customers) if isinstance(one, FoundNote) else _hit(one, query, names)
            for one in everything[:most])  # fmt: skip
    return Results(tuple(hits), len(everything) > most, away, zone)


def eyes_of(house: House, tx: WorkspaceTx, customers: Iterable[Customer]) -> Eyes:
    """What who works here may see, as far as it is found by words."""
    programme, now = tx.programme.get(), house.clock()
    me = tx.people.by_address(house.me) if house.me else None
    scopes = [COMPANY]
    if sees_customers(tx, me, now, shared=house.workspace_shared or programme.shared):
        scopes.append(PAGE)
    if me is not None:
        listened = _listened(tx, me, customers, now, programme.zone)
        scopes += [author_scope(me.id), *map(listener_scope, sorted(listened))]
        scopes += [team_scope(me.team)] if me.team.strip() else []
    return Eyes(me.id if me else "", tuple(scopes), now, day_of(now, programme.zone))


def _listened(tx: WorkspaceTx, me: Person, customers: Iterable[Customer], now: datetime, zone: str) -> set[str]:
    """The customers somebody sat with or is about to, and those they look after: as `Ground.listeners` says."""
    ids = {item.meeting_id for item in tx.seats.about(me.id)}
    meetings = {meeting.id: meeting for meeting in tx.meetings.some(ids) if meeting.verdict != "no"}
    seats = seats_of(meetings.values(), tx.seats.evidence(meetings), now, zone=zone)
    sat = [seat for seat in seats if seat.person_id == me.id and seat.state in ("attended", "accepted")]
    hosted = {customer.id for customer in customers if normal(customer.host_email) in me.addresses}
    return hosted | {meetings[seat.meeting_id].customer_id for seat in sat}


def _when(one: Found | FoundNote) -> datetime:
    at = one.made if isinstance(one, FoundNote) else one.at
    return at or _NEVER


def _still(one: Found, query: Query) -> bool:
    """Whether a row holds now what it was found for: the index may be a moment behind."""
    return holds((one.title, *one.texts, one.customer), query)


def _hit(one: Found, query: Query, names: Mapping[str, Customer]) -> Hit:
    customer = names.get(one.customer_id)
    name = one.customer or (customer.name if customer else "")
    shown = _shown(one.texts, query)
    if one.kind == "takeaway":
        return Hit("takeaway", one.id, one.customer_id, name, one.title, shown, one.at, "read", one.id)
    if one.kind == "fact":
        return Hit("fact", one.id, one.customer_id, name, memory.title(one.title), shown, one.at, "customer",
                   one.customer_id)  # fmt: skip
    kind: HitKind = "contact" if one.kind == "contact" else "customer"
    return Hit(kind, one.id, one.customer_id, name, one.title or name, shown, None, "customer", one.customer_id)


def _note(one: FoundNote, query: Query, customers: Mapping[str, Customer]) -> Hit:
    customer = customers.get(one.customer_id)
    shown = _shown(one.texts, query)
    return Hit("note", one.id, one.customer_id, customer.name if customer else "", one.title, shown, one.made,
               "listen", one.meeting_id)  # fmt: skip


def _shown(texts: Iterable[str], query: Query) -> Excerpt:
    """The first text in which something stands that was looked for, else the first that says anything."""
    told = [text for text in texts if text.strip()]
    found = next((text for text in told if found_in(text, query)), told[0] if told else "")
    return excerpt(found, query)
