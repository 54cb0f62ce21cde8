"""Letters on their way: each goes out once, by the post, and says what may be said when it goes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.announcing import announced, promised
from companion.programme.asked import asked
from companion.programme.enclosing import enclosed
from companion.programme.ends import ABANDONED, End, attempt, may_try
from companion.programme.letter_matters import MATTERS
from companion.programme.letters import TO_HOST, WAITING
from companion.programme.model import House, Programme, WorkspaceTx
from companion.programme.parcels import Shelf, shelf_of
from companion.programme.readers import listeners_of
from companion.programme.rights import LEFT, has_left, why_not, why_not_them
from companion.programme.todo import MOST, Matters
from companion.programme.todo_ground import on_leave
from companion.programme.todo_seat import signature_of
from companion.takeaways.audience import COMPANY
from companion.takeaways.letters import Letter, LetterKind, LetterParcel, Todo
from companion.takeaways.model import Answer, Channel, DeliveryState, Takeaway
from companion.takeaways.state import State

LONGEST = timedelta(minutes=5)  # of one run; what is left goes with the next
_GOES: dict[LetterKind, tuple[State, ...]] = {  # in which states of its takeaway a letter says what is so
    "host_copy": ("out", "waiting", "asked", "expired"),
    "host_notice": ("out", "waiting", "asked", "expired"),
    "host_yes": ("asked",),
    "held": ("held",),
    "answers": ("out", "waiting", "asked", "held", "expired"),
    "replied": ("out", "expired"),
    "did": ("out", "expired"),
}
_FOR_REVISION = ("host_copy", "host_notice", "host_yes")
_TO_READERS = ("replied", "did")


@dataclass(frozen=True)
class _Sight:
    """What one look at letters needs, read once for all of them."""

    tx: WorkspaceTx
    takeaways: dict[str, Takeaway]
    shelf: Shelf
    matters: Matters
    now: datetime

    @property
    def today(self) -> date:
        """The programme's day."""
        return day_of(self.now, self.shelf.zone)

    def reader(self, letter: Letter) -> Person | None:
        """Whom a letter is written to, where that is one of ours."""
        return self._by_address.get(normal(letter.recipient))

    @cached_property
    def _by_address(self) -> dict[str, Person]:
        """As the store finds them: the main address of one goes before the alias of another."""
        people = sorted(self.shelf.people.values(), key=lambda one: one.id, reverse=True)
        found = {normal(address): one for one in people for address in one.addresses}
        return {**found, **{normal(one.email): one for one in people}}

    @cached_property
    def programme(self) -> Programme:
        """As it stands."""
        return self.tx.programme.get()

    def listeners(self, customer_id: str) -> frozenset[str]:
        """Who listens to a customer, by id."""
        if customer_id not in self._listeners:
            self._listeners[customer_id] = listeners_of(self.tx, customer_id, list(self.shelf.people.values()))
        return self._listeners[customer_id]

    @cached_property
    def _listeners(self) -> dict[str, frozenset[str]]:
        return {}

    def todo(self, letter: Letter) -> tuple[Todo, ...]:
        """What is theirs to do, for a weekly mail."""
        reader = self.reader(letter) if letter.kind == "digest" else None
        return self.matters.of(reader, letter.id) if reader else ()


@dataclass(frozen=True)
class Bag:
    """What one run has before it: the letters that go, with all they show, and those that no longer do."""

    post: Channel | None
    going: list[LetterParcel]
    over: list[tuple[Letter, str]]  # and why, as a problem's code
    cut: list[Letter]  # a machine died while they were out


