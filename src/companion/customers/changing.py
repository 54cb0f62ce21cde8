"""What a change makes of a fact, also where two people changed it at once; pure."""

from dataclasses import replace
from datetime import date, datetime

from companion.customers.memory import ENDS, Fact, FactState, Version

SAID = (
    "kind", "text", "topic", "role", "contact_id", "heard_on", "source", "meeting_id", "takeaway_id", "may_quote",
    "owner_id", "due", "state", "ended", "result", "follows",
)  # fmt: skip
EVERY_END: tuple[FactState, ...] = (*dict.fromkeys(end for ends in ENDS.values() for end in ends), "open")
OLD_DAYS = 365  # a fact heard longer ago is old: it is shown, and said to be old


def changed(now_is: Fact, news: Fact, base: Fact | None, by: str, at: datetime) -> Fact:
    """The next revision of `now_is`: what `news` says where it differs from what its writer had before them.

    `base` is that revision, None where it is not known any more. Where somebody else changed the same words meanwhile
    both stay: the new ones count, and `unseen` names the first revision that its writer had not seen. A change that
    changes nothing gives `now_is` itself back.
    """
    before = base or now_is
    mine = {name: getattr(news, name) for name in SAID if getattr(news, name) != getattr(before, name)}
    if all(getattr(now_is, name) == value for name, value in mine.items()):
        return _seen(now_is, before, by, at)
    clash = [name for name in mine if getattr(now_is, name) not in (getattr(before, name), mine[name])]
    first = min(before.revision + 1, now_is.unseen or now_is.revision) if clash else 0
    if not clash and before.revision < now_is.revision:
        first = now_is.unseen  # somebody else's two texts are not settled by a change of something else
    merged = replace(now_is, **mine)
    return replace(merged, revision=now_is.revision + 1, changed=at, changed_by=by, unseen=first)


def _seen(now_is: Fact, before: Fact, by: str, at: datetime) -> Fact:
    """Saving it as it stands settles what two people wrote, for whoever saw it so."""
    if now_is.unseen and before.revision == now_is.revision:
        return replace(now_is, unseen=0, revision=now_is.revision + 1, changed=at, changed_by=by)
    return now_is


def ends_of(fact: Fact) -> tuple[FactState, ...]:
    """How this fact may end; "open" begins it again."""
    return (*ENDS.get(fact.kind, ("dropped",)), "open")


def ended(now_is: Fact, state: FactState, result: str, on: date | None, by: str, at: datetime) -> Fact:
    """The fact as it ended: what became of it, on which day. Opened again it has neither."""
    news = replace(now_is, state=state, result=result, ended=on)
    if state == "open":
        news = replace(now_is, state="open", result="", ended=None)
    return changed(now_is, news, now_is, by, at)


def other_texts(now_is: Fact, versions: list[Version]) -> tuple[Version, ...]:
    """What others wrote that the writer of the present revision had not seen, oldest first; each text once."""
    found = [one for one in versions if now_is.unseen and one.fact.revision >= now_is.unseen]
    told = {now_is.text}
    return tuple(one for one in found if one.fact.text not in told and not told.add(one.fact.text))  # type: ignore[func-returns-value]


def is_old(fact: Fact, today: date) -> bool:
    """Whether it was heard more than twelve months ago; of what has no day nobody knows."""
    return fact.heard_on is not None and (today - fact.heard_on).days > OLD_DAYS
