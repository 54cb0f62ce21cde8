"""Steps of offers that nobody makes: what ran out, what is not to be any more, what calendars settled."""

from datetime import date, datetime

from companion.attendance.offers import OPEN, STANDING, Offer, OfferState, answer_by
from companion.attendance.seating import Table, not_to_be
from companion.basics.clock import day_of
from companion.meetings.model import Meeting
from companion.programme.apply_offers import DESK, as_said, step, write_down
from companion.programme.model import Programme, WorkspaceTx
from companion.programme.offer_ground import old_asks, table_at

# Reasons of a withdrawal by the desk.
UNANSWERED, TOO_LATE, OFF, GONE, LEAVE = "unanswered", "too_late", "off", "gone", "leave"


def settle(tx: WorkspaceTx, now: datetime) -> int:
    """Take every offer as far as the day and the calendars do; how many moved. Old asks become offers first."""
    _adopt(tx, now)
    programme, done = tx.programme.get(), 0
    standing = [one for one in tx.offers.all() if one.state in STANDING]
    meetings = {one.id: one for one in tx.meetings.some({one.meeting_id for one in standing})}
    for offer in standing:
        meeting = meetings.get(offer.meeting_id)
        if meeting is None or (meeting.start <= now and offer.state == "accepted"):
            continue  # forgotten with its seats, or begun: what came of it is evidence
        done += _settled(tx, offer, meeting, programme, now) is not offer
    return done


def _adopt(tx: WorkspaceTx, now: datetime) -> None:
    ahead = tx.meetings.between(now, datetime.max.replace(tzinfo=now.tzinfo))
    for offer in old_asks(tx, ahead, tx.offers.all(), now):
        tx.offers.put(offer)
        write_down(tx, now, offer.by, "offer.ask", "", offer, "")


def _settled(tx: WorkspaceTx, offer: Offer, meeting: Meeting, programme: Programme, now: datetime) -> Offer:
    reason = _why_over(tx, offer, meeting, programme, now)
    if reason:
        return offer if _moved_meanwhile(tx, offer) else step(tx, offer, "withdraw", {"desk"}, DESK, now, reason)
    state = next((s.state for s in table_at(tx, meeting, now).seats if s.person_id == offer.person_id), "open")
    # What was said elsewhere of the seat, in a calendar or as a word on it, is an answer to the offer as well.
    after: OfferState | None = None
    if state == "declined" and offer.state in ("offered", "accepted"):
        after = "declined"
    elif state == "accepted" and offer.state == "offered":
        after = "accepted"
    return offer if after is None or _moved_meanwhile(tx, offer) else as_said(tx, offer, after, DESK, now)


def _moved_meanwhile(tx: WorkspaceTx, offer: Offer) -> bool:
    """Whether somebody made a step since it was read; nobody does from here on. The next round looks again."""
    tx.takeaways.lock(offer.meeting_id)
    return tx.offers.get(offer.id) != offer


def _why_over(tx: WorkspaceTx, offer: Offer, meeting: Meeting, programme: Programme, now: datetime) -> str:
    """Why it can lead nowhere any more, "" where it can."""
    today, person = day_of(now, programme.zone), tx.people.get(offer.person_id)
    table: Table = table_at(tx, meeting, now)
    if person is None or (person.end and person.end < table.day):
        return GONE
    if offer.state in OPEN and any(
        one.person_id == offer.person_id and one.start <= table.day <= one.end for one in table.leaves
    ):
        return LEAVE
    code = not_to_be(meeting, now)
    if code and (code != "review_over" or offer.state in OPEN):
        return TOO_LATE if code == "review_over" else OFF
    if offer.state == "offered" and today > deadline(offer, table.day, programme):
        return UNANSWERED
    return ""


def deadline(offer: Offer, day: date, programme: Programme) -> date:
    """The last day of a leader's answer; `day`: the meeting's."""
    return answer_by(day_of(offer.since, programme.zone), day, holidays(programme))


def holidays(programme: Programme) -> frozenset[date]:
    """The days on which nobody works."""
    return frozenset(date.fromisoformat(one) for one in programme.holidays)
