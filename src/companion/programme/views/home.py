"""Home: what is next and what needs me."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from companion.attendance.model import Evidence, Seat
from companion.attendance.offers import OPEN
from companion.attendance.seats import proposed
from companion.attendance.standing import Standing
from companion.basics.clock import day_of
from companion.basics.settings import read_settings
from companion.calendars.model import is_microsoft
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.notes.model import Note
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme import mailed
from companion.programme.accounts import all_of
from companion.programme.kept_briefs import AHEAD
from companion.programme.model import House
from companion.programme.views.customer_time import day_in
from companion.programme.views.ground import Ground, my_ground
from companion.programme.views.home_notes import NOTHING, Mine
from companion.programme.views.home_notes import mine as waiting_for_me
from companion.programme.views.home_seats import NO_SEATS, OpenReview, Seats, my_seats
from companion.takeaways.answering import Pace, pace
from companion.takeaways.audience import ME, may_hold
from companion.takeaways.model import Takeaway
from companion.takeaways.state import State

ASK_DAYS = 60  # how far back "Did you join?" asks


@dataclass(frozen=True)
class NextMeeting:
    """My next customer meeting, and what was heard last time."""

    meeting: Meeting
    customer: Customer
    host: str
    quote: str = ""  # last heard there
    quote_role: str = ""
    quote_by: str = ""
    quote_on: date | None = None  # the day of its meeting, None where that is not known
    quote_told: date | None = None  # the day it was published
    brief: datetime | None = None  # as of when its brief holds that is kept here; None: none is
    brief_from: datetime | None = None  # when its brief is made by itself, where that is still ahead


@dataclass(frozen=True)
class DidYouJoin:
    """A past meeting nobody has spoken of yet, apart from a report that is not sure."""

    meeting: Meeting
    customer: Customer
    report: Evidence | None = None
    replied: bool = False  # what I mailed about it is in my note


@dataclass(frozen=True)
class ToTell:
    """A meeting I heard and have not told of: what my note holds, if any, and the last day that completes it."""

    meeting: Meeting
    customer: Customer
    until: date
    note_id: str = ""
    lines: int = 0
    answers: int = 0
    replied: bool = False  # what I mailed about it is in the note


@dataclass(frozen=True)
class Question:
    """A reader asked me something that has no answer yet."""

    takeaway: Takeaway
    answer_id: str
    name: str  # "" where the reader answers only to the author without a name
    text: str


@dataclass(frozen=True)
class ToAllow:
    """A takeaway that I may stop: it waits for a yes, or for its day."""

    takeaway: Takeaway
    author: str
    state: State  # asked or waiting


@dataclass(frozen=True)
class Beginning:
    """What is missing before Home has anything to tell, and who it is told."""

    lacks: Literal["me", "programme", "person", "customers"]
    me: str = ""  # the address of who works here
    signed_in: bool = False  # at Microsoft, with that address
    read: bool = False  # a calendar of this computer was read
    runs_it: bool = False  # who works here runs the programme


@dataclass(frozen=True)
class HomeView:
    """All of Home. `person` is None where nobody is known by the address of who works here."""

    person: Person | None
    standing: Standing | None
    next: NextMeeting | None
    did_you_join: tuple[DidYouJoin, ...]
    to_tell: tuple[ToTell, ...]
    questions: tuple[Question, ...]
    unread: tuple[Takeaway, ...]
    open_reviews: tuple[OpenReview, ...]  # shown where I have no seat ahead, or need another
    authors: dict[str, tuple[str, str]]  # person id -> (name, team)
    last_sync: datetime | None
    zone: str
    beginning: Beginning | None = None  # None: nothing is missing
    to_allow: tuple[ToAllow, ...] = ()  # those that wait for a yes first
    waiting: int = 0  # answers to me that have none of mine
    longest: int = 0  # full days the oldest of them has waited
    stuck: int = 0  # deliveries and letters that failed, or of which nobody knows
    mine: Mine = NOTHING  # notes, mails and promises that wait for me
    seats: Seats = NO_SEATS  # what is offered to me, and what my meetings ask of me
    hosting: NextMeeting | None = None  # the next that I host, where I have no seat ahead
    runs: bool = False  # who works here sees to the programme's work


def home(house: House) -> HomeView:
    """Read Home for the person who works here."""
    facts = my_ground(house)
    with house.device(write=False) as device:
        marks = device.notes.read_marks()
        states = [device.events.state(account.id).last_ok for account in device.accounts.all()]
    last = max((at for at in states if at), default=None)
    authors = {person.id: (facts.author(person.id), person.team) for person in facts.people}
    me = facts.me
    if me is None:
        lacking = _beginning(house, facts, last)
        return HomeView(None, None, None, (), (), (), facts.unread(marks), (), authors, last, facts.zone, lacking)
    mine = facts.seats_of(me.id)
    standing, waits = facts.standing(me), _waits(facts, me)
    on_offer = _on_offer(house, me)
    ahead = sorted(
        (facts.meetings[s.meeting_id] for s in mine if s.state in ("accepted", "offered")
         and s.meeting_id not in on_offer and facts.meetings[s.meeting_id].end > facts.now),
        key=lambda meeting: meeting.start,
    )  # fmt: skip
    upcoming = _with_brief(house, _next(facts, ahead[0]), me) if ahead else None
    seats = my_seats(house, facts, me, standing.needs, wanted=not ahead or standing.needs > 0)
    did_you_join, to_tell = _with_notes(house, _unanswered(facts, mine), _untold(facts, mine))
    return HomeView(
        person=me, standing=standing, next=upcoming, did_you_join=did_you_join, to_tell=to_tell,
        questions=_questions(facts, me), unread=facts.unread(marks), authors=authors, last_sync=last, zone=facts.zone,
        open_reviews=seats.reviews, beginning=_beginning(house, facts, last),
        to_allow=_to_allow(house, facts, me), waiting=waits.waiting, longest=waits.longest,
        stuck=_stuck(house, facts, me), mine=waiting_for_me(house, facts, me), seats=seats, runs=_runs(house, me),
        hosting=_with_brief(house, _next(facts, seats.hosted), me) if seats.hosted and not ahead else None,
    )  # fmt: skip


def _beginning(house: House, facts: Ground, last: datetime | None) -> Beginning | None:
    """What is missing, the first thing first; who runs the programme is told of customers once there are calendars."""
    settings, _ = read_settings(house.paths.settings)
    mine = [account for account in all_of(house) if is_microsoft(account) and normal(account.owner) == house.me]
    told = Beginning("customers", house.me, bool(house.me and mine), last is not None, settings.role == "ops")
    if not house.me:
        return replace(told, lacks="me")
    if facts.me is None:
        return replace(told, lacks="person" if facts.people or facts.programme.our_domains else "programme")
    return told if last is not None and not facts.customers else None


def _runs(house: House, me: Person) -> bool:
    if house.workspace_shared:
        return me.kind == "ops"
    settings, _ = read_settings(house.paths.settings)
    return settings.role == "ops"


def _on_offer(house: House, me: Person) -> frozenset[str]:
    """The meetings at which a seat waits for my yes, or for the host's: they are asked about, and not coming yet."""
    with house.workspace(write=False) as tx:
        return frozenset(one.meeting_id for one in tx.offers.all() if one.person_id == me.id and one.state in OPEN)


