"""The visible queue: what is on its way, what did not go out, and of what nobody knows whether it arrived."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from companion.attendance.days import meeting_day
from companion.people.model import Person
from companion.programme.letter_matters import MATTERS
from companion.programme.letters import without_post
from companion.programme.model import House, WorkspaceTx
from companion.programme.seat_letters import OF_SEATS
from companion.takeaways.audience import ME, may_hold
from companion.takeaways.letters import Letter
from companion.takeaways.model import WITHDRAWAL, Channel, Delivery, Takeaway
from companion.words.dates import day_month
from companion.words.desk import moment, waits
from companion.words.language import t
from companion.words.publishing import delivery_sentence

MOST_GONE = 60  # matters all of which went out, the newest; older ones stand under "where it went"
WINDOW = "window"  # what to do is said for who has buttons
MOST_ROWS = 40  # of what went out of one matter, by name
OPEN = ("unknown", "failed", "pending", "sending")
GONE = 3  # the place of what is over behind what is open
_TO_READERS = ("replied", "did")  # letters that tell who answered


@dataclass(frozen=True)
class Sending:
    """One delivery, or one letter, on its way."""

    sent: Delivery | Letter
    channel: str  # its name, "" where it was removed, or a letter has no post to go by
    who: str  # the recipient's address, "" for a place or a chat, and where it is nobody's business
    name: str  # of ours, "" for somebody not known
    sentence: str
    waits: str = ""  # why it could go and does not, "" where nothing keeps it

    @property
    def state(self) -> str:
        """As of a delivery."""
        return self.sent.state

    @property
    def since(self) -> datetime:
        """When it came into that state."""
        return _since(self.sent)

    @property
    def revision(self) -> int:
        """Which revision of its takeaway, `WITHDRAWAL` for the word that it does not stand; 1 for a letter."""
        return self.sent.revision if isinstance(self.sent, Delivery) else 1


@dataclass(frozen=True)
class Matter:
    """A takeaway, or one weekly mail, with all that is on its way of it; what wants somebody comes first."""

    key: str  # the takeaway's id, or what the weekly mail is about: "Finance 2026-W47"
    headline: str  # "" for a weekly mail
    takeaway_id: str
    rows: tuple[Sending, ...]
    since: datetime  # of the row whose state changed last
    unknown: int
    failed: int
    waiting: int
    sent: int
    more: int = 0  # rows that went, beyond those listed

    @property
    def open(self) -> bool:
        """Whether something of it is not over."""
        return bool(self.unknown or self.failed or self.waiting)

    @property
    def may_go(self) -> bool:
        """Whether trying now could send something: nobody has to say yes first, and no day has to come."""
        return any(row.state in ("failed", "pending") and not row.waits for row in self.rows)


@dataclass(frozen=True)
class OutboxView:
    """All of the page. `older`: matters that went whole, beyond those listed."""

    matters: tuple[Matter, ...]  # those that want somebody, then what is on its way, then what went; newest first
    older: int
    without_post: int  # letters that wait because the programme has no mail to write them by
    kept: int  # what waits on this computer to reach the workspace
    now: datetime
    zone: str


def outbox(house: House) -> OutboxView:
    """Read the queue: all of it for ops, else of the takeaways that are mine or of customers I look after."""
    now = house.clock()
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
        matters, older = _Reading(house, tx, now, zone).matters()
    with house.device(write=False) as device:
        kept = sum(not command.held for command in device.queue.waiting())
    matters.sort(key=lambda matter: matter.since, reverse=True)
    matters.sort(key=lambda matter: 0 if matter.unknown or matter.failed else 1 if matter.waiting else 2)
    return OutboxView(tuple(matters), older, without_post(house), kept, now, zone)


class _Reading:
    """Everything that one reading of the queue needs, read once."""

    def __init__(self, house: House, tx: WorkspaceTx, now: datetime, zone: str) -> None:
        self._tx, self._now, self._zone, self._shared = tx, now, zone, house.workspace_shared
        self._channels = {channel.id: channel for channel in tx.takeaways.channels()}
        people = tx.people.all()
        self._names = {address: person.name for person in people for address in person.addresses}
        self._me = tx.people.by_address(house.me) if house.me else None
        self._all = not self._shared or (self._me is not None and self._me.kind == "ops")
        self._post = self._channels.get(tx.programme.get().post)

    def matters(self) -> tuple[list[Matter], int]:
        """Those with something open, and of the others the newest; how many more there are."""
        marks: dict[str, _Mark] = {}
        for takeaway_id, state, _count, since in self._tx.takeaways.delivery_states():
            marks[takeaway_id] = _Mark(state in OPEN, since).with_(marks.get(takeaway_id))
        letters: dict[str, list[Letter]] = {}
        for letter in self._tx.letters.all():
            letters.setdefault(letter.about, []).append(letter)
            marks[letter.about] = _Mark(letter.state in OPEN, _since(letter)).with_(marks.get(letter.about))
        known = {one.id: one for one in self._mine(one for one in self._tx.takeaways.all() if one.id in marks)}
        mine = [key for key in marks if key in known or (self._all and _weekly(letters.get(key, ())))]
        mine.sort(key=lambda key: (marks[key].open, marks[key].since), reverse=True)
        standing = sum(marks[key].open for key in mine)
        found = [self._matter(key, known.get(key), letters.get(key, [])) for key in mine[: standing + MOST_GONE]]
        return [matter for matter in found if matter], max(0, len(mine) - standing - MOST_GONE)

    def _matter(self, key: str, takeaway: Takeaway | None, letters: Sequence[Letter]) -> Matter | None:
        deliveries = standing(self._tx.takeaways.deliveries(key)) if takeaway else []
        sent: list[Delivery | Letter] = [*deliveries, *letters]
        if not sent:
            return None
        count = Counter(one.state for one in sent)
        sent.sort(key=lambda one: (_order(one), isinstance(one, Letter), one.recipient))
        over = sum(_order(one) == GONE for one in sent)
        listed = sent[: len(sent) - over + MOST_ROWS]
        rows = [self._letter(one, takeaway) if isinstance(one, Letter) else self._delivery(one, takeaway)
                for one in listed]  # fmt: skip
        return Matter(
            key, takeaway.headline if takeaway else self._meeting(letters), takeaway.id if takeaway else "",
            tuple(rows), max(_since(one) for one in sent), count["unknown"], count["failed"],
            count["pending"] + count["sending"], count["sent"], max(0, over - MOST_ROWS),
        )  # fmt: skip

    def _meeting(self, letters: Sequence[Letter]) -> str:
        """Which meeting letters are about, or whose leaving; "" where they are about neither."""
        if not any(letter.kind in MATTERS for letter in letters):
            return ""
        if letters[0].kind == "leaving":
            return t("Somebody leaves")
        offer = self._tx.offers.get(letters[0].about) if letters[0].kind in OF_SEATS else None
        meeting = self._tx.meetings.get(offer.meeting_id if offer else letters[0].about)
        if meeting is None:
            return t("A meeting that is forgotten")
        customer = self._tx.customers.get(meeting.customer_id)
        day = day_month(meeting_day(meeting, self._zone))
        return t("Meeting with {customer}, {day}", customer=customer.name if customer else t("a customer"), day=day)

    def _mine(self, takeaways: Iterable[Takeaway]) -> list[Takeaway]:
        """Those whose way out is my business."""
        shown = [one for one in takeaways if one.audience != ME]
        me = self._me
        if not self._shared:
            return shown
        return [one for one in shown if self._may_see(me, one)] if me is not None else []

    def _may_see(self, me: Person, takeaway: Takeaway) -> bool:
        if may_hold(me, None, None, takeaway.author_id):
            return True
        customer = self._tx.customers.get(takeaway.customer_id) if takeaway.customer_id else None
        meeting = self._tx.meetings.get(takeaway.meeting_id) if takeaway.meeting_id else None
        return may_hold(me, customer, meeting)

    def _delivery(self, delivery: Delivery, takeaway: Takeaway | None) -> Sending:
        channel, who = self._channels.get(delivery.channel_id), delivery.recipient
        told = delivery.revision == WITHDRAWAL
        keeps = not told and delivery.state in ("pending", "failed")
        why = self._waits(takeaway) if takeaway and keeps else ""
        said = delivery_sentence(delivery, WINDOW)
        return Sending(delivery, _name(channel), who, self._names.get(who, ""), said, why)

    def _letter(self, letter: Letter, takeaway: Takeaway | None) -> Sending:
        shown = discreet(letter)
        said = delivery_sentence(_Told(letter.state, letter.trouble, shown.trouble_facts), WINDOW)
        who = shown.recipient
        why = ""
        if letter.state in ("pending", "failed"):
            why = self._waits(takeaway) if takeaway and letter.kind in ("replied", "did") else ""
            if letter.due > self._now:
                why = t("It goes on {when}.", when=moment(letter.due, self._zone))
            if self._post is None:
                why = t("The programme has no mail to write it by.")
        return Sending(letter, _name(self._post), who, self._names.get(who, ""), said, why)

    def _waits(self, takeaway: Takeaway) -> str:
        held_by = self._names.get(takeaway.held_by, takeaway.held_by)
        return waits(replace(takeaway, held_by=held_by), self._now, self._zone)


@dataclass(frozen=True)
class _Mark:
    """Whether something of a matter is open, and when it last changed."""

    open: bool
    since: datetime

    def with_(self, other: "_Mark | None") -> "_Mark":
        return _Mark(self.open or other.open, max(self.since, other.since)) if other else self


@dataclass(frozen=True)
class _Told:
    """A letter as the sentence of a delivery sees it."""

    state: str
    trouble: str
    facts: dict[str, str]


def discreet(letter: Letter) -> Letter:
    """A letter to a reader who answered without that reader: others may read along, and whoever answered only to
    the author is nobody's business."""
    if letter.kind not in _TO_READERS or letter.facts.get("role") == "host":
        return letter
    facts = {key: str(value).replace(letter.recipient, t("the reader")) for key, value in letter.trouble_facts.items()}
    return replace(letter, recipient="", trouble_facts=facts)


def _weekly(letters: Iterable[Letter]) -> bool:
    """Whether it is about no takeaway: the programme's own mails, which ops look after."""
    return any(letter.kind == "digest" or letter.kind in MATTERS for letter in letters)


def standing(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Of each recipient of each channel what is not over, else what was last."""
    ends: dict[tuple[str, str, str], list[Delivery]] = {}
    for delivery in deliveries:
        ends.setdefault((delivery.takeaway_id, delivery.channel_id, delivery.recipient), []).append(delivery)
    shown = []
    for there in ends.values():
        there.sort(key=lambda one: (one.revision == WITHDRAWAL, one.revision))
        shown += [one for one in there if _order(one) < GONE] or there[-1:]
    return shown


def _order(sent: Delivery | Letter) -> int:
    """0 for what a person must say, 1 for what failed, 2 for what is on its way, 3 for what is over."""
    return {"unknown": 0, "failed": 1, "pending": 2, "sending": 2}.get(sent.state, GONE)


def _since(sent: Delivery | Letter) -> datetime:
    return sent.since if isinstance(sent, Delivery) else sent.since or sent.made


def _name(channel: Channel | None) -> str:
    return channel.name if channel else ""
