"""Preparing a listener: briefs are made two days before, kept on the device, and made anew when something changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.briefs.assemble import assemble, expecting
from companion.briefs.model import Brief
from companion.briefs.role import RoleCard, role_card
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme import listening
from companion.programme.assistants import may_act
from companion.programme.brief_facts import handed_on, known_for, may_have
from companion.programme.kept_briefs import AHEAD, ANSWERED, kept, kept_here, let_go_erased
from companion.programme.meetings import find
from companion.programme.model import House
from companion.programme.views.ground import Ground, my_ground
from companion.programme.views.ours import all_named, may_name
from companion.takeaways.audience import here

KEPT = timedelta(days=30)  # after its meeting a brief is let go
COMING = frozenset({"accepted", "offered", "proposed"})
OFF = frozenset({"cancelled", "gone"})

__all__ = ["RoleCard", "brief_for", "expect", "for_somebody", "kept", "mine_next", "prepare_all", "role_card"]


def brief_for(house: House, meeting: str, person_id: str = "", *, beside: Sequence[str] = ()) -> Brief:
    """The brief for a meeting (its id, or the beginning of it), made now.

    Mine by default, with what I expect to hear; it is kept here, and the kept one is told where the workspace is away:
    `made` says as of when it holds. With `person_id` somebody else's or a mailed copy: never kept, without what
    anybody expects, and with what that person may read alone. `beside`: addresses of who else gets this very copy, or
    sees it made; what one of them may not read is not in it.
    Problems: `meeting_unknown`, `me_unset`, `me_unknown`, `person_unknown`, `brief_not_yours`.
    """
    if person_id:
        return _of_person(house, meeting, person_id, beside)
    try:
        brief = _mine(house, my_ground(house), meeting)
    except Problem as problem:
        there = kept_here(house, meeting, problem)
        if there is None:
            raise
        return _with_mine(house, there)
    return _with_mine(house, _keep(house, brief)[0])


def prepare_all(house: House, ticket: Ticket | None = None) -> int:
    """Make the briefs of my meetings of the next two days, and make those anew that say something else by now.

    How many are new or changed. Briefs of meetings that are long past, off, or no longer mine are let go.
    """
    facts = my_ground(house)
    if facts.me is None:
        return 0
    let_go_erased(house)
    soon = _soon(facts, facts.me)
    changed = 0
    for done, meeting in enumerate(soon):
        if ticket:
            ticket.step("briefs", done, len(soon))
        changed += _keep(house, _mine(house, facts, meeting.id))[1]
    _let_go(house, facts)
    return changed


def mine_next(house: House) -> str:
    """The id of the meeting I sit in next, one under way first. Problems: `brief_none_ahead`, `me_unset`, …"""
    now = house.clock()
    try:
        facts = my_ground(house)
        me = _me(house, facts)
        ahead = [(m.start, m.id) for m in _ahead(facts, me) if m.end > now]
    except Problem as problem:
        if problem.code in ANSWERED:
            raise
        ahead = [(brief.start, brief.meeting_id) for brief in kept(house) if brief.end > now]
        if not ahead:
            raise
    if not ahead:
        raise Problem("brief_none_ahead")
    return min(ahead)[1]


def expect(house: House, meeting: str, text: str, base: str | None = None) -> None:
    """Keep what I expect to hear: one line, on this device, in my own brief alone. `base` as in `listening.Edit`."""
    note = listening.open_note(house, meeting)
    listening.expect(house, note.id, " ".join(text.split()), base)


def for_somebody(house: House, meeting: str, address: str) -> Brief:
    """The brief of one of ours, for who may print it: the person, an assistant of theirs, ops and the meeting's host.

    Problems: as `brief_for`, and `brief_not_for_you`.
    """
    facts = my_ground(house)
    me, person = _me(house, facts), facts.person_at(normal(address))
    if person is None:
        raise Problem("person_unknown", address=address)
    if person.id == me.id:
        return brief_for(house, meeting)
    brief = brief_for(house, meeting, person.id, beside=(house.me,))
    theirs = (me.kind == "ops" or brief.host_address in me.addresses) and here(me, facts.today)
    if house.workspace_shared and not theirs and not may_act(me, person, facts.today):
        raise Problem("brief_not_for_you", name=person.name)
    return brief


def _of_person(house: House, meeting: str, person_id: str, beside: Sequence[str]) -> Brief:
    facts = my_ground(house)
    person = facts.person(person_id)
    if person is None:
        raise Problem("person_unknown", address=person_id)
    # What this person may read, not what I may.
    address = person.email if facts.me is None or facts.me.id != person_id else house.me
    others = [my_ground(replace(house, me=one)) for one in beside if one not in person.addresses]
    theirs = my_ground(replace(house, me=address))
    return _made(replace(house, me=address), handed_on(theirs, others), person, meeting)


def _mine(house: House, facts: Ground, meeting: str) -> Brief:
    return _made(house, facts, _me(house, facts), meeting)


def _made(house: House, facts: Ground, person: Person, meeting: str) -> Brief:
    with house.workspace(write=False) as tx:
        known = known_for(tx, facts, person, find(tx, meeting))
    if house.workspace_shared and not may_have(known, facts):
        raise Problem("brief_not_yours", meeting=meeting)
    if not all_named(house, facts):
        known = replace(known, ours=tuple(one for one in known.ours if may_name(facts, known.meeting, one.id)))
    return replace(assemble(known), address=house.me)


def _me(house: House, facts: Ground) -> Person:
    if facts.me is None:
        raise Problem("me_unknown", address=house.me) if house.me else Problem("me_unset")
    return facts.me


def _ahead(facts: Ground, me: Person) -> list[Meeting]:
    """My meetings that are not over and not off, and in which I sit or am asked to; none of who has left."""
    if not here(me, facts.today):
        return []
    mine = (facts.meetings[seat.meeting_id] for seat in facts.seats_of(me.id) if seat.state in COMING)
    return [meeting for meeting in mine if meeting.end > facts.now and meeting.status not in OFF]


def _soon(facts: Ground, me: Person) -> list[Meeting]:
    return sorted((m for m in _ahead(facts, me) if m.start <= facts.now + AHEAD), key=lambda m: (m.start, m.id))


def _keep(house: House, brief: Brief) -> tuple[Brief, bool]:
    """The brief as it is kept from here on, and whether it says something new."""
    with house.device() as device:
        old = device.briefs.get(brief.meeting_id, brief.person_id)
        if old and old.fingerprint == brief.fingerprint and old.address == brief.address:
            return old, False
        device.briefs.put(brief)
    return brief, True


def _let_go(house: House, facts: Ground) -> None:
    """Briefs of long ago, and of meetings ahead that are off or not mine any more."""
    mine = {meeting.id for meeting in _ahead(facts, facts.me)} if facts.me else set()
    now = house.clock()
    with house.device() as device:
        for brief in device.briefs.all():
            ahead = brief.end > now
            if brief.end < now - KEPT or (ahead and brief.address == house.me and brief.meeting_id not in mine):
                device.briefs.drop(brief.meeting_id, brief.person_id)


def _with_mine(house: House, brief: Brief) -> Brief:
    with house.device(write=False) as device:
        note = device.notes.of_meeting(brief.meeting_id)
    return expecting(brief, note.expected) if note else brief
