"""What a listener wrote back to the three questions, until the listener's own computer has it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

KEPT = timedelta(days=90)  # what nobody fetched by then is let go


@dataclass(frozen=True)
class MailedNote:
    """A mail on its way into somebody's note. Once fetched only its id stays, so that it comes in once."""

    id: str  # made of the mail's own id
    person_id: str
    meeting_id: str
    at: datetime
    text: str = field(repr=False)  # what the person wrote, without what they quoted
    sender: str = ""  # the address it came from, where that is not surely the person's: they are asked
    fetched: datetime | None = None


class MailedStore(Protocol):
    """The slice of a workspace transaction that holds mails on their way into notes."""

    def of(self, person_id: str) -> list[MailedNote]: ...  # not fetched yet, oldest first
    def get(self, note_id: str) -> MailedNote | None: ...
    def add(self, note: MailedNote) -> bool: ...  # False: it was taken in before
    def put(self, note: MailedNote) -> None: ...
    def expire(self, before: datetime) -> int: ...  # how many that nobody had fetched
