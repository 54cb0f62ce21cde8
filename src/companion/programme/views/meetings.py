"""Meetings: the list, and beside it the facts of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from companion.attendance.model import Evidence, Seat, State, Word
from companion.attendance.offers import STANDING
from companion.attendance.seats import because, in_force, to_decide, word
from companion.calendars.model import Guest, Reason
from companion.customers.model import Customer
from companion.meetings.form import Form, form_of
from companion.meetings.model import Meeting
from companion.meetings.twins import probable_twins
from companion.people.addresses import normal
from companion.programme.assistants import is_by_assistant, may_act
from companion.programme.model import House
from companion.programme.names import names_shown
from companion.programme.presence import Waiting, waiting
from companion.programme.views.ground import Ground, span_ground, whole_ground
from companion.programme.views.home_seats import heard_by
from companion.programme.views.joining import FreeState, ReportState, free_states, looks_of, report_state
from companion.programme.views.mail_answers import MailAnswer
from companion.programme.views.row_offers import OfferView, name_at, offer_view, read_offers
from companion.takeaways.model import Takeaway
from companion.words.attendance import acting_for

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class SeatView:
    """One seat as the screen says it."""

    person_id: str
    name: str
    team: str
    email: str
    state: State
    word: Word
    because: Evidence | None
    evidence: tuple[Evidence, ...]
    me: bool
    in_force: tuple[Evidence, ...] = ()  # where the sides do not agree, the last word of each
    waits: bool = False  # for a person's decision
    assisted: bool = False  # of a leader for whom who works here may act
    speak_for: bool = False  # and whose own word they give


@dataclass(frozen=True)
class MeetingRow:
    """One meeting of the list, with its seats."""

    meeting: Meeting
    customer: Customer
    host: str
    seats: tuple[SeatView, ...]
    past: bool
    mine: bool
    note_id: str = ""
    note_lines: int = 0  # or, where it has none, its answers
    takeaways: tuple[Takeaway, ...] = ()
    guests: tuple[Guest, ...] = field(default=())  # the customer's people
    groups: tuple[Guest, ...] = ()  # lists that were invited, ours and theirs, by name: nobody knows who of them comes
    why: tuple[Reason, ...] = ()
    twin: Meeting | None = None  # another one that is probably the same meeting
    report: ReportState | None = None  # how far its join report is, where anybody looked
    free: FreeState | None = None  # of an open review, where anything is known
    hosted: bool = False  # by who works here
    runs: bool = False  # who works here runs the programme, or is the only one who writes it
    offers: tuple[OfferView, ...] = ()  # those that who works here may know of, the last first
    seated: bool = False  # somebody sits there or is asked to, whether they are shown or not
    new: bool = False  # who works here has never heard this customer
    mails: tuple[Waiting, ...] = ()  # on who was there, that nobody could read to their end
    others: int = 0  # of ours who sat in it or come, and whom who works here does not see by name
    apart: bool = False  # from before what is listed: read because it concerns who works here

    @property
    def open(self) -> bool:
        """A review ahead with an empty seat."""
        return not self.past and not self.seated and self.meeting.status in ("confirmed", "tentative")

    def may_say(self, seat: SeatView) -> bool:
        """Whether who works here may say what is true of a seat."""
        return self.runs or self.hosted or seat.me

    @property
    def waits(self) -> bool:
        """A seat of it waits for somebody's decision, or a mail for somebody to look at it."""
        return bool(self.mails) or any(seat.waits for seat in self.seats)

    @property
    def assisted(self) -> bool:
        """A leader for whom who works here may act has a seat in it."""
        return any(seat.assisted for seat in self.seats)

    @property
    def briefed(self) -> bool:
        """There is something to prepare: who works here sits in it or hosts it, and it is not over and not off."""
        ahead = not self.past and self.meeting.status not in ("cancelled", "gone")
        return ahead and (self.mine or self.hosted)


