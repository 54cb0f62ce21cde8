"""Letters on their way: each goes out once, by the post, and says what may be said when it goes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.programme.ends import ABANDONED, End, attempt, may_try
from companion.programme.model import House, WorkspaceTx
from companion.programme.parcels import Shelf, shelf_of
from companion.takeaways.audience import COMPANY
from companion.takeaways.letters import Letter, LetterKind, LetterParcel
from companion.takeaways.model import Answer, Channel, DeliveryState, Takeaway
from companion.takeaways.state import State

LONGEST = timedelta(minutes=5)  # of one run; what is left goes with the next
WAITING = ("pending", "failed")
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


@dataclass(frozen=True)
class Bag:
    """What one run has before it: the letters that go, with all they show, and those that no longer do."""

    post: Channel | None
    going: list[LetterParcel]
    over: list[Letter]  # what they would say is no longer so
    cut: list[Letter]  # a machine died while they were out


def send(house: House, ticket: Ticket | None = None, *, retry: bool = False, about: str = "") -> list[Letter]:
    """Send the letters that are due; what became of each. `retry` ignores the back-off, with `about` of one matter."""
    bag = look(house, retry=retry, about=about)
    done = [_put(house, letter, "withdrawn", "letter_over") for letter in bag.over]
    done += [_put(house, letter, "unknown") for letter in bag.cut]
    began = house.clock()
    for at, parcel in enumerate(bag.going):
        if ticket:
            ticket.step("delivering", at, len(bag.going))
        if house.clock() - began >= LONGEST:
            break
        letter, end = _send(house, bag.post, parcel)
        done.append(letter)
        if end.rests:
            return done + _share(house, [item.letter for item in bag.going[at + 1 :]], end)
    return done


def look(house: House, *, retry: bool = False, about: str = "") -> Bag:
    """What is due; nothing is written. Without a post the letters wait."""
    now = house.clock()

    def meant(letter: Letter) -> bool:
        return about in ("", letter.about)

    with house.workspace(write=False) as tx:
        programme = tx.programme.get()
        post = next((channel for channel in tx.takeaways.channels() if channel.id == programme.post), None)
        letters = [letter for letter in tx.letters.all() if letter.state in (*WAITING, "sending")]
        if not letters:
            return Bag(post, [], [], [])
        shown = {key: tx.takeaways.get(key) for key in {key for letter in letters for key in letter.takeaways}}
        takeaways = {key: takeaway for key, takeaway in shown.items() if takeaway}
        shelf = shelf_of(tx, takeaways.values())
        bag = Bag(post, [], [], [])
        for letter in letters:
            if letter.state == "sending":
                if now - (letter.since or letter.made) > ABANDONED:
                    bag.cut.append(letter)
            elif not _still(letter, takeaways, shelf, now):
                bag.over.append(letter)
            elif post and letter.due <= now and _turn(letter, takeaways, shelf, now, retry and meant(letter)):
                bag.going.append(_parcel(tx, shelf, letter, takeaways, now))
    return bag


def waiting(house: House) -> int:
    """How many letters wait because the programme has no post to send them through."""
    with house.workspace(write=False) as tx:
        post = tx.programme.get().post
        if post in {channel.id for channel in tx.takeaways.channels()}:
            return 0
        return sum(letter.state in WAITING for letter in tx.letters.all())


def _still(letter: Letter, takeaways: dict[str, Takeaway], shelf: Shelf, now: datetime) -> bool:
    """Whether what the letter would say is, or will be, so."""
    if letter.kind == "digest":
        return any(_in_digest(letter, takeaways[key], shelf, now) for key in letter.takeaways if key in takeaways)
    takeaway = takeaways.get(letter.about)
    if takeaway is None or takeaway.withdrawn:
        return False
    if letter.kind in _FOR_REVISION and letter.facts.get("revision") != takeaway.revision:
        return False
    if letter.kind == "host_yes":
        return takeaway.needs_yes
    return letter.kind != "held" or takeaway.held is not None


def _turn(letter: Letter, takeaways: dict[str, Takeaway], shelf: Shelf, now: datetime, retry: bool) -> bool:
    since = letter.since or letter.made
    if not may_try(letter.state, letter.tries, since, letter.trouble_facts, now, retry=retry):
        return False
    return letter.kind == "digest" or shelf.state(takeaways[letter.about], now) in _GOES[letter.kind]


def parcel_of(house: House, letter: Letter) -> LetterParcel:
    """A letter with everything it shows just now."""
    with house.workspace(write=False) as tx:
        found = {key: tx.takeaways.get(key) for key in letter.takeaways}
        takeaways = {key: takeaway for key, takeaway in found.items() if takeaway}
        return _parcel(tx, shelf_of(tx, takeaways.values()), letter, takeaways, house.clock())


def _parcel(
    tx: WorkspaceTx, shelf: Shelf, letter: Letter, takeaways: dict[str, Takeaway], now: datetime
) -> LetterParcel:
    wanted = set(letter.facts.get("answers", ()))
    meant = tx.takeaways.answers([letter.about]) if wanted else []
    reader = shelf.readers.get(letter.recipient)
    parcels = []
    for key in letter.takeaways:
        takeaway = takeaways.get(key)
        if takeaway is None or (letter.kind == "digest" and not _in_digest(letter, takeaway, shelf, now)):
            continue
        if takeaway.held_by in shelf.readers:
            takeaway = replace(takeaway, held_by=shelf.readers[takeaway.held_by].name)
        said = [item for item in meant if item.id in wanted and item.takeaway_id == key and _may_see(letter, item)]
        parcels.append(replace(shelf.parcel(takeaway, letter.recipient), answers=tuple(said)))
    programme = tx.programme.get()
    return LetterParcel(
        letter, reader.name if reader else "", reader.language if reader else "en", programme.name, tuple(parcels),
        programme.zone, programme.answers_to,
    )  # fmt: skip


def _in_digest(letter: Letter, takeaway: Takeaway, shelf: Shelf, now: datetime) -> bool:
    """Out, and for the same readers as when the digest was made, or for everyone."""
    audience = letter.facts.get("audiences", {}).get(takeaway.id)
    return shelf.state(takeaway, now) == "out" and takeaway.audience in (audience, COMPANY)


def _may_see(letter: Letter, answer: Answer) -> bool:
    """Whether an answer may stand in a letter: the author sees all of them, readers their own and those with a name."""
    if letter.kind == "answers" or answer.address == letter.recipient:
        return True
    return bool(answer.name) and not answer.only_author


def _send(house: House, post: Channel | None, parcel: LetterParcel) -> tuple[Letter, End]:
    now = house.clock()
    with house.workspace() as tx:
        known = tx.letters.get(parcel.letter.id)
        if known != parcel.letter or not tx.letters.claim(parcel.letter, now):
            return known or parcel.letter, End()
    claimed = replace(parcel.letter, state="sending", since=now)

    def write() -> None:
        if post is None:
            raise Problem("channel_gone")
        house.open_channel(post).write(parcel)

    end = attempt(house, write)
    ended = _ended(claimed, end, house.clock())
    with house.workspace() as tx:
        if tx.letters.get(claimed.id) == claimed:
            tx.letters.put(ended)
    return ended, end


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
    moved = replace(letter, state=state, trouble=trouble, trouble_facts={}, since=house.clock())
    with house.workspace() as tx:
        known = tx.letters.get(letter.id)
        if known != letter:
            return known or letter
        tx.letters.put(moved)
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
        answered = replace(letter, state=state, since=house.clock(), trouble="", trouble_facts={}, tries=0)
        tx.letters.put(answered)
    return answered
