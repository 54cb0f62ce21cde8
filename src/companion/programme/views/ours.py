"""Who of ours sat with a customer, as who works here may see it."""

from collections.abc import Iterable

from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.programme.model import House
from companion.programme.names import names_shown
from companion.programme.views.ground import Ground
from companion.words.ours import some_of_us

Met = tuple[Meeting, str]  # a meeting, and by id who of ours sat in it


def may_name(facts: Ground, meeting: Meeting, person_id: str) -> bool:
    """Whether somebody's seat in a meeting may be told without an agreement on names.

    One's own, those of a meeting or customer one hosts or sits in, and those whose name stands over a takeaway of it.
    """
    me = facts.me
    if me is None:
        return False
    hosts = {normal(meeting.host_email), normal(facts.customer(meeting.customer_id).host_email)} - {""}
    if me.id == person_id or hosts & set(me.addresses):
        return True
    if any(one.person_id == me.id and one.state in ("accepted", "attended") for one in facts.seats_at(meeting.id)):
        return True
    return any(one.author_id == person_id and one.meeting_id == meeting.id for one in facts.readable())


def all_named(house: House, facts: Ground) -> bool:
    """Whether nobody's name is left out; a workspace that is a file is its owner's."""
    return not house.workspace_shared or names_shown(house, facts.programme, facts.me)


def called(facts: Ground, met: Iterable[Met], *, named: bool) -> tuple[str, ...]:
    """Each once, in the order given; those who may not be named are counted last."""
    found = [(meeting, who) for meeting, who in met if facts.name(who)]
    told = [who for meeting, who in found if named or may_name(facts, meeting, who)]
    rest = {who for _, who in found} - set(told)
    names = tuple(dict.fromkeys(facts.name(who) for who in told))
    return (*names, some_of_us(len(rest))) if rest else names