@dataclass(frozen=True)
class MeetingsView:
    """The meetings of a time, earliest first."""

    rows: tuple[MeetingRow, ...]
    zone: str
    now: datetime
    me: str  # person id, "" where nobody said
    threshold: int = 50  # points that an entry needs today
    forms: Mapping[str, Form] = field(default_factory=dict)  # as who works here said, by meeting
    assists: bool = False  # who works here acts for a leader
    earlier: bool = False  # there are meetings from before those listed

    @cached_property
    def listed(self) -> tuple[MeetingRow, ...]:
        """As a page lists them: what is coming, soonest first, then the past, latest first."""
        ahead = [row for row in self.rows if not row.past]
        return (*ahead, *(row for row in reversed(self.rows) if row.past))

    def row(self, meeting_id: str) -> MeetingRow | None:
        """One meeting, None where it is not among these."""
        return self._by_id.get(meeting_id)

    def form(self, meeting: Meeting) -> Form:
        """How a meeting is held: as who works here said, else as its link and place tell; "" where nothing does."""
        return self.forms.get(meeting.id) or form_of(meeting.link, meeting.place)

    @cached_property
    def _by_id(self) -> dict[str, MeetingRow]:
        return {row.meeting.id: row for row in self.rows}


def meetings(
    house: House, start: datetime | None = None, end: datetime | None = None, *, everything: bool = False
) -> MeetingsView:
    """Read the meetings between two instants (None: no bound); dismissed ones only with `everything`."""
    whole = start is None and end is None
    if whole:
        facts, found = whole_ground(house)
    else:
        facts, found = span_ground(house, start or _FIRST, end or _LAST)
    return as_listed(house, facts, [one for one in found if everything or one.verdict != "no"], whole=whole)


def as_listed(house: House, facts: Ground, chosen: Sequence[Meeting], *, whole: bool) -> MeetingsView:
    """The rows of these meetings, as who works here may see them. `whole`: who needs a seat is told apart."""
    with house.device(write=False) as device:
        notes = {note.meeting_id: (note.id, note.lines or note.answers) for note in device.notes.listed()}
        forms = device.time.forms()
    runs = not house.workspace_shared or (facts.me is not None and facts.me.kind == "ops")
    rows = [row_of(facts, meeting, notes.get(meeting.id, ("", 0)), runs=runs) for meeting in chosen]
    heard = heard_by(facts, facts.seats_of(facts.me.id)) if facts.me else frozenset()
    rows = [replace(row, new=True) if row.open and row.customer.id not in heard else row for row in rows]
    rows = _with_what_microsoft_told(house, facts, rows, whole=whole)
    leaders = _leaders(facts)
    if leaders:
        rows = [_for_leaders(row, leaders, speaks=facts.me is not None and facts.me.kind != "ops") for row in rows]
    rows = _with_mails(house, _offered(house, facts, rows))
    if house.workspace_shared and not names_shown(house, facts.programme, facts.me):
        rows = [row if row.hosted or not (row.seats or row.offers) else _as_may_be_seen(row) for row in rows]
    twins, known = probable_twins(chosen), {meeting.id: meeting for meeting in chosen}
    rows = [replace(row, twin=known[twins[row.meeting.id]]) if row.meeting.id in twins else row for row in rows]
    return MeetingsView(tuple(rows), facts.zone, facts.now, facts.me.id if facts.me else "",
                        facts.programme.threshold, forms, bool(leaders))  # fmt: skip


def _leaders(facts: Ground) -> frozenset[str]:
    """For whom who works here may act, by id."""
    me = facts.me
    return frozenset(one.id for one in facts.people if may_act(me, one, facts.today)) if me else frozenset()


def _for_leaders(row: MeetingRow, leaders: frozenset[str], *, speaks: bool) -> MeetingRow:
    if not any(seat.person_id in leaders for seat in row.seats):
        return row
    seats = tuple(
        replace(seat, assisted=True, speak_for=speaks) if seat.person_id in leaders else seat for seat in row.seats
    )
    return replace(row, seats=seats)


def _with_what_microsoft_told(house: House, facts: Ground, rows: list[MeetingRow], *, whole: bool) -> list[MeetingRow]:
    looks = looks_of(house)
    free = free_states(house, facts, [row.meeting for row in rows if row.open], whole=whole)
    found = []
    for row in rows:
        said = [item for seat in row.seats for item in seat.evidence]
        report = report_state(row.meeting, looks.get(row.meeting.id), said, facts.now) if row.past else None
        told = report or row.meeting.id in free
        found.append(replace(row, report=report, free=free.get(row.meeting.id)) if told else row)
    return found


