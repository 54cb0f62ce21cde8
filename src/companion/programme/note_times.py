"""In which zone the times of a note are read: the programme's, as in the window."""

from companion.basics.errors import Problem
from companion.notes.model import Note
from companion.programme.kept_briefs import kept_of
from companion.programme.model import House


def zone_of(house: House, note: Note) -> str:
    """The programme's zone; with the workspace away that of the meeting's kept brief, UTC where there is none."""
    try:
        with house.workspace(write=False) as tx:
            return tx.programme.get().zone
    except Problem:
        brief = kept_of(house, note.meeting_id)
        return brief.zone if brief else "UTC"
