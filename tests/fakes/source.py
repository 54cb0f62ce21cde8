"""A calendar that a test writes by hand: members by key, in pages as small as asked for."""

import hashlib
from collections.abc import Iterator

from companion.basics.progress import Ticket
from companion.calendars.model import Blob, Known, Page
from fakes.killing import KilledError


class FakeSource:
    """Lists everything at every round (no tokens), so that the engine has to find what is gone."""

    def __init__(self, members: dict[str, bytes], per_page: int = 100) -> None:
        self.members, self.per_page = members, per_page
        self.downloads = 0
        self.stop_after: int | None = None  # pages before the process ends

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        keys = sorted(self.members)
        chunks = [keys[at : at + self.per_page] for at in range(0, len(keys), self.per_page)] or [[]]
        for number, chunk in enumerate(chunks):
            ticket.step("listing", number, len(chunks))
            if self.stop_after is not None and number >= self.stop_after:
                raise KilledError
            versions = {key: hashlib.sha256(self.members[key]).hexdigest() for key in chunk}
            fresh = [key for key in chunk if known(key) != versions[key]]
            self.downloads += len(fresh)
            last = number == len(chunks) - 1
            yield Page(
                tuple(Blob(key, versions[key], self.members[key]) for key in fresh),
                (),
                tuple(key for key in chunk if key not in fresh),
                f"round-{number}",
                last,
                last,
                len(keys),
            )

    def close(self) -> None:
        return
