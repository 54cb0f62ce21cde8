"""The sync plan, pure: what is stored and what came, and so what is added, changed and removed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from companion.basics.ids import meeting_id
from companion.calendars.model import Event

Members = Mapping[str, Sequence[Event]]  # seal of a member -> its occurrences


@dataclass(frozen=True)
class Plan:
    """What one page does to an account's occurrences, keyed as meetings are."""

    after: dict[str, tuple[Event, ...]]
    added: tuple[Event, ...]
    changed: tuple[Event, ...]
    removed: tuple[Event, ...]


def plan(stored: Members, fetched: Members, gone: Iterable[str]) -> Plan:
    """The plan that brings `stored` to what `fetched` tells and takes `gone` members away.

    An occurrence that moves from one member to another (a file renamed, an object rewritten) is no removal.
    """
    after = {seal: tuple(events) for seal, events in stored.items()}
    after.update({seal: tuple(events) for seal, events in fetched.items()})
    for seal in gone:
        after.pop(seal, None)
    before_by, after_by = by_meeting(stored), by_meeting(after)
    return Plan(
        after,
        tuple(event for key, event in after_by.items() if key not in before_by),
        tuple(event for key, event in after_by.items() if key in before_by and _differs(before_by[key], event)),
        tuple(event for key, event in before_by.items() if key not in after_by),
    )


def by_meeting(members: Members) -> dict[str, Event]:
    """Occurrences by meeting id; of several copies in one account the newest (highest SEQUENCE) speaks."""
    found: dict[str, Event] = {}
    for seal in sorted(members):
        for event in members[seal]:
            key = meeting_id(event.uid, event.rec_key)
            if key not in found or event.sequence >= found[key].sequence:
                found[key] = event
    return found


def _differs(old: Event, new: Event) -> bool:
    # SEQUENCE moves at every download on some servers; alone it is no news.
    return replace(old, sequence=0) != replace(new, sequence=0)


def shrunk(held: int, listed: int) -> bool:
    """Whether an answer lists so much less than we hold that it is rather a fault than the truth."""
    return held > 0 and (listed == 0 or (held - listed > 20 and listed * 2 < held))
