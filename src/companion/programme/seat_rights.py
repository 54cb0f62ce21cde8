"""Who may say what of a seat: oneself, the meeting's host, ops; in a workspace that is a file its owner all of it."""

from datetime import datetime

from companion.attendance.model import Evidence
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.assistants import check_assistant
from companion.programme.model import WorkspaceTx
from companion.programme.rights import has_left


def is_host(person: Person | None, meeting: Meeting) -> bool:
    """Whether it is somebody's own meeting."""
    return person is not None and bool(meeting.host_email) and normal(meeting.host_email) in person.addresses


def check_word(
    tx: WorkspaceTx, evidence: Evidence, meeting: Meeting, now: datetime, *, shared: bool, assistant: bool = False
) -> None:
    """Whether who gives a word may give it. Problems `not_open_to_staff`, `assistant_not_allowed`."""
    if assistant:
        check_assistant(tx, evidence, now)
        return
    giver = tx.people.by_address(evidence.by) if "@" in evidence.by else None
    if not shared or (giver is not None and giver.kind == "ops" and not _left(tx, giver, now)):
        return
    is_own = giver is not None and evidence.source == "self" and giver.id == evidence.person_id
    by_host = evidence.source == "host" and is_host(giver, meeting)
    if _left(tx, giver, now) or not (is_own or by_host):
        raise Problem("not_open_to_staff", title=meeting.title)


def check_instead(tx: WorkspaceTx, person_id: str, to: str, meeting: Meeting) -> None:
    """Whether who is said to have gone can have gone instead. Problems `instead_oneself`, `instead_host`."""
    if not to:
        return
    went = tx.people.get(to)
    name = went.name if went else to
    if to == person_id:
        raise Problem("instead_oneself", name=name, title=meeting.title)
    if is_host(went, meeting):
        raise Problem("instead_host", name=name, title=meeting.title)


def _left(tx: WorkspaceTx, giver: Person | None, now: datetime) -> bool:
    return has_left(giver, day_of(now, tx.programme.get().zone))