def _as_may_be_seen(row: MeetingRow) -> MeetingRow:
    """Others' figures are not for everybody, nor what they are summed up from: who sat in is named to who sat there.

    Of what is ahead, who comes is named to who sits with them; of others only their number is told. A host sees all
    of the own meeting, and ops see what is ahead, whatever was agreed: they seat people.
    """
    word = "was_there" if row.past else "coming"
    beside = any(seat.me and seat.word == word for seat in row.seats)
    seats = tuple(
        _seen(seat) for seat in row.seats
        if seat.me or seat.assisted or (beside and seat.word == word) or (row.runs and not row.past)
    )  # fmt: skip
    others = sum(seat.word == word and not (seat.me or seat.assisted) and seat.name != row.host for seat in row.seats)
    offers = tuple(one for one in row.offers if one.me or one.may_allow or one.may_withdraw)
    named = beside or (row.runs and not row.past)
    return replace(row, seats=seats, offers=offers, others=0 if named else others)


def _seen(seat: SeatView) -> SeatView:
    if seat.me or seat.assisted:
        return seat
    return replace(seat, because=None, evidence=(), in_force=(), waits=False)


def _offered(house: House, facts: Ground, rows: list[MeetingRow]) -> list[MeetingRow]:
    """With the seats that are on their way, those asked for before there were offers among them."""
    asked = [row.meeting for row in rows if not row.past and any(seat.state == "proposed" for seat in row.seats)]
    by_meeting, mailed = read_offers(house, {row.meeting.id: row.meeting for row in rows}, asked, facts.now)
    found = []
    for row in rows:
        offers = by_meeting.get(row.meeting.id, ())
        if not offers:
            found.append(row)
            continue
        views = [offer_view(house, facts, one, row.meeting, past=row.past, runs=row.runs) for one in offers]
        if row.runs:
            views = [_with_answer(facts, one, mailed.get(one.offer.id)) if one else None for one in views]
        seated = row.seated or any(one.state in STANDING for one in offers)
        found.append(replace(row, offers=tuple(one for one in views if one), seated=seated))
    return found


def _with_answer(facts: Ground, one: OfferView, mailed: MailAnswer | None) -> OfferView:
    if mailed is None:
        return one
    by = name_at(facts, mailed.recipient) or mailed.recipient
    return replace(one, unsure=mailed.unsure, refused=mailed.refused, mailed_by=by)


def _with_mails(house: House, rows: list[MeetingRow]) -> list[MeetingRow]:
    by_meeting: dict[str, list[Waiting]] = {}
    for mail in waiting(house):
        by_meeting.setdefault(mail.meeting.id, []).append(mail)
    return [replace(row, mails=tuple(by_meeting[row.meeting.id])) if row.meeting.id in by_meeting else row
            for row in rows] if by_meeting else rows  # fmt: skip


def row_of(facts: Ground, meeting: Meeting, note: tuple[str, int] = ("", 0), *, runs: bool = False) -> MeetingRow:
    """One meeting with all that the page shows of it."""
    past = meeting.end <= facts.now
    seats = tuple(sorted((_seat(facts, item, past) for item in facts.seats_at(meeting.id)), key=lambda view: view.name))
    customer = facts.customer(meeting.customer_id)
    groups = [guest for guest in meeting.guests if guest.kind == "group"]
    return MeetingRow(
        meeting, customer, facts.host(meeting), seats, past, any(seat.me for seat in seats), note[0], note[1],
        tuple(facts.readable_of(meeting.id)),
        tuple(guest for guest in meeting.guests if guest.kind == "person" and not facts.person_at(guest.address)),
        tuple(replace(guest, name=guest.name or name_at(facts, guest.address)) for guest in groups), meeting.why,
        hosted=bool(facts.me and meeting.host_email and normal(meeting.host_email) in facts.me.addresses),
        runs=runs, seated=any(seat.state in ("accepted", "offered", "proposed") for seat in seats),
    )  # fmt: skip


def _seat(facts: Ground, item: Seat, past: bool) -> SeatView:
    person, decides = facts.person(item.person_id), because(item)
    return SeatView(
        item.person_id, person.name if person else "", person.team if person else "", person.email if person else "",
        item.state, word(item.state, past), _by_name(facts, decides) if decides else None, item.evidence,
        bool(facts.me and facts.me.id == item.person_id),
        tuple(_by_name(facts, one) for one in in_force(item)) if item.state == "disputed" else (),
        past and person is not None and to_decide(item),
    )  # fmt: skip


def _by_name(facts: Ground, item: Evidence) -> Evidence:
    """The statement with the name of who made it, where one of ours has that address."""
    name, person = name_at(facts, item.by) or item.by, facts.person(item.person_id)
    return replace(item, by=acting_for(name, person.name) if person and is_by_assistant(item, person) else name)