def send(
    house: House, ticket: Ticket | None = None, *, retry: bool = False, about: str = "",
    only: Collection[str] | None = None,
) -> list[Letter]:  # fmt: skip
    """Send the letters that are due; what became of each. `retry` ignores the back-off, with `about` of one matter.

    `only`: the ids of those that are meant, where it is not all of them.
    """
    bag = look(house, retry=retry, about=about, only=only)
    done = [_put(house, letter, "withdrawn", word) for letter, word in bag.over]
    done += [_put(house, letter, "unknown") for letter in bag.cut]
    began = house.clock()
    for at, parcel in enumerate(bag.going):
        if ticket:
            ticket.step("delivering", at, len(bag.going))
        if house.clock() - began >= LONGEST:
            break
        letter, end = _send(house, bag.post, parcel.letter)
        done.append(letter)
        if end.rests:
            return done + _share(house, [item.letter for item in bag.going[at + 1 :]], end)
    return done


def look(house: House, *, retry: bool = False, about: str = "", only: Collection[str] | None = None) -> Bag:
    """What is due; nothing is written. Without a post the letters wait."""
    now = house.clock()

    def meant(letter: Letter) -> bool:
        return about in ("", letter.about)

    with house.workspace(write=False) as tx:
        programme = tx.programme.get()
        post = next((channel for channel in tx.takeaways.channels() if channel.id == programme.post), None)
        waiting = (letter for letter in tx.letters.all() if letter.state in (*WAITING, "sending"))
        letters = [letter for letter in waiting if only is None or letter.id in only]
        if not letters:
            return Bag(post, [], [], [])
        sight = _sight(tx, letters, now)
        bag = Bag(post, [], [], [])
        for letter in letters:
            if letter.state == "sending":
                if now - (letter.since or letter.made) > ABANDONED:
                    bag.cut.append(letter)
            elif word := _over(sight, letter):
                bag.over.append((letter, word))
            elif post and letter.due <= now and _turn(sight, letter, retry and meant(letter)):
                bag.going.append(_parcel(sight, letter))
    return bag


def _sight(tx: WorkspaceTx, letters: Sequence[Letter], now: datetime, only: Person | None = None) -> _Sight:
    shown = {key: tx.takeaways.get(key) for key in {key for letter in letters for key in letter.takeaways}}
    takeaways = {key: takeaway for key, takeaway in shown.items() if takeaway}
    return _Sight(tx, takeaways, shelf_of(tx, takeaways.values(), now), Matters(tx, now, only), now)


def _over(sight: _Sight, letter: Letter) -> str:
    """Why the letter will never go, as a problem's code; "" where it may."""
    if has_left(sight.reader(letter), sight.today):
        return LEFT
    if not _still(sight, letter):
        return "letter_over"
    if letter.kind not in _TO_READERS or letter.facts.get("role") == TO_HOST:
        return ""
    return why_not(sight.tx, sight.takeaways[letter.about], letter.recipient, sight.today)


def _still(sight: _Sight, letter: Letter) -> bool:
    """Whether what the letter would say is, or will be, so."""
    if letter.kind in MATTERS:
        return not MATTERS[letter.kind].over(sight.tx, letter, sight.now)
    if letter.kind == "digest":
        return _has_week(sight, letter)
    takeaway = sight.takeaways.get(letter.about)
    if takeaway is None or takeaway.withdrawn:
        return False
    if letter.kind in _FOR_REVISION and letter.facts.get("revision") != takeaway.revision:
        return False
    if letter.kind == "host_yes":
        return takeaway.needs_yes
    return letter.kind != "held" or takeaway.held is not None


def _has_week(sight: _Sight, letter: Letter) -> bool:
    """Whether a weekly mail is wanted, and still has something to say; of who is on leave that is not asked."""
    reader = sight.reader(letter)
    if reader and not reader.digest:
        return False
    if _is_away(sight, letter):
        return True
    shown = (sight.takeaways[key] for key in letter.takeaways if key in sight.takeaways)
    return any(_in_digest(sight, letter, one) for one in shown) or bool(sight.todo(letter))


def _is_away(sight: _Sight, letter: Letter) -> bool:
    reader = sight.reader(letter)
    return reader is not None and on_leave(reader, sight.matters.ground.leaves, sight.today)


def _turn(sight: _Sight, letter: Letter, retry: bool) -> bool:
    since = letter.since or letter.made
    if not may_try(letter.state, letter.tries, since, letter.trouble_facts, sight.now, retry=retry):
        return False
    return _goes(sight, letter)


