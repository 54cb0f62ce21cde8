"""The weekly mails: made in their slot by the desk, or looked at beforehand and sent by ops."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.people.model import Person
from companion.programme import letters, postbag, weekly
from companion.programme.audits import note, programme_changed
from companion.programme.eyes import Eyes, is_empty, without_tokens
from companion.programme.letters import WAITING
from companion.programme.model import House, Programme, WorkspaceTx
from companion.programme.ops import only_ops
from companion.programme.slots import Slot, last_slot, next_slot, slot_at
from companion.programme.todo import Matters
from companion.programme.weekly import LEFT_OUT, LET_IN, LOCK, Why, due, each, has_post, is_aside, is_let_in, write
from companion.takeaways.letters import Letter, LetterParcel, letter_id
from companion.takeaways.model import Shown
from companion.words.language import speaking
from companion.words.weekly import subject

EARLY = timedelta(days=2)  # so long before its slot a week's mails may be sent


@dataclass(frozen=True)
class Mail:
    """One mail of the week as who looks may see it. `letter`: what became of it, None while it is not written."""

    person_id: str
    name: str
    to: str
    subject: str
    todo: int  # lines
    told: int  # takeaways
    parcel: LetterParcel = field(repr=False, compare=False)  # all it shows, without what is not for who looks
    hidden: bool = False  # nothing of it is for who looks
    letter: Letter | None = None


@dataclass(frozen=True)
class NoMail:
    """Somebody who gets none this week, and why."""

    person_id: str
    name: str
    why: Why


@dataclass(frozen=True)
class Week:
    """All of one week's mails. `slot` is None where the programme has none."""

    slot: Slot | None
    mails: tuple[Mail, ...]  # by name
    none: tuple[NoMail, ...]
    waits: bool  # whether they wait until ops send them
    open: bool  # whether they may be sent now: two days before their slot, or after it
    post: bool  # whether there is a mail server to write through
    zone: str = "UTC"
    late: bool = False  # whether their hour has come
    left: bool = False  # whether the desk writes those that are not written no more

    @property
    def going(self) -> tuple[Mail, ...]:
        """Those that would go now."""
        return tuple(one for one in self.mails if one.letter is None)


def make(house: House) -> int:
    """Put this week's mails among the letters, once; how many are new. None where they wait for a yes."""
    with house.workspace() as tx:
        tx.takeaways.lock(LOCK)
        now = house.clock()
        return write(tx, due(tx, now), now)


def preview(house: House, ticket: Ticket | None = None) -> Week:
    """Who gets which of this week's mails as they would go now, who gets none and why; nothing is written.

    It is the coming week once the last one's are written. How a mail reads is for `draw`. Problem `only_ops`.
    """
    with house.workspace(write=False) as tx:
        only_ops(house, tx)
        programme, now, eyes, post = tx.programme.get(), house.clock(), Eyes(house, tx), has_post(tx)
        slot = _at_hand(tx, programme, now)
        if slot is None:
            return Week(None, (), (), programme.weekly_yes, open=False, post=post, zone=programme.zone)
        is_open = slot.at - now <= EARLY
        matters = Matters(tx, now)
        found = each(tx, slot, now, now if is_open else slot.at, matters)
        people = {address: person for person in tx.people.all() for address in person.addresses}
        written = [one for one in _of_week(tx, slot) if not is_aside(one)]
        parcels = postbag.parcels_of(tx, [*(one.letter for one in found if one.letter), *written], now, matters)
        left = weekly.is_left(tx, slot, now)
        shown, known = [], {one.id: one for one in written}
        for at, parcel in enumerate(parcels):
            if ticket:
                ticket.step("weekly", at, len(parcels))
            shown.append(_mail(eyes, parcel, people.get(parcel.letter.recipient), known.get(parcel.letter.id)))
    had = {one.person_id for one in shown}
    return Week(
        slot, tuple(sorted(shown, key=lambda one: (one.name.casefold(), one.person_id))),
        tuple(NoMail(o.person.id, o.person.name, o.why) for o in found if o.why and o.person.id not in had),
        programme.weekly_yes, is_open, post, programme.zone, slot.at <= now, left,
    )  # fmt: skip


def _mail(eyes: Eyes, parcel: LetterParcel, person: Person | None, letter: Letter | None) -> Mail:
    seen, to = without_tokens(eyes.of_weekly(parcel)), parcel.letter.recipient
    todo, told = len(seen.todo), len(seen.parcels)
    with speaking(seen.language):
        headed = subject(todo, told)
    return Mail(
        person.id if person else "", person.name if person else to, to, headed, todo, told, seen, is_empty(seen), letter
    )


