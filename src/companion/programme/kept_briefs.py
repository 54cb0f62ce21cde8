"""Briefs that this computer keeps: what is left to work with where the workspace is away."""

from datetime import timedelta

from companion.basics.errors import Problem
from companion.briefs.model import Brief
from companion.programme.model import House

AHEAD = timedelta(hours=48)
# Where one of these is the matter, the workspace answered.
ANSWERED = frozenset({
    "meeting_unknown", "brief_not_yours", "me_unset", "me_unknown", "brief_none_ahead", "not_over_yet", "note_unknown",
})  # fmt: skip


def kept(house: House) -> list[Brief]:
    """The briefs that are on this device, earliest meeting first; without what I expect."""
    with house.device(write=False) as device:
        return sorted(device.briefs.all(), key=lambda brief: (brief.start, brief.meeting_id))


def let_go_erased(house: House) -> None:
    """Let go of briefs made before somebody of their customer was erased, here or on another computer."""
    with house.workspace(write=False) as tx:
        erasings = tx.customers.erasings()
        if not erasings:
            return
        with house.device(write=False) as device:
            briefs = device.briefs.all()
        at = {brief.customer_id: erasings.get(tx.customers.now_at(brief.customer_id)) for brief in briefs}
    before = [brief for brief in briefs if (erased := at[brief.customer_id]) and brief.made < erased]
    if before:
        with house.device() as device:
            for brief in before:
                device.briefs.drop(brief.meeting_id, brief.person_id)


def kept_of(house: House, meeting: str) -> Brief | None:
    """The kept brief of a meeting, for who works here; by its id, or the only one that begins so."""
    mine = [brief for brief in kept(house) if brief.address == house.me]
    hits = [b for b in mine if b.meeting_id == meeting] or [
        b for b in mine if len(meeting) >= 4 and b.meeting_id.startswith(meeting)
    ]
    return hits[0] if len(hits) == 1 else None


def kept_here(house: House, meeting: str, problem: Problem) -> Brief | None:
    """My kept brief of a meeting where the workspace was away; None for any other problem, and where none is kept."""
    return None if problem.code in ANSWERED else kept_of(house, meeting)
