"""The answers to one takeaway, with what was answered back and what they set going."""

from dataclasses import dataclass

from companion.programme.model import House
from companion.programme.publishing import find
from companion.takeaways.answering import Pace, for_readers, pace
from companion.takeaways.model import Action, Answer, Takeaway


@dataclass(frozen=True)
class AnswerRow:
    """One answer. `outside`: of somebody who is none of us, for the author alone."""

    answer: Answer
    outside: bool
    mine: bool
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class AnswersView:
    """The answers that I may see, oldest first; the author sees all, and who waits for them."""

    takeaway: Takeaway
    rows: tuple[AnswerRow, ...]
    actions: tuple[Action, ...]
    owners: dict[str, str]  # person id -> name, of those who have an action
    pace: Pace  # over all answers
    author: bool  # whether I am
    review: int  # waiting to be looked at, 0 unless I am the author


def answers_of(house: House, takeaway_id: str) -> AnswersView:
    """Read the answers to a takeaway."""
    takeaway = find(house, takeaway_id)
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        known = tx.takeaways.answers([takeaway.id])
        actions = tuple(tx.takeaways.actions([takeaway.id]))
        aside = sum(one.takeaway_id == takeaway.id for one in tx.takeaways.to_review())
        people = {person.id: person.name for person in tx.people.all()}
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
    owners = {one.owner_id: people.get(one.owner_id, "") for one in actions}
    by_readers = [one for one in known if one.person_id != takeaway.author_id]
    return AnswersView(takeaway, rows, actions, owners, pace(by_readers, house.clock()), author, aside if author else 0)
