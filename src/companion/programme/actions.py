"""What answers set going: who does what until when, and "you said, we did"."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.apply import cross
from companion.programme.checking import check_words
from companion.programme.codec import to_json
from companion.programme.composing import all_of as known_to
from companion.programme.composing import find
from companion.programme.model import House, WorkspaceTx
from companion.programme.people import who_am_i
from companion.takeaways.audience import ME, may_hold
from companion.takeaways.model import Action, Takeaway


def all_of(house: House, takeaway_id: str = "") -> list[Action]:
    """The actions of a takeaway, or of all that I may read, and my own; those still to be done first, by their day."""
    ids = {find(house, takeaway_id).id} if takeaway_id else {one.id for one in known_to(house) if one.audience != ME}
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        found = tx.takeaways.actions(ids if takeaway_id else None)
    found = [one for one in found if one.takeaway_id in ids or (me and one.owner_id == me.id)]
    return sorted(found, key=lambda one: (one.done is not None, one.due or date.max, one.made))


def add(
    house: House, takeaway_id: str, text: str, owner: str = "", due: date | None = None, answer_ids: Iterable[str] = ()
) -> Action:
    """Set something going: `owner` by address ("": me). Its readers are those of the answers named.

    The host hears of it as something the firm did, so it is not for every reader to start.

    Problems: `action_empty`, `words_kept_back`, `action_add_not_yours`, `person_unknown`, `answer_unknown`.
    """
    takeaway, me = find(house, takeaway_id), who_am_i(house)
    if not text.strip():
        raise Problem("action_empty")
    check_words(house, takeaway, action=text.strip())
    with house.workspace(write=False) as tx:
        if not _judges(house, tx, me, takeaway):
            raise Problem("action_add_not_yours")
        person = tx.people.by_address(normal(owner)) if owner else me
        known = tx.takeaways.answers([takeaway.id])
    if person is None:
        raise Problem("person_unknown", address=owner)
    ids = []
    for part in answer_ids:
        hits = [one.id for one in known if one.id == part or (len(part) >= 4 and one.id.startswith(part))]
        if len(hits) != 1:
            raise Problem("answer_unknown", answer=part)
        ids += hits
    made = Action(new_id(), takeaway.id, text.strip(), person.id, house.clock(), due, tuple(dict.fromkeys(ids)))
    _cross(house, made)
    return made


def finish(house: House, action_id: str, result: str) -> Action:
    """Say what was done: the readers whose answers set it going hear of it, and the host, with words for the customer.

    Problems: `action_unknown`, `action_result_empty`, `action_done`, `action_not_yours`, `words_kept_back`.
    """
    me = who_am_i(house)
    with house.workspace(write=False) as tx:
        found = [
            one for one in tx.takeaways.actions()
            if one.id == action_id or (len(action_id) >= 4 and one.id.startswith(action_id))
        ]  # fmt: skip
        if len(found) != 1:
            raise Problem("action_unknown", action=action_id)
        takeaway = tx.takeaways.get(found[0].takeaway_id)
        is_theirs = me.id == found[0].owner_id or _judges(house, tx, me, takeaway)
    if not result.strip():
        raise Problem("action_result_empty")
    if found[0].done:
        raise Problem("action_done")
    if not is_theirs:
        raise Problem("action_not_yours")
    if takeaway:
        check_words(house, takeaway, result=result.strip())
    made = replace(found[0], done=house.clock(), result=result.strip())
    _cross(house, made)
    return made


def _judges(house: House, tx: WorkspaceTx, me: Person, takeaway: Takeaway | None) -> bool:
    """Whether I am the takeaway's author, its host, or of ops; anyone is where nobody else writes."""
    customer = tx.customers.get(takeaway.customer_id) if takeaway and takeaway.customer_id else None
    meeting = tx.meetings.get(takeaway.meeting_id) if takeaway and takeaway.meeting_id else None
    shared = house.workspace_shared or tx.programme.get().shared
    return may_hold(me, customer, meeting, takeaway.author_id if takeaway else "", shared=shared)


def _cross(house: House, action: Action) -> None:
    with house.device() as device:
        device.queue.put(Command(new_id(), "action", to_json(action), house.clock()))
    cross(house)