def _next(facts: Ground, meeting: Meeting) -> NextMeeting:
    # Only what this person may read by now: not what is held, waits for its host, or is for somebody else.
    heard = next((t for t in facts.readable() if t.customer_id == meeting.customer_id and t.quote), None)
    by = facts.author(heard.author_id) if heard else ""
    held = facts.meetings.get(heard.meeting_id) if heard else None
    return NextMeeting(
        meeting, facts.customer(meeting.customer_id), facts.host(meeting), heard.quote if heard else "",
        heard.quote_role if heard else "", by, day_in(facts, held) if held else None,
        day_of(heard.published, facts.zone) if heard and heard.published else None,
    )  # fmt: skip


def _with_brief(house: House, item: NextMeeting, me: Person) -> NextMeeting:
    with house.device(write=False) as device:
        kept = device.briefs.get(item.meeting.id, me.id)
    begins = item.meeting.start - AHEAD
    if kept is not None and kept.address == house.me:
        return replace(item, brief=kept.made)
    return replace(item, brief_from=begins if begins > house.clock() else None)


def _with_notes(
    house: House, joined: tuple[DidYouJoin, ...], untold: tuple[ToTell, ...]
) -> tuple[tuple[DidYouJoin, ...], tuple[ToTell, ...]]:
    """The same, each with whether my reply by mail is in its note; those to be told with what their notes hold."""
    came = mailed.came_in(house, [*(one.meeting.id for one in joined), *(one.meeting.id for one in untold)])
    with house.device(write=False) as device:
        notes = {one.meeting.id: device.notes.of_meeting(one.meeting.id) for one in untold}
    return (
        tuple(replace(one, replied=one.meeting.id in came) for one in joined),
        tuple(replace(_holding(one, notes[one.meeting.id]), replied=one.meeting.id in came) for one in untold),
    )


