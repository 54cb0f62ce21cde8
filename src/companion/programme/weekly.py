"""Who gets a weekly mail, and who does not and why: once a week, with what is theirs to do and what was told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from companion.basics.clock import day_of
from companion.people.model import Person
from companion.programme import letters
from companion.programme.letters import WAITING
from companion.programme.model import WorkspaceTx
from companion.programme.parcels import shelf_of
from companion.programme.readers import listeners_of
from companion.programme.slots import WEEK, Slot, last_slot, slot_at
from companion.programme.todo import Matters
from companion.programme.todo_ground import on_leave
from companion.takeaways.audience import LISTENERS, may_read
from companion.takeaways.letters import Letter
from companion.takeaways.model import Takeaway

Why = Literal["", "leave", "off", "no_address", "had", "left_out", "nothing"]
WENT = ("pending", "sending", "sent", "unknown")
LATEST = timedelta(weeks=5)  # what was held for longer than that is no news of the week
FIRST = timedelta(days=1)  # a programme's first one goes out only on its day, not for a slot before it had one
APART = timedelta(days=5)  # between two mails to one person, however late the one before it went
LEFT_OUT, LET_IN, NEWER = "weekly_left_out", "weekly_let_in", "weekly_newer"  # why one was put aside
LOCK = "weekly mails"  # whoever writes them is alone with it


@dataclass(frozen=True)
class One:
    """One person and this week's mail: the letter that would be written, or (`why`) why there is none."""

    person: Person
    why: Why
    letter: Letter | None = None


def due(tx: WorkspaceTx, now: datetime) -> list[Letter]:
    """The weekly mails the desk writes now: at its first run after the slot, and nothing more until the next one.

    However many slots were missed, there is one. What comes up later in the week waits for the next slot.
    """
    programme = tx.programme.get()
    if not programme.digest or programme.weekly_yes or not has_post(tx):
        return []
    slot = slot_at(last_slot(programme.digest, programme.zone, now), programme.zone)
    return [] if is_left(tx, slot, now) else [one.letter for one in each(tx, slot, now) if one.letter]


def is_left(tx: WorkspaceTx, slot: Slot, now: datetime) -> bool:
    """Whether the desk writes none of that slot: its others are written, or it was over before there were any."""
    written = [letter for letter in tx.letters.all() if letter.kind == "digest" and not is_aside(letter)]
    of_slot = any(letter.facts.get("week") == slot.week for letter in written)
    return of_slot or (not written and now - slot.at > FIRST)


def has_post(tx: WorkspaceTx) -> bool:
    """Whether the programme has a mail server to write through."""
    return tx.programme.get().post in {channel.id for channel in tx.takeaways.channels()}


def each(
    tx: WorkspaceTx, slot: Slot, now: datetime, at: datetime | None = None, matters: Matters | None = None
) -> list[One]:
    """Everybody who is with us on the slot's day, by name, each with the mail of that slot or why there is none.

    `at`: when they would go, where that is not now. `matters`: what is to be done, where that was read before.
    """
    at = at or now
    written = [letter for letter in tx.letters.all() if letter.kind == "digest"]
    people = [p for p in tx.people.all() if p.kind != "group" and (p.end is None or p.end >= slot.day)]
    matters, news, today = matters or Matters(tx, now), _news(tx, now), day_of(at, tx.programme.get().zone)
    had, leaves, mail = _had(tx, news), tx.people.leaves(), _by_reader(written)
    about = {item.customer_id for item in news if item.audience == LISTENERS}
    listeners = {key: listeners_of(tx, key, people) for key in about}
    found = []
    for person in sorted(people, key=lambda person: (person.name.casefold(), person.id)):
        mine = [*{one.id: one for key in (*person.addresses, person.id) for one in mail.get(key, ())}.values()]
        mailed = {key for address in person.addresses for key in had.get(address, ())}
        why = _why_none(person, mine, slot, at)
        if not why and on_leave(person, leaves, today):
            why = "leave"
        if why:
            found.append(One(person, why))
            continue
        shown = [item for item in _for(person, mine, news, slot.at, listeners) if item.id not in mailed]
        if shown or matters.of(person):
            made = letters.digest(person.team, slot.week, person.email, now, shown, person_id=person.id)
            found.append(One(person, "", made))
        else:
            found.append(One(person, "nothing"))
    return found


