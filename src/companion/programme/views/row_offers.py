"""Seats on their way, as the list of meetings shows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from companion.attendance.days import meeting_day
from companion.attendance.offers import STANDING, Offer
from companion.attendance.seating import hosts_at
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.model import House
from companion.programme.offer_ground import old_asks
from companion.programme.seat_facts import role_of
from companion.programme.views.ground import Ground
from companion.programme.views.mail_answers import MailAnswer, mail_answers
from companion.takeaways.audience import hosts_of
from companion.words.dates import day_month
from companion.words.language import speaking
from companion.words.seats import invitation_line, paragraph

MANY = 1000  # meetings; of more all offers are read at once


@dataclass(frozen=True)
class OfferView:
    """A seat on its way, as the screen says it. `asked`: who is asked just now, by name."""

    offer: Offer
    name: str
    team: str
    me: bool
    asked: str
    by: str  # the name of who set it going
    may_allow: bool  # who works here may say the host's word
    may_withdraw: bool
    may_answer: bool  # as the leader, or for them
    line: str = ""  # for the invitation, once somebody comes and for who hosts it or runs the programme
    paragraph: str = ""  # for the customer, in the host's language
    for_them: bool = False  # an answer is that of somebody else, who says how they know
    unsure: str = ""  # the address a yes came from by mail that may not be theirs; for who runs the programme
    refused: str = ""  # why an answer by mail could not be followed, as a problem's code; for the same
    mailed_by: str = ""  # and whose it was, by name


def read_offers(
    house: House, meetings: Mapping[str, Meeting], asked: Iterable[Meeting], now: datetime
) -> tuple[dict[str, list[Offer]], dict[str, MailAnswer]]:
    """The offers by meeting, the last first; and answers by mail that could not be followed, by offer.

    `asked`: meetings at which a seat is only proposed; those asked for before there were offers are among them.
    """
    with house.workspace(write=False) as tx:
        known = tx.offers.of(meetings) if len(meetings) < MANY else tx.offers.all()
        known += old_asks(tx, asked, known, now)
        mailed = {one.offer_id: one for one in mail_answers(tx, known, meetings, now)}
    by_meeting: dict[str, list[Offer]] = {}
    for offer in sorted(known, key=lambda one: (one.since, one.id), reverse=True):
        by_meeting.setdefault(offer.meeting_id, []).append(offer)
    return by_meeting, mailed


def _texts(facts: Ground, meeting: Meeting, person: Person, hosts: Sequence[str]) -> tuple[str, str]:
    """For the invitation and for the customer, as the host writes."""
    host = facts.person_at(hosts[0]) if hosts else None
    role, day = role_of(person), meeting_day(meeting, facts.zone)
    with speaking(host.language if host else "en"):
        return (invitation_line(person.name, role),
                paragraph(person.name, role, day_month(day), facts.programme.name))  # fmt: skip


def offer_view(
    house: House, facts: Ground, offer: Offer, meeting: Meeting, *, past: bool, runs: bool
) -> OfferView | None:
    """One of them as who works here may see it; None of somebody who is gone."""
    person = facts.person(offer.person_id)
    if person is None:
        return None
    hosts = hosts_at(meeting, facts.customer(meeting.customer_id).host_email)
    word = hosts_of(facts.customer(meeting.customer_id), meeting)
    hosting = facts.me is not None and bool(set(word) & set(facts.me.addresses))
    me = facts.me is not None and facts.me.id == person.id
    asker = facts.me is not None and offer.came in ("ask", "swap") and normal(offer.by) in facts.me.addresses
    asked = (name_at(facts, hosts[0]) or hosts[0]) if hosts and offer.state == "host" else ""
    own, comes = me or not house.workspace_shared, offer.state == "accepted" and not past
    line, text = _texts(facts, meeting, person, hosts) if comes and (hosting or runs) else ("", "")
    # Why not is for who said so and who runs the programme; of a host's no the offer knows none.
    shown = offer if runs or me or offer.state != "declined" else replace(offer, reason="")
    return OfferView(
        shown, person.name, person.team, me, person.name if offer.state == "offered" else asked,
        name_at(facts, offer.by) or offer.by, (runs or hosting) and not past,
        (runs or (asker and offer.state == "host")) and offer.state in STANDING and not past,
        (own or runs) and not past, line, text, for_them=not own,
    )  # fmt: skip


def name_at(facts: Ground, address: str) -> str:
    """The name of who has an address, "" where nobody of ours has."""
    person = facts.person_at(address)
    return person.name if person else ""
