"""Where a takeaway went: to whom, which revision, what can be taken back, and what to tell the customer."""

from dataclasses import dataclass, replace
from datetime import datetime

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.people.addresses import domain_of, within
from companion.programme.apply_takeaways import GONE_OUT, SHOWING
from companion.programme.composing import find
from companion.programme.model import House, WorkspaceTx
from companion.programme.releasing import Around, around
from companion.takeaways.audience import ME, may_hold
from companion.takeaways.model import PLACES, WITHDRAWAL, Channel, Delivery, DeliveryState, Takeaway
from companion.takeaways.state import State, state_of
from companion.words.publishing import NEVER_SENT, delivery_sentence
from companion.words.shared import Shared, told_to_customer

FEWEST = 5  # of openings: below it somebody could be guessed


@dataclass(frozen=True)
class WentRow:
    """One recipient of one channel, or a place ("" as its recipient)."""

    channel: str  # its name, "" where it was removed since
    kind: str  # of the channel; of a letter "letter:digest" and so on
    recipient: str
    name: str  # of ours, "" for somebody not known
    revision: int  # the newest one they have, or may have; 0 for none yet
    newest: bool  # whether that is the newest there is
    state: DeliveryState  # of what is on its way, or was last
    since: datetime
    sentence: str
    can_take_back: bool  # a page can be cleared, a mail cannot
    told_withdrawn: bool  # they were told that it does not stand any more
    was_there: bool  # a place shows it, or showed it until it was cleared


@dataclass(frozen=True)
class Went:
    """All of it. `openings`: on how many devices it was opened in the app, None below `FEWEST`."""

    takeaway: Takeaway
    state: State
    rows: tuple[WentRow, ...]
    answers: int
    openings: int | None
    customer_text: str
    withdrawn_text: str  # the same, as it reads once it is withdrawn
    zone: str
    was_out: bool  # whether readers of the app could ever read it

    @property
    def reached(self) -> int:
        """How many people were sent it."""
        return len({row.recipient for row in self.rows if row.recipient and row.revision})

    @property
    def stays(self) -> tuple[WentRow, ...]:
        """What cannot be taken back."""
        return tuple(row for row in self.rows if row.revision and not row.can_take_back)


def where_it_went(house: House, takeaway_id: str) -> Went:
    """Where a takeaway went, for its author, the host and ops. Problem `where_not_yours` for anybody else."""
    takeaway = find(house, takeaway_id)
    now = house.clock()
    with house.workspace(write=False) as tx:
        facts = around(tx, takeaway)
        me = tx.people.by_address(house.me) if house.me else None
        shared = house.workspace_shared
        if shared and (
            me is None or not may_hold(me, facts.customer, facts.meeting, takeaway.author_id, shared=shared)
        ):
            raise Problem("where_not_yours")
        rows = _rows(tx, takeaway, facts)
        answers = len(tx.takeaways.answers([takeaway.id]))
        opened = tx.takeaways.openings().get(takeaway.id, 0)
        first = tx.takeaways.published().get(takeaway.id)
    zone = facts.programme.zone
    was_out = first is not None and _was_out(takeaway, now, zone)
    rows = tuple(replace(row, was_there=row.was_there and was_out) for row in rows)
    state = state_of(takeaway, now, day_of(now, zone))
    told = replace(_shared(takeaway, rows, facts, first), was_read=was_out, stands=state == "out")
    return Went(
        takeaway, state, rows, answers, opened if opened >= FEWEST else None,
        told_to_customer(told), told_to_customer(told, day_of(takeaway.withdrawn or now, zone)), zone, was_out,
    )  # fmt: skip


def _was_out(takeaway: Takeaway, now: datetime, zone: str) -> bool:
    """Whether anybody but its author could read it in the app, now or before it was held, withdrawn or over."""
    if takeaway.audience == ME:
        return False
    moment = min(at for at in (takeaway.withdrawn, takeaway.held, now) if at)
    bare = replace(takeaway, withdrawn=None, held=None, expires=None)
    state = state_of(bare, moment, day_of(moment, zone))
    # A correction that needs a yes hides the version before it, which may have been read: never say that nobody did.
    return state == "out" or (state == "asked" and takeaway.revision > 1)


