"""From a note to readers: publish, undo, correct, withdraw, prolong, read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.programme.apply import cross
from companion.programme.checking import asked_of_speaker, check_words, findings
from companion.programme.codec import takeaway_from_json, to_json
from companion.programme.composing import all_of as all_of
from companion.programme.composing import begin as begin
from companion.programme.composing import find as find
from companion.programme.drafts import draft_key, keys_of, written
from companion.programme.holding import decide
from companion.programme.listening import get as get_note
from companion.programme.model import DeviceTx, House, WorkspaceTx
from companion.programme.people import who_am_i
from companion.programme.readers import Order as Order
from companion.programme.readers import recipients_in
from companion.programme.releasing import Foreseen, foresee
from companion.programme.telling import tell as tell
from companion.takeaways.audience import ME, parse, same_audience
from companion.takeaways.code import untagged
from companion.takeaways.compose import with_file, with_revision
from companion.takeaways.gate import blocking
from companion.takeaways.model import Delivery, Takeaway
from companion.takeaways.release import expiry
from companion.takeaways.state import same_content, same_readers
from companion.words.gate import in_field

UNDO = timedelta(seconds=10)  # what the window gives its author


def publish(
    house: House, note_id: str, headline: str, audience: str, order: Order | None = None, text: str = "",
    *, review: bool = False, changes: Mapping[str, Any] | None = None,
) -> Takeaway:  # fmt: skip
    """Publish a note's takeaway; `text` (Markdown) replaces what the lines would give, `changes` single fields."""
    takeaway = begin(house, note_id)
    if text.strip():
        takeaway = with_file(takeaway, text, note=get_note(house, note_id))
    if headline.strip():
        takeaway = replace(takeaway, headline=headline.strip())
    takeaway = replace(takeaway, **{**(changes or {}), "audience": audience})
    return send(house, takeaway, order or Order(), review=review, note_id=note_id)


def foreseen(house: House, takeaway: Takeaway, *, review: bool = False) -> Foreseen:
    """What would become of a takeaway that is published now: when it goes out, and who is told or asked first."""
    with house.workspace(write=False) as tx:
        return foresee(tx, _in_place(tx, takeaway), house.clock(), review=review)


def send(
    house: House, takeaway: Takeaway, order: Order, *, undo: timedelta = timedelta(0), review: bool = False,
    note_id: str = "",
) -> Takeaway:  # fmt: skip
    """Put a finished takeaway on its way: kept on the device first, then crossed, then delivered by the outbox.

    `undo`: how long it can be taken back. `review`: the host or ops look at it first, whatever the gate says.
    Problems: `gate_blocks`, `quote_not_allowed`, `recipients_outside`, `recipients_beyond`, `expiry_past`, …
    """
    me = who_am_i(house)
    takeaway = replace(takeaway, headline=untagged(takeaway.headline))
    _check_whole(takeaway)
    now = house.clock()
    with house.workspace(write=False) as tx:
        takeaway = _in_place(tx, takeaway)
        _check_author(takeaway, me.id)
        reach = recipients_in(tx, takeaway, order)
        if reach.beyond:
            raise Problem("recipients_beyond", addresses=", ".join(reach.beyond))
        if reach.outside and not order.outside_ok:
            raise Problem("recipients_outside", addresses=", ".join(reach.outside))
        terms = tx.programme.get()
        if takeaway.expires and takeaway.audience != ME:
            expiry(takeaway.expires, day_of(now, terms.zone), terms.expiry_months)
    _check_gate(house, takeaway, note_id, review=review)
    pairs = {(channel.id, "") for channel in reach.places}
    pairs |= {(channel.id, address) for channel in reach.mails for address in reach.addresses}
    takeaway = _keep(house, replace(takeaway, published=now), pairs, now + undo if undo else None, review=review)
    cross(house)
    with house.workspace(write=False) as tx:
        kept = tx.takeaways.get(takeaway.id)
        return kept if kept and not undo else foresee(tx, takeaway, now, review=review).takeaway


def _check_whole(takeaway: Takeaway) -> None:
    if not takeaway.headline.strip():
        raise Problem("headline_missing")
    if not any(part.strip() for part in (takeaway.scene, takeaway.quote, takeaway.matters)):
        raise Problem("takeaway_empty")


def _check_author(takeaway: Takeaway, me: str) -> None:
    if takeaway.author_id != me:
        raise Problem("publish_not_yours")


def _check_gate(house: House, takeaway: Takeaway, note_id: str, *, review: bool) -> None:
    """Nothing that is to stay in the room goes out by itself; what the speaker refused goes out in no way."""
    if takeaway.audience == ME:
        return
    if takeaway.may_quote == "no" and takeaway.quote.strip():
        raise Problem("quote_not_allowed")
    stops = blocking(findings(house, takeaway, note_id))
    if stops and not review:
        raise Problem("gate_blocks", fields=" ".join(in_field(finding) for finding in stops))


def _in_place(tx: WorkspaceTx, takeaway: Takeaway) -> Takeaway:
    """The takeaway under the id it has for these readers: one for each author, meeting and audience.

    Published before it is that one's next revision, or as it was where nothing changed.
    """
    teams = {person.team for person in tx.people.all() if person.team}
    asked = asked_of_speaker(tx, takeaway)
    takeaway = replace(takeaway, audience=parse(takeaway.audience, teams), may_quote=asked)
    same = [item for item in tx.takeaways.of_meetings([takeaway.meeting_id]) if same_readers(item, takeaway)]
    known = next((item for item in same if item.id == takeaway.id), same[0] if same and takeaway.meeting_id else None)
    if known is None:
        # For other readers, or after it was withdrawn, it is another one.
        taken = tx.takeaways.get(takeaway.id) is not None
        return replace(
            takeaway, id=new_id() if taken else takeaway.id, revision=1, published=None, revised=None, withdrawn=None
        )
    placed = replace(takeaway, id=known.id, published=known.published, withdrawn=None)
    revision = known.revision if same_content(known, placed) else known.revision + 1
    return replace(placed, revision=revision)