def _goes(sight: _Sight, letter: Letter) -> bool:
    """Whether what it is about stands so that it goes now."""
    if letter.kind in MATTERS:
        return MATTERS[letter.kind].its_time(sight.tx, letter, sight.now)
    if letter.kind == "digest":
        return not _is_away(sight, letter)
    return sight.shelf.state(sight.takeaways[letter.about], sight.now) in _GOES[letter.kind]


def parcel_of(house: House, letter: Letter) -> LetterParcel:
    """A letter with everything it shows just now."""
    with house.workspace(write=False) as tx:
        return _parcel(_sight(tx, [letter], house.clock(), tx.people.by_address(letter.recipient)), letter)


def parcels_of(
    tx: WorkspaceTx, letters: Sequence[Letter], now: datetime, matters: Matters | None = None
) -> list[LetterParcel]:
    """Letters that are not written yet, with everything they show just now. `matters`: where they were read before."""
    sight = _sight(tx, letters, now)
    sight = replace(sight, matters=matters) if matters else sight
    return [_parcel(sight, letter) for letter in letters]


def _parcel(sight: _Sight, letter: Letter) -> LetterParcel:
    tx, now = sight.tx, sight.now
    wanted = set(letter.facts.get("answers", ()))
    meant = tx.takeaways.answers([letter.about]) if wanted else []
    reader = sight.shelf.readers.get(letter.recipient)
    parcels = []
    for key in letter.takeaways:
        takeaway = sight.takeaways.get(key)
        if takeaway is None or (letter.kind == "digest" and not _in_digest(sight, letter, takeaway)):
            continue
        if takeaway.held_by in sight.shelf.readers:
            takeaway = replace(takeaway, held_by=sight.shelf.readers[takeaway.held_by].name)
        said = [item for item in meant if item.id in wanted and item.takeaway_id == key and _may_see(letter, item)]
        parcels.append(replace(sight.shelf.parcel(takeaway, letter.recipient), answers=tuple(said)))
    programme = sight.programme
    told = MATTERS[letter.kind].stamped(tx, letter, now) if letter.kind in MATTERS else promised(tx, letter, now)
    todo = sight.todo(letter)
    if letter.kind == "digest":
        told = replace(told, facts={**told.facts, "todo": signature_of(todo[:MOST])})
    language = reader.language if reader else "en"
    return LetterParcel(
        told, reader.name if reader else "", language,
        programme.name, tuple(parcels), programme.zone, programme.answers_to,
        _holder(tx, sight.takeaways.get(letter.about)), asked(tx, language) if letter.kind == "after" else (),
        todo=todo[:MOST], more=len(todo[MOST:]),
    )  # fmt: skip


def _holder(tx: WorkspaceTx, takeaway: Takeaway | None) -> str:
    """The address of who holds it, "" where nobody of ours does."""
    holder = tx.people.get(takeaway.held_by_id) if takeaway and takeaway.held_by_id else None
    return holder.email if holder else ""


def _in_digest(sight: _Sight, letter: Letter, takeaway: Takeaway) -> bool:
    """Out, for the same readers as when the digest was made or for everyone, and its recipient still among them."""
    audience = letter.facts.get("audiences", {}).get(takeaway.id)
    if sight.shelf.state(takeaway, sight.now) != "out" or takeaway.audience not in (audience, COMPANY):
        return False
    reader = sight.reader(letter)
    return not why_not_them(takeaway, reader, sight.today, lambda: sight.listeners(takeaway.customer_id))


def _may_see(letter: Letter, answer: Answer) -> bool:
    """Whether an answer may stand in a letter: the author sees all of them, readers their own and those with a name."""
    if letter.kind == "answers" or answer.address == letter.recipient:
        return True
    return bool(answer.name) and not answer.only_author