def draw(house: House, mail: Mail) -> Shown:
    """How a mail reads; empty where nothing of it is for who looks."""
    return Shown("") if mail.hidden else house.render_letter(mail.parcel)[1]


def send_now(house: House, ticket: Ticket | None = None, *, week: str = "") -> list[Letter]:
    """Write the week's mails that are not written and send them; what became of each of the week.

    `week`: the one that was looked at, "" for whichever it is. Pressed twice, or by two people, each goes once.
    Problems: `only_ops`, `weekly_off`, `weekly_without_post`, `weekly_early`, `weekly_other`.
    """
    with house.workspace() as tx:
        tx.takeaways.lock(LOCK)
        only_ops(house, tx)
        now, slot = house.clock(), _checked(tx, house.clock(), week)
        write(tx, [one.letter for one in each(tx, slot, now) if one.letter], now)
        mine = {one.id for one in _of_week(tx, slot) if one.state in WAITING}
    postbag.send(house, ticket, retry=True, only=mine)
    with house.workspace(write=False) as tx:
        return [one for one in _of_week(tx, slot) if one.id in mine]


def leave_out(house: House, person_id: str, *, out: bool, week: str = "") -> None:
    """Somebody gets no mail this week, or does after all: oneself, or ops decide it.

    Problems as `send_now`, and `weekly_written`.
    """
    with house.workspace() as tx:
        tx.takeaways.lock(LOCK)
        person = tx.people.get(person_id)
        _oneself_or_ops(house, tx, person)
        now = house.clock()
        slot = _slot(tx, now, week)
        if person is None:
            raise Problem("person_unknown", address=person_id)
        known = next(
            (one for one in _of_week(tx, slot) if one.id == letter_id("digest", slot.week, person.email)), None
        )
        if known and not is_aside(known):
            raise Problem("weekly_written", name=person.name)
        if out != (known is not None and not is_let_in(known)):
            made = letters.digest(person.team, slot.week, person.email, now, (), person_id=person.id)
            aside = LEFT_OUT if out else LET_IN
            tx.letters.put(replace(made, state="withdrawn", since=now, trouble=aside))


def wait_for_yes(house: House, *, wait: bool) -> Programme:
    """Whether the weekly mails wait until ops send them. Problem `only_ops`."""
    with house.workspace() as tx:
        only_ops(house, tx)
        programme = tx.programme.get()
        changed = replace(programme, weekly_yes=wait)
        if changed != programme:
            tx.programme.put(changed)
            programme_changed(tx, house, programme, changed)
    return changed


def wanted(house: House, address: str, *, wanted: bool) -> Person:
    """Somebody wants the weekly mail, or no more of them: oneself, or ops say so.

    Problems: `only_ops`, `person_unknown`.
    """
    with house.workspace() as tx:
        person = tx.people.by_address(address)
        _oneself_or_ops(house, tx, person)
        if person is None:
            raise Problem("person_unknown", address=address)
        changed = replace(person, digest=wanted)
        if changed != person:
            tx.people.put(changed)
            old, new = ("yes" if one.digest else "no" for one in (person, changed))
            note(tx, house, "person.digest", old, new, about=(person.id,))
    return changed


def _oneself_or_ops(house: House, tx: WorkspaceTx, person: Person | None) -> None:
    me = tx.people.by_address(house.me) if house.me else None
    if me is None or person is None or me.id != person.id:
        only_ops(house, tx)


def _of_week(tx: WorkspaceTx, slot: Slot) -> Sequence[Letter]:
    return [one for one in tx.letters.all() if one.kind == "digest" and one.facts.get("week") == slot.week]


def _at_hand(tx: WorkspaceTx, programme: Programme, now: datetime) -> Slot | None:
    """The week to look at: the coming one once it may be sent, or once the last one's mails are written."""
    if not programme.digest:
        return None
    last = slot_at(last_slot(programme.digest, programme.zone, now), programme.zone)
    coming = slot_at(next_slot(programme.digest, programme.zone, now), programme.zone)
    done = any(not is_aside(one) for one in _of_week(tx, last))
    # What just went is looked at for a day: what became of it stands there.
    return coming if coming.at - now <= EARLY or (done and now - last.at > timedelta(days=1)) else last


def _slot(tx: WorkspaceTx, now: datetime, week: str) -> Slot:
    slot = _at_hand(tx, tx.programme.get(), now)
    if slot is None:
        raise Problem("weekly_off")
    if week and week != slot.week:
        raise Problem("weekly_other")
    return slot


def _checked(tx: WorkspaceTx, now: datetime, week: str) -> Slot:
    slot = _slot(tx, now, week)
    if not has_post(tx):
        raise Problem("weekly_without_post")
    if slot.at - now > EARLY:
        raise Problem("weekly_early", day=slot.day)
    return slot
