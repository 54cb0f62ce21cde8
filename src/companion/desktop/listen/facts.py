"""What the page reads: the note from this computer at once, and what it is about from wherever that is known."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.briefs.asking import listen_for
from companion.briefs.model import Brief
from companion.desktop.listen.places import STEP
from companion.notes.model import Conflict, Line, Note
from companion.notes.template import Template
from companion.programme import listening, templates
from companion.programme.listening import Edit
from companion.programme.model import House
from companion.programme.note_versions import conflicts_of
from companion.programme.views.ground import my_ground
from companion.words.dates import day_month


@dataclass(frozen=True)
class About:
    """What a note is about."""

    customer: str
    title: str
    day: str = ""
    host: str = ""
    zone: str = "UTC"
    begun: bool = False  # the meeting is on, or over: what was expected stays as it is
    team: str = ""
    points: tuple[str, ...] = ()  # what my department listens for


@dataclass(frozen=True)
class Opened:
    """A note as this computer has it. `about` is None where it has to be asked for."""

    note: Note
    template: Template
    about: About | None
    conflicts: tuple[Conflict, ...] = field(default=())


def open_it(house: House, item: str) -> Opened:
    """The note of that id, or of that meeting, begun where there is none."""
    try:
        note = listening.get(house, item)
    except Problem:
        note = listening.open_note(house, item)
    with house.device(write=False) as device:  # once more the whole note would be read again for its conflicts
        brief = next((one for one in device.briefs.all() if one.meeting_id == note.meeting_id), None)
        differing = tuple(conflicts_of(device, note.id))
    return Opened(note, templates.of_note(house, note), _of_brief(house, brief) if brief else None, differing)


def add_below(house: House, item: str, lines: Sequence[Line]) -> None:
    """Put lines below those of a note that was left before it was read."""
    note = open_it(house, item).note
    last = note.lines[-1].position if note.lines else -STEP
    edits = [Edit(one.id, last + STEP * at, one.mark, one.text, one.at, "") for at, one in enumerate(lines, 1)]
    listening.write_lines(house, note.id, edits)


def is_over(house: House, note: Note) -> bool:
    """Whether its owner is to be asked if it may go; the takeaways are looked at for an old note alone."""
    return bool(listening.expiring(house, note.id))


def ask_about(house: House, note: Note) -> About:
    """What the workspace says of it; what the note itself says where it is away."""
    try:
        facts = my_ground(house)
        with house.workspace(write=False) as tx:
            meeting = tx.meetings.get(note.meeting_id)
    except Problem:
        return About(note.title, note.title)
    team = facts.me.team if facts.me else ""
    customer = facts.customer(note.customer_id).name or note.title
    if meeting is None:
        return About(customer, note.title, zone=facts.zone, team=team, points=listen_for(team))
    day = day_month(day_of(meeting.start, facts.zone), facts.today)
    begun = meeting.start <= house.clock()
    return About(customer, note.title, day, facts.host(meeting), facts.zone, begun, team, listen_for(team))


def _of_brief(house: House, brief: Brief) -> About:
    now = house.clock()
    day = day_month(day_of(brief.start, brief.zone), day_of(now, brief.zone))
    return About(
        brief.customer, brief.title, day, brief.host, brief.zone, brief.start <= now, brief.team, brief.listen_for
    )
