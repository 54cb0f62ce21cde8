"""What commands about offers do in the workspace: each step, what it says of the seat, and its line in the audit."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from companion.attendance.model import Evidence, Source
from companion.attendance.offers import STANDING, Came, Move, Offer, OfferState, answered_by, begun, moved, said
from companion.attendance.rules import PlanRule
from companion.attendance.seating import Table
from companion.attendance.seats import OUTCOMES
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.audits import say_of_seat, write
from companion.programme.model import WorkspaceTx
from companion.programme.offer_ground import check_seat, find_offer, seats_at, table_at, who_is
from companion.takeaways.audience import here

Handler = Callable[[WorkspaceTx, dict[str, Any], datetime], None]
DESK = "programme"  # by whom a step is that nobody made
_TICK = timedelta(microseconds=1)
_PLANS = frozenset({"proposed", "offered", "accepted", "declined"})
_OF_PEOPLE: tuple[Source, ...] = ("self", "host", "ops")


def take_begin(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A seat on its way: asked for, proposed, planned, given up by somebody, or handed over."""
    if tx.offers.get(body["id"]):
        return
    alone(tx, body["meeting"], body["person"])
    offer, table = check_begin(tx, body, now)
    tx.offers.put(offer)
    source, says = begun(offer)
    _say(tx, offer, source, says, offer.by, now, offer.reason)
    write_down(tx, now, offer.by, f"offer.{offer.came}", "", offer, offer.reason)
    mover = who_is(tx, offer.by, offer, table.meeting, now, shared=_shared(tx, body))
    if "host" in mover and offer.came == "ops":
        step(tx, offer, "allow", {"host"}, offer.by, now)  # who proposes it is who would be asked


def alone(tx: WorkspaceTx, meeting_id: str, person_id: str) -> None:
    """Be alone with a meeting and with whom it is about, before what stands there is read: two may come at once."""
    tx.takeaways.lock(meeting_id)
    tx.takeaways.lock(person_id)


