"""From the judged entries of one UID to its occurrences in the window: slots, changes, what stands and what falls."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from companion.basics.clock import start_of
from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.calendars.model import Decision, Event, Guest, Inspected, Judgement, Reason, Window
from companion.connectors.ics.details import Details, belonging, read_details, times_of
from companion.connectors.ics.guests import plain
from companion.connectors.ics.lines import Line
from companion.connectors.ics.moments import Moment
from companion.connectors.ics.series import Series, slots
from companion.connectors.ics.sifting import UNREADABLE, Judged
from companion.connectors.ics.timing import read_series, read_slot
from companion.connectors.ics.zones import Zones
from companion.meetings.recognise import Rules

Outcome = Decision | str  # or "broken"
People = tuple[Guest | None, tuple[Guest, ...], int]  # organiser, guests, how many others


@dataclass(frozen=True)
class Asked:
    """What the reading of a calendar was asked for; the window also as instants of the programme's days."""

    rules: Rules
    window: Window
    inspect: bool
    begin: datetime
    end: datetime
    yes: dict[str, str]

    @property
    def spoken(self) -> bool:
        """Whether people said anything about single meetings."""
        return bool(self.yes or self.rules.forgotten)


def asked(rules: Rules, window: Window, inspect: bool) -> Asked:
    """The question with the ends of its window worked out; a window may reach to the ends of time."""
    first = max(window.first, date(2, 1, 1))
    last = min(window.last, date(9990, 1, 1))
    begin, end = start_of(first, rules.zone), start_of(last + timedelta(days=1), rules.zone)
    return Asked(rules, Window(first, last), inspect, begin, end, dict(rules.said_yes))


@dataclass
class Found:
    """What came of one group."""

    events: list[Event] = field(default_factory=list)
    inspected: list[Inspected] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    outcomes: list[tuple[Outcome, int]] = field(default_factory=list)  # and how many copies


@dataclass
class _Part:
    """One entry of a group with its times read; `details` come when the first occurrence is kept."""

    judged: Judged
    times: list[Line]
    series: Series | None
    slot: Moment | None = None  # of a changed occurrence, in the terms of its series
    details: Details | None = None
    said: list[Decision] = field(default_factory=list)  # one for each occurrence in the window
    people: dict[str, People] = field(default_factory=dict)  # who belongs to a meeting with this customer

    @property
    def kept(self) -> bool:
        return self.judged.judgement.decision == "kept"

    def read(self) -> Details:
        if self.details is None:
            self.details = read_details(self.judged.entry)
        return self.details

    def people_with(self, customer: str, rules: Rules) -> People:
        """Organiser, guests and how many others, of a meeting with this customer."""
        if customer not in self.people:
            self.people[customer] = belonging(
                self.read(), lambda address: rules.is_ours(address) or rules.customer_of(address) == customer
            )
        return self.people[customer]


def occurrences(group: list[Judged], ask: Asked, zones: Zones) -> Found:
    """The occurrences of one group; TooMany or Overrun where they have no end."""
    found = Found()
    parts = [_part(judged, zones) for judged in group]
    master = next((part for part in parts if not (part.judged.entry.glimpse.rec or part.judged.apart)), None)
    start = master.series.start if master and master.series else None
    changed: dict[str, _Part] = {}
    for part in parts:
        if part is not master and part.slot is not None:
            part.slot = part.slot.like(start) if start else part.slot
            best = changed.get(part.slot.key())
            if best is None or best.judged.entry.sequence <= part.judged.entry.sequence:
                changed[part.slot.key()] = part
    if master and master.series:
        _take_series(master, changed, ask, found)
    for key, part in changed.items():
        _take_changed(part, key, master, ask, found)
    for part in parts:
        found.outcomes.append((_outcome(part, ask), part.judged.copies))
        _tell(part, found)
    return found


def _part(judged: Judged, zones: Zones) -> _Part:
    lines = times_of(judged.entry)
    series, slot = None, None
    try:
        slot = read_slot(lines, zones)
        series = read_series(lines, zones)
        if slot is not None:
            series = replace(series, rules=(), added=(), taken=(), without=(), own={})
        series.span(series.start)
        slot = series.start if judged.apart else slot
    except UNREADABLE:
        series = None
    return _Part(judged, lines, series, slot)


def _take_series(master: _Part, changed: dict[str, _Part], ask: Asked, found: Found) -> None:
    series = master.series
    if series is None or (master.judged.judgement.decision == "outside" and not series.added):
        return
    try:
        starts = slots(series, ask.window)
    except UNREADABLE:
        master.series = None
        return
    onward = [part for part in changed.values() if part.judged.entry.onward]
    for key, slot in starts.items():
        if key in changed:
            if _touches(slot, *series.span(slot), ask):
                master.said.append(master.judged.judgement.decision)
            continue
        part = _changed_onward(slot, onward)
        if part is not None and _only_cancels(part, master):
            _take(master, key, slot, ask, found, cancelled=True)
        elif part is not None and part.series is not None and part.slot is not None:
            moved = part.series.start.wall - part.slot.wall
            _take(part, key, part.series.start.at(slot.wall + moved), ask, found)
        elif part is None:
            _take(master, key if series.repeats else "-", slot, ask, found)


