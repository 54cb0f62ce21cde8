"""Under which name somebody's takeaway stands: their own, and once they left, what they were."""

from datetime import date

from companion.people.model import Person
from companion.words.former import former


def is_gone(person: Person | None, today: date | None) -> bool:
    """Whether an author is with us no more; `today`: the programme's day, None where nobody asks."""
    return person is not None and today is not None and person.end is not None and person.end < today


def author_name(person: Person | None, today: date | None) -> str:
    """The name of an author, "" for one who is not known any more, in the language that is spoken."""
    if person is None:
        return ""
    return former(person.role, person.team) if is_gone(person, today) else person.name
