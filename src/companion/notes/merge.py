"""Texts that several windows and computers change: what follows from what, and what stands beside it.

A line, an answer and the expectation are units. A unit's state is the set of its versions of which none follows from
another; joining two states keeps the versions that nothing in either replaces. So any order and any repetition of
exchanges ends alike, and no clock is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from companion.basics.storable import storable
from companion.notes.model import Mark, Stamps

LINE, ANSWER, EXPECTED = "line:", "answer:", "expected"


@dataclass(frozen=True)
class Version:
    """One text of a unit and what is in it; `gone`: it was taken out, and its words are not kept."""

    text: str = field(repr=False)
    stamps: Stamps = ()
    mark: Mark = ""
    at: datetime | None = None  # when a line was heard
    position: int = 0
    gone: bool = False


Versions = tuple[Version, ...]  # the one that is shown first


@dataclass(frozen=True)
class Kept:
    """All that is known of one meeting's note, by every name it was begun under."""

    meeting_id: str
    ids: frozenset[str]
    made: datetime
    changed: datetime
    title: str = field(default="", repr=False)
    customer_id: str = ""  # "": the meeting was forgotten
    template: str = ""
    template_version: int = 0
    keep: bool = False
    gone: bool = False  # its owner let go of it
    units: Mapping[str, Versions] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """The name it goes by: the same on every computer."""
        return min(self.ids)

    @property
    def living(self) -> bool:
        """Whether it says anything."""
        return any(shows(version) for versions in self.units.values() for version in versions)


def shows(version: Version) -> bool:
    """Whether a version is a text to be read."""
    return not version.gone and bool(version.text)


def follows(new: Stamps, old: Stamps) -> bool:
    """Whether a text was written with the other known, and more."""
    known = dict(new)
    return new != old and all(known.get(device, 0) >= count for device, count in old)


def joined(stamps: Iterable[Stamps]) -> Stamps:
    """All changes that are in any of them."""
    found: dict[str, int] = {}
    for one in stamps:
        for device, count in one:
            found[device] = max(count, found.get(device, 0))
    return tuple(sorted(found.items()))


def join(one: Iterable[Version], other: Iterable[Version]) -> Versions:
    """The versions that nothing in either set replaces, the one to show first."""
    every = dict.fromkeys((*one, *other))
    left = [version for version in every if not any(follows(more.stamps, version.stamps) for more in every)]
    return tuple(sorted(left, key=_rank))


def merge(one: Mapping[str, Kept], other: Mapping[str, Kept]) -> dict[str, Kept]:
    """Both, by meeting. Commutative, associative, idempotent."""
    found = dict(one)
    for meeting_id, kept in other.items():
        found[meeting_id] = merged(found[meeting_id], kept) if meeting_id in found else _plain(kept)
    return {meeting_id: _plain(kept) for meeting_id, kept in found.items()}


def beside(versions: Sequence[Version]) -> list[Version]:
    """The versions that say something else than the one that is shown: what its owner has to settle."""
    shown = versions[0] if versions else Version("")
    seen = {shown.text}
    found = []
    for version in versions[1:]:
        if shows(version) and version.text not in seen:
            seen.add(version.text)
            found.append(version)
    return found


def change(versions: Sequence[Version], new: Version, base: str | None, device: str, fresh: str) -> Versions:
    """The versions after somebody wrote `new` where they last knew `base` (None: whatever stands there).

    Where something else stands by now, both are kept. A removal of what was changed meanwhile removes nothing.
    `fresh`: a name under which nothing was counted yet, for a text that stands beside one of this computer.
    """
    new, base = replace(new, text=storable(new.text)), storable(base) if base else base
    if not versions:
        return (replace(new, stamps=((device, 1),)),) if not new.gone else ()
    at = _meant(versions, new, base)
    if at is None:
        return tuple(versions) if new.gone else (*versions, replace(new, stamps=((fresh, 1),)))
    old = versions[at]
    if replace(new, stamps=old.stamps) == old:
        return tuple(versions)
    same = [version for version in versions if not shows(version) or version.text == old.text]
    others = [version for version in versions if version not in same]
    made = replace(new, stamps=_counted(joined(v.stamps for v in (*same, old)), others, device, fresh))
    kept = [made if version is old else version for version in versions if version is old or version in others]
    return tuple(sorted(kept, key=lambda version: not shows(version)))


