"""What is at hand on this computer while the workspace is away: briefs of the next meetings, and notes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from companion.briefs.model import Brief
from companion.notes.model import Listed
from companion.programme.kept_briefs import kept
from companion.programme.listening import listed
from companion.programme.model import House
from companion.programme.own_word import WaitingWord, waiting_words

LATELY = timedelta(days=1)  # a meeting that is over is still at hand: what was heard is written up
MOST_NOTES = 5


@dataclass(frozen=True)
class AtHand:
    """My kept briefs, the next meeting first, and the notes changed last."""

    briefs: tuple[Brief, ...]
    notes: tuple[Listed, ...]
    now: datetime
    waiting: tuple[WaitingWord, ...] = ()  # what I said that is still to be sent


def at_hand(house: House) -> AtHand:
    """Read it; nothing here asks the workspace."""
    now = house.clock()
    briefs = [one for one in kept(house) if one.address == house.me and one.end > now - LATELY]
    about = {one.meeting_id for one in briefs}
    notes = [one for one in listed(house) if one.meeting_id not in about]
    return AtHand(tuple(briefs), tuple(notes[:MOST_NOTES]), now.replace(second=0, microsecond=0), waiting_words(house))