def _changed_onward(slot: Moment, onward: list[_Part]) -> _Part | None:
    """The latest change that holds from an earlier slot on, None for none."""
    earlier = [part for part in onward if part.slot and part.slot.wall < slot.wall]
    return max(earlier, key=lambda part: part.slot.wall if part.slot else slot.wall, default=None)


def _only_cancels(part: _Part, master: _Part) -> bool:
    """Whether a change says no more than that it is off, without its guests or when: its series tells the rest."""
    if not (master.kept and part.judged.entry.glimpse.cancelled):
        return False
    decision = part.judged.judgement.decision
    return decision == "not_customer" or (decision == "kept" and part.series is None)


def _take_changed(part: _Part, key: str, master: _Part | None, ask: Asked, found: Found) -> None:
    if master and master.series and _only_cancels(part, master):
        slot = part.slot or master.series.start
        if _touches(slot, *master.series.span(slot), ask):
            _take(master, key, slot, ask, found, cancelled=True)
            part.said.append("kept")
    elif part.series is not None:
        for start in slots(part.series, ask.window).values():
            _take(part, key, start, ask, found)


def _touches(slot: Moment, start: datetime, end: datetime, ask: Asked) -> bool:
    if slot.kind == "day":
        return start.date() <= ask.window.last and end.date() > ask.window.first
    return start < ask.end and (end > ask.begin or start >= ask.begin)


def _take(part: _Part, key: str, slot: Moment, ask: Asked, found: Found, *, cancelled: bool = False) -> None:
    if part.series is None:
        return
    uid = part.judged.entry.glimpse.uid
    told = _spoken(part.judged.judgement, uid, key, ask)
    if told.decision != "kept" and not (ask.inspect or part.kept):
        return  # of a dropped series only what people said yes to is looked at further
    start, end = part.series.span(slot)
    if not _touches(slot, start, end, ask):
        return
    part.said.append(told.decision)
    if ask.inspect:
        title = None if told.decision == "private" else part.read().title
        found.inspected.append(Inspected(uid, key, start, end, slot.kind == "day", title, told))
    if told.decision == "kept":
        event = _event(part, told, key, slot, start, end, ask.rules)
        found.events.append(replace(event, status="cancelled") if cancelled else event)


def _spoken(judgement: Judgement, uid: str, key: str, ask: Asked) -> Judgement:
    """What people said about this one occurrence, else what the rules say; private stays private."""
    if not ask.spoken or judgement.decision == "private":
        return judgement
    identity = meeting_id(uid, key)
    if identity in ask.rules.forgotten:
        return Judgement("forgotten")
    customer = ask.yes.get(identity)
    return Judgement("kept", customer, ask.rules.threshold, (Reason("said_yes"),)) if customer else judgement


def _event(part: _Part, told: Judgement, key: str, slot: Moment, start: datetime, end: datetime, rules: Rules) -> Event:
    details = part.read()
    organiser, guests, others = part.people_with(told.customer_id, rules)
    return Event(
        uid=part.judged.entry.glimpse.uid,
        rec_key=key,
        start=start,
        end=end,
        all_day=slot.kind == "day",
        zone="" if slot.kind == "day" else slot.zone.name,
        title=details.title,
        status=details.status,
        organiser=organiser,
        guests=guests,
        others=others,
        link=details.link,
        sequence=part.judged.entry.sequence,
        customer_id=told.customer_id,
        score=told.score,
        why=told.why,
        guests_known=bool(details.guests or details.organiser),
        place=details.place,
    )


def _outcome(part: _Part, ask: Asked) -> Outcome:
    judgement = part.judged.judgement
    if judgement.decision == "private":
        return "private"
    if "kept" in part.said:
        return "kept"
    glimpse = part.judged.entry.glimpse
    if part.series is None or (glimpse.rec and part.slot is None):
        told = part.kept or ask.inspect or glimpse.first is None
        return "broken" if told else judgement.decision
    if not part.kept:
        return judgement.decision
    return "forgotten" if "forgotten" in part.said else "outside"


def _tell(part: _Part, found: Found) -> None:
    """Problems of an entry that is not private: it could not be read, or not all of when it is."""
    entry = part.judged.entry
    outcome = found.outcomes[-1][0]
    if outcome == "broken":
        found.problems.append(Problem("entry_broken", uid=entry.glimpse.uid, entry=entry.number))
    elif outcome == "kept" and part.series and not part.series.start.zone.sure:
        facts = {"zone": _zone_told(part.times), "taken": part.series.start.zone.name}
        found.problems.append(Problem("zone_uncertain", uid=entry.glimpse.uid, entry=entry.number, **facts))
    if outcome == "kept" and part.series and part.series.unread:
        found.problems.append(Problem("entry_date_unread", uid=entry.glimpse.uid, entry=entry.number))


def _zone_told(lines: list[Line]) -> str:
    told: Iterator[str] = (line.params.get("TZID", "") for line in lines if line.name == "DTSTART")
    return plain(next(told, ""), 60)