def _rows(tx: WorkspaceTx, takeaway: Takeaway, facts: Around) -> tuple[WentRow, ...]:
    channels = {channel.id: channel for channel in tx.takeaways.channels()}
    by_end: dict[tuple[str, str], list[Delivery]] = {}
    for delivery in tx.takeaways.deliveries(takeaway.id):
        by_end.setdefault((delivery.channel_id, delivery.recipient), []).append(delivery)
    rows = [
        _row(facts, takeaway, channels.get(channel_id), recipient, there)
        for (channel_id, recipient), there in by_end.items()
    ]
    post = channels.get(facts.programme.post)
    known = {row.recipient for row in rows if row.revision}
    for letter in tx.letters.all():
        if takeaway.id in letter.takeaways and letter.kind in SHOWING and letter.recipient not in known:
            shown = Delivery(
                takeaway.id, int(letter.facts.get("revision", takeaway.revision)), "", letter.recipient, letter.state,
                letter.since or letter.made, letter.tries, letter.trouble, letter.trouble_facts,
            )  # fmt: skip
            rows.append(_row(facts, takeaway, post, letter.recipient, [shown], f"letter:{letter.kind}"))
    return tuple(sorted(rows, key=lambda row: (row.recipient != "", row.channel, row.recipient, row.since)))


def _row(
    facts: Around, takeaway: Takeaway, channel: Channel | None, recipient: str, there: list[Delivery], kind: str = ""
) -> WentRow:
    gone = [delivery.revision for delivery in there if delivery.state in GONE_OUT]
    told = next((delivery for delivery in there if delivery.revision == WITHDRAWAL), None)
    last = told or max(there, key=lambda delivery: delivery.revision)
    revision = max((number for number in gone if number != WITHDRAWAL), default=0)
    person = facts.person_at(recipient) if recipient else None
    place = channel is not None and channel.kind in PLACES
    return WentRow(
        channel.name if channel else "", kind or (channel.kind if channel else ""), recipient,
        person.name if person else "", revision, revision == takeaway.revision, last.state, last.since,
        delivery_sentence(last), place, told is not None and told.state == "sent",
        place and any(_was_there(takeaway, delivery) for delivery in there),
    )  # fmt: skip


def _was_there(takeaway: Takeaway, delivery: Delivery) -> bool:
    """Whether a place may have shown it. What is held waits again where it was cleared."""
    if delivery.state == "withdrawn":
        return delivery.trouble not in NEVER_SENT
    return delivery.state in GONE_OUT or (delivery.state == "pending" and takeaway.held is not None)


def _shared(takeaway: Takeaway, rows: tuple[WentRow, ...], facts: Around, first: datetime | None) -> Shared:
    zone = facts.programme.zone
    ours = set(facts.programme.our_domains)
    people = {row.recipient for row in rows if row.recipient and row.revision}
    author = next((person.name for person in facts.people if person.id == takeaway.author_id), "")
    return Shared(
        heard_on=day_of(facts.meeting.start, zone) if facts.meeting else None,
        published_on=day_of(first, zone) if first else None,
        withdrawn_on=day_of(takeaway.withdrawn, zone) if takeaway.withdrawn else None,
        author=author,
        headline=takeaway.headline,
        texts=tuple(text for text in (takeaway.scene, takeaway.goal) if text),  # what it means to us stays with us
        quote=takeaway.quote,
        quote_role=takeaway.quote_role,
        correction=takeaway.correction,
        people=len(people),
        outside=sum(1 for a in people if ours and facts.person_at(a) is None and not within(domain_of(a), ours)),
        places=sum(1 for row in rows if not row.recipient and row.kind in PLACES and row.was_there),
        chats=sum(1 for row in rows if not row.recipient and row.kind not in PLACES and row.revision),
        only_author=takeaway.audience == ME,
    )  # fmt: skip
