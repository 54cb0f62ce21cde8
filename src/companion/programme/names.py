"""Who may see people's figures by name: ops, once the agreement or policy behind it is recorded."""

from companion.people.model import Person
from companion.programme.model import House, Programme


def names_shown(house: House, programme: Programme, me: Person | None) -> bool:
    """Whether others' figures may be shown by name to who works here; a workspace that is a file is its owner's."""
    if not house.workspace_shared:
        return True
    return bool(programme.names_agreed) and me is not None and me.kind == "ops"
