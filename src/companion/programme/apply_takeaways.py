"""What commands about takeaways do in the workspace; rights are asked again here, and decisions written down."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme import letters
from companion.programme.audits import write
from companion.programme.codec import takeaway_from_json
from companion.programme.model import WorkspaceTx
from companion.programme.readers import addresses_now
from companion.programme.releasing import Around, around, foresee, has_post, letters_of
from companion.takeaways.audience import ME, here, hosts_of, judges, may_hold
from companion.takeaways.model import MAILS, PLACES, WITHDRAWAL, Delivery, Takeaway
from companion.takeaways.state import same_content, same_readers, state_of

Handler = Callable[[WorkspaceTx, dict[str, Any], datetime], None]
GONE_OUT = frozenset({"sent", "sending", "unknown"})  # it may be with its recipient
DIGESTS = frozenset({"digest"})
SHOWING = DIGESTS | {"host_copy", "host_notice", "host_yes"}  # letters that hold the text itself


def take_takeaway(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A takeaway or a telling, published: its deliveries and the letters to the host wait for the outbox with it.

    Problem `publish_not_yours`: who sends it wrote neither this nor what it follows on.
    """
    takeaway = takeaway_from_json(body["takeaway"])
    earlier = _standing(tx, takeaway)
    _check_author(tx, body, takeaway, earlier)
    pairs = {(channel, recipient) for channel, recipient in body["deliveries"]}
    if earlier:
        takeaway = _after(earlier, takeaway)
        if takeaway.withdrawn:  # taken back meanwhile: its author's words are kept, and go nowhere
            tx.takeaways.put(takeaway)
            return
        if takeaway.revision > earlier.revision:
            pairs |= _promised(tx, takeaway) | _went_to(tx, takeaway, DIGESTS)
    foreseen = foresee(tx, takeaway, now, review=bool(body.get("review")))
    told = takeaway.published or now
    revised = (
        told if earlier and earlier.revision < foreseen.takeaway.revision else earlier.revised if earlier else None
    )
    takeaway = replace(foreseen.takeaway, published=_first(earlier) or told, revised=revised)
    tx.takeaways.put(takeaway)
    # A revision that is sent again reaches only those it was not promised to before.
    revision = [d for d in tx.takeaways.deliveries(takeaway.id) if d.revision == takeaway.revision]
    new = _at_present(tx, pairs) - _at_present(tx, {(d.channel_id, d.recipient) for d in revision})
    for channel_id, recipient in sorted(new) if takeaway.audience != ME else ():
        tx.takeaways.put_delivery(Delivery(takeaway.id, takeaway.revision, channel_id, recipient, "pending", now))
    if takeaway.told_on is None:
        tx.letters.add(letters_of(replace(foreseen, takeaway=takeaway), now))


def _standing(tx: WorkspaceTx, takeaway: Takeaway) -> Takeaway | None:
    """What it follows on, if anything; nobody else changes that before this transaction ends."""
    if takeaway.meeting_id:  # two devices may tell of it for the first time at once
        tx.takeaways.lock(takeaway.meeting_id)
    tx.takeaways.lock(takeaway.id)
    known = tx.takeaways.get(takeaway.id)
    other = None if known else _told_elsewhere(tx, takeaway)
    if other is None:
        return known
    tx.takeaways.lock(other.id)
    return tx.takeaways.get(other.id)


def _check_author(tx: WorkspaceTx, body: dict[str, Any], takeaway: Takeaway, earlier: Takeaway | None) -> None:
    by = tx.people.by_address(normal(body.get("by", "")))
    if by is None and not body.get("shared", True):
        return  # whoever works alone writes everything
    if by is None or {by.id} != {one.author_id for one in (takeaway, earlier) if one}:
        raise Problem("publish_not_yours")


def _told_elsewhere(tx: WorkspaceTx, takeaway: Takeaway) -> Takeaway | None:
    """What the same author told the same readers of the same meeting, from another device or a moment ago."""
    known = tx.takeaways.of_meetings([takeaway.meeting_id]) if takeaway.meeting_id else []
    return next((item for item in known if same_readers(item, takeaway)), None)


def _after(earlier: Takeaway, takeaway: Takeaway) -> Takeaway:
    """What comes in as it follows on what is there: two devices may have written the next revision at once.

    Held stays held and withdrawn stays withdrawn: a correction decides neither.
    """
    revision = earlier.revision if same_content(earlier, takeaway) else max(takeaway.revision, earlier.revision + 1)
    return replace(
        takeaway, id=earlier.id, revision=revision,
        held=earlier.held, held_by=earlier.held_by, held_by_id=earlier.held_by_id, held_why=earlier.held_why,
        withdrawn=earlier.withdrawn, withdrawn_why=earlier.withdrawn_why,
        correction=takeaway.correction or (earlier.correction if revision == earlier.revision else ""),
    )  # fmt: skip


