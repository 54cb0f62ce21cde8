"""The sync plan, pure: what an account holds and what came, and so what is added, changed and removed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from companion.basics.ids import canonical_uid, meeting_id
from companion.calendars.model import Event

Members = Mapping[str, Sequence[Event]]  # seal of a member -> its occurrences
_Index = dict[str, dict[str, Event]]  # meeting -> seal -> the occurrence that speaks for it there


@dataclass(frozen=True)
class Plan:
    """What one page does to an account's occurrences, keyed as meetings are.

    `members`: what those members hold from now on that say something new; `renamed`: how many occurrences came
    under a new UID and were known all the same.
    """

    added: tuple[Event, ...]
    changed: tuple[Event, ...]
    removed: tuple[Event, ...]
    members: dict[str, tuple[Event, ...]]
    renamed: int = 0


class Holding:
    """The occurrences of one account, by member and by meeting."""

    def __init__(self, members: Members) -> None:
        self._members: dict[str, tuple[Event, ...]] = {}
        self._index: _Index = {}
        self._enter(members)

    def of(self, seal: str) -> tuple[Event, ...]:
        """What a member holds."""
        return self._members.get(seal, ())

    def speaking(self, seals: Iterable[str]) -> int:
        """How many of these members hold anything."""
        return sum(bool(self.of(seal)) for seal in seals)

    def further(self, going: Iterable[str]) -> int:
        """How many members would go beyond the first of each series that would go wholly: they are one thing."""
        leaving = set(going)
        stay = {uid for seal in self._members if seal not in leaving for uid in self._series(seal)}
        whole = [uids for seal in leaving if (uids := self._series(seal)) and stay.isdisjoint(uids)]
        return len(whole) - len(set(whole))

    def __len__(self) -> int:
        return len(self._members)

    def _series(self, seal: str) -> tuple[str, ...]:
        return tuple(sorted({canonical_uid(event.uid) for event in self.of(seal)}))

    def by_meeting(self) -> dict[str, Event]:
        """Occurrences by meeting id; of several copies in one account the newest (highest SEQUENCE) speaks."""
        return {key: _best(told) for key, told in self._index.items()}

    def plan(self, fetched: Members, gone: Iterable[str]) -> Plan:
        """The plan that brings the holding to what `fetched` tells and takes `gone` members away; changes nothing.

        An occurrence that moves from one member to another (a file renamed, an object rewritten) is no removal, nor
        is one that only goes by another UID (feeds that make new ones at every download).
        """
        news = {seal: self._settled(seal, events) for seal, events in fetched.items()} | dict.fromkeys(gone, ())
        old = {meeting_id(event.uid, event.rec_key) for seal in news for event in self.of(seal)}
        left = {key for key in old if set(self._index[key]) <= set(news)}
        news, renamed = self._adopted(news, left - set(_indexed(news)))
        came = _indexed(news)
        before, after = {}, {}
        for key in sorted(old | set(came)):
            told = self._index.get(key, {})
            if told:
                before[key] = _best(told)
            now = {seal: event for seal, event in told.items() if seal not in news} | came.get(key, {})
            if now:
                after[key] = _best(now)
        return Plan(
            tuple(event for key, event in after.items() if key not in before),
            tuple(event for key, event in after.items() if key in before and not same(before[key], event)),
            tuple(event for key, event in before.items() if key not in after),
            {seal: events for seal, events in news.items() if set(events) != set(self.of(seal))},
            renamed,
        )

    def take(self, done: Plan) -> None:
        """Hold from now on what a plan made of this holding says."""
        for seal in done.members:
            for event in self._members.pop(seal, ()):
                self._index[meeting_id(event.uid, event.rec_key)].pop(seal, None)
        self._index = {key: told for key, told in self._index.items() if told}
        self._enter(done.members)

    def _enter(self, members: Members) -> None:
        for seal, events in members.items():
            if events:
                self._members[seal] = tuple(events)
        for key, told in _indexed(members).items():
            self._index.setdefault(key, {}).update(told)

    def _settled(self, seal: str, events: Sequence[Event]) -> tuple[Event, ...]:
        """What came of a member; an occurrence that says nothing new stays the one that is held."""
        known = {event.key: event for event in self.of(seal)}
        return tuple(known[e.key] if e.key in known and same(known[e.key], e) else e for e in events)

    def _adopted(self, news: Members, left: set[str]) -> tuple[dict[str, tuple[Event, ...]], int]:
        """`news` with the occurrences that left under one UID and came under another as those that are held."""
        waiting: dict[Event, list[Event]] = {}
        for key in sorted(left, reverse=True):
            event = _best(self._index[key])
            waiting.setdefault(_nameless(event), []).append(event)
        came = Counter(meeting_id(e.uid, e.rec_key) for events in news.values() for e in events) if waiting else {}
        renamed = 0
        adopted: dict[str, tuple[Event, ...]] = {}
        for seal, events in news.items():
            taken = []
            for event in events:
                known = waiting.get(_nameless(event), []) if waiting and self._is_new(event, came) else []
                renamed += bool(known)
                taken.append(known.pop() if known else event)
            adopted[seal] = tuple(taken)
        return adopted, renamed

    def _is_new(self, event: Event, came: Mapping[str, int]) -> bool:
        key = meeting_id(event.uid, event.rec_key)
        return key not in self._index and came[key] == 1


def same(one: Event, other: Event) -> bool:
    """Whether two readings of an occurrence say the same.

    Some servers raise SEQUENCE at every download: alone it is no news. Whichever copy speaks for a meeting is found
    by the SEQUENCE its content came with, so that a number without a change never lets an old title win.
    """
    return one == other or replace(one, sequence=0) == replace(other, sequence=0)


def shrunk(held: int, listed: int) -> bool:
    """Whether an answer lists so much less than we hold that it is rather a fault than the truth."""
    return held > 0 and (listed == 0 or bereft(held, listed))


def bereft(held: int, left: int) -> bool:
    """Whether most of what is held would go, and many at that: more than anybody clears away between two rounds."""
    return held - left > 20 and left * 2 < held


def _indexed(members: Members) -> _Index:
    found: _Index = {}
    for seal, events in members.items():
        for event in events:
            told = found.setdefault(meeting_id(event.uid, event.rec_key), {})
            if seal not in told or event.sequence >= told[seal].sequence:
                told[seal] = event
    return found


def _best(told: Mapping[str, Event]) -> Event:
    return max(told.items(), key=lambda one: (one[1].sequence, one[0]))[1]


def _nameless(event: Event) -> Event:
    return replace(event, uid="", sequence=0)
