"""A command that crosses, and the two ends that keep and apply it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Command:
    """One thing to be done in the workspace, exactly once however often it is tried.

    `kind` names the handler in `programme.apply`; `body` is plain JSON; `held` waits for its owner's yes.
    """

    id: str
    kind: str
    body: dict[str, Any]
    made: datetime
    held: bool = False
    tries: int = 0
    trouble: str = ""  # the code of the problem the last try met, "" for none
    not_before: datetime | None = None  # until then it can be taken back


class Queue(Protocol):
    """The device's end: commands wait here, in order, until the workspace has them."""

    def put(self, command: Command) -> None: ...
    def waiting(self) -> list[Command]: ...
    def change(self, command: Command) -> None: ...  # in its place
    def begin(self, command_id: str) -> bool: ...  # it can be taken back no more; False: it was
    def take_back(self, command_id: str) -> bool: ...  # out of the queue, if that can still be done
    def done(self, command_id: str) -> None: ...
    def failed(self, command_id: str, trouble: str) -> None: ...
    def release(self, uid: str) -> int: ...


class Applied(Protocol):
    """The workspace's end: which commands it has taken."""

    def seen(self, command_id: str) -> bool: ...
    def mark(self, command_id: str, at: datetime) -> None: ...