def settle(
    versions: Sequence[Version], other: Version, text: str, device: str, fresh: str, seen: str | None = None
) -> Versions:
    """The versions after their owner said what stays of the one that is shown and that other one.

    `seen`: the text that was shown to them. Where it was written on meanwhile, what stands there now is kept beside.
    """
    shown = versions[0]
    written_on = seen is not None and shows(shown) and shown.text not in (seen, other.text)
    if written_on and text == seen:
        written_on, text = False, shown.text
    known = (other.text,) if written_on else (shown.text, other.text)
    here = [version for version in versions if not shows(version) or version.text in known]
    left = [version for version in versions if version not in here]
    stamps = _counted(joined(version.stamps for version in here), left, device, fresh)
    made = replace(shown, text=text, gone=not text, stamps=stamps)
    return tuple(sorted((made, *left), key=lambda version: not shows(version)))


def set_apart(version: Version, device: str, other: str) -> Version:
    """The version with what a name counted in it under another: somebody else counted the same under that one."""
    left = tuple(stamp for stamp in version.stamps if stamp[0].partition("~")[0] != device)
    return version if left == version.stamps else replace(version, stamps=joined([left, ((other, 1),)]))


def _meant(versions: Sequence[Version], new: Version, base: str | None) -> int | None:
    """Which version somebody wrote on; None where they knew none of them."""
    if base is None:
        return 0
    known = [base] if new.gone else [base, new.text]  # the same text twice is the same text
    for text in known:
        for at, version in enumerate(versions):
            if shows(version) and version.text == text:
                return at
    return next((at for at, version in enumerate(versions) if not any(map(shows, versions))), None)


def _counted(known: Stamps, others: Sequence[Version], device: str, fresh: str) -> Stamps:
    """One more change, under a name by which it does not seem to follow from what stands beside it."""
    counts = dict(known)
    for name in (device, *(name for name in counts if name.startswith(f"{device}~"))):
        elsewhere = max((dict(version.stamps).get(name, 0) for version in others), default=0)
        found = joined([known, ((name, counts.get(name, 0) + 1),)])
        if counts.get(name, 0) >= elsewhere and not any(follows(found, version.stamps) for version in others):
            return found
    return joined([known, ((fresh, 1),)])


def merged(one: Kept, other: Kept) -> Kept:
    """What both know of one meeting's note."""
    told = max(one, other, key=lambda kept: (not kept.customer_id, kept.title, kept.customer_id))
    begun = max(one, other, key=lambda kept: (kept.template_version, kept.template))
    units = {
        unit: join(one.units.get(unit, ()), other.units.get(unit, ())) for unit in sorted({*one.units, *other.units})
    }
    return Kept(
        one.meeting_id, one.ids | other.ids, min(one.made, other.made), max(one.changed, other.changed),
        told.title, told.customer_id, begun.template, begun.template_version,
        one.keep or other.keep, one.gone or other.gone, units,
    )  # fmt: skip


def _plain(kept: Kept) -> Kept:
    """The same with its units in one order."""
    return replace(kept, units={unit: join(versions, ()) for unit, versions in sorted(kept.units.items())})


def _rank(version: Version) -> tuple[object, ...]:
    """What is shown comes first: what says something before what was taken out, then what changed more often."""
    often = -sum(count for _, count in version.stamps)
    at = version.at.timestamp() if version.at else 0.0
    return (not shows(version), often, version.stamps, version.text, version.mark, at, version.position)