def _send(house: House, post: Channel | None, letter: Letter) -> tuple[Letter, End]:
    parcel = _claim(house, letter)
    if isinstance(parcel, Letter):
        return parcel, End()

    def write() -> None:
        if post is None:
            raise Problem("channel_gone")
        house.open_channel(post).write(enclosed(house, parcel))

    end = attempt(house, write)
    claimed, ended = parcel.letter, _ended(parcel.letter, end, house.clock())
    with house.workspace() as tx:
        _lock(tx, claimed)
        if tx.letters.get(claimed.id) == claimed:
            tx.letters.put(ended)
            announced(tx, ended, house.clock())
    return ended, end


def _claim(house: House, letter: Letter) -> LetterParcel | Letter:
    """Take it for sending, with all it shows as that stands now; the letter, where it is not to go, or not by us.

    Whoever holds, withdraws or corrects what is in it does so before this, or sees that it is on its way.
    """
    now = house.clock()
    with house.workspace() as tx:
        _lock(tx, letter)
        known = tx.letters.get(letter.id)
        if known is None or (known.state, known.since, known.tries) != (letter.state, letter.since, letter.tries):
            return known or letter
        sight = _sight(tx, [known], now, tx.people.by_address(known.recipient))
        if word := _over(sight, known):
            return _moved(tx, known, "withdrawn", word, now)
        if not _goes(sight, known):
            return known
        parcel = _parcel(sight, known)
        if not tx.letters.claim(known, now):
            return known
        claimed = replace(parcel.letter, state="sending", since=now)
        tx.letters.put(claimed)
    return replace(parcel, letter=claimed)


def _lock(tx: WorkspaceTx, letter: Letter) -> None:
    for key in sorted(letter.takeaways):
        tx.takeaways.lock(key)


def _share(house: House, letters: Sequence[Letter], end: End) -> list[Letter]:
    """The rest ends as the one before it did, without being tried: it would meet the same."""
    now = house.clock()
    done = []
    with house.workspace() as tx:
        for letter in letters:
            if tx.letters.claim(letter, now):
                tx.letters.put(_ended(letter, end, now))
                done.append(_ended(letter, end, now))
    return done


def _ended(letter: Letter, end: End, now: datetime) -> Letter:
    return replace(
        letter, state=end.state, since=now, tries=end.tries(letter.tries), trouble=end.trouble, trouble_facts=end.facts
    )


def _put(house: House, letter: Letter, state: DeliveryState, trouble: str = "") -> Letter:
    """Move a letter that nobody else moved meanwhile."""
    with house.workspace() as tx:
        _lock(tx, letter)
        known = tx.letters.get(letter.id)
        return _moved(tx, letter, state, trouble, house.clock()) if known == letter else known or letter


def _moved(tx: WorkspaceTx, letter: Letter, state: DeliveryState, trouble: str, now: datetime) -> Letter:
    moved = replace(letter, state=state, trouble=trouble, trouble_facts={}, since=now)
    tx.letters.put(moved)
    announced(tx, moved, now)
    return moved


def all_of(house: House) -> list[Letter]:
    """Every letter, the one whose state changed last first."""
    with house.workspace(write=False) as tx:
        return sorted(tx.letters.all(), key=lambda letter: letter.since or letter.made, reverse=True)


def it_arrived(house: House, letter_id: str) -> Letter:
    """Somebody looked, and it is there: a letter of which nobody knew is done. Problem `letter_not_unknown`."""
    return _answered(house, letter_id, "sent")


def send_again(house: House, letter_id: str) -> Letter:
    """Somebody looked, and it never came: a letter of which nobody knew goes back into the queue."""
    return _answered(house, letter_id, "pending")


def _answered(house: House, letter_id: str, state: DeliveryState) -> Letter:
    with house.workspace() as tx:
        hits = [item for item in tx.letters.all() if len(letter_id) >= 4 and item.id.startswith(letter_id)]
        letter = hits[0] if len(hits) == 1 else None
        if letter is None or letter.state != "unknown":
            raise Problem("letter_not_unknown", letter=letter_id[:8])
        _lock(tx, letter)
        return _moved(tx, replace(letter, tries=0), state, "", house.clock())