def _keep(
    house: House, takeaway: Takeaway, pairs: set[tuple[str, str]], until: datetime | None, *, review: bool
) -> Takeaway:
    """Keep the command on the device, in one transaction with what it takes the place of; under which id it goes."""
    with house.device() as device:
        for waiting in _undoable(device):
            earlier = takeaway_from_json(waiting.body["takeaway"])
            # Written again before it went: only the last word goes.
            if same_readers(earlier, takeaway) and device.queue.take_back(waiting.id):
                takeaway = replace(takeaway, id=earlier.id, revision=earlier.revision)
                pairs |= {(channel, recipient) for channel, recipient in waiting.body["deliveries"]}
        drafts = {key: device.notes.draft(key) for key in keys_of(device, takeaway)}
        body = {
            "takeaway": to_json(takeaway), "deliveries": sorted(pairs), "review": review,
            "drafts": drafts, "by": house.me,
        }  # fmt: skip
        device.queue.put(Command(new_id(), "takeaway", body, house.clock(), not_before=until))
        for key in drafts:
            device.notes.drop_draft(key)
    return takeaway


def _undoable(device: DeviceTx) -> list[Command]:
    return [c for c in device.queue.waiting() if c.kind == "takeaway" and c.not_before is not None]


def undo(house: House, takeaway_id: str) -> Takeaway:
    """Take back what has not crossed yet; its draft is as it was. Problem `undo_too_late` once it has."""
    now = house.clock()
    with house.device() as device:
        waiting = next((c for c in _undoable(device) if c.body["takeaway"]["id"] == takeaway_id), None)
        late = waiting is None or waiting.not_before is None or waiting.not_before <= now
        if waiting is None or late or not device.queue.take_back(waiting.id):
            raise Problem("undo_too_late")
        takeaway = takeaway_from_json(waiting.body["takeaway"])
        drafts = waiting.body["drafts"] or {draft_key(takeaway.meeting_id, takeaway.audience): written(takeaway)}
        for key, body in drafts.items():
            if not device.notes.draft(key):  # what was written since is newer
                device.notes.put_draft(key, body, now)
    return takeaway


def undoable(house: House) -> tuple[tuple[Takeaway, datetime], ...]:
    """What can still be taken back, and until when."""
    with house.device(write=False) as device:
        found = [(takeaway_from_json(c.body["takeaway"]), c.not_before) for c in _undoable(device)]
    return tuple((takeaway, until) for takeaway, until in found if until and until > house.clock())


def correct(
    house: House, takeaway_id: str, correction: str, changes: Mapping[str, Any], *,
    undo: timedelta = timedelta(0), review: bool = False, note_id: str = "",
) -> Takeaway:  # fmt: skip
    """Put right what was published: a new revision that goes everywhere the earlier ones went.

    Problems: `correction_missing` (what was put right, in one line), `nothing_changed`, `correction_other_audience`,
    and those of `send`.
    """
    old = find(house, takeaway_id)
    if not correction.strip():
        raise Problem("correction_missing")
    if old.withdrawn:
        raise Problem("takeaway_withdrawn", headline=old.headline)
    new = with_revision(old, **changes)
    if not same_audience(old.audience, new.audience):
        raise Problem("correction_other_audience")  # as another takeaway it would leave this one standing
    if same_content(old, replace(new, correction="")):
        raise Problem("nothing_changed")
    return send(house, replace(new, correction=correction.strip()), Order(), undo=undo, review=review, note_id=note_id)


def withdraw(house: House, takeaway_id: str, why: str = "") -> Takeaway:
    """Take a takeaway back; the outbox clears the places that can be cleared, and tells those it was sent to.

    Problems: `withdraw_not_yours`, and `words_kept_back` of what would be told as the reason.
    """
    if why.strip():
        with house.workspace(write=False) as tx:
            known = tx.takeaways.get(takeaway_id)
        check_words(house, known or find(house, takeaway_id), withdrawn_why=why.strip())
    return decide(house, "withdraw", takeaway_id, why=why.strip())


def prolong(house: House, takeaway_id: str, until: date) -> Takeaway:
    """Show it until another day. Problems: `expiry_past`, `expiry_too_long`, `prolong_not_yours`."""
    with house.workspace(write=False) as tx:
        terms = tx.programme.get()
    expiry(until, day_of(house.clock(), terms.zone), terms.expiry_months)
    return decide(house, "prolong", takeaway_id, until=until.isoformat())


def mark_read(house: House, takeaway_id: str) -> None:
    """The reader's own mark; it stays on the device. The first one lets a count cross, without a person."""
    with house.device() as device:
        first = takeaway_id not in device.notes.read_marks()
        device.notes.mark_read(takeaway_id, house.clock())
        if first:
            device.queue.put(Command(new_id(), "opening", {"id": takeaway_id}, house.clock()))


def deliver_to(tx: WorkspaceTx, takeaway: Takeaway, channel_id: str, now: datetime, recipient: str = "") -> None:
    """Let the outbox bring a published takeaway to one more place."""
    tx.takeaways.put_delivery(Delivery(takeaway.id, takeaway.revision, channel_id, recipient, "pending", now))