def _holding(item: ToTell, note: Note | None) -> ToTell:
    if note is None:
        return item
    answers = sum(1 for text in note.answers.values() if text)
    return replace(item, note_id=note.id, lines=len(note.lines), answers=answers)


def _unanswered(facts: Ground, mine: Sequence[Seat]) -> tuple[DidYouJoin, ...]:
    since = facts.now - timedelta(days=ASK_DAYS)
    found = [(facts.meetings[s.meeting_id], proposed(s.evidence)) for s in mine if s.state == "unknown"]
    recent = [(meeting, report) for meeting, report in found if since <= meeting.end <= facts.now]
    recent.sort(key=lambda pair: pair[0].start, reverse=True)
    return tuple(DidYouJoin(meeting, facts.customer(meeting.customer_id), report) for meeting, report in recent)


def _untold(facts: Ground, mine: Sequence[Seat]) -> tuple[ToTell, ...]:
    told = {t.meeting_id for t in facts.takeaways if facts.me and t.author_id == facts.me.id and not t.withdrawn}
    since = facts.now - timedelta(days=ASK_DAYS)
    rows = []
    for item in mine:
        meeting = facts.meetings[item.meeting_id]
        if item.state == "attended" and meeting.id not in told and meeting.end >= since:
            rows.append(ToTell(meeting, facts.customer(meeting.customer_id), facts.tell_until(meeting)))
    return tuple(sorted(rows, key=lambda row: row.meeting.start, reverse=True))


def _questions(facts: Ground, me: Person) -> tuple[Question, ...]:
    mine = {t.id: t for t in facts.takeaways if t.author_id == me.id and not t.withdrawn}
    return tuple(
        Question(mine[a.takeaway_id], a.id, a.name, a.text)
        for a in facts.answers
        if a.takeaway_id in mine and a.kind == "question" and not a.reply
    )


def _waits(facts: Ground, me: Person) -> Pace:
    mine = {t.id for t in facts.takeaways if t.author_id == me.id and not t.withdrawn}
    return pace((a for a in facts.answers if a.takeaway_id in mine and a.person_id != me.id), facts.now)


def _to_allow(house: House, facts: Ground, me: Person) -> tuple[ToAllow, ...]:
    """What others told that is not out yet, as far as it is mine to stop."""
    found = [(t, facts.state(t)) for t in facts.takeaways if t.author_id != me.id and t.published and t.audience != ME]
    open_ = [(t, state) for t, state in found if state in ("asked", "waiting")]
    if not open_:
        return ()
    with house.workspace(write=False) as tx:
        meetings = {t.id: tx.meetings.get(t.meeting_id) for t, _ in open_ if t.meeting_id}
    shown = [
        ToAllow(t, facts.author(t.author_id), state) for t, state in open_
        if may_hold(me, facts.customers.get(t.customer_id), meetings.get(t.id), shared=house.workspace_shared)
    ]  # fmt: skip
    return tuple(sorted(shown, key=lambda one: one.state != "asked"))


def _stuck(house: House, facts: Ground, me: Person) -> int:
    """What did not go out of mine; of everybody's for ops, and where nobody else writes."""
    whole = not house.workspace_shared or me.kind == "ops"
    mine = {t.id for t in facts.takeaways if t.author_id == me.id}
    with house.workspace(write=False) as tx:
        stands = [(key, state, count) for key, state, count, _ in tx.takeaways.delivery_states()]
        stands += [(one.about, one.state, 1) for one in tx.letters.all()]
    return sum(count for key, state, count in stands if state in ("failed", "unknown") and (whole or key in mine))
