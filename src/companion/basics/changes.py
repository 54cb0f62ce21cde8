"""Which rooms' facts a piece of work changed; one signal carries it to the pages."""

from enum import Flag, auto


class Changes(Flag):
    """A set of rooms. Pages whose rooms are in it read again."""

    NOTHING = 0
    PEOPLE = auto()
    CUSTOMERS = auto()
    CALENDARS = auto()
    MEETINGS = auto()
    ATTENDANCE = auto()
    NOTES = auto()
    TAKEAWAYS = auto()
    PROGRAMME = auto()
    EVERYTHING = PEOPLE | CUSTOMERS | CALENDARS | MEETINGS | ATTENDANCE | NOTES | TAKEAWAYS | PROGRAMME