def _first(earlier: Takeaway | None) -> datetime | None:
    # A correction keeps the day of the first telling: it completes no later.
    return earlier.published if earlier else None


def take_withdrawal(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A takeaway withdrawn: readers see it no more, places are cleared, and everyone who was sent it is told."""
    takeaway = _decided("withdraw", tx, body, now)
    if takeaway.withdrawn:
        return
    why = body.get("why", "")
    tx.takeaways.put(replace(takeaway, withdrawn=now, withdrawn_why=why))
    for channel_id, recipient in _at_present(tx, _went_to(tx, takeaway, SHOWING)):
        tx.takeaways.put_delivery(Delivery(takeaway.id, WITHDRAWAL, channel_id, recipient, "pending", now))
    _write_down(tx, now, body, "takeaway.withdrawn", takeaway, why)


def _promised(tx: WorkspaceTx, takeaway: Takeaway) -> set[tuple[str, str]]:
    """The ways and recipients of all revisions, by the ways that are still there."""
    there = {channel.id for channel in tx.takeaways.channels()}
    return {(d.channel_id, d.recipient) for d in tx.takeaways.deliveries(takeaway.id) if d.channel_id in there}


def _at_present(tx: WorkspaceTx, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Channels and recipients, people where they are written to now: who changed their address is followed there."""
    now_at = addresses_now(tx)
    return {(channel_id, now_at.get(recipient, recipient)) for channel_id, recipient in pairs}


def _went_to(tx: WorkspaceTx, takeaway: Takeaway, showing: Collection[str]) -> set[tuple[str, str]]:
    """Channels and recipients that cannot be cleared: what left by mail or chat, letters that showed it among them.

    Whom a letter of one of the kinds `showing` reached, or a channel that is gone by now, is written to by the post.
    """
    kinds = {channel.id: channel.kind for channel in tx.takeaways.channels()}
    gone = [d for d in tx.takeaways.deliveries(takeaway.id) if d.state in GONE_OUT and d.revision != WITHDRAWAL]
    found = {(d.channel_id, d.recipient) for d in gone if kinds.get(d.channel_id) not in (None, *PLACES)}
    post = tx.programme.get().post
    if kinds.get(post) not in MAILS:
        return found
    told = {recipient for _, recipient in found}
    letters_ = [one for one in tx.letters.all() if takeaway.id in one.takeaways and one.kind in showing]
    by_post = {one.recipient for one in letters_ if one.state in GONE_OUT}
    by_post |= {d.recipient for d in gone if d.recipient and d.channel_id not in kinds}
    return found | {(post, recipient) for recipient in by_post - told}


def take_hold(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A takeaway stopped: it leaves the places at their next run, nothing more of it goes out, its author hears why.

    A hold of the host's or of ops takes the place of the author's own, so that the author cannot let go of it.
    """
    takeaway = _decided("hold", tx, body, now)
    by = tx.people.by_address(normal(body["by"]))
    if by is None or (takeaway.held and (takeaway.held_by_id != takeaway.author_id or by.id == takeaway.author_id)):
        return
    _hold(tx, takeaway, replace(takeaway, held_by=by.name, held_by_id=by.id, held_why=body.get("why", "")), body, now)


def take_strangers_hold(tx: WorkspaceTx, takeaway_id: str, host: str, why: str, now: datetime) -> None:
    """A takeaway stopped by its host, who is not among our people: the address was told of it, so it may stop it."""
    tx.takeaways.lock(takeaway_id)
    takeaway = tx.takeaways.get(takeaway_id)
    if takeaway is None:
        raise Problem("takeaway_unknown", takeaway=takeaway_id)
    facts = around(tx, takeaway)
    if host not in hosts_of(facts.customer, facts.meeting):
        raise Problem("hold_not_yours", who=takeaway.held_by)
    if takeaway.withdrawn:
        raise Problem("takeaway_withdrawn", headline=takeaway.headline)
    if takeaway.held is None or takeaway.held_by_id == takeaway.author_id:
        stopped = replace(takeaway, held_by=host, held_by_id="", held_why=why)
        _hold(tx, takeaway, stopped, {"by": host}, now)


def _hold(tx: WorkspaceTx, before: Takeaway, stopped: Takeaway, body: dict[str, Any], now: datetime) -> None:
    held = replace(stopped, held=now)
    tx.takeaways.put(held)
    author = tx.people.get(held.author_id)
    if author and author.id != held.held_by_id and has_post(tx, tx.programme.get()):
        tx.letters.add([letters.held(held, author.email, now)])
    _write_down(tx, now, body, "takeaway.held", before, held.held_why)


def take_letting_go(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """What was held may go on."""
    takeaway = _decided("let_go", tx, body, now)
    if takeaway.held:
        tx.takeaways.put(replace(takeaway, held=None, held_by="", held_by_id="", held_why=""))
        _write_down(tx, now, body, "takeaway.let_go", takeaway, takeaway.held_why)


def take_yes(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A yes to the revision that was seen: it goes out, also before its day."""
    takeaway = _decided("agree", tx, body, now)
    if takeaway.needs_yes or takeaway.unannounced or (takeaway.out_at is not None and takeaway.out_at > now):
        tx.takeaways.put(replace(takeaway, needs_yes=False, unannounced=False, out_at=None))
        _write_down(tx, now, body, "takeaway.agreed", takeaway, body.get("why", ""))


def take_prolonging(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A takeaway shown for longer, or less long."""
    takeaway = _decided("prolong", tx, body, now)
    until = date.fromisoformat(body["until"])
    if until != takeaway.expires:
        tx.takeaways.put(replace(takeaway, expires=until))
        _write_down(tx, now, body, "takeaway.prolonged", takeaway, until.isoformat())


def _decided(kind: str, tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> Takeaway:
    """As `check`, alone with it: of two who decide at the same moment the second sees what the first did."""
    tx.takeaways.lock(body["id"])
    return check(kind, tx, body, now)


def check(kind: str, tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> Takeaway:
    """The takeaway a command is about, if who gives it may: asked before it is kept, and again when it crosses.

    Problems: `takeaway_unknown`, `takeaway_withdrawn`, `agree_other_revision`, and one of `MAY_NOT`.
    """
    takeaway = tx.takeaways.get(body["id"])
    if takeaway is None:
        raise Problem("takeaway_unknown", takeaway=body["id"])
    if takeaway.withdrawn and kind != "withdraw":
        raise Problem("takeaway_withdrawn", headline=takeaway.headline)
    by = tx.people.by_address(normal(body.get("by", "")))
    if not _may(kind, by, takeaway, around(tx, takeaway), now, shared=body.get("shared", True)):
        raise Problem(NOT_YOURS[kind], who=takeaway.held_by)
    if kind == "agree" and body.get("revision", takeaway.revision) != takeaway.revision:
        raise Problem("agree_other_revision", headline=takeaway.headline)
    return takeaway


def _may(kind: str, by: Person | None, takeaway: Takeaway, facts: Around, now: datetime, *, shared: bool) -> bool:
    today = day_of(now, facts.programme.zone)
    if by is None or (shared and not here(by, today)):
        return kind == "withdraw" and not shared
    if kind == "prolong":
        return by.id == takeaway.author_id or by.kind == "ops"
    if kind in ("withdraw", "hold"):
        return may_hold(by, facts.customer, facts.meeting, takeaway.author_id, shared=shared)
    if not shared or (kind == "let_go" and takeaway.held_by_id == by.id):
        return True  # its author lets go of what the author held, and of nothing else
    return by in judges(facts.people, facts.customer, facts.meeting, takeaway.author_id, today)


def take_opening(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """One more device opened it; whose is neither sent nor kept, so nothing is written down where it is gone."""
    if tx.takeaways.get(body["id"]):
        tx.takeaways.count_opening(body["id"])


def _write_down(tx: WorkspaceTx, now: datetime, body: dict[str, Any], what: str, before: Takeaway, why: str) -> None:
    """Who decided what, when and why; `old` and `new` say how it stood before and after."""
    today = day_of(now, tx.programme.get().zone)
    after = tx.takeaways.get(before.id) or before
    old, new = (f"{state_of(one, now, today)} {one.id} {one.revision}" for one in (before, after))
    about = filter(None, (after.customer_id, after.meeting_id))
    write(tx, now, body.get("by", ""), what, old, new, why, about)


TAKEAWAY_HANDLERS: dict[str, Handler] = {
    "takeaway": take_takeaway,
    "withdraw": take_withdrawal,
    "hold": take_hold,
    "let_go": take_letting_go,
    "agree": take_yes,
    "prolong": take_prolonging,
    "opening": take_opening,
}
NOT_YOURS = {
    "withdraw": "withdraw_not_yours", "hold": "hold_not_yours", "let_go": "let_go_not_yours",
    "agree": "agree_not_yours", "prolong": "prolong_not_yours",
}  # fmt: skip
MAY_NOT = frozenset((*NOT_YOURS.values(), "publish_not_yours", "agree_other_revision", "takeaway_withdrawn"))
