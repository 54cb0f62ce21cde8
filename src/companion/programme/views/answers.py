"""The answers to takeaways, with what was answered back, what they set going, and whose sender nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.answers import to_review
from companion.programme.model import House
from companion.programme.publishing import find
from companion.takeaways.answering import Pace, for_readers, pace
from companion.takeaways.model import Action, Answer, Takeaway

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class AnswerRow:
    """One answer. `outside`: of somebody who is none of us, for the author alone."""

    answer: Answer
    outside: bool
    mine: bool
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class AsideRow:
    """An answer that was put aside to be looked at. `whose`: the name of ours its address belongs to, or ""."""

    answer: Answer
    whose: str


@dataclass(frozen=True)
class AnswersView:
    """The answers that I may see, oldest first; the author sees all, and who waits for them."""

    takeaway: Takeaway
    rows: tuple[AnswerRow, ...]
    actions: tuple[Action, ...]
    owners: dict[str, str]  # person id -> name, of those who have an action
    pace: Pace  # over all answers
    author: bool  # whether I am
    aside: tuple[AsideRow, ...] = ()  # to be looked at by me
    me: str = ""  # person id

    @property
    def waiting(self) -> tuple[AnswerRow, ...]:
        """Those that have no answer of mine yet; nobody waits for somebody else's."""
        return tuple(row for row in self.rows if row.answer.replied is None and not row.mine) if self.author else ()


@dataclass(frozen=True)
class MyAnswers:
    """What is mine to answer, to look at or to do, takeaway by takeaway: who waits longest first."""

    views: tuple[AnswersView, ...]
    pace: Pace  # over all takeaways of mine
    colleagues: tuple[tuple[str, str], ...]  # (address, name and team), me first
    zone: str
    now: datetime


def answers_of(house: House, takeaway_id: str) -> AnswersView:
    """Read the answers to a takeaway."""
    takeaway = find(house, takeaway_id)
    with house.workspace(write=False) as tx:
        known = tx.takeaways.answers([takeaway.id])
        actions = tx.takeaways.actions([takeaway.id])
        people = tx.people.all()
    return _view(house, takeaway, known, actions, _aside(house, people).get(takeaway.id, ()), people)


def my_answers(house: House) -> MyAnswers:
    """Read the Answers page: takeaways of mine, and others' where something is mine to look at or to do."""
    with house.workspace(write=False) as tx:
        told = [t for t in tx.takeaways.all() if t.published and t.told_on is None]
        zone = tx.programme.get().zone
        people = tx.people.all()
        me = tx.people.by_address(house.me) if house.me else None
        mine = me.id if me else "-"
        actions = tx.takeaways.actions()
        own = {t.id for t in told if t.author_id == mine and not t.withdrawn}
        todo = {one.takeaway_id for one in actions if one.owner_id == mine and one.done is None}
        aside = _aside(house, people)
        shown = [t for t in told if t.id in own | todo | aside.keys()]
        known = tx.takeaways.answers([t.id for t in shown])
    views = []
    for takeaway in shown:
        answers = [one for one in known if one.takeaway_id == takeaway.id]
        doing = [one for one in actions if one.takeaway_id == takeaway.id]
        views.append(_view(house, takeaway, answers, doing, aside.get(takeaway.id, ()), people))
    views.sort(key=lambda view: min((row.answer.at for row in view.waiting), default=_NEVER))
    to_me = [one for one in known if one.takeaway_id in own and one.person_id != mine]
    return MyAnswers(tuple(views), pace(to_me, house.clock()), _colleagues(people, me), zone, house.clock())


def _view(
    house: House, takeaway: Takeaway, known: Sequence[Answer], actions: Sequence[Action], aside: Sequence[AsideRow],
    people: Sequence[Person],
) -> AnswersView:  # fmt: skip
    me = next((person for person in people if house.me and house.me in person.addresses), None)
    author = me is not None and me.id == takeaway.author_id
    mine = me.id if me else "-"
    open_to_all = {one.id for one in for_readers(known)}
    rows = tuple(
        AnswerRow(
            one, not one.person_id and one.came != "app", one.person_id == mine,
            tuple(item for item in actions if one.id in item.answer_ids),
        )
        for one in known if author or one.person_id == mine or one.id in open_to_all
    )  # fmt: skip
    names = {person.id: person.name for person in people}
    owners = {one.owner_id: names.get(one.owner_id, "") for one in actions}
    by_readers = [one for one in known if one.person_id != takeaway.author_id]
    return AnswersView(
        takeaway, rows, tuple(actions), owners, pace(by_readers, house.clock()), author, tuple(aside), mine
    )


def _aside(house: House, people: Sequence[Person]) -> dict[str, list[AsideRow]]:
    """What waits to be looked at by me, by takeaway."""
    found: dict[str, list[AsideRow]] = {}
    for one, takeaway in to_review(house):
        address = normal(one.address)
        of_us = (p.name for p in people if address and address in p.addresses and p.kind != "group")
        found.setdefault(takeaway.id, []).append(AsideRow(one, next(of_us, "")))
    return found


def _colleagues(people: Sequence[Person], me: Person | None) -> tuple[tuple[str, str], ...]:
    here = [person for person in people if person.end is None and person.kind != "group"]
    here.sort(key=lambda person: (me is None or person.id != me.id, person.name.casefold()))
    return tuple((p.email, ", ".join(part for part in (p.name, p.team) if part)) for p in here)