def check_begin(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> tuple[Offer, Table]:
    """The offer that a command begins, if it may be.

    Problems: those of `attendance.seating.refusal`, `offer_propose_not_yours`, `swap_no_seat`.
    """
    meeting = tx.meetings.get(body["meeting"])
    if meeting is None:
        raise Problem("meeting_unknown", meeting=body["meeting"])
    came: Came = body["came"]
    by = tx.people.by_address(normal(body["by"]))
    shared = _shared(tx, body)
    if by is None or (shared and not here(by, day_of(now, tx.programme.get().zone))):
        raise Problem("offer_propose_not_yours")
    person = tx.people.get(body["person"])
    if person is None:
        raise Problem("seat_not_here", name=body["person"])
    table, giver = table_at(tx, meeting, now), body.get("instead_of", "")
    offer = Offer(
        body["id"], meeting.id, person.id, came, by.email, now, "host", now, giver, str(body.get("reason", "")).strip()
    )
    _check_who(tx, offer, by, table, shared=shared)
    check_seat(tx, table, person, instead_of=giver)
    return offer, table


def _check_who(tx: WorkspaceTx, offer: Offer, by: Person, table: Table, *, shared: bool) -> None:
    if offer.came == "ask" and shared and by.id != offer.person_id:
        raise Problem("offer_propose_not_yours")
    if offer.came == "swap":
        if shared and by.id != offer.instead_of:
            raise Problem("offer_propose_not_yours")
        if not sits(table, offer.instead_of):
            raise Problem("swap_no_seat", title=table.meeting.title)
    if offer.came in ("ops", "plan", "handover") and shared:
        may = by.kind == "ops" or (offer.came == "ops" and set(by.addresses) & set(table.hosts))
        if not may:
            raise Problem("offer_propose_not_yours")


def sits(table: Table, person_id: str) -> bool:
    """Whether somebody has a seat to give up: they are coming to a meeting, or it is offered to them."""
    asked = any(one.person_id == person_id and one.state == "offered" for one in table.offers)
    return asked or any(seat.person_id == person_id and seat.state == "accepted" for seat in table.seats)


def take_step(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A step of an offer: the host's word, the leader's, or that it is not to be."""
    known = find_offer(tx, body["id"], now)
    alone(tx, known.meeting_id, known.person_id)
    offer, meeting = check_step(tx, body, now)
    mover = who_is(tx, body["by"], offer, meeting, now, shared=_shared(tx, body))
    step(tx, offer, body["move"], mover, body["by"], now, str(body.get("reason", "")).strip())


def check_step(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> tuple[Offer, Meeting]:
    """The offer a command moves and its meeting. Problems: `offer_unknown`, `meeting_unknown`, and of `moved`.

    Ops who answer for a leader say how they know: `offer_for_somebody`.
    """
    offer = find_offer(tx, body["id"], now)
    meeting = tx.meetings.get(offer.meeting_id)
    if meeting is None:
        raise Problem("meeting_unknown", meeting=offer.meeting_id)
    mover = who_is(tx, body["by"], offer, meeting, now, shared=_shared(tx, body))
    if moved(offer, body["move"], mover, now) is offer:
        return offer, meeting
    check_ahead(meeting, now)
    if body["move"] in ("take", "cannot") and "leader" not in mover and not str(body.get("reason", "")).strip():
        raise Problem("offer_for_somebody", offer=offer.id[:8])
    if body["move"] in ("allow", "take"):
        check_still(tx, offer, meeting, now)
    return offer, meeting


def check_ahead(meeting: Meeting, now: datetime) -> None:
    """Problem `review_over` once a meeting has begun: what came of its seats is said of them, not of an offer."""
    if meeting.start <= now:
        raise Problem("review_over", title=meeting.title)


def check_still(tx: WorkspaceTx, offer: Offer, meeting: Meeting, now: datetime) -> None:
    """Problem where the seat is not to be had any more; what the offer itself holds does not stand in its way."""
    person = tx.people.get(offer.person_id)
    if person is None:
        raise Problem("person_unknown", address=offer.person_id)
    table = table_at(tx, meeting, now)
    others = tuple(one for one in table.offers if one.id != offer.id)
    seats = tuple(seat for seat in table.seats if seat.person_id != offer.person_id)
    given = any(one.state == "accepted" and one.instead_of == offer.instead_of for one in others)
    if offer.instead_of and given and not sits(table, offer.instead_of):
        raise Problem("swap_no_seat", title=meeting.title)  # another took it meanwhile: one seat is given up once
    check_seat(tx, replace(table, offers=others, seats=seats), person, instead_of=offer.instead_of)


def step(
    tx: WorkspaceTx, offer: Offer, move: Move, mover: Iterable[str], by: str, now: datetime, reason: str = "",
    *, lasts: bool = True,
) -> Offer:  # fmt: skip
    """Make one step, with what it says of the seat and its line in the audit; the offer as it is then.

    `lasts`: a no stands for the planner as well.
    """
    after = moved(offer, move, mover, now, "" if move == "veto" else reason)  # type: ignore[arg-type]
    if after is offer:
        return offer
    tx.offers.put(after)
    _back_in_place(tx, offer, after, now)
    # The seat is given up before it is taken: who goes instead says so after who does not go.
    then = _give_up(tx, after, now) if after.state == "accepted" and after.instead_of else now
    told = said(offer, move, mover)  # type: ignore[arg-type]
    if told:
        _say(tx, after, *told, by, then, reason if move in ("take", "cannot") else "")
    else:
        take_back(tx, after, by, now)
    if move == "veto" and lasts:
        rule = PlanRule(new_id(), "not_here", offer.person_id, offer.meeting_id, "", by, now, reason, "veto")
        tx.plan_rules.put(rule)
    # The leader reads this line too, and a host owes no reason: the rule keeps it, for ops.
    write_down(tx, now, by, f"offer.{move}", offer.state, after, "" if move == "veto" else reason)
    return after


def follow_word(tx: WorkspaceTx, word: Evidence, now: datetime) -> None:
    """An offer is settled by what is said of its seat in another way: nobody is asked for what is answered."""
    tx.takeaways.lock(word.meeting_id)
    for offer in tx.offers.of([word.meeting_id]):
        after = answered_by(offer, word.source, word.says) if offer.person_id == word.person_id else None
        if after:
            made = as_said(tx, offer, after, word.by, now, word.reason)
            if after == "accepted" and offer.instead_of:
                _give_up(tx, made, now)


def as_said(tx: WorkspaceTx, offer: Offer, state: OfferState, by: str, now: datetime, why: str = "") -> Offer:
    """The offer as something else than an answer to it settled it; the seat's evidence is there already."""
    after = replace(offer, state=state, since=now, reason=why if state != "accepted" else "")
    tx.offers.put(after)
    if state != "accepted":
        _back_in_place(tx, offer, after, now)
    write_down(tx, now, by, "offer.said", offer.state, after, why)
    return after


def _say(tx: WorkspaceTx, offer: Offer, source: Source, says: str, by: str, now: datetime, reason: str = "") -> None:
    at = _after(tx, offer, source, now)
    say_of_seat(tx, Evidence(new_id(), offer.meeting_id, offer.person_id, source, says, by, at, reason), now)


def _after(tx: WorkspaceTx, offer: Offer, source: Source, now: datetime) -> datetime:
    """Now, or just after what that source said last: two steps of one instant stay in their order."""
    said_of = tx.seats.evidence([offer.meeting_id])
    mine = (one.at for one in said_of if one.person_id == offer.person_id and one.source == source)
    return max([now, *(at + _TICK for at in mine)])


def _shared(tx: WorkspaceTx, body: dict[str, Any]) -> bool:
    return bool(body.get("shared", True)) or tx.programme.get().shared


def take_back(tx: WorkspaceTx, offer: Offer, by: str, now: datetime) -> None:
    """What people said of the plan for a seat says nothing from now on; each source takes back its own."""
    last: dict[Source, str] = {}
    for item in tx.seats.evidence([offer.meeting_id]):
        if item.person_id == offer.person_id and item.says in (*_PLANS, "open"):
            last[item.source] = item.says
    for source in _OF_PEOPLE:
        if last.get(source, "open") != "open":
            _say(tx, offer, source, "open", by, now)


def _back_in_place(tx: WorkspaceTx, before: Offer, after: Offer, now: datetime) -> None:
    """That another comes in somebody's place is not so any more: that one does not, or they come after all.

    It was said ahead of the meeting, and an outcome stands above every plan until it is taken back.
    """
    if after.state == "accepted":
        sent = _sent_instead(tx, after, after.person_id)
    elif before.state == "accepted" and before.instead_of:
        sent = _sent_instead(tx, after, before.instead_of, after.person_id)
    else:
        return
    if sent:
        _say(tx, replace(after, person_id=sent.person_id), "self", "open", sent.by, now)


def _sent_instead(tx: WorkspaceTx, offer: Offer, person_id: str, to: str = "") -> Evidence | None:
    """Somebody's own word that another comes in their place, where it stands; `to`: only of that one."""
    said = [one for one in tx.seats.evidence([offer.meeting_id]) if one.person_id == person_id]
    own = [one for one in said if one.source == "self" and (one.says in OUTCOMES or one.says == "open")]
    last = max(own, key=lambda one: (one.at, one.id), default=None)
    return last if last and last.says == "delegated" and to in ("", last.to) else None


def _give_up(tx: WorkspaceTx, taken: Offer, now: datetime) -> datetime:
    """The seat is somebody else's now: its giver did not decline, and did not stay away. The moment after that.

    Who said no meanwhile has given nothing up by this: their word stays.
    """
    giver, meeting = tx.people.get(taken.instead_of), tx.meetings.get(taken.meeting_id)
    if giver is None or meeting is None or not sits(table_at(tx, meeting, now), giver.id):
        return now
    for old in tx.offers.of([taken.meeting_id]):
        if old.person_id == giver.id and old.state in STANDING:
            gone = replace(old, state="withdrawn", since=now, reason="swapped")
            tx.offers.put(gone)
            write_down(tx, now, taken.by, "offer.swapped", old.state, gone, "")
    theirs = replace(taken, person_id=giver.id)
    take_back(tx, theirs, giver.email, now)
    left = seats_at(tx, [meeting], now)
    if any(seat.person_id == giver.id and seat.state == "accepted" for seat in left):
        # The host's invitation still says that they come: they say themselves who comes in their place.
        at = _after(tx, theirs, "self", now)
        instead = Evidence(
            new_id(), taken.meeting_id, giver.id, "self", "delegated", giver.email, at, "", taken.person_id
        )
        say_of_seat(tx, instead, at)
        return at + _TICK
    return now


def write_down(tx: WorkspaceTx, now: datetime, by: str, what: str, old: str, after: Offer, why: str) -> None:
    """A step's line in the audit."""
    write(tx, now, by, what, old, after.state, why, (after.person_id, after.meeting_id))


def _beginning(*ways: Came) -> Handler:
    """A command that begins an offer in one of these ways, whatever else it says of itself."""

    def take(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
        came = body.get("came", ways[0])
        take_begin(tx, {**body, "came": came if came in ways else ways[0]}, now)

    return take


def _stepping(*moves: Move) -> Handler:
    def take(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
        if body["move"] not in moves:
            raise Problem("offer_not_yours", offer=body["id"][:8])
        take_step(tx, body, now)

    return take


OFFER_HANDLERS: dict[str, Handler] = {
    "offer.ask": _beginning("ask"),
    "offer.propose": _beginning("ops", "plan", "handover"),
    "offer.swap": _beginning("swap"),
    "offer.allow": _stepping("allow", "veto"),
    "offer.answer": _stepping("take", "cannot"),
    "offer.withdraw": _stepping("withdraw"),
}
OFFER_HOPELESS = frozenset({
    "review_over", "seat_no_review", "seat_not_here", "seat_on_leave", "seat_own_meeting", "seat_asked", "seat_had",
    "seat_ruled_out", "seat_clash", "seat_taken", "offer_unknown", "offer_over", "offer_host_first", "offer_not_yours",
    "offer_propose_not_yours", "offer_for_somebody", "swap_no_seat",
})  # fmt: skip
