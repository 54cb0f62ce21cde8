"""The weekly mail: in the programme's slot, to each reader, with what was told since their last one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from companion.basics.clock import day_of, zone
from companion.basics.errors import Problem
from companion.people.model import Person
from companion.programme import letters
from companion.programme.model import House, WorkspaceTx
from companion.programme.parcels import shelf_of
from companion.programme.readers import listeners_of
from companion.takeaways.audience import may_read
from companion.takeaways.letters import Letter
from companion.takeaways.model import Takeaway

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = timedelta(days=7)
WENT = ("pending", "sending", "sent", "unknown")
LATEST = timedelta(weeks=5)  # what was held for longer than that is no news of the week
FIRST = timedelta(days=1)  # a programme's first one goes out only on its day, not for a slot before it had one


def read_slot(text: str) -> tuple[int, time]:
    """A weekday (0 for Monday) and a time, from "mon 09:00"; Problem `digest_slot_wrong`."""
    day, _, hour = text.strip().lower().partition(" ")
    try:
        return DAYS.index(day[:3]), time.fromisoformat(hour.strip().zfill(5))
    except ValueError as error:
        raise Problem("digest_slot_wrong", value=text) from error


def last_slot(slot: str, zone_name: str, now: datetime) -> datetime:
    """The latest moment of that slot that is not in the future, by the clock on the wall of that zone."""
    weekday, at = read_slot(slot)
    here = zone(zone_name)
    day = now.astimezone(here).date()
    day -= timedelta(days=(day.weekday() - weekday) % 7)
    moment = datetime.combine(day, at, here).astimezone(UTC)
    if moment > now:
        moment = datetime.combine(day - WEEK, at, here).astimezone(UTC)
    return moment


def make(house: House) -> int:
    """Put this week's mails among the letters, once; how many are new."""
    with house.workspace() as tx:
        return tx.letters.add(due(tx, house.clock()))


def due(tx: WorkspaceTx, now: datetime) -> list[Letter]:
    """The weekly mails whose slot has come and that are not written yet; one each, however many slots were missed."""
    programme = tx.programme.get()
    channels = {channel.id for channel in tx.takeaways.channels()}
    if not programme.digest or programme.post not in channels:
        return []
    slot = last_slot(programme.digest, programme.zone, now)
    written = [letter for letter in tx.letters.all() if letter.kind == "digest"]
    if not written and now - slot > FIRST:
        return []
    day = day_of(slot, programme.zone)
    week = "{}-W{:02}".format(*day.isocalendar()[:2])
    people = [p for p in tx.people.all() if p.digest and p.kind != "group" and (p.end is None or p.end >= day)]
    news = _news(tx, now)
    had = _had(tx, news)
    made = []
    for person in people:
        mine = [letter for letter in written if letter.recipient in person.addresses]
        mailed = {key for address in person.addresses for key in had.get(address, ())}
        shown = [item for item in _for(tx, person, mine, news, slot, people) if item.id not in mailed]
        if shown and all(letter.facts.get("week") != week for letter in mine):
            made.append(letters.digest(person.team, week, person.email, now, shown))
    return made


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


def _for(
    tx: WorkspaceTx, person: Person, mine: Sequence[Letter], news: Sequence[Takeaway], slot: datetime,
    people: Sequence[Person],
) -> list[Takeaway]:  # fmt: skip
    had = {key for letter in mine if letter.state != "withdrawn" for key in letter.takeaways}
    since = slot - (LATEST if mine else WEEK)
    return [
        item for item in news
        if item.id not in had and item.author_id != person.id and _out_since(item) > since
        and may_read(item, person, listeners_of(tx, item.customer_id, people) if item.audience == "listeners" else ())
    ]  # fmt: skip


def wanted(house: House, address: str, *, wanted: bool) -> Person:
    """Somebody wants the weekly mail, or no more of them. Problem `person_unknown`."""
    with house.workspace() as tx:
        person = tx.people.by_address(address)
        if person is None:
            raise Problem("person_unknown", address=address)
        changed = replace(person, digest=wanted)
        if changed != person:
            tx.people.put(changed)
    return changed