def write(tx: WorkspaceTx, made: Sequence[Letter], now: datetime) -> int:
    """Put new ones among the letters; one of an earlier week that still waits gives way to it. How many are new."""
    known = [letter for letter in tx.letters.all() if letter.kind == "digest"] if made else []
    count = 0
    for letter in made:
        earlier = [old for old in known if old.state in WAITING and old.id != letter.id and _same_reader(old, letter)]
        if not all(_gives_way(tx, old, now) for old in earlier):
            continue  # it is going out this very moment
        if any(old.id == letter.id and is_let_in(old) for old in known):
            tx.letters.put(letter)
            count += 1
        else:
            count += tx.letters.add([letter])
    return count


def _gives_way(tx: WorkspaceTx, old: Letter, now: datetime) -> bool:
    if not tx.letters.claim(old, now):
        return False
    tx.letters.put(replace(old, state="withdrawn", trouble=NEWER, trouble_facts={}, since=now))
    return True


def is_aside(letter: Letter) -> bool:
    """Whether it only stands for somebody who was left out of a week."""
    return letter.state == "withdrawn" and letter.trouble in (LEFT_OUT, LET_IN)


def is_let_in(letter: Letter) -> bool:
    """Whether somebody was left out that week, and then was not: as if nothing had been written."""
    return letter.state == "withdrawn" and letter.trouble == LET_IN


def _same_reader(old: Letter, new: Letter) -> bool:
    return old.recipient == new.recipient or (
        bool(new.facts["person"]) and old.facts.get("person") == new.facts["person"]
    )


def _why_none(person: Person, mine: Sequence[Letter], slot: Slot, at: datetime) -> Why:
    """Why somebody gets none of that slot, whatever there were to say; "" where they may."""
    this = [letter for letter in mine if letter.facts.get("week") == slot.week and not is_let_in(letter)]
    if any(letter.trouble == LEFT_OUT for letter in this):
        return "left_out"
    if not person.digest:
        return "off"
    if not person.email:
        return "no_address"
    # Sent late, or by a clock that was put back, there is still no second one at once.
    late = (letter for letter in mine if letter.state in ("sending", "sent", "unknown"))
    return "had" if this or any(abs(at - (letter.since or letter.made)) < APART for letter in late) else ""


def _news(tx: WorkspaceTx, now: datetime) -> list[Takeaway]:
    """What is out and was told lately, oldest first. What was told by mouth has no text for readers."""
    shelf = shelf_of(tx, ())
    found = [
        item for item in tx.takeaways.all()
        if item.told_on is None and shelf.state(item, now) == "out" and _out_since(item) > now - LATEST
    ]  # fmt: skip
    return sorted(found, key=_out_since)


def _had(tx: WorkspaceTx, news: Sequence[Takeaway]) -> dict[str, set[str]]:
    """Which of these went, or go, to an address as a mail of their own: nobody reads the same story twice."""
    wanted, found = {item.id for item in news}, defaultdict(set)
    for delivery in tx.takeaways.deliveries():
        if delivery.recipient and delivery.takeaway_id in wanted and delivery.state in WENT:
            found[delivery.recipient].add(delivery.takeaway_id)
    return found


def _out_since(takeaway: Takeaway) -> datetime:
    told = takeaway.published or datetime.min.replace(tzinfo=UTC)
    return max(told, takeaway.out_at) if takeaway.out_at else told


def _by_reader(written: Iterable[Letter]) -> dict[str, list[Letter]]:
    """Weekly mails by whom they were written to: an address, and a person's id."""
    found = defaultdict(list)
    for letter in written:
        for key in {letter.recipient, str(letter.facts.get("person") or letter.recipient)}:
            found[key].append(letter)
    return found


def _for(
    person: Person, mine: Sequence[Letter], news: Sequence[Takeaway], slot: datetime,
    listeners: Mapping[str, frozenset[str]],
) -> list[Takeaway]:  # fmt: skip
    # One that an earlier desk let go, or that gives way to this one, told nothing.
    had = {key for letter in mine if letter.state not in ("withdrawn", *WAITING) for key in letter.takeaways}
    since = slot - (LATEST if mine else WEEK)
    return [
        item for item in news
        if item.id not in had and item.author_id != person.id and _out_since(item) > since
        and may_read(item, person, listeners.get(item.customer_id, ()))
    ]  # fmt: skip
